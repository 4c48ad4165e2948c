"""A sheet over a photo on which a box is drawn, with the mouse or by keys."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from core.language import tr
from ui.painting import painter_on
from ui.theme import Theme

_VEIL = QColor(0, 0, 0, 110)  # over what is outside the box
_LINE = 2.0  # logical pixels
_STEPS = 24  # of a key, from one side of the sheet to the other
_FIRST = 8  # steps that a box is wide and high when the first key calls it
_LEAST = 2  # steps that one stays wide and high
_ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}
_ITS_KEYS = (*_ARROWS, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class BoxDrawer(QWidget):
    """Hidden until a box is wanted; it goes away once one is drawn, with Esc, or when the photo does.

    By keys, arrows call a box and move it, Shift with them makes it larger or smaller, Enter takes it.

    Args:
        theme: colours.
        pane: that of the photo, which it covers.
    """

    drawn = Signal(object)  # QRectF, in logical pixels of the pane

    def __init__(self, theme: Theme, pane: QWidget) -> None:
        super().__init__(pane)
        self._theme = theme
        self._pane = pane
        self._from: QPointF | None = None
        self._box = QRectF()
        self.setAccessibleName(tr("Draw a box around the thing"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.hide()

    def begin(self) -> None:
        """Cover the pane and wait for a box."""
        self.setGeometry(self._pane.rect())
        self.show()
        self.raise_()
        self.setFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a box at the pointer; any other button than the left one gives up."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._from, self._box = event.position(), QRectF()
        else:
            self._leave()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw it as far as the pointer."""
        if self._from is not None:
            self._box = QRectF(self._from, event.position()).normalized() & QRectF(self.rect())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the box; a mere click takes none, and waits on."""
        if self._from is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        self._from, box = None, self._box
        if min(box.width(), box.height()) < QApplication.startDragDistance():
            self._box = QRectF()
            self.update()
        else:
            self._box = box
            self._take()

    def event(self, event: QEvent) -> bool:
        """Keep its keys from the window, which would leave the loupe by Esc, and accept a suggestion by Enter."""
        is_override = event.type() is QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() in _ITS_KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, size or take the box; give up with Esc. Every other key is the loupe's."""
        key = Qt.Key(event.key())
        if key in _ARROWS:
            sizes = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._push(_ARROWS[key], sizes=sizes)
        elif key == Qt.Key.Key_Escape:
            self._leave()
        elif key in _ITS_KEYS:
            self._take()
        else:
            event.ignore()

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget the box."""
        super().hideEvent(event)
        self._from, self._box = None, QRectF()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Darken all but the box."""
        painter = painter_on(self)
        box, whole = self._box, QRectF(self.rect())
        if box.isEmpty():
            painter.fillRect(whole, _VEIL)
            return
        for part in (
            QRectF(0, 0, whole.width(), box.top()),
            QRectF(0, box.bottom(), whole.width(), whole.height() - box.bottom()),
            QRectF(0, box.top(), box.left(), box.height()),
            QRectF(box.right(), box.top(), whole.width() - box.right(), box.height()),
        ):
            painter.fillRect(part, _VEIL)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in ((QColor(0, 0, 0), _LINE + 2), (self._theme.active, _LINE)):
            painter.setPen(QPen(colour, width))
            painter.drawRect(box)

    def _push(self, way: QPointF, *, sizes: bool) -> None:
        """Move the box a step, or its right or lower side; call one into the middle where there is none."""
        wide, high = self.width() / _STEPS, self.height() / _STEPS
        x, y, box = way.x() * wide, way.y() * high, self._box
        if box.isEmpty():
            box = QRectF(0, 0, _FIRST * wide, _FIRST * high)
            box.moveCenter(QRectF(self.rect()).center())
        elif sizes:
            box = box.adjusted(0, 0, x, y)
        else:
            box = box.translated(x, y)
        is_large_enough = box.width() > (_LEAST - 0.5) * wide and box.height() > (_LEAST - 0.5) * high
        if is_large_enough and QRectF(self.rect()).adjusted(-0.5, -0.5, 0.5, 0.5).contains(box):
            self._box = box
            self.update()

    def _take(self) -> None:
        """Take the box that is drawn; without one, wait on."""
        if not self._box.isEmpty():
            box = self._box
            self._leave()
            self.drawn.emit(box)

    def _leave(self) -> None:
        had_focus = self.hasFocus()
        self.hide()
        view = self._pane.parentWidget()
        if had_focus and view is not None:
            view.setFocus(Qt.FocusReason.MouseFocusReason)
