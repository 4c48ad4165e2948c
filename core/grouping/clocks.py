"""How far the clocks of several cameras are apart, told by pictures of the same thing at what must be the same time.

Frames of two bodies that look alike and lie over each other vote for the difference of their times. Pictures of
one place at another time vote too, each for a difference of its own; only the true one comes back at every
occasion. Nothing is ever shifted by what is found here: it is proposed to the user.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from core.cancelling import go_on
from core.grouping.evidence import Alignments
from core.grouping.likeness import Likeness
from core.grouping.real_time import with_zones
from core.types import Analysis, ClockSettings, Photo, PhotoId, TimeSource

_MOST_FRAMES = 1500  # of a camera that are compared, spread evenly over the shoot
_MOST_CAMERAS = 8  # those with most frames; further ones are phones of guests
_MOST_PAIRS = 2000  # of two cameras that are laid over each other, the most alike first: a second
_ALIKE, _NEAREST, _CORNERS = 0.5, 3, 14

_WINDOW = 60.0  # seconds within which votes agree: two people seldom release at once
_OCCASION = 60.0  # seconds; what both photographed for a minute counts once, however many frames it took
_LEAST_OCCASIONS = 3
_LEAD = 2.0  # times as many occasions as for any other difference
# The window is halved down to so many seconds while it keeps so large a share of the votes.
_FINEST, _KEEPS = 1.0, 0.6


@dataclass(frozen=True, slots=True)
class Agreement:
    """What pairs of frames say about two clocks.

    Attributes:
        ahead: seconds by which the second clock is ahead of the first; negative where it is behind.
        agreeing: pairs that say so.
        pairs: all of them.
    """

    ahead: float
    agreeing: int
    pairs: int


@dataclass(frozen=True, slots=True)
class ClockOffset:
    """A camera's clock beside that of another one.

    Attributes:
        camera, reference: as ``Photo.camera``; the reference is the camera with more frames.
        agreement: what speaks for it.
    """

    camera: str
    reference: str
    agreement: Agreement


def with_clocks(photos: Iterable[Photo], settings: ClockSettings) -> list[Photo]:
    """Return the photos with their cameras' clocks set as the user wants, and with what makes their times real ones."""
    return with_zones(
        [
            photo if (shift := settings.get(photo.camera)) is None else replace(photo, clock_shift=shift)
            for photo in photos
        ]
    )


def ahead_of_one(offsets: Iterable[ClockOffset]) -> dict[str, float]:
    """Return by how many seconds each clock is ahead of one and the same, whichever the offsets lead to."""
    ahead: dict[str, float] = {}
    for offset in offsets:
        ahead[offset.camera] = ahead.setdefault(offset.reference, 0.0) + offset.agreement.ahead
    return ahead


def find_clock_offsets(
    photos: Sequence[Photo], analyses: Mapping[PhotoId, Analysis], likeness: Likeness, alignments: Alignments
) -> tuple[ClockOffset, ...]:
    """Find the clocks that can be told from the pictures, each beside one that stands earlier in the list or first.

    Args:
        photos: of the shoot.
        analyses: measures, as many as there are.
        likeness: of the same measures.
        alignments: frames already laid over each other; more are added.
    """
    frames: dict[str, list[Photo]] = defaultdict(list)
    for photo in photos:
        if photo.camera and photo.taken_at and photo.time_source is TimeSource.EXIF and photo.id in analyses:
            frames[photo.camera].append(photo)
    cameras = sorted(frames, key=lambda camera: -len(frames[camera]))[:_MOST_CAMERAS]
    found: list[ClockOffset] = []
    settled, waiting = cameras[:1], cameras[1:]
    for reference in settled:  # grows during the loop: a clock that was told may tell another
        for camera in list(waiting):
            ours, theirs = (_evenly(frames[name]) for name in (reference, camera))
            pairs = [
                (one.clock_time, other.clock_time)
                for one, other in _same_views(ours, theirs, analyses, likeness, alignments)
                if one.clock_time and other.clock_time
            ]
            agreement = agree(pairs)
            if agreement is not None:
                found.append(ClockOffset(camera, reference, agreement))
                settled.append(camera)
                waiting.remove(camera)
    return tuple(found)


