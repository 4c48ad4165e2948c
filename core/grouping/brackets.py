"""Brackets: sets that are taken to be merged, and must never be culled to one frame."""

from collections.abc import Sequence

from core.types import Photo

_LEAST_FRAMES = 3
_LEAST_SPREAD = 1.0  # EV between the darkest and the brightest frame
_LONGEST = 15.0  # seconds for the whole set; nobody dials through a bracket by hand much faster than this


def is_bracket(photos: Sequence[Photo]) -> bool:
    """Whether a burst steps its exposure bias: every frame its own step, within a short time.

    Args:
        photos: frames of one burst, in order of capture.
    """
    steps = [photo.shot.exposure_bias for photo in photos]
    known = [step for step in steps if step is not None]
    if len(known) < _LEAST_FRAMES or len(known) != len(steps):
        return False
    if len(set(known)) != len(known) or max(known) - min(known) < _LEAST_SPREAD:
        return False
    first, last = photos[0].taken_at, photos[-1].taken_at
    return first is None or last is None or (last - first).total_seconds() <= _LONGEST
