"""How large a window opens: as large as it likes to be, and never larger than its screen."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from ui.text_size import scaled

_FRAME = QSize(16, 48)  # room for the title bar and borders that the desktop draws around


def open_within_screen(window: QWidget, wanted: QSize) -> None:
    """Resize a window that is not shown yet, larger for larger text; at 200 % scale full HD is only 960 x 540."""
    wanted = QSize(scaled(wanted.width()), scaled(wanted.height()))
    window.resize(wanted.boundedTo(room_on_screen(window)))


def room_on_screen(window: QWidget) -> QSize:
    """Return how large a window can be on its screen, in logical pixels and without its frame."""
    return window.screen().availableGeometry().size() - _FRAME
