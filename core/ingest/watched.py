"""One look at watched folders: what lies in them now, which of them are out of reach, and what they are called since.

A drive of the network that goes away takes no photo out of a shoot: what cannot be looked at stays as it was. It may
leave an empty folder in its place, which is told by the device that the folder is on.
"""

import os
import stat
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from core.cancelling import never
from core.errors import SourceError
from core.ingest.arrivals import Arrivals, ArrivalsSeen
from core.ingest.formats import Kind, kind_of
from core.ingest.leftovers import is_leftover
from core.ingest.scanner import ScannedFile, scan

_Identity = tuple[int, int]  # device, number of the folder on it


@dataclass(frozen=True, slots=True)
class FolderLook:
    """What is in the folders now.

    Attributes:
        files: pictures, RAWs and films.
        small: sidecars, sound memos and what else programs keep beside photos.
        folders: those that can be looked at, with all that are below them.
        seen: of the files.
        small_seen: of the small ones.
        tops: sources that are folders, with the numbers the system knows them by; 0 for one that is away.
        away: sources that cannot be looked at.
        renamed: those of them that lie beside their old place under another name, which is given.
    """

    files: tuple[ScannedFile, ...]
    small: tuple[ScannedFile, ...]
    folders: frozenset[Path]
    seen: ArrivalsSeen
    small_seen: ArrivalsSeen
    tops: Mapping[Path, int]
    away: frozenset[Path] = frozenset()
    renamed: Mapping[Path, Path] = field(default_factory=dict)

    @property
    def has_news(self) -> bool:
        """Whether anything came, changed or went."""
        return any(seen.fresh or seen.gone for seen in (self.seen, self.small_seen))

    @property
    def waits(self) -> bool:
        """Whether something is seen better in a moment."""
        return self.seen.waits or self.small_seen.waits


class WatchedShoot:
    """The folders of a shoot, and what was seen of them, from look to look; asked by one thread at a time.

    Args:
        sources: folders and files of the shoot.
        recursive: whether folders below them are part of it.
        known: the files of the shoot, as they are known.
        companions: files that belong to them.
    """

    def __init__(
        self,
        sources: Sequence[Path],
        recursive: bool,
        known: Iterable[ScannedFile],
        companions: Iterable[Path],
    ) -> None:
        self._sources = tuple(sources)
        self._recursive = recursive
        self._arrivals = Arrivals(known, also=companions)
        self._small: Arrivals | None = None
        self._homes: dict[Path, _Identity] = {}

    def look(self) -> FolderLook:
        """Look at the folders; what cannot be read is away."""
        away = {source for source in self._sources if self._is_away(source)}
        there = [source for source in self._sources if source not in away and source.exists()]
        files, unread = _listed(there, self._recursive)
        unread |= away

        def is_unseen(path: Path) -> bool:
            return path in unread or not unread.isdisjoint(path.parents)

        folders: dict[Path, Sequence[str]] = {}
        for source in self._sources:
            if source not in away:
                folders |= _names_below(source if source.is_dir() else source.parent, self._recursive)
        small = tuple(_small_files(folders))
        if self._small is None:
            self._small = Arrivals(small, whole=lambda _path: True)
        now = time.monotonic()
        seen, small_seen = (
            arrivals.look(listed, now, is_unseen)
            for arrivals, listed in ((self._arrivals, files), (self._small, small))
        )
        renamed = {source: new for source in away if (new := self._renamed(source)) is not None}
        tops = {
            source: 0 if source in away else self._homes[source][1] for source in self._homes.keys() | away
        }
        return FolderLook(files, small, frozenset(folders), seen, small_seen, tops, frozenset(away), renamed)

    def take(self, look: FolderLook) -> None:
        """Note that what is fresh is part of the shoot now, and what is gone is not."""
        self._arrivals.take(look.files, look.seen)
        if self._small is not None:
            self._small.take(look.small, look.small_seen)

    def _is_away(self, source: Path) -> bool:
        """Tell whether a source is out of reach: not there, or an empty folder where a drive was."""
        identity = _identity(source)
        if identity is None:
            return source in self._homes or kind_of(source) is Kind.OTHER  # a photo by itself is gone
        home = self._homes.setdefault(source, identity)
        if home[0] != identity[0]:
            with suppress(OSError), os.scandir(source) as entries:
                if next(entries, None) is None:
                    return True
        self._homes[source] = identity
        return False

    def _renamed(self, source: Path) -> Path | None:
        """Find a folder beside its old place, where it has another name now."""
        home = self._homes.get(source)
        with suppress(OSError), os.scandir(source.parent) as entries:
            for entry in entries:
                path = Path(entry.path)
                if entry.is_dir(follow_symlinks=False) and _identity(path) == home:
                    return path
        return None


def _identity(folder: Path) -> _Identity | None:
    """Return what tells a folder whatever it is called; None where there is none."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISDIR(status.st_mode) else None


def _listed(sources: Sequence[Path], recursive: bool) -> tuple[tuple[ScannedFile, ...], set[Path]]:
    """Return the photos of some sources, and what of them cannot be looked at."""
    if not sources:
        return (), set()
    try:
        found = scan(sources, recursive, never)
    except SourceError:
        return (), set(sources)
    return found.files, {problem.path for problem in found.problems}


def _names_below(top: Path, recursive: bool) -> dict[Path, Sequence[str]]:
    """Return the names of files in a folder and in those below it that photos are looked for in.

    Those that cannot be read are left out; the folder itself stays, without a name, where it is looked into alone.
    """
    found: dict[Path, Sequence[str]] = {} if recursive else {top: ()}
    for folder, below, names in os.walk(top):
        below[:] = [
            name for name in below if recursive and not name.startswith(".") and not is_leftover(name)
        ]
        found[Path(folder)] = names
    return found


def _small_files(folders: Mapping[Path, Sequence[str]]) -> Iterable[ScannedFile]:
    for folder, names in folders.items():
        for name in names:
            if kind_of(name) is Kind.SIDECAR:
                with suppress(OSError):
                    status = (folder / name).stat()
                    yield ScannedFile(folder / name, status.st_size, status.st_mtime_ns)
