"""Folders that are watched: the system tells of changes, and where it does not, they are looked at now and then."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QStorageInfo, QTimer, Signal

_SETTLE_MS = 250  # changes come in bursts
_SLOW_MS = 5_000  # where nobody tells
_MOST_FOLLOWED = 50  # each is an open file on some systems
_REMOTE = (
    "nfs",
    "cifs",
    "smb",
    "afp",
    "9p",
    "fuse",
    "webdav",
    "davfs",
    "ncp",
    "glusterfs",
    "ceph",
    "virtiofs",
)


class WatchedFolders(QObject):
    """Tells that something changed in one of some folders; costs nothing while nothing does.

    A file that grows is no change of its folder: whoever waits for its end looks again, or has it followed.

    Args:
        parent: keeps it.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.changed)
        self._slow = QTimer(self, interval=_SLOW_MS)
        self._slow.timeout.connect(self.changed)
        self._watcher: QFileSystemWatcher | None = None
        self._tops: dict[Path, int] = {}
        self._above: frozenset[str] = frozenset()

    @property
    def asks(self) -> bool:
        """Whether the system tells nothing of some of the folders, so that they are looked at now and then."""
        return self._slow.isActive()

    @property
    def folders(self) -> frozenset[str]:
        """What the system tells of."""
        return frozenset(self._watcher.directories()) if self._watcher is not None else frozenset()

    def watch(self, folders: Iterable[Path], tops: Mapping[Path, int] | None = None) -> bool:
        """Watch these folders, and no others; those that are watched already go on being so.

        Args:
            folders: in which files come and go.
            tops: those that may get another name, or go and come back, with the numbers the system knows them by: only
                those above tell of that, for any of them may go.

        Returns:
            Whether some are watched only from now on: nobody told what changed in them until now.
        """
        wanted = {str(folder) for folder in folders}
        self._tops = dict(tops or {})
        above = {str(folder) for top in self._tops for folder in top.parents} - wanted
        self._above = frozenset(above)
        wanted |= above
        if self._watcher is None:
            self._watcher = QFileSystemWatcher(self)
            self._watcher.directoryChanged.connect(self._hear)
            self._watcher.fileChanged.connect(lambda _: self._settle.start())
        watched = self.folders
        if gone := watched - wanted:
            self._watcher.removePaths(sorted(gone))
        new = sorted(wanted - watched)
        failed = self._watcher.addPaths(new) if new else []
        if set(failed) - above or any(map(_is_remote, new)):
            self._slow.start()
        return bool(set(new) - set(failed))

    def follow(self, files: Iterable[Path]) -> None:
        """Tell of changes of these files too, besides the last ones: an upload that stood still may go on."""
        if self._watcher is None:
            return
        before = self._watcher.files()
        new = sorted({str(file) for file in files} - set(before))[-_MOST_FOLLOWED:]
        if old := before[: max(0, len(before) + len(new) - _MOST_FOLLOWED)]:
            self._watcher.removePaths(old)
        if new:
            self._watcher.addPaths(new)

    def _hear(self, folder: str) -> None:
        """Tell soon; of what goes on beside a watched folder only where that is another one now."""
        if folder not in self._above or any(_number(top) != number for top, number in self._tops.items()):
            self._settle.start()

    def stop(self) -> None:
        """Watch nothing any more."""
        self._settle.stop()
        self._slow.stop()
        if self._watcher is not None:
            self._watcher.deleteLater()
            self._watcher = None


def _number(folder: Path) -> int:
    """Return what the system numbers a folder by; 0 where it is not there."""
    try:
        return folder.stat().st_ino
    except OSError:
        return 0


def _is_remote(folder: str) -> bool:
    """Tell whether a folder lies where others write unseen: on a drive of the network."""
    kind = bytes(QStorageInfo(folder).fileSystemType().data()).decode(errors="replace").lower()
    return kind.startswith(_REMOTE)
