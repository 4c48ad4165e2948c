"""A row of what narrows the photos beside their flags: a chip each, which takes it off, and what is left."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from core.language import tr
from core.shoot.criteria import Criteria
from core.typed_words import TypedKind, spoken_word
from ui.marks.icons import cross_button_icon
from ui.marks.photo_words import LABEL_WORDS
from ui.spoken import announce
from ui.theme import DARK, LABEL_COLOURS, SPACING, Theme
from ui.widgets.filter_words import EYES, FOCUS, KINDS, REJECTS, STARS
from ui.widgets.note import Note
from ui.widgets.scrolled import ScrolledLine
from ui.widgets.style import button_style


def chips_of(criteria: Criteria, who: str = "") -> list[tuple[str, Criteria]]:
    """Return what narrows beside ``show`` and ``listed``.

    Args:
        criteria: those that are on.
        who: what the person is called whom the photos are narrowed to; "" where that is not known.

    Returns:
        Of each its words, and the criteria without it.
    """
    plain = Criteria()
    found: list[tuple[str, Criteria]] = []
    if criteria.person is not None:
        found.append((who or tr("One person"), replace(criteria, person=None)))
    if criteria.stars:
        found.append((tr(STARS[criteria.stars]), replace(criteria, stars=plain.stars)))
    found += [
        (tr(LABEL_WORDS[label]), replace(criteria, labels=criteria.labels - {label}))
        for label in LABEL_COLOURS
        if label in criteria.labels
    ]
    for title, name, entries in (
        (tr("Eyes"), "eyes", EYES),
        (tr("Sharpness"), "focus", FOCUS),
        (tr("Kind of group"), "kind", KINDS),
        (tr("Likely rejects"), "reject", REJECTS),
    ):
        value = getattr(criteria, name)
        if value is not None:
            words = next(words for each, words in entries if each is value)
            without = replace(criteria, **{name: None})  # type: ignore[arg-type]  # None is what each may be
            found.append((f"{title}: {tr(words)}", without))
    if criteria.camera:
        found.append((criteria.camera, replace(criteria, camera=plain.camera)))
    if criteria.thing:
        thing = spoken_word(TypedKind.THING, criteria.thing)
        found.append((tr("it shows: {thing}").format(thing=thing), replace(criteria, thing=plain.thing)))
    if criteria.doubtful:
        found.append((tr("Reasons to doubt"), replace(criteria, doubtful=False)))
    if criteria.text:
        found.append((tr("“{words}”").format(words=criteria.text), replace(criteria, text=plain.text)))
    return found


MOST_CHIPS = 15  # chips at a time: every kind of them, and five labels


class FilterChips(QWidget):
    """Hidden where nothing narrows. Its chips are reached by Tab; they take no keys from the photos by a click.

    Args:
        theme: colours.
        parent: the workspace.
    """

    criteria_chosen = Signal(object)  # Criteria

    def __init__(self, theme: Theme = DARK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._count = Note(theme, wraps=False)
        self._all = QPushButton(tr("Show all"))
        self._all.setToolTip(tr("Takes every filter off."))
        self._all.clicked.connect(lambda: self.criteria_chosen.emit(Criteria()))
        self._shown: tuple[Criteria, str] | None = None
        self._without: list[Criteria] = []  # what each chip leaves
        # Made before they are needed, so that Tab comes to them where they stand.
        self._buttons = [QPushButton() for _ in range(MOST_CHIPS)]
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING // 2)
        for at, button in enumerate(self._buttons):
            button.setIcon(cross_button_icon(theme.text))
            button.setLayoutDirection(self._mirrored())  # the cross stands after the words
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, at=at: self._take_off(at))
            row.addWidget(button)
        row.addStretch(1)
        self._strip = ScrolledLine(holder)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACING, 0, SPACING, SPACING // 2)
        layout.setSpacing(2 * SPACING)
        layout.addWidget(self._strip, 1)
        layout.addWidget(self._count)
        layout.addWidget(self._all)
        self._all.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setStyleSheet(button_style(theme))
        self.hide()

    def show_criteria(self, criteria: Criteria, shown: int, whole: int, who: str = "") -> None:
        """Show a chip for each thing that narrows.

        Args:
            criteria: those that are on.
            shown: photos that are left.
            whole: photos of the shoot.
            who: as of ``chips_of``.
        """
        self._count.setText(tr("{shown:,} of {all:,} photos").format(shown=shown, all=whole))
        if (criteria, who) == self._shown:
            return  # only the numbers changed, as they do with every decision
        was_told, self._shown = self._shown is not None, (criteria, who)
        chips = chips_of(criteria, who)
        self._without = [without for _, without in chips]
        for button, words in zip_longest(self._buttons, (words for words, _ in chips)):
            button.setText(words or "")
            button.setAccessibleName(tr("Take off: {filter}").format(filter=words or ""))
            button.setToolTip(button.accessibleName())
            button.setVisible(words is not None)
        self.setVisible(bool(chips))
        if was_told:
            announce(self, self._count.text())

    def texts(self) -> Sequence[str]:
        """Return what the chips say."""
        return [button.text() for button in self._buttons if button.text()]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground of the bar above it."""
        QPainter(self).fillRect(self.rect(), self._theme.surface)

    def _take_off(self, at: int) -> None:
        if at < len(self._without):
            self.criteria_chosen.emit(self._without[at])

    def _mirrored(self) -> Qt.LayoutDirection:
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return Qt.LayoutDirection.LeftToRight if rtl else Qt.LayoutDirection.RightToLeft
