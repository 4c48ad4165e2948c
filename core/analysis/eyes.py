"""Whether eyes are open: three states, because what cannot be told must never be called closed.

The thresholds come from 491 labelled faces, and from the same faces blurred and reduced. In a shoot more is asked
before eyes are called closed (``core.analysis.shut_eyes``); the figures are in
``docs/decisions/0003-three-eye-states.md``.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.protocols import FaceReading
from core.types import EyeState

_TURNED_AWAY = 42.0  # degrees of yaw past which the far eye is hidden
_OPEN_BELOW, _CLOSED_ABOVE = 0.27, 0.33  # blink scores; between them it cannot be told
_GAP_OF_CLOSED = 0.165  # of the eye's width: closed lids have no wider gap, whatever the blink score,
_GAP_OF_OPEN, _OPEN_BELOW_WITH_GAP = 0.20, 0.34  # and an even wider one makes up for a middling score
_SMALL = 60.0  # pixels of face below which narrow eyes, squinting eyes and glasses look closed,
_SURELY_CLOSED, _GAP_OF_SURELY_CLOSED = 0.47, 0.11  # so that more is asked
_LAUGHING = 0.6  # smile past which eyes narrow,
_CLOSED_IN_LAUGHTER = 0.45  # so that more is asked as well
_ASIDE = 0.5  # what eyes turned aside count of lowered ones: heads are turned to each other in good pictures
_MIDDLE, _SLOPE = 0.317, 17.0  # of the chance that eyes are open, over their mean blink score

_GLASSES_BELOW = 0.40  # brightness of both eyes' surroundings over that of the cheeks: 4 of 488 bare faces
_LEAST_EYE_DISTANCE = 12.0  # pixels between the eyes below which glasses cannot be told
_BAND = (60, 20)  # pixels to which the band of both eyes is brought to tell blur,
_BLURRED_BELOW = 0.14  # and its detail over its contrast where open eyes begin to pass for closed ones
_LEAST_CONTRAST = 2.0  # grey levels


@dataclass(frozen=True, slots=True)
class Eyes:
    """What is known of a face's eyes; ``chance_open`` is None where nothing can be told."""

    both: EyeState = EyeState.CANT_TELL
    right: EyeState = EyeState.CANT_TELL
    left: EyeState = EyeState.CANT_TELL
    chance_open: float | None = None


UNTOLD = Eyes()
"""Nothing can be told."""


def read_eyes(reading: FaceReading, side: float) -> Eyes:
    """Read the state of a face's eyes.

    A head turned away hides an eye; a laugh narrows both; in a wink the two differ: then nothing can be said of
    both together. Closed needs both eyes closed.

    Args:
        reading: of the face.
        side: of the face, in pixels of the photo.
    """
    if abs(reading.yaw) > _TURNED_AWAY:
        return UNTOLD
    closed_above = _SURELY_CLOSED if side < _SMALL else _CLOSED_ABOVE
    if reading.smile > _LAUGHING:
        closed_above = max(closed_above, _CLOSED_IN_LAUGHTER)
    closed_gap = _GAP_OF_SURELY_CLOSED if side < _SMALL else _GAP_OF_CLOSED
    right, left = (
        _state(blink, gap, closed_above, closed_gap)
        for blink, gap in ((reading.blink_right, reading.gap_right), (reading.blink_left, reading.gap_left))
    )
    mean = (reading.blink_right + reading.blink_left) / 2
    if right is left is EyeState.CLOSED:
        both = EyeState.CLOSED
    elif EyeState.CLOSED in (right, left):
        both = EyeState.CANT_TELL
    else:
        both = _state(mean, max(reading.gap_right, reading.gap_left), 1.0, closed_gap)
    return Eyes(both, right, left, chance_open(mean))


def gaze_of(reading: FaceReading) -> float:
    """Return 1 for a gaze straight ahead from under lifted lids, down to 0 for one down or far aside."""
    return min(1.0, max(0.0, 1 - reading.looks_down - _ASIDE * reading.looks_aside))


def _state(blink: float, gap: float, closed_above: float, closed_gap: float) -> EyeState:
    if blink > closed_above and gap < closed_gap:
        return EyeState.CLOSED
    if blink < _OPEN_BELOW or (gap > _GAP_OF_OPEN and blink < _OPEN_BELOW_WITH_GAP):
        return EyeState.OPEN
    return EyeState.CANT_TELL


def chance_open(blink: float) -> float:
    """Return the chance that eyes with such a mean blink score are open, by a logistic fit to labelled faces."""
    return 1 / (1 + math.exp(_SLOPE * (blink - _MIDDLE)))


def blink_of(chance: float) -> float:
    """Return the mean blink score behind a chance."""
    return _MIDDLE + math.log(1 / chance - 1) / _SLOPE


def behind_glasses(luma: NDArray[np.uint8], right: Sequence[float], left: Sequence[float]) -> bool:
    """Tell whether something dark covers both eyes, as sunglasses do.

    Args:
        luma: of the face, shape (height, width).
        right: the right eye's centre, (x, y) in its pixels.
        left: the left eye's.
    """
    distance = math.dist(right, left)
    if distance < _LEAST_EYE_DISTANCE:
        return False
    around = [_median(luma, x, y, 0.28 * distance, 0.18 * distance) for x, y in (right, left)]
    cheeks = [
        _median(luma, x, y + 0.6 * distance, 0.12 * distance, 0.12 * distance) for x, y in (right, left)
    ]
    return max(around) < _GLASSES_BELOW * max(cheeks)


def too_blurred(luma: NDArray[np.uint8], right: Sequence[float], left: Sequence[float]) -> bool:
    """Tell whether the band of a face that holds the eyes is too blurred for anything to be told.

    Args:
        luma: of the face, shape (height, width).
        right: the right eye's centre, (x, y) in its pixels.
        left: the left eye's.
    """
    distance = max(math.dist(right, left), 1.0)
    x, y = (right[0] + left[0]) / 2, (right[1] + left[1]) / 2
    picture = Image.fromarray(luma)
    box = _within(picture.size, x, y, 0.9 * distance, 0.3 * distance)
    band = picture.resize(_BAND, Image.Resampling.BILINEAR, box=box, reducing_gap=2.0)
    values = np.asarray(band, np.float32)
    centre = values[1:-1, 1:-1]
    laplacian = 4 * centre - values[:-2, 1:-1] - values[2:, 1:-1] - values[1:-1, :-2] - values[1:-1, 2:]
    detail = float(np.sqrt(np.square(laplacian).mean()))
    return detail < _BLURRED_BELOW * (float(values.std()) + _LEAST_CONTRAST)


def _within(
    size: tuple[int, int], x: float, y: float, half_width: float, half_height: float
) -> tuple[float, float, float, float]:
    """Return a box around a point, cut to the picture, at least a pixel wide and high."""
    left = min(max(0.0, x - half_width), size[0] - 1)
    top = min(max(0.0, y - half_height), size[1] - 1)
    return left, top, max(left + 1, min(size[0], x + half_width)), max(top + 1, min(size[1], y + half_height))


def _median(luma: NDArray[np.uint8], x: float, y: float, half_width: float, half_height: float) -> float:
    height, width = luma.shape
    left, top, right, bottom = _within((width, height), x, y, half_width, half_height)
    return float(np.median(luma[int(top) : math.ceil(bottom), int(left) : math.ceil(right)]))
