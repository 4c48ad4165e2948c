"""A quiet bar in the foot of the window for what happened: it takes the place of the words that usually stand there."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from core.language import tr
from ui.marks.icons import cross_button_icon
from ui.spoken import announce
from ui.theme import SPACING, Theme
from ui.widgets.style import css, link_style

INFO_MS = 4000
_EDGE = 2  # logical pixels around the words
_MOST_OFFERS = 2  # of one message


Offer = tuple[str, Callable[[], None]]
"""What a message offers: the word on its button, and what is called when it is pressed."""


@dataclass(frozen=True, slots=True)
class _Message:
    text: str
    is_error: bool
    stays: bool
    actions: tuple[Offer, ...] = ()
    of_shoot: bool = True


class MessageBar(QWidget):
    """Shows one message at a time and takes no keys. Errors lead to the list of them all.

    Information goes by itself, or at once when newer information comes; errors stay until they are closed,
    and wait for one another. A question and what goes on stay too, but give way to other messages. What is said of a
    shoot goes with it: its Undo, or what it offers, would be about another one.

    Args:
        theme: colours.
        parent: the window.
    """

    SPOKEN_AS = QAccessible.Role.AlertMessage

    error_told = Signal(str)
    list_requested = Signal()
    shown_changed = Signal(bool)  # whether there is a message

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: _Message | None = None
        self._waiting: deque[_Message] = deque()
        self._timer = QTimer(self, singleShot=True, interval=INFO_MS)
        self._timer.timeout.connect(self.close_message)
        self._text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._actions = [QPushButton() for _ in range(_MOST_OFFERS)]
        for at, button in enumerate(self._actions):
            button.setStyleSheet(link_style(theme))
            button.clicked.connect(lambda _checked=False, at=at: self._act(at))
        self._close = QPushButton()
        self._close.setIcon(cross_button_icon(theme.text))
        self._close.setStyleSheet(link_style(theme))
        self._close.setAccessibleName(tr("Close message"))
        self._close.clicked.connect(self.close_message)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACING, _EDGE, SPACING // 2, _EDGE)
        layout.addWidget(self._text, 1)
        for button in (*self._actions, self._close):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the keys from the photos
            layout.addWidget(button)
        self.hide()

    def show_info(self, text: str, action: str = "", on_action: Callable[[], None] | None = None) -> None:
        """Say something that may be missed.

        Args:
            text: a sentence.
            action: what a button offers, such as "Undo"; "" for none.
            on_action: called when it is pressed.
        """
        self._waiting = deque(waiting for waiting in self._waiting if waiting.stays)
        self._tell(_Message(text, False, False, _offers(action, on_action)))

    def show_question(
        self,
        text: str,
        action: str,
        on_action: Callable[[], None],
        other: Offer | None = None,
        *,
        of_shoot: bool = True,
    ) -> None:
        """Offer something that can wait, until it is taken or closed.

        Args:
            text: as of ``show_info``.
            action: as of ``show_info``.
            on_action: as of ``show_info``.
            other: what a second button offers.
            of_shoot: whether it is about the open shoot; False for what goes on beside all shoots.
        """
        self._tell(_Message(text, False, True, _offers(action, on_action, other), of_shoot))

    def show_work(self, text: str) -> None:
        """Say what goes on, until it is withdrawn; it gives way to other messages and comes back after them."""
        self._tell(_Message(text, False, True))

    def reword(self, text: str, words: str) -> None:
        """Say a message in other words, such as a number that grows; it is not read out again."""
        self._waiting = deque(
            replace(each, text=words) if each.text == text else each for each in self._waiting
        )
        if self._shown is not None and self._shown.text == text:
            self._shown = replace(self._shown, text=words)
            self._text.setText(words)
            self.setAccessibleName(words)

    def show_error(self, text: str, action: str = "", on_action: Callable[[], None] | None = None) -> None:
        """Say something that must be read; parameters as of ``show_info``."""
        if not action:
            action, on_action = tr("List"), self.list_requested.emit
        message = _Message(text, True, True, _offers(action, on_action))
        self.error_told.emit(text)
        if message not in (self._shown, *self._waiting):
            self._tell(message)

    def withdraw(self, text: str) -> None:
        """Take a message back that is not true any more, whether it is shown or waits."""
        self._waiting = deque(waiting for waiting in self._waiting if waiting.text != text)
        if self.text() == text:
            self.close_message()

    def leave_shoot(self) -> None:
        """Take back what is about the shoot that is left; errors stay."""
        self._waiting = deque(each for each in self._waiting if each.is_error or not each.of_shoot)
        if self._shown is not None and self._shown.of_shoot and not self._shown.is_error:
            self.close_message()

    def close_message(self) -> None:
        """Put the message away and show the next that waits."""
        self._timer.stop()
        self._shown = None
        if self._waiting:
            self._show(self._waiting.popleft())
        else:
            self.hide()
            self.shown_changed.emit(False)

    def text(self) -> str:
        """Return what is shown; "" for nothing."""
        return self._shown.text if self._shown else ""

    def line_height(self) -> int:
        """Return how high it is with one line of words, in logical pixels."""
        return max(each.sizeHint().height() for each in (*self._actions, self._close)) + 2 * _EDGE

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a plate, with an edge in the colour of a warning for errors."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        error = self._shown is not None and self._shown.is_error
        painter.setPen(QPen(self._theme.warning if error else self._theme.outline, 1))
        painter.setBrush(self._theme.raised)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _tell(self, message: _Message) -> None:
        if self._shown and self._shown.is_error:
            self._waiting.append(message)
            return
        if self._shown and self._shown.stays:
            self._waiting.appendleft(self._shown)
        self._show(message)

    def _show(self, message: _Message) -> None:
        self._shown = message
        self._text.setText(message.text)
        self._text.setStyleSheet(f"color: {css(self._theme.text)};")
        for at, button in enumerate(self._actions):
            button.setVisible(at < len(message.actions))
            if at < len(message.actions):
                button.setText(message.actions[at][0])
        self.setAccessibleName(message.text)
        if message.stays:
            self._timer.stop()
        else:
            self._timer.start()
        self.shown_changed.emit(True)
        self.show()
        self.update()
        announce(self, message.text, at_once=message.is_error)

    def _act(self, at: int) -> None:
        offered = self._shown.actions[at : at + 1] if self._shown else ()
        self.close_message()
        for _, on_action in offered:
            on_action()


def _offers(
    action: str, on_action: Callable[[], None] | None, other: Offer | None = None
) -> tuple[Offer, ...]:
    first = ((action, on_action),) if action and on_action is not None else ()
    return (*first, *((other,) if other is not None else ()))
