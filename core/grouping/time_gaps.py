"""Frames in order of one clock: what was taken when, camera by camera."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from datetime import datetime
from operator import itemgetter

from core.types import Photo, TimeSource


def by_camera(photos: Sequence[Photo]) -> list[list[Photo]]:
    """Return one list a camera, each in the order given.

    Frames that only have their file's time stand in lists of their own, one a folder and picture size:
    frames of one burst come from one camera, and where none is named the size stands for it.
    """
    sequences: dict[Hashable, list[Photo]] = defaultdict(list)
    for photo in photos:
        key: Hashable = photo.camera
        if photo.time_source is not TimeSource.EXIF:
            key = photo.path.parent, *sorted((photo.width, photo.height))
        sequences[key].append(photo)
    return list(sequences.values())


def clock_of(photo: Photo) -> Hashable:
    """Name the clock that dated a photo: only times of one clock are ever compared.

    Cameras whose clocks were set against each other share one; files dated by their folder's disk do too.
    """
    if photo.time_source is not TimeSource.EXIF:
        return photo.path.parent
    return photo.camera if photo.clock_shift is None else None


def gap_seconds(earlier: Photo, later: Photo) -> float | None:
    """Return the seconds that really went by between two frames.

    None where no camera wrote a time, or two did whose clocks were never set.
    """
    if earlier.time_source is not TimeSource.EXIF or later.time_source is not TimeSource.EXIF:
        return None
    one, other = earlier.instant, later.instant
    if one is None or other is None:
        return None
    if earlier.camera != later.camera and None in (earlier.clock_shift, later.clock_shift):
        return None
    return abs((other - one).total_seconds())


def span_of(photos: Iterable[Photo]) -> tuple[datetime | None, datetime | None]:
    """Return when the first and the last of some photos were taken, by the clock on the wall.

    None where none has a time.
    """
    dated = [(instant, photo) for photo in photos if (instant := photo.instant) is not None]
    if not dated:
        return None, None
    first, last = (pick(dated, key=itemgetter(0))[1] for pick in (min, max))
    return first.moment, last.moment
