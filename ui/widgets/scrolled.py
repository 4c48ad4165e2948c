"""What scrolls only where there is no room for it: on a small screen, or with large text."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QStackedWidget, QWidget

from ui.theme import SPACING


class Scrolled(QScrollArea):
    """Shows its content as it would be without it; what has the keyboard is scrolled into sight.

    Args:
        content: belongs to it from here on.
        sideways: whether it may be narrower than the content, too.
    """

    def __init__(self, content: QWidget, *, sideways: bool = False) -> None:
        super().__init__(widgetResizable=True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._content = content
        self.setWidget(content)
        for ground in (self.viewport(), content):
            ground.setAutoFillBackground(False)
        if not sideways:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setMinimumWidth(content.minimumSizeHint().width())

    def sizeHint(self) -> QSize:
        """Return the content's, so that a window opens without scroll bars where it can."""
        return self._content.sizeHint()

    def hidden_part(self) -> QSize:
        """Return how much of the content is out of sight, with its lines wrapped as they are; of a hidden page too."""
        room = self.viewport().size()
        page = self.parentWidget()
        if not self.isVisible() and isinstance(page, QStackedWidget):
            room = page.size()
        least = self._content.minimumSizeHint()
        width = max(room.width(), least.width())
        layout = self._content.layout()
        wraps = layout is not None and layout.hasHeightForWidth()
        height = layout.totalMinimumHeightForWidth(width) if layout is not None and wraps else least.height()
        return (QSize(width, height) - room).expandedTo(QSize(0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the lines anew."""
        self._keep_lines()
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the content changed."""
        if watched is self._content and event.type() is QEvent.Type.LayoutRequest:
            self._keep_lines()
        return super().eventFilter(watched, event)

    def _keep_lines(self) -> None:
        """Keep the content as high as its wrapped lines need: Qt asks for less where something else may shrink."""
        layout = self._content.layout()
        if layout is not None and layout.hasHeightForWidth():
            width = max(self.viewport().width(), self._content.minimumSizeHint().width())
            self._content.setMinimumHeight(layout.totalMinimumHeightForWidth(width))


class ScrolledLine(Scrolled):
    """One line of controls, as high as they are; what has the keyboard is scrolled into sight, by Tab and by wheel.

    Args:
        content: the line; belongs to it from here on.
    """

    def __init__(self, content: QWidget) -> None:
        super().__init__(content, sideways=True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def minimumSizeHint(self) -> QSize:
        """Return the height of the line, and the width of a word."""
        return QSize(8 * SPACING, self.sizeHint().height())
