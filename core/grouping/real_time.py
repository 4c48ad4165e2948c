"""Real time out of wall time: which offset from UTC counts for each photo.

Clocks are turned back at the end of summer, and phones turn theirs on journeys: by the wall, an hour's frames come
twice and interleave. Most files tell the offset; where one does not, that of the photo nearest to it by the wall
counts, of the same camera if possible. Each photo has one real time, so there is always one order of all of them.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from operator import itemgetter

from core.types import Photo, TimeSource, Zone


def with_zones(photos: Iterable[Photo]) -> list[Photo]:
    """Return the photos with ``zone``, without where no camera tells its offset.

    What the user set of a camera's clock was set by the wall, against other cameras: of these the offset counts only
    as far as it changes in the course of the shoot.
    """
    photos = list(photos)
    dated = [photo for photo in photos if photo.taken_at is not None]
    telling = [p for p in dated if p.utc_offset_minutes is not None and p.time_source is TimeSource.EXIF]
    if not telling and any(photo.time_source is TimeSource.EXIF for photo in dated):
        return photos  # what is known of files' times alone would only move them against the cameras'
    usual = _usual_offsets(telling)
    set_against_each_other = _set_offset(telling, usual)

    def told(photo: Photo) -> Zone:
        own = timedelta(minutes=photo.utc_offset_minutes or 0)
        if photo.time_source is not TimeSource.EXIF:
            return Zone(own, timedelta())
        mostly = usual[photo.camera]
        base = mostly if photo.clock_shift is None else set_against_each_other
        return Zone(base, own - mostly)

    cameras: dict[str, list[Photo]] = defaultdict(list)
    for photo in telling:
        cameras[photo.camera].append(photo)
    by_camera = {camera: _Neighbours(frames) for camera, frames in cameras.items() if camera}
    clocks_set = [photo for photo in telling if photo.clock_shift is not None]
    of_those_set, of_all = _Neighbours(clocks_set or telling), _Neighbours(telling)

    def zone(photo: Photo) -> Zone | None:
        if photo.taken_at is None:
            return None
        if photo.utc_offset_minutes is not None:
            return told(photo)
        if not telling:
            return None
        others = of_all if photo.clock_shift is None else of_those_set
        return told(by_camera.get(photo.camera, others).nearest(photo))

    return [replace(photo, zone=zone(photo)) for photo in photos]


def _usual_offsets(telling: Sequence[Photo]) -> dict[str, timedelta]:
    """Return by camera the offset of most of its photos.

    Of several as frequent it is the smallest, which is no summer time.
    """
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for photo in telling:
        counts[photo.camera][photo.utc_offset_minutes or 0] += 1
    return {
        camera: timedelta(minutes=min(count.items(), key=lambda each: (-each[1], each[0]))[0])
        for camera, count in counts.items()
    }


def _set_offset(telling: Iterable[Photo], usual: dict[str, timedelta]) -> timedelta:
    """Return what the time that clocks were set to is ahead of UTC, by the camera whose clock had to be set least."""
    shifts = {photo.camera: photo.clock_shift for photo in telling if photo.clock_shift is not None}
    if not shifts:
        return timedelta()
    camera, shift = min(shifts.items(), key=lambda each: (abs(each[1]), each[0]))
    return usual[camera] + shift


class _Neighbours:
    """Photos by the time on the wall.

    Args:
        photos: some at least, all with a time.
    """

    def __init__(self, photos: Iterable[Photo]) -> None:
        timed = [(photo.moment, photo) for photo in photos]
        self._photos = sorted(((time, photo) for time, photo in timed if time is not None), key=_by_wall)

    def nearest(self, photo: Photo) -> Photo:
        """Return the photo nearest in time; of two as near the earlier, of two at once that of the smaller offset."""
        time = photo.moment or datetime.min  # noqa: DTZ901 - never met: a photo without a time is not asked of
        at = bisect_left(self._photos, time, key=itemgetter(0))
        around = self._photos[max(at - 1, 0) : at + 1]
        return min(around, key=lambda each: abs(each[0] - time))[1]


def _by_wall(timed: tuple[datetime, Photo]) -> tuple[datetime, int]:
    """Return a sorting key that leaves nothing to the order in which photos were read."""
    time, photo = timed
    return time, photo.utc_offset_minutes or 0
