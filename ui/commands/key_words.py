"""What keys are called: as each country's keyboards have it, in menus and sentences alike."""

from PySide6.QtCore import QTranslator
from PySide6.QtGui import QAction

from core.language import mark, tr

_SPELLED = {
    "Return": "Enter",
    "Left": "←",
    "Right": "→",
    "Up": "↑",
    "Down": "↓",
    "PgDown": "PgDn",
    "-": "−",
}
_NAMED = frozenset(
    (
        mark("Ctrl"),
        mark("Shift"),
        mark("Enter"),
        mark("Esc"),
        mark("Space"),
        mark("Del"),
        mark("Home"),
        mark("End"),
        mark("PgUp"),
        mark("PgDn"),
    )
)
_OF_KEYS = "QShortcut"  # the context in which Qt asks for the words of keys
_OF_FIELDS = {("QKeySequenceEdit", "Press shortcut"): mark("Press a key")}


def key_words(key: str) -> str:
    """Write a key of Qt's portable spelling, such as "Ctrl+Return", as people read it: "Ctrl+Enter"."""
    modifiers, plus, start = key[:-1].rpartition("+")  # the key itself may be a plus
    last = start + key[-1:]
    held = modifiers.split("+") if plus else []
    return "+".join(_called(each) for each in (*held, last))


def main_key(action: QAction) -> str:
    """Return the key that an action's menu shows, in words; "" where it has none."""
    return key_words(action.shortcut().toString())


def _called(key: str) -> str:
    spelled = _SPELLED.get(key, key)
    return tr(spelled) if spelled in _NAMED else spelled


class KeyWords(QTranslator):
    """Has Qt itself, in its menus and fields, speak of keys as we do everywhere else."""

    def isEmpty(self) -> bool:
        """Say that there are words in it, though no file of them was loaded."""
        return False

    def translate(
        self, context: bytes | str, source: bytes | str, _disambiguation: object = None, _n: int = -1
    ) -> str | None:
        """Return our word for a key; None for all else, which Qt then translates by its own."""
        asked = _text(context), _text(source)
        if asked in _OF_FIELDS:
            return tr(_OF_FIELDS[asked])
        key = asked[1]
        return _called(key) if asked[0] == _OF_KEYS and (key in _SPELLED or key in _NAMED) else None


def _text(given: bytes | str) -> str:
    return given.decode() if isinstance(given, bytes) else given
