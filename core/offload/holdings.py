"""What a target holds already, so that nothing is copied twice and nothing is ever written over."""

import os
from collections import defaultdict
from contextlib import suppress
from pathlib import Path, PurePosixPath

from core.cancelling import Cancelled, never
from core.ingest.content import content_of_file
from core.ingest.formats import Kind, kind_of
from core.ingest.frame_names import FramePlace, folded, frame_place
from core.ingest.leftovers import is_leftover
from core.offload.cards import CardFile
from core.offload.manifest import Manifest
from core.offload.parts import is_part
from core.offload.proof import digest_of
from core.persistence.moved_files import TIME_SLACK_NS

_OF_FRAMES = (Kind.PICTURE, Kind.RAW, Kind.VIDEO)


class Holdings:
    """The files below one target, found once.

    Links are none, for they may lead back to the card, and what lies in a bin or is hidden is none either: it will be
    gone one day.

    Attributes:
        root: the target's folder; it need not be there.
        manifest: its checksums.
        littered: folders in which copies without a name were left.
        litter_bytes: the size of those, which need no room any more, or are cleared away.
    """

    def __init__(self, root: Path, cancelled: Cancelled = never) -> None:
        self.root = root
        self.manifest = Manifest.read(root)
        self.littered: set[Path] = set()
        self.litter_bytes = 0
        self._by_size: dict[int, list[str]] = defaultdict(list)
        self._by_name: dict[str, tuple[str, int, int]] = {}  # folded: as on disk, size, time
        self._by_frame: dict[FramePlace, list[str]] = defaultdict(list)
        self._contents: dict[Path, str] = {}
        self._walk(cancelled)

    def is_free(self, name: PurePosixPath) -> bool:
        """Tell whether a name is free; not where another differs from it only as disks do not tell apart."""
        return folded(str(name)) not in self._by_name

    def of_frame(self, place: FramePlace) -> tuple[str, ...]:
        """Return the names of the pictures, RAWs and films that are taken for one frame here."""
        return tuple(self._by_frame.get(place, ()))

    def at(self, name: PurePosixPath, file: CardFile) -> str | None:
        """Return the name under which a file of the same size and beginning stands where a copy would go."""
        found = self._by_name.get(folded(str(name)))
        return found[0] if found is not None and self._is_alike(found[0], found[1], file) else None

    def elsewhere(self, file: CardFile) -> str | None:
        """Return the name of any file of the same size and beginning; None where there is none."""
        alike = self._by_size.get(file.size_bytes, ())
        return next((name for name in alike if self._is_alike(name, file.size_bytes, file)), None)

    def is_proven(self, name: str, file: CardFile) -> bool:
        """Tell whether the file of this name was compared when it was copied, and nobody changed it since."""
        _, _, mtime_ns = self._by_name[folded(name)]
        return name in self.manifest.sums and abs(mtime_ns - file.mtime_ns) <= TIME_SLACK_NS

    def was_another(self, name: PurePosixPath, file: CardFile) -> bool:
        """Tell whether a file changed on its card since it was copied under this name."""
        found = self._by_name.get(folded(str(name)))
        copied = self.manifest.sums.get(found[0]) if found is not None else None
        if copied is None:
            return False
        try:
            return copied != digest_of(file.path)
        except OSError:  # whoever copies it says so
            return True

    def has_frame(self, place: FramePlace) -> bool:
        """Tell whether any picture, RAW or film is taken for a frame here."""
        return place in self._by_frame

    def _is_alike(self, name: str, size: int, file: CardFile) -> bool:
        path = self.root / name
        if size != file.size_bytes or _is_same_file(path, file.path):
            return False
        content = self._content(file.path)
        return bool(content) and content == self._content(path)

    def _content(self, path: Path) -> str:
        if path not in self._contents:
            self._contents[path] = content_of_file(path)
        return self._contents[path]

    def _walk(self, cancelled: Cancelled) -> None:
        waiting = [self.root]
        while waiting and not cancelled():
            folder = waiting.pop()
            try:
                with os.scandir(folder) as listing:
                    for entry in listing:
                        with suppress(OSError):  # it went away meanwhile; the others are there
                            self._take(entry, folder, waiting)
            except OSError:
                continue  # what cannot be listed is not known to be there, and nothing there is written over

    def _take(self, entry: "os.DirEntry[str]", folder: Path, waiting: list[Path]) -> None:
        if is_part(entry.name):
            self.littered.add(folder)
            self.litter_bytes += entry.stat(follow_symlinks=False).st_size
        elif entry.is_dir(follow_symlinks=False):
            if not entry.name.startswith(".") and not is_leftover(entry.name):
                waiting.append(Path(entry.path))
        else:
            status = entry.stat(follow_symlinks=False)
            name = Path(entry.path).relative_to(self.root).as_posix()
            self._by_name[folded(name)] = name, status.st_size, status.st_mtime_ns
            if kind_of(entry.name) in _OF_FRAMES:
                self._by_frame[frame_place(PurePosixPath(name))].append(name)
            if entry.is_file(follow_symlinks=False):
                self._by_size[status.st_size].append(name)


def _is_same_file(one: Path, other: Path) -> bool:
    try:
        return one.is_symlink() or one.samefile(other)
    except OSError:
        return False
