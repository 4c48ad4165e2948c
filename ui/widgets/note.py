"""Words beside the point, in the second colour of text: they explain, and ask nothing."""

from PySide6.QtWidgets import QLabel, QWidget

from ui.theme import Theme
from ui.widgets.style import css


class Note(QLabel):
    """A dimmed label.

    Args:
        theme: colours.
        words: what it says; may be set later.
        wraps: whether it takes several lines where there is no room for one.
        parent: where it is shown; a layout says so as well.
    """

    def __init__(
        self, theme: Theme, words: str = "", *, wraps: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(words, parent, wordWrap=wraps)
        self.setStyleSheet(f"color: {css(theme.text_dim)};")
