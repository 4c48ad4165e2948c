"""Which files are one frame, and in which order the frames were taken."""

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import groupby, pairwise
from pathlib import Path

from core.ingest import frame_names
from core.ingest.formats import Kind, kind_of
from core.ingest.natural_order import NaturalKey, natural_key
from core.ingest.scanner import ScannedFile
from core.types import Photo, PhotoId, TimeSource

_COUNTER = re.compile(r"([0-9]+)(?=[^0-9]*$)")
_ADDED = re.compile(r"[ _-]?\([0-9]+\)$")  # by a program that copied it, behind the camera's counter
_OLYMPUS = re.compile(r"_?p[1-9a-c][0-9]{2}([0-9]{4})")  # month and day, then the counter
# Where a counter turns from 9999 to 0001 within one moment, there are numbers near its end and near its start, and
# none for a long way between.
_NEAR_END, _NEAR_START, _WRAP_GAP = 9900, 100, 5000
# A camera may date its RAW and its JPEG apart: a phone when it was done with each. Within this time no counter gets
# round to the same name.
_SAME_FRAME = timedelta(seconds=30)

_NO_TIME = datetime(9999, 12, 31)

# Of files of one name, the camera's own comes before what was exported later.
_OWNERS = (frozenset({".jpg", ".jpeg", ".jpe", ".jfif"}), frozenset({".heic", ".heif", ".hif"}))

_OF_A_FORMAT = frozenset(
    (
        *("raw", "raws", "nef", "cr2", "cr3", "arw", "dng", "orf", "rw2", "raf", "pef"),
        *("jpg", "jpgs", "jpeg", "jpegs", "heic", "heif", "hif"),
    )
)
"""Folders into which cameras, cards and people sort the files of one shoot."""

_FrameKey = tuple[str, str]


def pair(
    photos: Sequence[Photo], files: Sequence[ScannedFile], *, across_folders: bool = False
) -> tuple[Photo, ...]:
    """Collapse RAW + JPEG and Live Photos: files of one folder and one frame by their names, see ``frame_key``.

    The JPEG or HEIF is the photo, for it is the fastest to decode and looks as the photographer saw it;
    RAWs and films are its companions. What is ambiguous stays visible:

    - Several pictures of one name (IMG_1.JPG and IMG_1.PNG) are photos each. The companions go to the only
      JPEG, else to the only HEIF; of two of them to the one that the camera calls the cover, and where none is
      called so, the RAWs stay photos of their own.
    - Several RAWs without a picture are photos each. A film goes to the RAW if it is the only one.
    - A film that goes to nobody is a photo of its own.
    - A RAW whose camera time is far from the picture's is another frame; see ``is_same_frame``.

    Args:
        photos: as read, each file a photo; their companions are worked out anew.
        files: all files of the scan, with the films among them.
        across_folders: folders named after a format (``RAW``, ``JPG``, ``NEF``) are taken for the one they lie in.
            Names are counted anew on each card, so such files are one frame only if their cameras' times agree.

    Returns:
        The photos that remain, in the order given.
    """
    frames: dict[_FrameKey, list[Photo]] = defaultdict(list)
    for photo in photos:
        if not photo.is_film:
            frames[_frame_key(photo.path, across_folders)].append(photo)
    films: dict[_FrameKey, list[Path]] = defaultdict(list)
    for file in files:
        if file.is_film:
            films[_frame_key(file.path, across_folders)].append(file.path)
    alone = [photo for photo in photos if photo.is_film]
    companions: dict[PhotoId, tuple[Path, ...]] = {}
    absorbed: set[PhotoId] = set()
    for key, frame in frames.items():
        if len(frame) == 1 and key not in films:
            continue
        owner = _owner(frame)
        if owner is None:
            continue
        raws = [photo for photo in frame if photo is not owner and _is_raw_of(photo, owner)]
        absorbed.update(photo.id for photo in raws)
        paths = [*(photo.path for photo in raws), *films[key]]
        companions[owner.id] = tuple(sorted(paths, key=lambda path: natural_key(path.name)))
    taken = {path for paths in companions.values() for path in paths}
    absorbed.update(film.id for film in alone if film.path in taken)
    for own, small in _previews_of_films([film for film in alone if film.id not in absorbed]):
        companions[own.id] = (*companions.get(own.id, ()), small.path)
        absorbed.add(small.id)
    remaining = (photo for photo in photos if photo.id not in absorbed)
    return tuple([_with_companions(photo, companions.get(photo.id, ())) for photo in remaining])


def _previews_of_films(films: Sequence[Photo]) -> Iterator[tuple[Photo, Photo]]:
    """Yield films with the small ones that action cameras write beside them, of the same name."""
    own = {_frame_key(film.path): film for film in films if not _is_preview(film)}
    for film in filter(_is_preview, films):
        if (large := own.get(_frame_key(film.path))) is not None:
            yield large, film


def _is_preview(film: Photo) -> bool:
    return film.path.suffix.lower() == ".lrv"


def in_order(photos: Iterable[Photo]) -> tuple[Photo, ...]:
    """Sort into the order of the shoot: real time with sub-seconds, then folder, then name as people count.

    Frames of one moment (bodies without sub-seconds write whole bursts with one time) go by their counter,
    and where it turned from 9999 to 0001 within the moment, the low numbers come last.
    Photos without any time come at the end.
    """
    ordered = sorted(photos, key=_place)
    return tuple(
        photo
        for _, moment in groupby(ordered, key=lambda photo: (photo.instant, _folder(photo.path)))
        for photo in _unwrapped(list(moment))
    )


