"""Where the keyboard goes: to the photos, whatever had it before; and by Tab through everything else."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QLineEdit,
    QMainWindow,
    QMenu,
    QWidget,
)
from shiboken6 import isValid

from ui.widgets.focus_edge import FocusEdge

_CONTROLS = (QAbstractButton, QAbstractSlider, QComboBox)
_PRESSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
# What moves or presses a control that has the focus: such a key is meant for it, and is no command of the window's.
_OF_CONTROLS = (
    *_PRESSING,
    Qt.Key.Key_Space,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)


class FocusHome(QObject):
    """Brings the keyboard back to the photos when a menu closes, or when what had it hides or is disabled.

    A control of the window that was reached by Tab has its own keys to itself; Esc goes back to the photos.

    Args:
        window: with its menus made.
        home: the view that the keys are for now.
        edge: shows that they are its again.
    """

    def __init__(self, window: QMainWindow, home: Callable[[], QWidget], edge: FocusEdge) -> None:
        super().__init__(window)
        self._edge = edge
        self._window = window
        self._bar = window.menuBar()
        self._home = home
        self._left: QWidget | None = None
        self._menu_closed = False
        self._later = QTimer(self, singleShot=True, interval=0)  # when Qt has passed the focus on
        self._later.timeout.connect(self._settle)
        self._bar.installEventFilter(self)
        for menu in self._bar.findChildren(QMenu):
            menu.aboutToHide.connect(self._closed)
        app = QApplication.instance()
        assert isinstance(app, QApplication), "there is no window without one"
        app.focusChanged.connect(self._changed)

    def go(self) -> None:
        """Give the keyboard to the photos."""
        self._home().setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear the menu bar, and the control that has the focus."""
        if watched is self._bar:
            if isinstance(event, QFocusEvent) and event.gotFocus():
                self._bar_focused(event.reason())
        elif isinstance(event, QKeyEvent) and isinstance(watched, _CONTROLS) and _is_for_control(event):
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress:
                return self._pressed(watched, event.key())
        return False

    def _pressed(self, control: QWidget, key: int) -> bool:
        if key == Qt.Key.Key_Escape:
            self.go()
        elif key in _PRESSING and isinstance(control, QAbstractButton):
            control.click()
        else:
            return False
        return True

    def _bar_focused(self, reason: Qt.FocusReason) -> None:
        """Tell Alt, which means the menu bar, from a focus that something else had and then closed."""
        if reason is not Qt.FocusReason.MenuBarFocusReason:
            self._closed()

    def _closed(self) -> None:
        self._menu_closed = True
        self._later.start()

    def _changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
            # A panel or a dialog, which may have been opened from the menu bar.
            self._menu_closed |= old.window() is not self._window
        if isinstance(new, _CONTROLS) and new.window() is self._window:
            new.installEventFilter(self)
        elif (
            isinstance(old, (*_CONTROLS, QLineEdit)) and old.window() is self._window and new is self._home()
        ):
            self._edge.show_around(new)
        self._left = old
        self._later.start()
        if new is self._bar and self._menu_closed and QApplication.activePopupWidget() is None:
            self.go()  # at once: the next key may have been pressed already

    def _settle(self) -> None:
        if QApplication.activePopupWidget() is not None or not self._window.isActiveWindow():
            return
        closed, self._menu_closed = self._menu_closed, False
        now, left = self._window.focusWidget(), self._left
        in_bar = closed and now is self._bar
        gone = left is not None and isValid(left) and left.window() is self._window and not _can_be_used(left)
        if now is None or in_bar or gone or not _can_be_used(now):
            self.go()


def _is_for_control(event: QKeyEvent) -> bool:
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
    return plain and event.key() in _OF_CONTROLS


def _can_be_used(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled()
