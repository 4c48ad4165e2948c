"""The foot of the audit: how far it is, and the answers as buttons with their keys."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from core.language import tr
from ui.commands.key_words import main_key
from ui.theme import DARK, SPACING, Theme
from ui.widgets.note import Note
from ui.widgets.style import button_style

_LINE = 3  # logical pixels


class AuditBar(QWidget):
    """Shows one frame's place in the sample; takes no keys.

    Args:
        theme: colours.
        parent: the view.
    """

    def __init__(self, theme: Theme = DARK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._share = 0.0
        self._place = QLabel()
        self._answer = Note(theme, wraps=False)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(SPACING)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * SPACING, _LINE + SPACING, 2 * SPACING, SPACING)
        layout.setSpacing(2 * SPACING)
        layout.addWidget(self._place)
        layout.addWidget(self._answer, 1)
        layout.addLayout(self._buttons)

    def set_actions(self, actions: Sequence[QAction]) -> None:
        """Offer commands as buttons, named with the keys they have now and whenever these change."""
        for action in actions:
            button = QPushButton()
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the keys from the photos
            button.setStyleSheet(button_style(self._theme))
            button.clicked.connect(action.trigger)
            action.changed.connect(lambda button=button, action=action: _name(button, action))
            _name(button, action)
            self._buttons.addWidget(button)

    def show_place(self, number: int, count: int, answer: bool | None) -> None:
        """Show which frame of how many it is, and what was said of it: whether it is a keeper, None for nothing."""
        self._share = (number - 1 + (answer is not None)) / count
        self._place.setText(tr("{number} of {count}").format(number=number, count=count))
        said = {None: "", False: tr("You said: rightly rejected"), True: tr("You said: worth keeping")}
        self._answer.setText(said[answer])
        self.update()

    def text(self) -> str:
        """Return the words shown."""
        return f"{self._place.text()} {self._answer.text()}".strip()

    def minimumSizeHint(self) -> QSize:
        """Return a size that keeps its height and asks for no width: the words may be cut off."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground, and along the upper edge how much is answered."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.surface)
        painter.fillRect(QRectF(0, 0, self.width(), _LINE), self._theme.pressed)
        painter.fillRect(QRectF(0, 0, self.width() * self._share, _LINE), self._theme.suggestion)


def _name(button: QPushButton, action: QAction) -> None:
    key = main_key(action)
    button.setText(f"{action.text()}  {key}" if key else action.text())
    button.setToolTip(action.toolTip())
