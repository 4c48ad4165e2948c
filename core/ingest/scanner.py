"""Finding the photos in what was dropped: folders and files, as they are on disk, without opening any."""

import errno
import os
import stat
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from core.cancelling import Cancelled
from core.errors import PhotoError, SourceError
from core.ingest.formats import Kind, kind_of
from core.ingest.leftovers import is_leftover
from core.ingest.natural_order import natural_key
from core.language import Sentence, joined, mark, say
from core.types import PhotoId

_CANCEL_EVERY = 256  # entries between looks at the cancel flag

_LATEST_NS = 2**63 - 1  # the largest integer that SQLite keeps

_HIDDEN = mark("hidden")
_SYSTEM = mark("system folder")


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """A file as its folder lists it.

    Attributes:
        path: absolute; symbolic links are kept, not followed.
        size_bytes, mtime_ns: of the file itself where ``path`` is a link.
    """

    path: Path
    size_bytes: int
    mtime_ns: int

    @property
    def turn(self) -> int:
        """The orientation by a sidecar: 0, for none is known before sidecars are read; see ``Photo.turn``."""
        return 0

    @property
    def is_film(self) -> bool:
        """Whether it is a film: that of a Live Photo, or one on its own."""
        return kind_of(self.path) is Kind.VIDEO


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What was found.

    Attributes:
        files: photos and films; each folder in natural order of names, its own files before its subfolders.
        skipped: how many entries were left out, by a reason fit to show.
        problems: what could not be looked at; the rest is complete.
    """

    files: tuple[ScannedFile, ...]
    skipped: Mapping[str, int]
    problems: tuple[PhotoError, ...]


def photo_id(path: Path) -> PhotoId:
    """Name a photo by where it lies: 20 hexadecimal digits, the same in every run on this machine.

    The BLAKE2b digest (10 bytes: no collision to be expected below 10^11 photos) of the absolute path,
    with case folded where the system does so; symbolic links are not resolved.
    """
    return PhotoId(blake2b(os.fsencode(_normal(path)), digest_size=10).hexdigest())


def scan(sources: Sequence[Path], recursive: bool, cancelled: Cancelled) -> ScanResult:
    """List the photos of some folders and files; one that is reached twice counts once.

    A source that is named outright is taken even if it is hidden.

    Args:
        sources: folders and files, in any mixture.
        recursive: whether subfolders are part of the shoot.
        cancelled: looked at now and then; once true, what was found so far is returned.

    Raises:
        SourceError: none of the sources can be read.
    """
    search = _Search(recursive, cancelled)
    unreadable: list[PhotoError] = []
    for source in sources:
        path = _absolute(source)
        try:
            status = path.stat()
            if stat.S_ISDIR(status.st_mode):
                search.walk(path)
            else:
                search.take([_Entry(path, status)])
        except OSError as error:
            unreadable.append(PhotoError(path, _sentence(error)))
    if unreadable and len(unreadable) == len(sources):
        raise SourceError(
            joined(
                [
                    say("“{name}”: {reason}", name=error.path.name or error.path, reason=error.sentence)
                    for error in unreadable
                ]
            )
        )
    return ScanResult(tuple(search.files), dict(search.skipped), (*unreadable, *search.problems))


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of a folder, links followed."""

    path: Path
    status: os.stat_result


