"""Whether a file is as an export left it, and how it gets its former bytes back."""

import os
from collections.abc import Iterator
from enum import Enum, auto
from pathlib import Path
from typing import BinaryIO

from core.errors import PhotoError
from core.export.files import same_content
from core.export.touched import FileState, Rewrite, Touch, Touched, hasher
from core.files import MOST_DOCUMENT_BYTES, open_file, read_file
from core.language import say
from core.sidecar.atomic_file import FileStamp, set_time, stamp_of, write_whole
from core.sidecar.photo_embed import PhotoEdit, write_embed
from core.sidecar.splices import Splice, undoing

_CHUNK = 2**20
_CHANGED = say("Another program has written it meanwhile; it was left as it is.")
_NOT_THE_FORMER = say("What is noted of its former content is not right; it was left as it is.")


class Rewritten(Enum):
    """How far a file got that was there before."""

    NOT_YET = auto()
    DONE = auto()
    HALF = auto()  # written in place when the program was killed
    SINCE = auto()  # somebody changed it since


def is_as_left(touched: Touched) -> bool:
    """Tell whether a file that the export made is still what it made.

    A copy whose content was not noted any more before the program was killed is known by its source.
    """
    if touched.after is not None:
        return _state_of(touched.path) == touched.after
    return touched.source is not None and same_content(touched.path, touched.source)


def rewritten(touched: Touched) -> Rewritten:
    """Tell how far a file got whose bytes were to change. Raises OSError."""
    if touched.touch is Touch.EMBEDDED:
        return _embedded(touched)
    now = _state_of(touched.path)
    if now == touched.before:
        return Rewritten.NOT_YET
    return Rewritten.DONE if now == touched.after else Rewritten.SINCE


def put_back(touched: Touched) -> None:
    """Give a file its former bytes back.

    Raises:
        PhotoError, SidecarError, OSError: it could not be, and is as it was.
    """
    stamp = stamp_of(touched.path)
    assert stamp is not None  # looked at a moment ago
    if touched.touch is Touch.EMBEDDED:
        write_embed(_reversed(touched, stamp))
        return

    def nobody_wrote_it() -> None:
        if stamp_of(touched.path) != stamp:
            raise PhotoError(touched.path, _CHANGED)

    (rewrite,) = touched.rewrites
    former = rewrite.undone(read_file(touched.path, MOST_DOCUMENT_BYTES))
    if touched.before is None or FileState.of(former) != touched.before:
        raise PhotoError(touched.path, _NOT_THE_FORMER)
    write_whole(touched.path, former, nobody_wrote_it)


def put_time_back(touched: Touched) -> None:
    """Give a photo its time back where the program was killed between its last byte and its time. Raises OSError."""
    if touched.mtime_ns is not None:
        set_time(touched.path, touched.mtime_ns)


def _embedded(touched: Touched) -> Rewritten:
    """Judge by the size and the bytes in question alone: the picture behind them may have many megabytes."""
    assert touched.before is not None
    assert touched.after is not None
    size = touched.path.stat().st_size
    with open_file(touched.path) as file:
        is_written = size == touched.after.size and all(
            _at(file, one.start, one.written) for one in touched.rewrites
        )
        is_former = size == touched.before.size and all(
            _at(file, start, one.former) for start, one in _former_places(touched.rewrites)
        )
        in_place = touched.before.size == touched.after.size == size
        if is_former or is_written:
            return Rewritten.NOT_YET if is_former else Rewritten.DONE
        is_half = in_place and all(
            _at(file, one.start, one.former) or _at(file, one.start, one.written) for one in touched.rewrites
        )
    return Rewritten.HALF if is_half else Rewritten.SINCE


def _reversed(touched: Touched, stamp: FileStamp) -> PhotoEdit:
    splices = tuple(Splice(one.start, one.start + len(one.written), one.former) for one in touched.rewrites)
    with open_file(touched.path) as file:
        in_place = os.fstat(file.fileno()).st_nlink == 1 and all(not splice.growth for splice in splices)
        return PhotoEdit(touched.path, stamp, splices, undoing(file, splices), in_place, touched.mtime_ns)


def _former_places(rewrites: tuple[Rewrite, ...]) -> Iterator[tuple[int, Rewrite]]:
    """Yield where each stretch began before: those ahead of it may have grown."""
    grown = 0
    for one in rewrites:
        yield one.start - grown, one
        grown += len(one.written) - len(one.former)


def _at(file: BinaryIO, start: int, expected: bytes) -> bool:
    file.seek(start)
    return file.read(len(expected)) == expected


def _state_of(path: Path) -> FileState:
    digest = hasher()
    size = 0
    with open_file(path) as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return FileState(size, digest.digest())
