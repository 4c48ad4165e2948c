"""Cards that are put in and taken out, noticed without asking again and again.

Linux tells of every change of what is mounted, and a Mac of its folder of volumes. Windows tells programs without a
window procedure of their own nothing, so there it is asked every few seconds.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QSocketNotifier, QStorageInfo, QTimer, Signal

from app.asking import Asking

_MOUNTS = "/proc/self/mountinfo"
_VOLUMES = "/Volumes"
_SETTLE_MS = 500  # a card is mounted, then its name and folders are there
_ASK_MS = 3000  # on Windows alone
_PICTURES = "DCIM"  # the folder of every camera's card (JEITA CP-3461)


@dataclass(frozen=True, slots=True)
class CardVolume:
    """A card in this machine.

    Attributes:
        folder: where it is.
        name: as the system shows it.
    """

    folder: Path
    name: str


def card_volumes() -> tuple[CardVolume, ...]:
    """Return the cards that are in now: what has a folder for a camera's pictures. Nothing on them is opened.

    May take a while where a network drive does not answer.
    """
    found = []
    for volume in QStorageInfo.mountedVolumes():
        folder = Path(volume.rootPath())
        is_local = os.name == "nt" or bytes(volume.device().data()).startswith(b"/dev/")
        if (
            volume.isValid()
            and volume.isReady()
            and not volume.isRoot()
            and is_local
            and _has_pictures(folder)
        ):
            found.append(CardVolume(folder, volume.name() or folder.name or str(folder)))
    return tuple(found)


class Drives(QObject):
    """Tells when cards come and go; costs nothing while none does.

    Args:
        parent: keeps it.
        volumes: finds the cards, on a thread.
    """

    came = Signal(object)  # CardVolume
    went = Signal(object)  # CardVolume

    def __init__(self, parent: QObject, volumes: Callable[[], tuple[CardVolume, ...]] = card_volumes) -> None:
        super().__init__(parent)
        self._volumes = volumes
        self._asking = Asking(self, lambda _sentence: None)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.look)
        self._notices: list[QObject] = []
        self._descriptor: int | None = None
        self.cards: tuple[CardVolume, ...] = ()

    def watch(self) -> None:
        """Look for what is there, and listen from now on."""
        if sys.platform.startswith("linux"):
            self._descriptor = os.open(_MOUNTS, os.O_RDONLY)
            notifier = QSocketNotifier(self._descriptor, QSocketNotifier.Type.Exception, self)
            notifier.activated.connect(lambda *_: self._settle.start())
            self._notices.append(notifier)
        elif sys.platform == "darwin":
            watcher = QFileSystemWatcher([_VOLUMES], self)
            watcher.directoryChanged.connect(lambda _: self._settle.start())
            self._notices.append(watcher)
        else:
            timer = QTimer(self, interval=_ASK_MS)
            timer.timeout.connect(self.look)
            timer.start()
            self._notices.append(timer)
        self.look()

    def look(self) -> None:
        """Find out what came and went since."""
        self._asking.ask(self._volumes, self._take)

    def stop(self) -> None:
        """Listen no more."""
        self._settle.stop()
        for notice in self._notices:
            if isinstance(notice, QSocketNotifier):
                notice.setEnabled(False)
            elif isinstance(notice, QTimer):
                notice.stop()
        self._notices.clear()
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        self._asking.stop()

    def _take(self, cards: tuple[CardVolume, ...]) -> None:
        before, self.cards = self.cards, cards
        for card in before:
            if card not in cards:
                self.went.emit(card)
        for card in cards:
            if card not in before:
                self.came.emit(card)


def _has_pictures(folder: Path) -> bool:
    try:
        return (folder / _PICTURES).is_dir()
    except OSError:
        return False
