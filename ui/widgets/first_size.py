"""How large a window opens: as large as it likes to be, and never larger than its screen."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

_FRAME = QSize(16, 48)  # room for the title bar and borders that the desktop draws around


def open_within_screen(window: QWidget, wanted: QSize) -> None:
    """Resize a window that is not shown yet; at 200 % scale a full HD screen is only 960 x 540."""
    window.resize(wanted.boundedTo(window.screen().availableGeometry().size() - _FRAME))
