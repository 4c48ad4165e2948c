"""A row above everything while the demo shoot is open: that it is one, and how to be rid of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from core.language import tr
from ui.theme import DARK, SPACING, Theme
from ui.widgets.style import css, link_style


class DemoBar(QWidget):
    """Hidden unless the demo shoot is open. It takes no keys but by Tab.

    Args:
        theme: colours.
        parent: the window.
    """

    SPOKEN_AS = QAccessible.Role.StaticText

    anew_requested = Signal()
    removal_requested = Signal()

    def __init__(self, theme: Theme = DARK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        words = QLabel(tr("A demo shoot, none of your photos: try everything on it."), wordWrap=True)
        words.setStyleSheet(f"color: {css(theme.suggestion)};")
        self.setAccessibleName(words.text())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * SPACING, 0, SPACING, 0)
        layout.setSpacing(2 * SPACING)
        layout.addWidget(words, 1)
        for title, tip, signal in (
            (tr("Start over"), tr("Makes the demo shoot anew, with nothing decided."), self.anew_requested),
            (
                tr("Delete it"),
                tr("Deletes the demo shoot and goes back to the start."),
                self.removal_requested,
            ),
        ):
            button = QPushButton(title)
            button.setToolTip(tip)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the keys from the photos
            button.setStyleSheet(link_style(theme))
            button.clicked.connect(signal)
            layout.addWidget(button)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground of the bar."""
        QPainter(self).fillRect(self.rect(), self._theme.surface)
