"""The texts that stand for colour labels: Lightroom knows a label by its text alone, in the user's language.

The texts are those Lightroom Classic comes with in each language, and Bridge's own.
"""

from dataclasses import dataclass

from core.types import Label


@dataclass(frozen=True, slots=True)
class LabelSet:
    """One set of label texts, as in Lightroom's Metadata > Color Label Set."""

    name: str
    red: str
    yellow: str
    green: str
    blue: str
    purple: str

    def text(self, label: Label) -> str:
        """Return what a label is called; "" for ``Label.NONE``."""
        return {
            Label.RED: self.red,
            Label.YELLOW: self.yellow,
            Label.GREEN: self.green,
            Label.BLUE: self.blue,
            Label.PURPLE: self.purple,
            Label.NONE: "",
        }[label]

    def label(self, text: str) -> Label | None:
        """Return the label of that text, upper or lower case; None where the set has none."""
        wanted = text.strip().casefold()
        return next((label for label in Label if self.text(label).casefold() == wanted), None)


ENGLISH = LabelSet("English", "Red", "Yellow", "Green", "Blue", "Purple")

LABEL_SETS = {
    "en": ENGLISH,
    "de": LabelSet("Deutsch", "Rot", "Gelb", "Grün", "Blau", "Lila"),
    "fr": LabelSet("Français", "Rouge", "Jaune", "Vert", "Bleu", "Violet"),
    "es": LabelSet("Español", "Roja", "Amarilla", "Verde", "Azul", "Púrpura"),
    "it": LabelSet("Italiano", "Rossa", "Gialla", "Verde", "Blu", "Viola"),
    "pt-BR": LabelSet("Português (Brasil)", "Vermelho", "Amarelo", "Verde", "Azul", "Púrpura"),
    "nl": LabelSet("Nederlands", "Rood", "Geel", "Groen", "Blauw", "Paars"),
    "sv": LabelSet("Svenska", "Röd", "Gul", "Grön", "Blå", "Lila"),
    "pl": LabelSet("Polski", "Czerwony", "Żółty", "Zielony", "Niebieski", "Fioletowy"),
    "ru": LabelSet("Русский", "Красный", "Желтый", "Зеленый", "Синий", "Фиолетовый"),
    "ja": LabelSet("日本語", "レッド", "イエロー", "グリーン", "ブルー", "パープル"),
    "ko": LabelSet("한국어", "빨강", "노랑", "초록", "파랑", "자주"),
    "zh": LabelSet("中文", "红色", "黄色", "绿色", "蓝色", "紫色"),
    "zh-TW": LabelSet("繁體中文", "紅色", "黃色", "綠色", "藍色", "紫色"),
    "bridge": LabelSet("Adobe Bridge", "Select", "Second", "Approved", "Review", "To Do"),
}
"""Label sets by language; no text stands for two colours, so that any of them can be read."""


def label_of(text: str, labels: LabelSet = ENGLISH) -> Label | None:
    """Return the colour that a label text stands for: in the user's set first, then in any other.

    Returns:
        ``Label.NONE`` for "", None for a text no set knows.
    """
    known = (one.label(text) for one in (labels, *LABEL_SETS.values()))
    return next((label for label in known if label is not None), None)