def agree(pairs: Sequence[tuple[datetime, datetime]]) -> Agreement | None:
    """Find the one difference of two clocks that explains the pairs at several occasions; None where there is none.

    Args:
        pairs: times of two frames that show the same, by the first clock and by the second.
    """
    if not pairs:
        return None
    start = pairs[0][0]
    seconds = np.array([[(time - start).total_seconds() for time in pair] for pair in pairs])
    seconds = seconds[np.argsort(seconds[:, 1] - seconds[:, 0], kind="stable")]
    ahead = seconds[:, 1] - seconds[:, 0]
    ends = np.searchsorted(ahead, ahead + _WINDOW, side="right")
    occasions = np.array([_occasions(seconds[at:end]) for at, end in enumerate(ends)])
    # Of windows that see as many occasions, the one with most votes.
    best = max(range(len(pairs)), key=lambda at: (occasions[at], ends[at] - at))
    elsewhere = (ahead > ahead[best] + 2 * _WINDOW) | (ahead < ahead[best] - 2 * _WINDOW)
    rival = int(occasions[elsewhere].max(initial=0))
    if occasions[best] < max(_LEAST_OCCASIONS, _LEAD * rival):
        return None
    inside = _narrowed(ahead[best : ends[best]])
    return Agreement(float(np.median(inside)), int(ends[best] - best), len(pairs))


def _occasions(seconds: NDArray[np.float64]) -> int:
    """Count the minutes seen by the one clock and by the other, and return the fewer."""
    return min(len(np.unique(seconds[:, clock] // _OCCASION)) for clock in (0, 1))


def _narrowed(ahead: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the part of sorted votes that stand closest together: frames of one moment, not of one occasion."""
    width = _WINDOW / 2
    while width >= _FINEST:
        ends = np.searchsorted(ahead, ahead + width, side="right")
        at = int(np.argmax(ends - np.arange(len(ahead))))
        if ends[at] - at < _KEEPS * len(ahead):
            break
        ahead = ahead[at : ends[at]]
        width /= 2
    return ahead


def _evenly(photos: list[Photo]) -> list[Photo]:
    """Return at most so many photos as can be compared each with each."""
    return photos[:: -(-len(photos) // _MOST_FRAMES)]


def _same_views(
    ours: Sequence[Photo],
    theirs: Sequence[Photo],
    analyses: Mapping[PhotoId, Analysis],
    likeness: Likeness,
    alignments: Alignments,
) -> Iterator[tuple[Photo, Photo]]:
    """Yield pairs of frames of two cameras that show the same thing from about the same place."""
    here, there = (np.stack([_unit(likeness, photo.id) for photo in photos]) for photos in (ours, theirs))
    cosines = here @ there.T
    candidates: dict[tuple[int, int], float] = {}
    for row, column in _nearest(cosines):
        candidates[row, column] = float(cosines[row, column])
    for column, row in _nearest(cosines.T):
        candidates[row, column] = float(cosines[row, column])
    likest = sorted(candidates, key=lambda pair: -candidates[pair])[:_MOST_PAIRS]
    for row, column in likest:
        one, other = ours[row], theirs[column]
        alignment = alignments.between(analyses[one.id], analyses[other.id])
        if alignment is not None and alignment.corners >= _CORNERS:
            yield one, other


def _nearest(cosines: NDArray[np.float32]) -> Iterator[tuple[int, int]]:
    """Yield for each row the columns that are most alike and alike enough."""
    for row, line in enumerate(cosines):
        go_on()
        for column in np.argsort(-line)[:_NEAREST].tolist():
            if line[column] >= _ALIKE:
                yield row, column


def _unit(likeness: Likeness, photo_id: PhotoId) -> NDArray[np.float32]:
    vector = likeness.vector(photo_id)
    assert vector is not None  # only analysed photos come here
    return vector
