"""The rectangle drawn with the mouse round photos."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication

_EDGE_SPEED = 3  # pixels beyond the edge for one pixel of scrolling a tick


@dataclass(slots=True)
class RubberBand:
    """From where the button went down to where the pointer is, in coordinates of the content.

    Attributes:
        start, end: opposite corners.
        before: rows that were selected before and stay so (Ctrl held).
    """

    start: QPoint
    end: QPoint
    before: frozenset[int]

    @property
    def is_drawn(self) -> bool:
        """Whether the pointer went far enough for a drag; until then it is a click."""
        return (self.end - self.start).manhattanLength() >= QApplication.startDragDistance()

    @property
    def rect(self) -> QRect:
        """The rectangle, whichever way it was drawn."""
        return QRect(self.start, self.end).normalized()


def edge_scroll(y: int, height: int) -> int:
    """Return the pixels to scroll a tick while the pointer is above (negative) or below a viewport of a height."""
    if y < 0:
        return (y - _EDGE_SPEED) // _EDGE_SPEED
    return (y - height + _EDGE_SPEED) // _EDGE_SPEED if y > height else 0
