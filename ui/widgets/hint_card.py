"""A card with a hint, floating at the foot of the photos until it is put away. Takes no keys."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from core.language import tr
from ui.theme import SPACING, Theme
from ui.widgets.style import link_style

_WIDEST = 96 * SPACING
_MOVING = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)


class HintCard(QWidget):
    """Shows one hint.

    Args:
        theme: colours.
        host: the widget it floats on.
        foot: what is below the photos, from above; it stands above the first of them that is seen.
    """

    put_away = Signal()
    no_more_wanted = Signal()

    def __init__(self, theme: Theme, host: QWidget, foot: Sequence[QWidget]) -> None:
        super().__init__(host)
        self._host, self._theme, self._foot = host, theme, tuple(foot)
        self._text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * SPACING, SPACING, SPACING, SPACING)
        layout.setSpacing(2 * SPACING)
        layout.addWidget(self._text, 1)
        for words, signal in ((tr("Got it"), self.put_away), (tr("No hints"), self.no_more_wanted)):
            button = QPushButton(words)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the keys from the photos
            button.setStyleSheet(link_style(theme))
            button.clicked.connect(signal)
            layout.addWidget(button)
        for watched in (host, *foot):
            watched.installEventFilter(self)
        self.hide()

    def present(self, text: str) -> None:
        """Shows a hint in the place of any other."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()

    def text(self) -> str:
        """What is shown; "" for nothing."""
        return "" if self.isHidden() else self._text.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stays in the middle, and above what is below the photos."""
        if event.type() in _MOVING and not self.isHidden():
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A plate with the edge of advice."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.suggestion, 1))
        painter.setBrush(self._theme.raised)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _place(self) -> None:
        layout = self.layout()
        assert layout is not None
        layout.invalidate()
        width = min(_WIDEST, self._host.width() - 4 * SPACING)
        height = max(layout.totalHeightForWidth(width), layout.totalMinimumSize().height())
        tops = (each.mapTo(self._host, QPoint()).y() for each in self._foot if each.isVisible())
        bottom = next(tops, self._host.height()) - SPACING
        self.setGeometry((self._host.width() - width) // 2, bottom - height, width, height)
