"""Values that widgets keep for us and give back as they were.

Qt knows texts and numbers, and turns what looks like one into one: of an enumeration's member it gives back the bare
text, and so it does with the keys of a dictionary. So every value that a widget keeps travels wrapped in something
that Qt does not know and leaves alone. Nothing in ``ui`` or ``app`` gives Qt a value to keep but through this module.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QComboBox, QListWidgetItem, QTreeWidgetItem, QWidget

from ui.widgets.arrows import paint_arrow

T = TypeVar("T")

_ROLE = Qt.ItemDataRole.UserRole
_ARROW = 24  # logical pixels beside the words
_RING = 2  # logical pixels of the frame of what has the keyboard


@dataclass(frozen=True, slots=True)
class _Kept:
    value: object


class ChoiceBox(QComboBox, Generic[T]):
    """A combo box that offers values by words.

    Args:
        entries: values, each with its words as they are shown.
        parent: owns it.
    """

    def __init__(self, entries: Iterable[tuple[T, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offer(entries)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the stock control and its arrow, and a frame round one that has the keyboard.

        Of itself it shows neither in the colours of the theme.
        """
        super().paintEvent(event)
        wide = min(self.height(), _ARROW)
        left = 0 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else self.width() - wide
        paint_arrow(self, QRectF(left, 0, wide, self.height()))
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), _RING))
            half = _RING // 2
            painter.drawRect(self.rect().adjusted(half, half, -half, -half))

    def setAccessibleName(self, name: str) -> None:
        """Name the control; on Unix Qt says what is chosen in the place of the name, so it is a description too."""
        super().setAccessibleName(name)
        if sys.platform != "win32":
            self.setAccessibleDescription(name)

    def offer(self, entries: Iterable[tuple[T, str]]) -> None:
        """Offer other values in the place of these; the first is the chosen one."""
        self.clear()
        for value, words in entries:
            self.addItem(words, _Kept(value))

    def value(self) -> T:
        """Return the chosen value as it was offered. Raises LookupError where none is."""
        return self.value_at(self.currentIndex())

    def value_at(self, index: int) -> T:
        """Return the value of an entry as it was offered. Raises LookupError where there is none."""
        kept = self.itemData(index)
        if not isinstance(kept, _Kept):
            raise LookupError(index)
        value: T = kept.value  # type: ignore[assignment]  # only ``offer`` puts values in
        return value

    def set_value(self, value: T) -> None:
        """Show a value as the chosen one; the first where it is not offered."""
        values = [self.value_at(index) for index in range(self.count())]
        self.setCurrentIndex(values.index(value) if value in values else 0)


def keep(item: QListWidgetItem | QTreeWidgetItem, value: object) -> None:
    """Let an item of a list or tree keep a value."""
    if isinstance(item, QTreeWidgetItem):
        item.setData(0, _ROLE, _Kept(value))
    else:
        item.setData(_ROLE, _Kept(value))


def kept(item: QListWidgetItem | QTreeWidgetItem, kind: type[T]) -> T | None:
    """Return what an item keeps; None where that is no ``kind``, or nothing."""
    found = item.data(0, _ROLE) if isinstance(item, QTreeWidgetItem) else item.data(_ROLE)
    value = found.value if isinstance(found, _Kept) else None
    return value if isinstance(value, kind) else None
