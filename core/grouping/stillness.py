"""Whether the camera and the people before it stood still, as they do for a set that is taken to be merged."""

import itertools
import math
from collections.abc import Sequence

from core.grouping.evidence import Evidence
from core.types import Face, Photo

# Of the longer side: frames from sixteen tripods lie within 0.0042 of the one before; of hand-held ones each is off
# by 0.011 and more.
_STILL = 0.007
_STILL_OVERLAP = 0.9
_FEWEST_LAID = (
    0.5  # share of the pairs that lie over each other; the rest are too dark or too blurred to tell
)
_MOST_MISLAID = 0.1  # share of those that may be off: out of focus a few corners agree by chance

_SURE = 0.8  # confidence of the detector; where there is nobody it has found faces with up to 0.75
_SWAY = 0.15  # of a face's width: how much the box around a face that keeps still may differ
_TOO_SMALL = 0.015  # of the picture: a face whose place says nothing


def camera_stands_still(photos: Sequence[Photo], evidence: Evidence) -> bool:
    """Return whether each frame lies exactly on the one before, as far as it can be told.

    Args:
        photos: analysed ones, in order of capture, two and more.
        evidence: about them.
    """
    pairs = list(itertools.pairwise(photos))
    laid = [each for one, other in pairs if (each := evidence.alignment(one.id, other.id)) is not None]
    off = [
        each for each in laid if each.overlap < _STILL_OVERLAP or math.hypot(each.right, each.down) > _STILL
    ]
    return len(laid) >= _FEWEST_LAID * len(pairs) and len(off) <= _MOST_MISLAID * len(laid)


def somebody_moves(photos: Sequence[Photo], evidence: Evidence) -> bool:
    """Return whether a face is elsewhere in the next frame that shows any; the camera must have stood still.

    People who cannot be seen in a frame, because it is dark or blurred, are no sign of anything.

    Args:
        photos: analysed ones, in order of capture.
        evidence: about them.
    """
    shown = [faces for photo in photos if (faces := _sure(evidence.analysis(photo.id).faces))]
    return any(
        min(_distance(face, other) for other in later) > _SWAY
        for earlier, later in itertools.pairwise(shown)
        for face in earlier
    )


def follows_somebody(one: Photo, other: Photo, evidence: Evidence) -> bool:
    """Return whether a face keeps its place in the frame although the camera turned: it was turned after somebody."""
    before, after = (_sure(evidence.analysis(photo.id).faces) for photo in (one, other))
    return any(_distance(face, later) <= 1.0 for face in before for later in after)


def _sure(faces: Sequence[Face]) -> list[Face]:
    return [face for face in faces if face.confidence >= _SURE and face.box.width >= _TOO_SMALL]


def _distance(one: Face, other: Face) -> float:
    """Return the distance from centre to centre, in widths and heights of the larger of two faces."""
    width, height = max(one.box.width, other.box.width), max(one.box.height, other.box.height)
    right = other.box.x + other.box.width / 2 - one.box.x - one.box.width / 2
    down = other.box.y + other.box.height / 2 - one.box.y - one.box.height / 2
    return math.hypot(right / width, down / height)
