"""A path on one line."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ui.theme import SPACING


class ElidedLabel(QLabel):
    """A path that is shortened in its middle where there is no room for all of it."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setMinimumWidth(8 * SPACING)

    def setText(self, text: str) -> None:
        """Show a path."""
        self._whole = text
        self.setToolTip(text)
        self._fit()

    def resizeEvent(self, _event: object) -> None:
        """Shorten it anew."""
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, self.width())
        super().setText(shown)
