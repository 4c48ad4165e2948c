"""Copies without a name yet: what a pulled cable or a killed program leaves of one is taken up where it ended.

Beside a part lie points up to which it is known to be the original: how many bytes, and the checksum of those as they
came from the card. A part is believed up to the last point at which its own bytes have that checksum, so neither a
torn end nor another file that happens to lie there gets into a copy. What has a second name, such as a link, is never
gone on with, for the other may be on the card.
"""

import hashlib
import os
import re
import stat
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from core.cancelling import go_on
from core.files import open_file, open_to_change, read_file
from core.offload.cards import CardFile
from core.offload.manifest import PART_SUFFIX, hasher

_CHUNK = 2**22
_EVERY = 2**27  # bytes between two points: only films are longer
_POINTS_SUFFIX = f"{PART_SUFFIX}-points"
_PART = re.compile(rf"\.[0-9a-f]{{12}}(?:{re.escape(_POINTS_SUFFIX)}|{re.escape(PART_SUFFIX)})")
_POINT = re.compile(rb"(\d{1,18}) ([0-9a-f]{128})")

Count = Callable[[int], None]
"""Told how many more bytes were gone through."""


def is_part(name: str) -> bool:
    """Tell whether a file is of a copy that has no name yet."""
    return _PART.fullmatch(name) is not None


class Part:
    """What will be one copy; it goes away in the end, unless it is to be taken up another time.

    Its name tells of which file it is, as far as that can be told without reading it.

    Args:
        source: the original.
        place: the name that the copy is to get.
    """

    def __init__(self, source: CardFile, place: Path) -> None:
        told = f"{place.name}\n{source.size_bytes}\n{source.mtime_ns}".encode(errors="surrogateescape")
        stem = f".{hashlib.blake2b(told, digest_size=6).hexdigest()}"
        self.path = place.with_name(stem + PART_SUFFIX)
        self._points = place.with_name(stem + _POINTS_SUFFIX)
        self._noted = 0
        self._is_kept = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._is_kept:
            self.drop()

    @property
    def files(self) -> tuple[Path, Path]:
        """Itself, and its points."""
        return self.path, self._points

    def size(self) -> int:
        """Return how many bytes there are, 0 where there are none."""
        try:
            return self.path.lstat().st_size
        except OSError:
            return 0

    def drop(self) -> None:
        """Take it away, as far as the disk is there."""
        for path in (self.path, self._points):
            with suppress(OSError):
                path.unlink()

    def open_at(self, start: int) -> BinaryIO:
        """Open it for what comes behind its first bytes; 0 begins anew.

        Raises:
            OSError: the disk does not let us.
        """
        self._noted = start
        if not start:
            return self._anew()
        file = open_to_change(self.path)
        file.truncate(start)
        file.seek(start)
        return file

    def _anew(self) -> BinaryIO:
        if os.path.lexists(self._points):
            self.drop()
        try:
            return self.path.open("xb", buffering=0)
        except FileExistsError:
            self.drop()
            return self.path.open("xb", buffering=0)

    def is_due(self, size: int) -> bool:
        """Tell whether so much was written since the last point that another one is worth it."""
        return size - self._noted >= _EVERY

    def note(self, file: BinaryIO, size: int, digest: str) -> None:
        """Note, once the bytes are on disk, that all so far are the original's.

        Raises:
            OSError: the disk is full, or not there any more.
        """
        os.fsync(file.fileno())
        try:
            points = open_to_change(self._points)
        except FileNotFoundError:
            points = self._points.open("xb", buffering=0)
        with points:
            points.seek(0, os.SEEK_END)
            points.write(f"{size} {digest}\n".encode())
            os.fsync(points.fileno())
        self._noted = size

    def keep(self, file: BinaryIO, size: int, digest: str) -> None:
        """Leave it for another time, with all that was written."""
        with suppress(OSError):
            if size > self._noted:
                self.note(file, size, digest)
            self._is_kept = size > 0

    def leave(self) -> None:
        """Leave it as it is for another time, if there is a point from which it can be taken up."""
        self._is_kept = os.path.lexists(self._points)

    def proven(self, count: Count) -> tuple[int, hashlib.blake2b]:
        """Return how many bytes are known to be the original's, and their checksum to go on from."""
        proven = 0, hasher()
        if not all(map(_has_one_name, self.files)):
            return proven
        digests = dict(self._read_points())
        size = 0
        with suppress(OSError), open_file(self.path) as file:
            digest = hasher()
            for end in sorted(digests):
                for chunk in pieces(file, end - size):
                    digest.update(chunk)
                    size += len(chunk)
                    count(len(chunk))
                if size != end or digest.hexdigest() != digests[end]:
                    break
                proven = end, digest.copy()
        return proven

    def _read_points(self) -> Iterator[tuple[int, str]]:
        with suppress(OSError):
            for line in read_file(self._points).split(b"\n")[:-1]:
                if (found := _POINT.fullmatch(line)) is not None and int(found[1]):
                    yield int(found[1]), found[2].decode()


