"""Bursts: frames of one moment, of which one is wanted.

A frame joins a recent burst when it is near in time and like all of it, not just like its last frame: so that
A ~ B ~ C ~ D is no burst when A and D differ. Frames between two frames of a burst may belong elsewhere.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.grouping.likeness import Likeness
from core.grouping.time_gaps import gap_seconds
from core.settings import GroupingRules
from core.types import Photo

_OPEN_WITHOUT_CLOCK = 3  # bursts that stay open where no clock tells when they are over
_SLACK_AT_THE_ENDS = 0.1  # first and last frame of a moving subject differ more than the average does


class Burst:
    """A burst that may still grow."""

    def __init__(self, photo: Photo, vector: NDArray[np.float32] | None) -> None:
        self.photos = [photo]
        self._sum = np.zeros_like(vector) if vector is not None else None
        self._vectors: list[NDArray[np.float32]] = []
        self._note(vector)

    @property
    def last(self) -> Photo:
        """The latest frame."""
        return self.photos[-1]

    def add(self, photo: Photo, vector: NDArray[np.float32] | None) -> None:
        """Lets it grow by a frame."""
        self.photos.append(photo)
        self._note(vector)

    def likeness(self, vector: NDArray[np.float32]) -> tuple[float, float] | None:
        """Mean cosine to all frames and the lesser of those to the first and the last; None if unknown."""
        if self._sum is None or not self._vectors:
            return None
        mean = float(vector @ self._sum) / len(self._vectors)
        return mean, min(float(vector @ self._vectors[0]), float(vector @ self._vectors[-1]))

    def tightness(self) -> float | None:
        """Mean cosine over all pairs; None for fewer than two known frames."""
        count = len(self._vectors)
        if self._sum is None or count < 2:
            return None
        return (float(self._sum @ self._sum) - count) / (count * (count - 1))

    def _note(self, vector: NDArray[np.float32] | None) -> None:
        if vector is None:
            return
        self._sum = vector.copy() if self._sum is None else self._sum + vector
        self._vectors.append(vector)


def find_bursts(sequence: Sequence[Photo], likeness: Likeness, rules: GroupingRules) -> list[Burst]:
    """Splits one camera's frames, in order, into bursts; a frame on its own is a burst of one.

    Linear in the number of frames: each is compared with the few bursts still open.
    """
    done: list[Burst] = []
    open_bursts: list[Burst] = []
    for photo in sequence:
        vector = likeness.vector(photo.id)
        still_open = [b for b in open_bursts if _within_reach(b, photo, rules)][-_OPEN_WITHOUT_CLOCK:]
        done.extend(b for b in open_bursts if b not in still_open)
        fits = [(fit, b) for b in still_open if (fit := _fit(b, photo, vector, rules)) is not None]
        if fits:
            burst = max(fits, key=lambda pair: pair[0])[1]
            burst.add(photo, vector)
            still_open.remove(burst)  # the one that grew last is looked at last and closed last
        else:
            burst = Burst(photo, vector)
        open_bursts = [*still_open, burst]
    return [*done, *open_bursts]


def needed_likeness(gap: float | None, rules: GroupingRules) -> float:
    """The likeness a frame needs to join a burst whose last frame is ``gap`` seconds away.

    Grows with the logarithm of the gap; the full likeness is needed where no clock tells.
    """
    if gap is None or gap >= rules.burst_gap:
        return rules.burst_similarity
    if gap <= rules.quick_gap:
        return rules.quick_similarity
    share = math.log(gap / rules.quick_gap) / math.log(rules.burst_gap / rules.quick_gap)
    return rules.quick_similarity + share * (rules.burst_similarity - rules.quick_similarity)


def _within_reach(burst: Burst, photo: Photo, rules: GroupingRules) -> bool:
    gap = gap_seconds(burst.last, photo)
    return gap is None or gap <= rules.burst_gap


def _fit(
    burst: Burst, photo: Photo, vector: NDArray[np.float32] | None, rules: GroupingRules
) -> float | None:
    """By how much the frame is more like the burst than it must be; None where it does not belong."""
    gap = gap_seconds(burst.last, photo)
    if burst.last.shot.burst_id and burst.last.shot.burst_id == photo.shot.burst_id:
        return 1.0
    known = burst.likeness(vector) if vector is not None else None
    if known is None:  # not analysed yet: time alone speaks
        return 0.0 if gap is not None and gap <= rules.quick_gap else None
    mean, ends = known
    needed = needed_likeness(gap, rules)
    return mean - needed if mean >= needed and ends >= needed - _SLACK_AT_THE_ENDS else None
