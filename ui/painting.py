"""How what paints its own words begins: they stand from left to right, whichever way the window reads.

Qt mirrors only where in a rectangle words are aligned. The rectangles, which follow one another from the left, stay
where they are, so that mirrored words would lie over each other.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintDevice, QPainter


def painter_on(device: QPaintDevice) -> QPainter:
    """Begin to paint on a widget or a pixmap, whose words are laid out from left to right."""
    painter = QPainter(device)
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    return painter
