"""A row above the photos while only listed ones are shown: what they are, why this one is, what to do with them."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from core.language import tr
from core.shoot.listed import Listed
from core.types import PhotoId
from ui.marks.icons import cross_button_icon
from ui.theme import DARK, SPACING, Theme
from ui.widgets.style import button_style, css, link_style

_LONGEST_TITLE = 60 * SPACING  # logical pixels


class ListedBar(QWidget):
    """Hidden unless photos are listed. It takes no keys but by Tab.

    Args:
        theme: colours.
        parent: the workspace.
    """

    closed = Signal()  # all photos are wanted again

    def __init__(self, theme: Theme = DARK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._listed: Listed | None = None
        self._do: Callable[[], object] | None = None
        self._title = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._why = _ElidedLabel()
        self._why.setStyleSheet(f"color: {css(theme.suggestion)};")
        self._action = QPushButton()
        self._action.setStyleSheet(button_style(theme))
        self._action.clicked.connect(self._act)
        self._close = QPushButton()
        self._close.setIcon(cross_button_icon(theme.text))
        self._close.setStyleSheet(link_style(theme))
        self._close.setToolTip(tr("Shows all photos again."))
        self._close.setAccessibleName(tr("Show all photos again"))
        self._close.clicked.connect(self.closed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * SPACING, 0, SPACING, SPACING // 2)
        layout.setSpacing(2 * SPACING)
        layout.addWidget(self._title)
        layout.addWidget(self._why, 1)
        for button in (self._action, self._close):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the keys from the photos
            layout.addWidget(button)
        self.hide()

    def show_listed(self, listed: Listed | None) -> None:
        """Say what is listed; nothing for None. What was offered to be done with other ones is not any more."""
        if listed != self._listed:
            self.offer("", None)
        self._listed = listed
        title = listed.title if listed is not None else ""
        room = _LONGEST_TITLE  # what somebody typed may be as long as they like
        self._title.setText(self._title.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, room))
        self._title.setToolTip(title)
        self.setAccessibleName(title)
        self.setVisible(listed is not None)

    def offer(self, words: str, do: Callable[[], object] | None) -> None:
        """Offer what is to be done with all of them: the words on a button, and what it calls."""
        self._do = do
        self._action.setText(words)
        self._action.setVisible(do is not None)

    def show_photo(self, photo_id: PhotoId | None) -> None:
        """Say why the active photo is one of them."""
        why = self._listed.why if self._listed is not None else {}
        self._why.set_words(why.get(photo_id, "") if photo_id is not None else "")

    def text(self) -> str:
        """Return what it says: what is listed, and why the active photo is."""
        return f"{self._title.toolTip()}\n{self._why.toolTip()}".strip()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground of the bar above it."""
        QPainter(self).fillRect(self.rect(), self._theme.surface)

    def _act(self) -> None:
        if self._do is not None:
            self._do()


class _ElidedLabel(QLabel):
    """Words in what room the neighbours leave, cut short with an ellipsis; the tooltip has all of them."""

    def __init__(self) -> None:
        super().__init__(textFormat=Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_words(self, words: str) -> None:
        self.setToolTip(words)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        mode = Qt.TextElideMode.ElideRight
        self.setText(self.fontMetrics().elidedText(self.toolTip(), mode, max(0, self.width())))
