"""A folder that is watched: photos come in once they are written to their ends, and the newest is shown if wanted."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from app.asking import Asking
from app.controllers.session_controller import SessionController
from app.watched_folders import WatchedFolders
from core.cancelling import never
from core.errors import SourceError
from core.ingest.arrivals import Arrivals, ArrivalsSeen
from core.ingest.leftovers import is_leftover
from core.ingest.scanner import ScannedFile, scan
from core.language import tr
from ui.asked_folder import ask_for_folder
from ui.commands import table
from ui.main_window import MainWindow

_AGAIN_MS = 500  # while a file is being written


@dataclass(frozen=True, slots=True)
class _Look:
    """What is in the folders now."""

    files: tuple[ScannedFile, ...]
    folders: frozenset[Path]
    seen: ArrivalsSeen


class WatchController(QObject):
    """Watches the open shoot's folders where that is asked for.

    Args:
        window: has the commands.
        session: takes the photos in.
        is_writing: tells whether an export writes into photos, or moves them, right now: that is no news of a camera's,
            and what is known of the photos follows once it is done.
    """

    def __init__(
        self, window: MainWindow, session: SessionController, is_writing: Callable[[], bool] = lambda: False
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._is_writing = is_writing
        self._watched: tuple[Path, ...] = ()
        self._asking = Asking(self, window.messages.show_error)
        self._folders = WatchedFolders(self)
        self._folders.changed.connect(self._look)
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(self._look)
        self._arrivals: Arrivals | None = None
        self._is_looking = self._looks_once_more = False
        self._newest: frozenset[Path] = frozenset()  # taken in, and not shown yet
        self.follows = False
        window.commands.bind(table.WATCH, self._toggle)
        window.commands.bind(table.FOLLOW_NEWEST, self._toggle_follow)
        for command in (table.WATCH, table.FOLLOW_NEWEST):
            window.keymap.action(command).setCheckable(True)
        session.opened.connect(self._opened)
        session.closed.connect(self._end)
        session.finished.connect(self._look_after_run)
        # Told before the views know of new photos; shown right after that.
        self._show_soon = QTimer(self, singleShot=True, interval=0)
        self._show_soon.timeout.connect(self._show_newest)
        session.decisions_changed.connect(self._show_soon.start)

    @property
    def is_on(self) -> bool:
        """Whether a folder is watched."""
        return self._arrivals is not None

    @property
    def is_idle(self) -> bool:
        """Whether nothing is done until the system tells of a change."""
        return not (self._is_looking or self._again.isActive() or self._folders.asks)

    def stop(self) -> None:
        """End watching, and what is being looked at."""
        self._end()
        self._asking.stop()

    def _toggle(self) -> None:
        if self.is_on:
            self._end()
            self._window.messages.show_info(tr("New photos are not taken in by themselves any more."))
        elif self._session.sources and not any(source.is_dir() for source in self._session.sources):
            self._window.messages.show_info(tr("Single photos are open; open their folder to watch it."))
        elif self._session.sources:
            self._begin()
        elif folder := ask_for_folder(self._window, tr("Folder to watch")):
            self._session.open([folder])
            self._begin()
        self._tick()

    def _opened(self) -> None:
        """Go on where the same folders were only read again, as after photos were renamed; else watch no more."""
        goes_on = self.is_on and self._session.sources == self._watched
        self._end()
        if goes_on:
            self._watch()
            self._tick()

    def _begin(self) -> None:
        """Watch from now on, and say so."""
        self._watch()
        self._window.messages.show_info(
            tr("New photos in {folder} are taken in as they arrive.").format(folder=self._session.title)
        )

    def _watch(self) -> None:
        """Look for what is new; what is part of the shoot already is known."""
        self._watched = self._session.sources
        photos = self._session.shoot.photos.values()
        self._arrivals = Arrivals(ScannedFile(one.path, one.size_bytes, one.mtime_ns) for one in photos)
        self._session.is_watched = True
        self._look()

    def _end(self) -> None:
        self._folders.stop()
        self._again.stop()
        self._show_soon.stop()
        self._arrivals = None
        self._newest = frozenset()
        self._session.is_watched = False
        self._tick()

    def _toggle_follow(self) -> None:
        self.follows = not self.follows
        self._newest = frozenset()
        words = (
            tr("Each photo that arrives in a watched folder is shown at once.")
            if self.follows
            else tr("Photos that arrive leave you where you are.")
        )
        self._window.messages.show_info(words)
        self._tick()

    def _tick(self) -> None:
        self._window.keymap.action(table.WATCH).setChecked(self.is_on)
        self._window.keymap.action(table.FOLLOW_NEWEST).setChecked(self.follows)

    def _look(self) -> None:
        """Look at the folders on a thread; once more afterwards where that is asked for meanwhile."""
        arrivals = self._arrivals
        if arrivals is None:
            return
        if self._is_looking:
            self._looks_once_more = True
            return
        self._is_looking = True
        sources, recursive = self._session.sources, self._window.welcome.include_subfolders
        self._asking.ask(
            lambda: _looked(sources, recursive, arrivals), lambda look: self._take(look, arrivals)
        )

    def _take(self, look: _Look | None, arrivals: Arrivals) -> None:
        self._is_looking = False
        once_more, self._looks_once_more = self._looks_once_more, False
        if arrivals is not self._arrivals:  # another shoot by now
            if self._arrivals is not None:
                self._look()
            return
        if look is None:
            self._again.start()  # a drive that is away may come back
            return
        self._folders.watch(look.folders)
        fresh = look.seen.fresh
        shown = self._session.shoot.photos
        known = {path for photo in shown.values() for path in (photo.path, *photo.companions)}
        is_writing = self._is_writing()
        if fresh and not (self._session.is_running or is_writing):
            arrivals.take(look.files, look.seen)
            self._folders.follow(fresh)
            new = fresh - known
            if new or self._is_changed(look):
                self._newest = self._newest | new if self.follows else frozenset()
                half = look.seen.unfinished - known
                self._session.look_again(frozenset(file.path for file in look.files) - half)
                fresh = frozenset()
        # Of a run that only tidies up after its end nobody tells when it is over.
        tidies_up = self._session.is_running and self._session.shoot.finished is not None
        waits = bool(fresh) and (tidies_up or is_writing)
        if look.seen.unfinished or once_more or waits:
            self._again.start()

    def _is_changed(self, look: _Look) -> bool:
        """Tell whether a file of the shoot is another by now."""
        sizes = {photo.path: photo.size_bytes for photo in self._session.shoot.photos.values()}
        return any(
            file.path in look.seen.fresh and sizes.get(file.path, file.size_bytes) != file.size_bytes
            for file in look.files
        )

    def _look_after_run(self) -> None:
        if self.is_on:
            self._look()

    def _show_newest(self) -> None:
        """Show what came last of that which is part of the shoot now."""
        photos = self._session.shoot.photos
        here = [photo.id for photo in photos.values() if photo.path in self._newest]
        if not here:
            return
        self._newest = frozenset()
        if self.follows and here[-1] in self._window.space.model:
            self._window.space.go_to(here[-1])


def _looked(sources: tuple[Path, ...], recursive: bool, arrivals: Arrivals) -> _Look | None:
    """Look at the folders; None where they cannot be read."""
    try:
        files = scan(sources, recursive, never).files
    except SourceError:
        return None
    folders: set[Path] = set()
    for top in {source if source.is_dir() else source.parent for source in sources}:
        folders |= _below(top) if recursive else {top}
    return _Look(files, frozenset(folders), arrivals.look(files, time.monotonic()))


def _below(top: Path) -> set[Path]:
    """Return a folder and those below it that photos are looked for in; those that cannot be read are left out."""
    found = set()
    for folder, below, _ in os.walk(top):
        below[:] = [name for name in below if not name.startswith(".") and not is_leftover(name)]
        found.add(Path(folder))
    return found
