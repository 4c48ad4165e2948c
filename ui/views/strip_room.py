"""How a view shares its room between photos and the faces beside them: these take what a photo leaves free."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize

LEAST = 104  # logical pixels of width or height: smaller faces cannot be judged
USUAL_ASPECT = 1.5
"""Width by height of a typical photo."""

_MOST = 0.4  # of the width or height: the photo stays what is looked at
_NEARLY = 0.96  # of the width that photos would have if the faces took as little as they can
_CLEARLY = 1.08
_LARGEST = 520  # logical pixels of a face's side: no face of a common photo has more


@dataclass(frozen=True, slots=True)
class Shares:
    """Where the photos and where the faces are."""

    photos: QRect
    faces: QRect


def share(room: QRect, aspect: float, gap: int) -> Shares:
    """Split a room into photo and faces; beside the photo or below it, wherever it leaves more free.

    Args:
        room: of both.
        aspect: width by height of the photo.
        gap: between the two.
    """
    free_right = room.width() - round(room.height() * aspect) - gap
    free_below = room.height() - round(room.width() / aspect) - gap
    if free_right >= free_below:
        return _at_right(room, _within(free_right, room.width()), gap)
    return _below(room, _within(free_below, room.height()), gap)


def share_among(count: int, aspect: float, room: QRect, gap: int) -> Shares:
    """Split a room into several photos of a common shape and the faces of one of them.

    The faces are at the right, or below where the photos stay clearly larger so, and have as much as costs those next
    to nothing.

    Args:
        count: of the photos, one or more.
        aspect: their width by height.
        room: of all.
        gap: between photos and faces.
    """

    def wide(shares: Shares) -> float:
        size = shares.photos.size()
        return _photo_width(count, aspect, best_columns(count, aspect, size), size)

    def sides(whole: int) -> range:
        return range(max(LEAST, whole // 8), max(LEAST, round(0.3 * whole)) + 1, 8)

    right = [_at_right(room, side, gap) for side in sides(room.width())]
    below = [_below(room, side, gap) for side in sides(room.height())]
    shares = below if wide(below[0]) > _CLEARLY * wide(right[0]) else right
    return [each for each in shares if wide(each) >= _NEARLY * wide(shares[0])][-1]


def best_columns(count: int, aspect: float, size: QSize) -> int:
    """Return the number of columns that shows photos of a common shape largest; arguments as for ``share_among``."""
    return max(range(1, count + 1), key=lambda columns: _photo_width(count, aspect, columns, size))


def _photo_width(count: int, aspect: float, columns: int, size: QSize) -> float:
    """Return how wide photos of a common shape are in so many columns."""
    rows = math.ceil(count / columns)
    return min(size.width() / columns, size.height() / rows * aspect)


def _at_right(room: QRect, wide: int, gap: int) -> Shares:
    photos = room.adjusted(0, 0, -wide - gap, 0)
    return Shares(photos, QRect(room.right() + 1 - wide, room.top(), wide, room.height()))


def _below(room: QRect, high: int, gap: int) -> Shares:
    photos = room.adjusted(0, 0, 0, -high - gap)
    return Shares(photos, QRect(room.left(), room.bottom() + 1 - high, room.width(), high))


def _within(free: int, whole: int) -> int:
    """Return what is free, but neither less than makes sense nor so much that the photo is pushed aside."""
    return max(LEAST, min(free, round(_MOST * whole)))


def cells(room: QRect, count: int, gap: int, line: int = 0) -> list[QRect]:
    """Return places for so many squares, as large as they fit, in rows from the top.

    Args:
        room: of all of them.
        count: one or more.
        gap: between them.
        line: height of what is written below each.

    Returns:
        As many as there is room for with a square that still shows something, at least one.
    """

    def side(columns: int) -> int:
        rows = math.ceil(count / columns)
        across = (room.width() - gap * (columns - 1)) // columns
        down = (room.height() - gap * (rows - 1)) // rows - line
        return min(across, down, _LARGEST)

    columns = max(range(1, count + 1), key=lambda each: (side(each), -each))
    size = max(side(columns), 40)
    columns = max(1, min(columns, (room.width() + gap) // (size + gap)))
    rows = max(1, (room.height() + gap) // (size + line + gap))
    left = room.left() + max(0, room.width() - columns * (size + gap) + gap) // 2
    return [
        QRect(left + column * (size + gap), room.top() + row * (size + line + gap), size, size)
        for row, column in (divmod(number, columns) for number in range(min(count, columns * rows)))
    ]
