"""What a film says of itself: when it was begun, and by which camera.

The boxes of QuickTime, MP4 and their kin are walked (ISO/IEC 14496-12, QuickTime File Format); other containers tell
nothing here. Nothing of the pictures is read.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import BinaryIO, NamedTuple

from core.ingest.camera_time import CameraTime

_EPOCH = datetime(1904, 1, 1)
_YEARS = range(1990, 2100)
_NEAR = timedelta(hours=1)  # of the file's own time: longer films are rare
_MOST_BOXES = 1024
_MOST_BYTES = 2**16  # of one box that is read
_DATE, _MAKE, _MODEL = (
    b"com.apple.quicktime.creationdate",
    b"com.apple.quicktime.make",
    b"com.apple.quicktime.model",
)


@dataclass(frozen=True, slots=True)
class FilmFacts:
    """What one film says.

    Attributes:
        time: when it was begun; None where it does not say.
        camera: maker and model, "" where it does not say.
    """

    time: CameraTime | None = None
    camera: str = ""


class _Box(NamedTuple):
    kind: bytes
    start: int
    end: int


def film_facts(stream: BinaryIO, changed: datetime | None) -> FilmFacts:
    """Read what a film says; nothing of one that is damaged or of another container.

    Args:
        stream: the whole file; its position is changed.
        changed: when the file was changed, by this computer's clock; tells whether a camera wrote its own time where
            the format wants UTC, as many do.

    Raises:
        OSError: the file cannot be read any further.
    """
    size = stream.seek(0, os.SEEK_END)
    for movie in _boxes(stream, 0, size):
        if movie.kind == b"moov":
            inside = {box.kind: box for box in _boxes(stream, movie.start, min(movie.end, size))}
            told = _apples(stream, inside[b"meta"]) if b"meta" in inside else {}
            time = _apple_time(told.get(_DATE, ""))
            if time is None and b"mvhd" in inside:
                time = _header_time(_read(stream, inside[b"mvhd"]), changed)
            camera = " ".join(filter(None, (told.get(_MAKE, ""), told.get(_MODEL, ""))))
            return FilmFacts(time, camera)
    return FilmFacts()


def _header_time(header: bytes, changed: datetime | None) -> CameraTime | None:
    """Return the time in a movie's header: UTC by the format, the clock on the wall by many cameras."""
    width = 8 if header[:1] == b"\1" else 4
    written = int.from_bytes(header[4 : 4 + width], "big")
    try:
        time = _EPOCH + timedelta(seconds=written)
        here = time.replace(tzinfo=UTC).astimezone()
    except (OverflowError, OSError, ValueError):
        return None
    if time.year not in _YEARS:
        return None
    wall = here.replace(tzinfo=None)
    offset = here.utcoffset()
    if changed is not None and abs(time - changed) < min(_NEAR, abs(wall - changed)):
        return CameraTime(time, None)
    return CameraTime(wall, round(offset / timedelta(minutes=1)) if offset is not None else None)


def _apple_time(written: str) -> CameraTime | None:
    with suppress(ValueError):
        time = datetime.fromisoformat(written)
        offset = time.utcoffset()
        minutes = round(offset / timedelta(minutes=1)) if offset is not None else None
        return CameraTime(time.replace(tzinfo=None), minutes)
    return None


def _apples(stream: BinaryIO, meta: _Box) -> dict[bytes, str]:
    """Read Apple's metadata: a list of names, and values by their place in it."""
    inside = {box.kind: box for box in _boxes(stream, meta.start, meta.end)}
    if b"keys" not in inside or b"ilst" not in inside:
        return {}
    names: list[bytes] = []
    keys, at = _read(stream, inside[b"keys"]), 8
    while at + 8 <= len(keys) and len(names) < _MOST_BOXES:
        length = int.from_bytes(keys[at : at + 4], "big")
        if length < 8:
            break
        names.append(keys[at + 8 : at + length])
        at += length
    found = {}
    values = inside[b"ilst"]
    for item in _boxes(stream, values.start, values.end):
        number = int.from_bytes(item.kind, "big")
        data = _read(stream, item)
        if 0 < number <= len(names) and data[4:8] == b"data":
            found[names[number - 1]] = data[16:].decode("utf-8", "replace").strip("\0 ")[:80]
    return found


def _boxes(stream: BinaryIO, start: int, end: int) -> Iterator[_Box]:
    at = start
    for _ in range(_MOST_BOXES):
        stream.seek(at)
        head = stream.read(16)
        if at + 8 > end or len(head) < 8:
            return
        length, content = int.from_bytes(head[:4], "big"), at + 8
        if length == 1:
            length, content = int.from_bytes(head[8:16], "big"), at + 16
        stop = at + length if length else end
        if stop < content:
            return
        yield _Box(head[4:8], content, stop)
        at = stop


def _read(stream: BinaryIO, box: _Box) -> bytes:
    stream.seek(box.start)
    return stream.read(min(_MOST_BYTES, box.end - box.start))
