"""Which parts of a frame are looked at again: few rectangles, as small as their faces allow."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from core.types import Box

_LONG_SIDE = 640  # pixels, as they were looked at last, that a close-up has at most
_ROOM = 2.0  # of a face, on each side: the detector needs its surroundings, and near one face are others
_LEAST_ROOM = 80  # pixels, likewise
_COST_OF_ONE = 64 * 64  # pixels that could be looked at in the time that one more close-up costs
_MOST = 2.0  # of the frame's pixels that are looked at again


class _Part(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    @property
    def pixels(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)

    def joined(self, other: "_Part") -> "_Part":
        return _Part(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


def close_ups(boxes: Iterable[Box], width: int, height: int) -> Iterator[Box]:
    """Yield rectangles that hold all boxes with room around them, and together have few pixels.

    Args:
        boxes: of faces, those first that matter most.
        width: of the frame as it was looked at last, in pixels.
        height: of the same.
    """
    parts: list[_Part] = []
    for box in boxes:
        part = _around(box, width, height)
        while near := next((other for other in parts if _better_joined(part, other)), None):
            parts.remove(near)
            part = part.joined(near)
        parts.append(part)
    left = _MOST * width * height
    for part in parts:
        if left > 0:
            yield Box(
                part.left / width,
                part.top / height,
                (part.right - part.left) / width,
                (part.bottom - part.top) / height,
            )
        left -= part.pixels


def _around(box: Box, width: int, height: int) -> _Part:
    room = max(_LEAST_ROOM, _ROOM * max(box.width * width, box.height * height))
    return _Part(
        max(0.0, box.x * width - room),
        max(0.0, box.y * height - room),
        min(float(width), (box.x + box.width) * width + room),
        min(float(height), (box.y + box.height) * height + room),
    )


def _better_joined(one: _Part, other: _Part) -> bool:
    whole = one.joined(other)
    fits = max(whole.right - whole.left, whole.bottom - whole.top) <= _LONG_SIDE
    return fits and whole.pixels <= one.pixels + other.pixels + _COST_OF_ONE
