"""Several pictures of one frame: a JPEG beside a JPEG of another suffix, a phone's edited picture beside its own.

They are versions of each other and no rivals: none is ever weighed against another, let alone rejected for it. One of
them, the one nearest to the camera, stands for the frame in its burst; the others stand alone beside it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from core.ingest.formats import Kind, kind_of
from core.ingest.frame_names import is_edited
from core.ingest.pairing import is_cameras_own, is_same_frame, version_key
from core.types import Photo, PhotoId


def find_versions(photos: Sequence[Photo]) -> dict[PhotoId, PhotoId]:
    """Find the pictures that are versions of a frame another picture stands for, each with that picture.

    Args:
        photos: of the shoot, in order of capture: of equals the first stands for the frame.
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


def preferring_frames(
    copies: Mapping[PhotoId, PhotoId], versions: Mapping[PhotoId, PhotoId]
) -> dict[PhotoId, PhotoId]:
    """Turn copies round where the original is only a version of the frame that the copy stands for.

    Args:
        copies: each copy with its original.
        versions: as ``find_versions`` gives them.
    """
    turned = {version: frame for version, frame in versions.items() if copies.get(frame) == version}
    kept = {
        copy: turned.get(original, original)
        for copy, original in copies.items()
        if copy not in turned.values()
    }
    return kept | turned


def _worth(photo: Photo) -> tuple[bool, bool, bool, int, int, int]:
    """Return a key that is larger for what is nearer to the camera, as far as it is known before any is looked at."""
    has_raw = any(kind_of(file) is Kind.RAW for file in (photo.path, *photo.companions))
    pixels = photo.width * photo.height
    as_taken = not is_edited(photo.path.name)
    return has_raw, is_cameras_own(photo.path), as_taken, pixels, photo.size_bytes, -photo.mtime_ns
