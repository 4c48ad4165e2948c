"""What is listed reads as it is written, in a window from right to left too."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

_LINE = "\N{LINE SEPARATOR}"  # as Qt hands on lines of an item
_BEGINS, _ENDS = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


class AsWritten(QStyledItemDelegate):
    """Draws values, paths and names each in the direction of its own letters.

    An item view draws all in the direction of the window: from right to left "-1" would read "1-", and the path
    "/a/b" would read "a/b/".
    """

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Set the words apart from the direction of the window, line by line."""
        super().initStyleOption(option, index)
        if option.direction is Qt.LayoutDirection.RightToLeft:
            option.text = isolated(option.text)


def isolated(words: str) -> str:
    """Return words that keep their direction among others, each line its own."""
    return _LINE.join(f"{_BEGINS}{line}{_ENDS}" for line in words.split(_LINE))
