"""Copies of a photo elsewhere in the shoot: exports, crops, edits, re-saves, in another folder or at another time.

Two frames of one burst are no copies of each other, however alike: a copy shows the same moment, has no other
time, and is another kind of file: of another folder, size or suffix, or of the same name except for what a
phone adds.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import numpy as np

from core.cancelling import go_on
from core.grouping.evidence import Alignments
from core.grouping.likeness import Likeness
from core.ingest.pairing import version_key
from core.types import Analysis, Photo, PhotoId, TimeSource

_ALIKE = 0.8  # cosine; a crop to half the frame keeps about this much,
_ALIKE_DATED = (
    0.5  # and one to a third this: enough where the files have the same moment, and the corners agree
)
_WITHIN = 0.93  # share of the smaller frame that lies in the larger one
# Corners that agree. Of eleven photos cropped to 0.7 of each side all but one keep 22 or more, edited ones over
# 100; pictures of different places never align at all.
_CORNERS, _CORNERS_UNDATED = 12, 22
_NEAREST = 5  # photos a photo may be a copy of
# Photos without a date; where there are more, only hashes are compared, which find no crops.
_ALL_PAIRS = 20_000
_BLOCK = 256  # photos compared with all others at a time: 40 MB in a shoot of 20,000
_MOST_AT_ONCE = 100  # photos of one moment; with more, the clock stood still and its times are no dates
_BANDS, _BAND_BITS = 4, 16  # hashes that differ in three bits have one of four parts in common
_HASH_BITS = 6  # of 64 that may differ

_Worth = tuple[bool, int, int, int]


def find_copies(
    photos: Sequence[Photo],
    analyses: Mapping[PhotoId, Analysis],
    likeness: Likeness,
    alignments: Alignments,
) -> dict[PhotoId, PhotoId]:
    """Return each copy with its original: the one with the camera's own time, then that with most pixels and bytes.

    Args:
        photos: of the shoot.
        analyses: measures, as many as there are.
        likeness: of the same measures.
        alignments: frames already laid over each other; more are added.
    """
    known = [photo for photo in photos if photo.id in analyses]
    found: dict[PhotoId, tuple[tuple[int, _Worth], PhotoId]] = {}
    worth = {photo.id: _worth(photo, analyses[photo.id]) for photo in known}
    for one, other in _candidates(known, analyses, likeness):
        go_on()
        dated = one.time_source is TimeSource.EXIF and other.time_source is TimeSource.EXIF
        alike = likeness.between(one.id, other.id) or 0.0
        if not may_be_copies(one, other) or alike < (_ALIKE_DATED if dated else _ALIKE):
            continue
        alignment = alignments.between(analyses[one.id], analyses[other.id])
        needed = _CORNERS if dated else _CORNERS_UNDATED
        if alignment is None or alignment.within < _WITHIN or alignment.corners < needed:
            continue
        # Of equals the earlier one is the original.
        copy, original = sorted((other.id, one.id), key=lambda photo_id: worth[photo_id])
        match = alignment.corners, worth[original]
        if copy not in found or found[copy][0] < match:
            found[copy] = match, original
    originals = {copy: original for copy, (_, original) in found.items()}
    return {copy: _first_of(copy, originals) for copy in originals}


def may_hold_copies(photos: Sequence[Photo]) -> bool:
    """Tell whether some may be copies of others, as far as the files say; at no cost."""
    return any(may_be_copies(one, other) for one, other in itertools.combinations(photos, 2))


def may_be_copies(one: Photo, other: Photo) -> bool:
    """Tell whether nothing the files say speaks against one being a copy of the other."""
    dated = one.time_source is TimeSource.EXIF and other.time_source is TimeSource.EXIF
    if dated and (one.taken_at, one.camera_name) != (other.taken_at, other.camera_name):
        return False
    elsewhere = one.path.parent != other.path.parent or one.path.suffix.lower() != other.path.suffix.lower()
    return (
        elsewhere
        or (one.width, one.height) != (other.width, other.height)
        or version_key(one) == version_key(other)
    )


def _first_of(copy: PhotoId, originals: Mapping[PhotoId, PhotoId]) -> PhotoId:
    """Return the original at the end of a chain: of a crop of an export.

    Each is worth more than its copy, so the chain ends.
    """
    original = originals[copy]
    while original in originals:
        original = originals[original]
    return original


def _worth(photo: Photo, analysis: Analysis) -> _Worth:
    """Return a key that is larger for what is nearer to the camera."""
    from_camera = photo.time_source is TimeSource.EXIF
    return from_camera, analysis.width * analysis.height, photo.size_bytes, -photo.mtime_ns


def _candidates(
    photos: Sequence[Photo], analyses: Mapping[PhotoId, Analysis], likeness: Likeness
) -> Iterator[tuple[Photo, Photo]]:
    """Yield pairs worth a closer look, each once; a few a photo at most.

    Dated photos are copies of each other only if they tell the same moment, so only those without a date have to
    be compared with all.
    """
    moments: dict[tuple[datetime | None, str], list[Photo]] = defaultdict(list)
    undated: list[int] = []
    for index, photo in enumerate(photos):
        moment = moments[photo.taken_at, photo.camera_name]
        if photo.time_source is TimeSource.EXIF and len(moment) < _MOST_AT_ONCE:
            moment.append(photo)
        else:
            undated.append(index)
    for moment in moments.values():
        yield from itertools.combinations(moment, 2)
    if len(undated) * len(photos) > _ALL_PAIRS**2:
        yield from _near_hashes(photos, analyses)
    elif undated:
        yield from _nearest(undated, photos, likeness)


def _nearest(
    rows: Sequence[int], photos: Sequence[Photo], likeness: Likeness
) -> Iterator[tuple[Photo, Photo]]:
    """Yield some photos, each with the few of all photos that look most like it."""
    vectors = [likeness.vector(photo.id) for photo in photos]
    unit = np.stack([vector for vector in vectors if vector is not None])
    seen: set[tuple[int, int]] = set()
    for start in range(0, len(rows), _BLOCK):
        go_on()
        block = rows[start : start + _BLOCK]
        cosines = unit[block] @ unit.T
        nearest = np.argpartition(-cosines, min(_NEAREST, len(unit) - 1), axis=1)[:, : _NEAREST + 1]
        for place, (row, columns) in enumerate(zip(block, nearest.tolist(), strict=True)):
            for column in columns:
                pair = min(row, column), max(row, column)
                if row != column and pair not in seen and cosines[place, column] >= _ALIKE:
                    seen.add(pair)
                    yield photos[pair[0]], photos[pair[1]]


def _near_hashes(
    photos: Sequence[Photo], analyses: Mapping[PhotoId, Analysis]
) -> Iterator[tuple[Photo, Photo]]:
    buckets: dict[tuple[int, int], list[int]] = defaultdict(list)
    seen: set[tuple[int, int]] = set()
    for index, photo in enumerate(photos):
        go_on()
        own = analyses[photo.id].phash
        for band in range(_BANDS):
            bucket = buckets[band, own >> band * _BAND_BITS & (1 << _BAND_BITS) - 1]
            for other in bucket[-_NEAREST:]:
                near = (analyses[photos[other].id].phash ^ own).bit_count() <= _HASH_BITS
                if near and (other, index) not in seen:
                    seen.add((other, index))
                    yield photos[other], photo
            bucket.append(index)
