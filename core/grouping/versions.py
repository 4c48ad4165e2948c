"""Several pictures of one frame: a JPEG beside a JPEG of another suffix, a phone's edited picture beside its own.

They are versions of each other and no rivals: none is ever weighed against another, let alone rejected for it. One of
them, the largest, stands for the frame in its burst; the others stand alone beside it.
"""

from collections import defaultdict
from collections.abc import Sequence

from core.ingest.pairing import is_same_frame, version_key
from core.types import Photo, PhotoId


def find_versions(photos: Sequence[Photo]) -> dict[PhotoId, PhotoId]:
    """Find the pictures that are versions of a frame another picture stands for, each with that picture.

    Args:
        photos: of the shoot, in order of capture: of equally large ones the first stands for the frame.
    """
    alike: dict[tuple[str, str], list[Photo]] = defaultdict(list)
    for photo in photos:
        alike[version_key(photo)].append(photo)
    found: dict[PhotoId, PhotoId] = {}
    for versions in alike.values():
        if len(versions) == 1:
            continue
        versions.sort(key=_worth, reverse=True)
        frames: list[Photo] = []
        for photo in versions:
            frame = next((frame for frame in frames if is_same_frame(photo, frame)), None)
            if frame is None:
                frames.append(photo)
            else:
                found[photo.id] = frame.id
    return found


def _worth(photo: Photo) -> tuple[int, int, int]:
    """Tell which is nearer to the camera, as far as it is known before any is looked at."""
    return photo.width * photo.height, photo.size_bytes, -photo.mtime_ns