def taken_up(
    source: CardFile, original: BinaryIO, parts: Sequence[Part], count: Count
) -> tuple[int, hashlib.blake2b]:
    """Return from which byte on an original still has to be read, and the checksum of all before it.

    Args:
        source: the original.
        original: the same, open; its position is set.
        parts: of it, one for each place.
        count: told of each piece of them that was read instead of the original.

    Raises:
        Stopped: the work was cancelled.
        OSError: the original cannot be read.
    """
    try:
        start, digest = _proven_of_all(source, original, parts, count)
        original.seek(start)
    except OSError:  # pulled once more: nothing of what is there is lost
        for part in parts:
            part.leave()
        raise
    return start, digest


def clear_parts(folder: Path, wanted: Collection[Path] = ()) -> None:
    """Take away what was left of copies; call it only while nobody else copies into the folder.

    Args:
        folder: where they lie.
        wanted: those that may be taken up.
    """
    with suppress(OSError):
        for name in os.listdir(folder):  # noqa: PTH208 - names are all that is needed
            if is_part(name) and (path := folder / name) not in wanted:
                path.unlink(missing_ok=True)


def _has_one_name(path: Path) -> bool:
    """Tell whether a file is there, and neither a link nor known under another name as well."""
    try:
        status = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and status.st_nlink <= 1


def pieces(file: BinaryIO, size: int = sys.maxsize) -> Iterator[bytes]:
    """Yield so many bytes of a file, or fewer where it ends, piece by piece.

    Raises:
        Stopped: the work was cancelled.
        OSError: it cannot be read.
    """
    while size > 0 and (chunk := file.read(min(_CHUNK, size))):
        go_on()
        size -= len(chunk)
        yield chunk


def _proven_of_all(
    source: CardFile, original: BinaryIO, parts: Sequence[Part], count: Count
) -> tuple[int, hashlib.blake2b]:
    """Return up to which byte all parts are known to be the original, and the checksum of all before it."""
    found = [part.proven(count if at == 0 else lambda _: None) for at, part in enumerate(parts)]
    start, digest = min(found, key=lambda one: one[0], default=(0, hasher()))
    is_sound = 0 < start <= source.size_bytes and all(
        _begins_alike(part, size, start, digest.hexdigest()) and _is_of(part, original, start)
        for part, (size, _) in zip(parts, found, strict=True)
    )
    return (start, digest) if is_sound else (0, hasher())


def _begins_alike(part: Part, size: int, start: int, digest: str) -> bool:
    """Tell whether a part that is longer than another begins with the same bytes."""
    if size == start:
        return True
    mine = hasher()
    with suppress(OSError), open_file(part.path) as file:
        for chunk in pieces(file, start):
            mine.update(chunk)
    return mine.hexdigest() == digest


def _is_of(part: Part, original: BinaryIO, start: int) -> bool:
    """Tell whether the original has the part's bytes where it begins, and where it is to be gone on with."""
    for at in (0, max(start - _CHUNK, 0)):
        size = min(_CHUNK, start - at)
        original.seek(at)
        if original.read(size) != _read(part, at, size):
            return False
    return True


def _read(part: Part, at: int, size: int) -> bytes:
    """Return bytes of a part; none where its disk does not give them, which is no fault of the card's."""
    with suppress(OSError), open_file(part.path) as file:
        file.seek(at)
        return file.read(size)
    return b""
