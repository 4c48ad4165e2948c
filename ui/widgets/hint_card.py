"""A hint in a row of its own between the photos and the foot, until it is put away. Takes no keys."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from core.language import tr
from ui.spoken import announce
from ui.theme import SPACING, Theme
from ui.widgets.style import link_style


class HintCard(QWidget):
    """Shows one hint. It has a place in the layout: nothing that can be read lies under it.

    Args:
        theme: colours.
        parent: the window.
    """

    SPOKEN_AS = QAccessible.Role.AlertMessage

    put_away = Signal()
    no_more_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * SPACING, SPACING // 2, SPACING, SPACING // 2)
        layout.setSpacing(2 * SPACING)
        layout.addWidget(self._text, 1)
        for words, signal in ((tr("Got it"), self.put_away), (tr("No hints"), self.no_more_wanted)):
            button = QPushButton(words)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the keys from the photos
            button.setStyleSheet(link_style(theme))
            button.clicked.connect(signal)
            layout.addWidget(button)
        self.hide()

    def present(self, text: str) -> None:
        """Show a hint in the place of any other."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.show()
        announce(self, text)

    def text(self) -> str:
        """Return what is shown; "" for nothing."""
        return "" if self.isHidden() else self._text.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a plate with the edge of advice."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.surface)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.suggestion, 1))
        painter.setBrush(self._theme.raised)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
