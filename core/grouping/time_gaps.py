"""Frames in order of one clock: what was taken when, camera by camera."""

from collections import defaultdict
from collections.abc import Sequence

from core.types import Photo, TimeSource


def by_camera(photos: Sequence[Photo]) -> list[list[Photo]]:
    """One list a camera, each in the order given. Clocks of two bodies are never compared.

    Frames that only have their file's time stand in lists of their own, one a folder and picture size:
    frames of one burst come from one camera, and where none is named the size stands for it.
    """
    sequences: dict[tuple[str, ...], list[Photo]] = defaultdict(list)
    for photo in photos:
        clock: tuple[str, ...] = (photo.camera,)
        if photo.time_source is not TimeSource.EXIF:
            shorter, longer = sorted((photo.width, photo.height))
            clock = (str(photo.path.parent), f"{shorter}x{longer}")
        sequences[photo.time_source, *clock].append(photo)
    return list(sequences.values())


def gap_seconds(earlier: Photo, later: Photo) -> float | None:
    """Seconds between two frames of one camera; None where the camera did not write a time."""
    if earlier.time_source is not TimeSource.EXIF or later.time_source is not TimeSource.EXIF:
        return None
    if earlier.taken_at is None or later.taken_at is None:
        return None
    return abs((later.taken_at - earlier.taken_at).total_seconds())