def version_key(photo: Photo) -> tuple[str, str]:
    """Return what the pictures share that can be versions of one frame: their folder, and what names have in common."""
    return _folder(photo.path), frame_names.version_key(photo.path.name)


def is_cameras_own(path: Path) -> bool:
    """Tell whether a picture has one of the formats that cameras write, or is rather an export."""
    suffix = path.suffix.lower()
    return any(suffix in suffixes for suffixes in _OWNERS)


def is_same_frame(one: Photo, other: Photo) -> bool:
    """Tell whether nothing speaks against two files of one folder and one name being one press of the shutter.

    What does is a time of one that is far from the other's, unless the name itself tells the second.
    """
    if TimeSource.FILE in (one.time_source, other.time_source) or frame_names.tells_its_moment(one.path.name):
        return True
    if one.taken_at is None or other.taken_at is None:
        return True
    return abs(one.taken_at - other.taken_at) <= _SAME_FRAME


def is_one_press(one: Photo, other: Photo) -> bool:
    """Tell whether two photos of different folders are one press of the shutter, by their camera's word."""
    if TimeSource.FILE in (one.time_source, other.time_source) or not _is_one_camera(one, other):
        return False
    return _is_one_name(one.path.name, other.path.name) and is_same_frame(one, other)


def _is_one_camera(one: Photo, other: Photo) -> bool:
    """Tell whether two photos name one camera; some write the body's number into one of RAW and JPEG only."""
    if one.camera == other.camera:
        return True
    tells_body = all(photo.camera != photo.camera_name for photo in (one, other))
    return not tells_body and one.camera_name == other.camera_name


def may_be_of_press(path: Path, name: str, mtime_ns: int) -> bool:
    """Tell whether a file of which no more is read may be of one press of the shutter with another.

    Args:
        path: of the one.
        name: the camera's own, of the other.
        mtime_ns: of the other.
    """
    try:
        apart = abs(path.stat().st_mtime_ns - mtime_ns)
    except OSError:
        return False
    return _is_one_name(path.name, name) and apart <= _SAME_FRAME / timedelta(microseconds=1) * 1000


def _is_one_name(one: str, other: str) -> bool:
    return frame_names.frame_key(one) == frame_names.frame_key(other)


def _is_raw_of(photo: Photo, owner: Photo) -> bool:
    if kind_of(photo.path) is not Kind.RAW or not is_same_frame(photo, owner):
        return False
    is_dated = TimeSource.FILE not in (photo.time_source, owner.time_source)
    return is_dated or _folder(photo.path) == _folder(owner.path)


def _with_companions(photo: Photo, companions: tuple[Path, ...]) -> Photo:
    return photo if photo.companions == companions else replace(photo, companions=companions)


def _frame_key(path: Path, across_folders: bool = False) -> _FrameKey:
    folder = _folder(path)
    if across_folders and os.path.basename(folder).casefold() in _OF_A_FORMAT:  # noqa: PTH119 - as below
        folder = os.path.dirname(folder)  # noqa: PTH120
    return folder, frame_names.frame_key(path.name)


def _folder(path: Path) -> str:
    """Name the folder of a file. ``Path.parent`` takes five times as long, for each photo at every opening."""
    return os.path.normcase(os.path.dirname(path))  # noqa: PTH120


def _owner(frame: Sequence[Photo]) -> Photo | None:
    """Return the one photo of a frame that the others may belong to, None where that cannot be told."""
    pictures = [photo for photo in frame if kind_of(photo.path) is Kind.PICTURE]
    candidates = pictures or list(frame)
    if len(candidates) == 1:
        return candidates[0]
    for suffixes in _OWNERS:
        owners = [photo for photo in pictures if photo.path.suffix.lower() in suffixes]
        covers = [photo for photo in owners if frame_names.is_cover(photo.path.name)]
        if owners:
            return next((each[0] for each in (owners, covers) if len(each) == 1), None)
    return None


def _place(photo: Photo) -> tuple[bool, datetime, tuple[NaturalKey, ...], NaturalKey]:
    time = photo.instant
    return time is None, time or _NO_TIME, _folder_key(_folder(photo.path)), natural_key(photo.path.name)


@lru_cache(maxsize=4096)
def _folder_key(folder: str) -> tuple[NaturalKey, ...]:
    """Return a sorting key, part by part: a folder comes before one with a longer name, with all that is below it."""
    return tuple([natural_key(part) for part in Path(folder).parts])


def _unwrapped(moment: list[Photo]) -> Iterator[Photo]:
    """Yield the frames before the counter's turn, then those after it; ``moment`` is in order of names."""
    if len(moment) == 1:
        yield moment[0]
        return
    counters = [_counter(photo) for photo in moment]
    numbers = sorted(number for number in counters if number is not None)
    gap, turn = max(((after - before, after) for before, after in pairwise(numbers)), default=(0, 0))
    if gap < _WRAP_GAP or numbers[-1] < _NEAR_END or numbers[0] > _NEAR_START:
        yield from moment
        return
    yield from (p for p, number in zip(moment, counters, strict=True) if number is None or number >= turn)
    yield from (p for p, number in zip(moment, counters, strict=True) if number is not None and number < turn)


def _counter(photo: Photo) -> int | None:
    """Return the last number of a name where it is what a camera counts to 9999, not a date or a time."""
    stem = _ADDED.sub("", frame_names.folded(photo.path.stem))
    if (olympus := _OLYMPUS.fullmatch(stem)) is not None:
        return int(olympus[1])
    match = _COUNTER.search(stem)
    if match is None:
        return None
    digits = match.group()
    is_counter = len(digits) <= 4 or (len(digits) == 5 and digits.startswith("0"))  # Sony: DSC09999
    return int(digits) if is_counter else None
