"""A folder that is watched: photos come in once they are written to their ends, and those that go leave the window.

What is decided of those stays on disk, and is there again when they are. The newest is shown if wanted.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from app.asking import Asking
from app.controllers.session_controller import SessionController
from app.watched_folders import WatchedFolders
from core.ingest.scanner import ScannedFile
from core.ingest.watched import FolderLook, WatchedShoot
from core.language import tr
from ui.asked_folder import ask_for_folder
from ui.commands import table
from ui.main_window import MainWindow

_AGAIN_MS = 500  # while a file is being written
_AWAY_MS = 5_000  # while a folder is out of reach


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
        self._asking = Asking(self, self._not_looked)
        self._folders = WatchedFolders(self)
        self._folders.changed.connect(self._look)
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(self._look)
        self._seen: WatchedShoot | None = None
        self._ours: set[Path] = set()  # files that an export wrote, and nobody has looked at since
        self._away: frozenset[Path] = frozenset()
        self._said: dict[Path, str] = {}  # of folders that are away
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
        session.wrote.connect(self._ours.update)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._look_when_back)
        # Told before the views know of new photos; shown right after that.
        self._show_soon = QTimer(self, singleShot=True, interval=0)
        self._show_soon.timeout.connect(self._show_newest)
        session.decisions_changed.connect(self._show_soon.start)

    @property
    def is_on(self) -> bool:
        """Whether a folder is watched."""
        return self._seen is not None

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
        self._ours.clear()
        self._seen = WatchedShoot(
            self._watched,
            self._window.welcome.include_subfolders,
            [ScannedFile(one.path, one.size_bytes, one.mtime_ns) for one in photos],
            [path for one in photos for path in one.companions],
        )
        self._session.is_watched = True
        self._look()

    def _end(self) -> None:
        self._folders.stop()
        self._again.stop()
        self._show_soon.stop()
        self._seen = None
        self._say_away()
        self._away = frozenset()
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
        watched = self._seen
        if watched is None:
            return
        if self._is_looking:
            self._looks_once_more = True
            return
        self._is_looking = True
        self._asking.ask(watched.look, lambda look: self._take(look, watched))

    def _take(self, look: FolderLook, watched: WatchedShoot) -> None:
        self._is_looking = False
        once_more, self._looks_once_more = self._looks_once_more, False
        if watched is not self._seen:  # another shoot by now
            self._look()
            return
        if look.away != self._away:  # what is watched there now may be another folder of that name
            self._folders.stop()
            self._away = look.away
        is_more_watched = self._folders.watch(look.folders, look.tops)
        self._say_away(look.away, look.renamed)
        is_writing = self._is_writing()
        waits = False
        if look.has_news:
            if not (self._session.is_running or is_writing):
                self._take_news(look, watched)
            else:
                # Of a run that only tidies up after its end nobody tells when it is over.
                waits = is_writing or self._session.shoot.finished is not None
        if is_more_watched:
            self._look()
        elif look.waits or once_more or waits:
            self._again.start(_AGAIN_MS)
        elif look.away:
            self._again.start(_AWAY_MS)

    def _not_looked(self, sentence: str) -> None:
        """Say why the folders could not be looked at; they are again, once something changes."""
        self._is_looking = False
        self._window.messages.show_error(sentence)

    def _take_news(self, look: FolderLook, watched: WatchedShoot) -> None:
        """Take in what came, and let go what went; nothing is to be done for what an export of ours wrote."""
        shown = self._session.shoot.photos
        known = {path for photo in shown.values() for path in (photo.path, *photo.companions)}
        watched.take(look)
        self._folders.follow(look.seen.fresh | look.small_seen.fresh)
        new = look.seen.fresh - known
        beside = look.seen.changed - {photo.path for photo in shown.values()}
        others = (beside | look.small_seen.fresh | look.small_seen.gone) - self._ours
        if new or others or look.seen.gone & known or self._is_changed(look):
            self._newest = self._newest | new if self.follows else frozenset()
            half = look.seen.unfinished - known
            here = frozenset(file.path for file in look.files)
            self._session.look_again(here - half, look.seen.unseen)
        self._ours -= look.seen.fresh | look.small_seen.fresh | look.small_seen.gone

    def _is_changed(self, look: FolderLook) -> bool:
        """Tell whether a picture of the shoot is another by now."""
        sizes = {photo.path: photo.size_bytes for photo in self._session.shoot.photos.values()}
        return any(
            file.path in look.seen.fresh and sizes.get(file.path, file.size_bytes) != file.size_bytes
            for file in look.files
        )

    def _say_away(self, away: Iterable[Path] = (), renamed: Mapping[Path, Path] | None = None) -> None:
        """Say of each folder that it cannot be reached, or what it is called now, as long as that is true."""
        names = renamed or {}
        said = {source: _away_words(source, names.get(source)) for source in away}
        former, self._said = self._said, said
        for source, words in former.items():
            if said.get(source) != words:
                self._window.messages.withdraw(words)
        for source, words in said.items():
            if former.get(source) == words:
                continue
            if (new := names.get(source)) is not None:
                action = tr("Open “{name}”").format(name=new.name)
                self._window.messages.show_question(words, action, partial(self._open_renamed, source, new))
            else:
                self._window.messages.show_question(words, tr("Watch no more"), self._toggle)

    def _open_renamed(self, source: Path, new: Path) -> None:
        """Open the same shoot with a folder by its new name, and watch that; decisions follow the photos."""
        self._session.open([new if one == source else one for one in self._watched])
        self._watch()
        self._tick()

    def _look_when_back(self, state: Qt.ApplicationState) -> None:
        """Look once more when somebody comes back from another program: of what is written in place nobody tells."""
        if state is Qt.ApplicationState.ApplicationActive and self.is_on:
            self._look()

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


def _away_words(folder: Path, new: Path | None) -> str:
    if new is not None:
        words = tr(
            "“{folder}” is called “{name}” now. Its photos stay as they are until it is opened by that name."
        )
        return words.format(folder=folder.name, name=new.name)
    return tr(
        "“{folder}” cannot be reached: it was moved, or its drive is away. Its photos stay as they are, and it is "
        "watched again once it is back."
    ).format(folder=folder.name or folder)