class _Search:
    """One search: what it found, and where it has been."""

    def __init__(self, recursive: bool, cancelled: Cancelled) -> None:
        self.files: list[ScannedFile] = []
        self.skipped: Counter[str] = Counter()
        self.problems: list[PhotoError] = []
        self._recursive = recursive
        self._cancelled = cancelled
        self._folders: set[tuple[int, int]] = set()
        self._paths: set[str] = set()

    def walk(self, top: Path) -> None:
        """Take a folder and what is below it. Raises OSError if the folder itself cannot be listed.

        A link to a folder is followed, but never to one that the shoot itself is in: it would take in the disk.
        """
        self._folders |= _above(top)
        subfolders = self._list(top)
        while subfolders and not self._cancelled():
            folder = subfolders.pop()
            try:
                subfolders += self._list(folder)
            except OSError as error:
                self.problems.append(PhotoError(folder, _sentence(error)))

    def take(self, entries: Sequence[_Entry]) -> None:
        """Take the photos and films among the files of one folder."""
        for entry in sorted(entries, key=lambda e: natural_key(e.path.name)):
            kind = kind_of(entry.path)
            key = _normal(entry.path)
            if key in self._paths:
                continue
            self._paths.add(key)
            # Opening a pipe named like a photo would wait for ever.
            if not stat.S_ISREG(entry.status.st_mode):
                self.skipped[Kind.OTHER.value] += 1
            elif kind in (Kind.PICTURE, Kind.RAW, Kind.VIDEO):
                status = entry.status
                self.files.append(ScannedFile(entry.path, status.st_size, _time_of(status)))
            else:
                self.skipped[kind.value] += 1

    def _list(self, folder: Path) -> list[Path]:
        """Take a folder's files; return its subfolders, the last to be visited first."""
        status = folder.stat()
        identity = (status.st_dev, status.st_ino)
        if identity in self._folders:  # a link that leads back, or a source inside another
            return []
        entries: list[_Entry] = []
        subfolders: list[Path] = []
        with os.scandir(folder) as listing:
            self._folders.add(identity)
            for count, item in enumerate(listing):
                if count % _CANCEL_EVERY == 0 and self._cancelled():
                    break
                try:
                    self._sort_in(item, entries, subfolders)
                except OSError as error:
                    self.problems.append(PhotoError(Path(item.path), _sentence(error)))
        self.take(entries)
        return sorted(subfolders, key=lambda path: natural_key(path.name), reverse=True)

    def _sort_in(self, item: os.DirEntry[str], entries: list[_Entry], subfolders: list[Path]) -> None:
        if item.name.startswith("."):
            self.skipped[_HIDDEN] += 1
        elif item.is_dir():
            if is_leftover(item.name):
                self.skipped[_SYSTEM] += 1
            elif _is_hidden(item.stat()):
                self.skipped[_HIDDEN] += 1
            elif self._recursive:
                subfolders.append(Path(item.path))
        elif (kind := kind_of(item.name)) in (Kind.OTHER, Kind.SIDECAR):
            self.skipped[kind.value] += 1  # without asking the disk about it
        elif _is_hidden(status := item.stat()):
            self.skipped[_HIDDEN] += 1
        else:
            entries.append(_Entry(Path(item.path), status))


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links


def _normal(path: Path) -> str:
    return os.path.normcase(os.path.abspath(path))  # noqa: PTH100 - as above, and a Path takes five times as long


def _above(folder: Path) -> set[tuple[int, int]]:
    """Return device and number of each folder that a folder lies in, links resolved."""
    found = set()
    for parent in folder.resolve().parents:
        with suppress(OSError):
            status = parent.stat()
            found.add((status.st_dev, status.st_ino))
    return found


def _is_hidden(status: os.stat_result) -> bool:
    """Tell whether a file is hidden by an attribute of Windows or a flag of macOS; other systems have neither."""
    windows = getattr(status, "st_file_attributes", 0) & stat.FILE_ATTRIBUTE_HIDDEN
    macos = getattr(status, "st_flags", 0) & stat.UF_HIDDEN
    return bool(windows or macos)


def _time_of(status: os.stat_result) -> int:
    """Return when a file was changed, within the years 1678 to 2262: no database takes others."""
    return min(max(status.st_mtime_ns, -_LATEST_NS), _LATEST_NS)


def _sentence(error: OSError) -> Sentence:
    """Say what went wrong, as the user would put it."""
    if isinstance(error, PermissionError):
        return say("You are not allowed to read it; check its permissions.")
    if isinstance(error, FileNotFoundError):
        return say(
            "It is not there: it was moved or deleted, its disk is not connected, or it is a link to nothing."
        )
    if error.errno == errno.ELOOP:
        return say("It is a link that leads to itself.")
    cause = error.strerror or type(error).__name__
    return say("It cannot be read ({cause}); check the disk or card.", cause=cause)
