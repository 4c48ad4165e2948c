"""Files that come while a folder is watched: a cable, a card reader or an FTP server writes them bit by bit.

A file is taken once it was the same for a moment and ends as its format says. One that does not end so is waited for
longer; in the end it is taken as it is, and will be told to be damaged.
"""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from core.files import open_file
from core.ingest.damage import is_cut_off
from core.ingest.formats import Content, Kind, content_of, kind_of
from core.ingest.scanner import ScannedFile

STILL = 1.0
"""Seconds for which a file has to be the same."""

PATIENCE = 20.0
"""Seconds after which a file that is the same is taken even though it does not seem to be whole."""

_HEAD_BYTES = 4096
_TAIL_BYTES = 2**17  # behind a JPEG's end, some cameras and phones keep more
_END_OF_IMAGE = b"\xff\xd9"
_START_OF_SCAN = 0xDA
_MOST_SEGMENTS = 1_000

_Stamp = tuple[int, int]  # bytes, time of change


def is_whole(path: Path) -> bool:
    """Tell whether a file ends as its format says, as far as that can be told; False where it cannot be read yet."""
    try:
        with open_file(path) as stream:
            head = stream.read(_HEAD_BYTES)
            if not head:
                return False
            content = content_of(head)
            if content is Content.JPEG:
                return _ends_as_jpeg(stream)
            return not is_cut_off(path, stream, content)
    except OSError:
        return False


def _ends_as_jpeg(stream: BinaryIO) -> bool:
    """Tell whether a JPEG has its end behind its picture: the end of a thumbnail in its head is none."""
    at = 2
    for _ in range(_MOST_SEGMENTS):
        stream.seek(at)
        head = stream.read(4)
        if len(head) < 4 or head[0] != 0xFF:
            return False
        if head[1] == _START_OF_SCAN:
            break
        at += 2 + int.from_bytes(head[2:], "big")
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(at, size - _TAIL_BYTES))
    return _END_OF_IMAGE in stream.read()


@dataclass(frozen=True, slots=True)
class ArrivalsSeen:
    """What a look at a watched folder found.

    Attributes:
        fresh: files that are whole, and new or changed since they were taken.
        changed: those of them that were taken before, as they were then.
        unfinished: files that are still being written.
        gone: files that were taken and have not been there for a moment.
        leaving: files that were taken and are not there now; a program that saves may put another in their place.
        unseen: files that were taken and cannot be looked at now, as they were.
    """

    fresh: frozenset[Path] = frozenset()
    changed: frozenset[Path] = frozenset()
    unfinished: frozenset[Path] = frozenset()
    gone: frozenset[Path] = frozenset()
    leaving: frozenset[Path] = frozenset()
    unseen: tuple[ScannedFile, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether something is seen better in a moment."""
        return bool(self.unfinished or self.leaving)


class Arrivals:
    """Remembers what it has seen of a folder, from look to look.

    Args:
        known: the files that are there already and need not be looked at.
        also: files that are known without their sizes: they count as they are when they are first seen.
        whole: tells whether a file is written to its end.
    """

    def __init__(
        self,
        known: Iterable[ScannedFile] = (),
        whole: Callable[[Path], bool] = is_whole,
        *,
        also: Iterable[Path] = (),
    ) -> None:
        self._taken: dict[Path, _Stamp] = {file.path: _stamp(file) for file in known}
        self._also = set(also)
        self._since: dict[Path, tuple[_Stamp, float]] = {}
        self._missing: dict[Path, float] = {}
        self._whole = whole

    def look(
        self,
        files: Iterable[ScannedFile],
        now: float,
        is_unseen: Callable[[Path], bool] = lambda _path: False,
    ) -> ArrivalsSeen:
        """Say what is whole by now and what is not, and what has gone. What is gone is new when it comes back.

        Args:
            files: as the folder lists them.
            now: seconds, of a clock that only goes on.
            is_unseen: tells of a file that is not listed whether its folder cannot be looked at.
        """
        files = tuple(files)
        self._take_known(files)
        fresh: dict[Path, _Stamp] = {}
        unfinished: set[Path] = set()
        since: dict[Path, tuple[_Stamp, float]] = {}
        for file in files:
            stamp = _stamp(file)
            if self._taken.get(file.path) == stamp:
                continue
            before, first = self._since.get(file.path, (None, now))
            since[file.path] = (stamp, first if before == stamp else now)
            still = now - since[file.path][1]
            if still >= STILL and (still >= PATIENCE or self._is_whole(file.path)):
                fresh[file.path] = stamp
            else:
                unfinished.add(file.path)
        self._since = since
        missing = self._taken.keys() - {file.path for file in files}
        unseen = {path for path in missing if is_unseen(path)}
        self._missing = {path: self._missing.get(path, now) for path in missing - unseen}
        gone = frozenset(path for path, first in self._missing.items() if now - first >= STILL)
        return ArrivalsSeen(
            frozenset(fresh),
            frozenset(fresh.keys() & self._taken.keys()),
            frozenset(unfinished),
            gone,
            frozenset(self._missing.keys() - gone),
            tuple(ScannedFile(path, *self._taken[path]) for path in unseen),
        )

    def take(self, files: Iterable[ScannedFile], seen: ArrivalsSeen) -> None:
        """Note that what was fresh is part of the shoot now, and what is gone is none of it any more."""
        self._taken.update((file.path, _stamp(file)) for file in files if file.path in seen.fresh)
        for path in seen.gone:
            self._taken.pop(path, None)
            self._missing.pop(path, None)

    def _take_known(self, files: Iterable[ScannedFile]) -> None:
        if self._also:
            here = [file for file in files if file.path in self._also]
            self._taken.update((file.path, _stamp(file)) for file in here)
            self._also.clear()

    def _is_whole(self, path: Path) -> bool:
        return kind_of(path) is Kind.VIDEO or self._whole(path)


def _stamp(file: ScannedFile) -> _Stamp:
    return file.size_bytes, file.mtime_ns
