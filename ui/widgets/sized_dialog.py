"""How large a dialog opens: as the user left it, else as its contents ask for, as far as the screen has room."""

from collections.abc import MutableMapping

from PySide6.QtCore import QSize
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QDialog,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)

from ui.widgets.first_size import open_within_screen, room_on_screen
from ui.widgets.scrolled import Scrolled

_SHARE = 0.85  # of the screen that a dialog takes by itself at most
_SCREEN = QSize(1280, 800)  # for which the usual sizes are made
_MOST = 1.6  # times the usual size: beyond that a list is only farther from its buttons

_left: MutableMapping[str, QSize] | None = None


def keep_sizes(left: MutableMapping[str, QSize] | None) -> None:
    """Remember in this how large the user left each kind of dialog; None to remember nothing from now on."""
    global _left  # one user, one set of habits, as with the size of text
    _left = left


class SizedDialog(QDialog):
    """A dialog of which its user may want more or less room than it takes by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = QSize()

    def open_at(self, usual: QSize, *, lists: bool = False) -> None:
        """Give it its size; called once, before it is shown.

        Args:
            usual: logical pixels, on a screen of 1280 x 800 and at the usual size of text.
            lists: it shows what has no end of its own, such as files or pages, and grows with the screen.
        """
        if lists:
            screen = self.screen().availableGeometry().size()
            times = min(screen.width() / _SCREEN.width(), screen.height() / _SCREEN.height(), _MOST)
            usual = (usual * times).boundedTo(room_on_screen(self) * _SHARE).expandedTo(usual)
        open_within_screen(self, usual)
        self._opened = self.size()

    def showEvent(self, event: QShowEvent) -> None:
        """Open as large as it was left, or with what would be scrolled in sight."""
        if not event.spontaneous() and not self._opened.isEmpty():
            self._take_room()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Note how large the user left it."""
        super().hideEvent(event)
        is_other = not self._opened.isEmpty() and self.size() != self._opened
        if _left is not None and is_other and not event.spontaneous() and not self.isMaximized():
            _left[type(self).__name__] = self.size()

    def _take_room(self) -> None:
        room = room_on_screen(self)
        left = _left.get(type(self).__name__) if _left is not None else None
        if left is None:
            left = self.size().expandedTo((self.size() + _hidden(self)).boundedTo(room * _SHARE))
        self.resize(left.boundedTo(room))
        self._opened = self.size()


def _hidden(dialog: QDialog) -> QSize:
    """Return by how much the dialog would have to grow for nothing in it to be scrolled, other pages of it too."""
    hidden = QSize(0, 0)
    for area in dialog.findChildren(QAbstractScrollArea):
        if isinstance(area, Scrolled):
            hidden = hidden.expandedTo(area.hidden_part())
        elif area.isVisibleTo(dialog):
            across, down = (_reach(bar) for bar in (area.horizontalScrollBar(), area.verticalScrollBar()))
            hidden = hidden.expandedTo(QSize(across, down * _step(area)))
    return hidden


def _reach(bar: QScrollBar) -> int:
    return bar.maximum() - bar.minimum()


def _step(area: QAbstractScrollArea) -> int:
    """Return how many pixels the upright bar of an area means by one."""
    if isinstance(area, QPlainTextEdit):
        return area.fontMetrics().lineSpacing()
    if (
        isinstance(area, QAbstractItemView)
        and area.verticalScrollMode() is QAbstractItemView.ScrollMode.ScrollPerItem
    ):
        return max(1, area.sizeHintForRow(0))
    return 1
