"""A frame round the photos when the keyboard comes back to them: gone with the next key, so that it hides nothing."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui.theme import Theme

_ENDS = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.FocusOut,
    QEvent.Type.Hide,
)


class FocusEdge(QWidget):
    """Lies over a view and lets everything through.

    Args:
        theme: colours.
        window: holds it.
    """

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._view: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_around(self, view: QWidget) -> None:
        """Frame a view that has the keyboard, until something is done there."""
        self._end()
        self._view = view
        view.installEventFilter(self)
        self._fit()
        self.raise_()
        self.show()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Go with the next key, and when the keyboard goes."""
        if event.type() in _ENDS:
            self._end()
        elif event.type() is QEvent.Type.Resize:
            self._fit()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frame along the edge."""
        painter = QPainter(self)
        painter.setPen(QPen(self._theme.suggestion, self._theme.ring, j=Qt.PenJoinStyle.MiterJoin))
        half = self._theme.ring // 2
        painter.drawRect(self.rect().adjusted(half, half, -half - 1, -half - 1))

    def _fit(self) -> None:
        if self._view is not None:
            self.setGeometry(QRect(self._view.mapTo(self.window(), QPoint(0, 0)), self._view.size()))

    def _end(self) -> None:
        view, self._view = self._view, None
        # A window that ends takes its parts one by one.
        if view is not None and isValid(view) and isValid(self):
            view.removeEventFilter(self)
            self.hide()
