"""What waits until a window has the keyboard: a popup that opens while the keyboard is on its way is closed by it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget


class WhenActive(QObject):
    """Does one thing as soon as its window is the active one; what was asked for before gives way to what comes later.

    A dialog that closes gives the keyboard back to its window by way of the window manager, some time later. Until
    then no window has it, and Qt closes every popup when it arrives. Nothing pops up either while the user is in
    another program.

    Args:
        window: has to be active.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._then: Callable[[], object] | None = None

    def do(self, then: Callable[[], object]) -> None:
        """Do something now, or when the window is active."""
        self.forget()
        if self._window.isActiveWindow():
            then()
        else:
            self._then = then
            self._window.installEventFilter(self)

    def forget(self) -> None:
        """Do nothing any more: it is not wanted now."""
        self._window.removeEventFilter(self)
        self._then = None

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Hear the window become active; what waits is out of date where something else is open by then."""
        then = self._then
        if event.type() is QEvent.Type.WindowActivate and then is not None:
            self.forget()
            if QApplication.activePopupWidget() is None and QApplication.activeModalWidget() is None:
                then()
        return False
