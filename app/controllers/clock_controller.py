"""Several cameras' clocks: what the pictures tell is proposed once, what the user sets is kept and grouped by."""

from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QObject

from app.controllers.session_controller import SessionController
from core.errors import StoreError
from core.grouping.clock_words import camera_names, evidence, proposal
from core.grouping.clocks import ahead_of_one
from core.language import ntr, tr
from core.persistence.session_store import SessionStore
from core.types import ClockSettings, TimeSource
from ui.commands import table
from ui.dialogs.clocks_dialog import CameraClock, ClocksDialog
from ui.main_window import MainWindow


class ClockController(QObject):
    """Reports clocks that differ, and asks how they are to be set.

    Args:
        window: shows it.
        session: the open shoot.
        decisions: keeps what the user set.
    """

    def __init__(self, window: MainWindow, session: SessionController, decisions: SessionStore) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._decisions = decisions
        self._asked = ""
        session.opened.connect(lambda: window.messages.withdraw(self._asked))
        session.clocks_compared.connect(self._propose)
        window.commands.bind(table.CLOCKS, self.show)

    def show(self) -> None:
        """Show the clocks as they are set, and as the pictures tell them where nobody has set them."""
        try:
            clocks = self._clocks()
        except StoreError as error:
            self._window.messages.show_error(str(error))
            return
        if len(clocks) < 2:
            self._window.messages.show_info(tr("All photos with a time are by one camera."))
            return
        dialog = ClocksDialog(clocks, self._window, self._window.theme)
        dialog.chosen.connect(self._set)
        dialog.open()

    def _propose(self) -> None:
        shoot = self._session.shoot
        if not shoot.clock_offsets:
            return
        sentence = proposal(shoot.clock_offsets[0], camera_names(shoot.photos.values()))
        more = len(shoot.clock_offsets) - 1
        if more:
            words = ntr(
                "{count} more camera can be set as well.", "{count} more cameras can be set as well.", more
            )
            sentence = f"{sentence} {words.format(count=more)}"
        self._asked = sentence
        self._window.messages.show_question(sentence, tr("Set clocks…"), self.show)

    def _clocks(self) -> list[CameraClock]:
        """Return the cameras, the one with most photos first; of those already set, the one that was first then."""
        shoot = self._session.shoot
        written: dict[str, list[datetime]] = {}
        for photo in shoot.photos.values():
            if photo.camera and photo.time_source is TimeSource.EXIF and photo.taken_at is not None:
                written.setdefault(photo.camera, []).append(photo.taken_at)
        names = camera_names(shoot.photos.values())
        kept = self._decisions.clocks(self._folders())
        found = ahead_of_one(shoot.clock_offsets)
        notes = {offset.camera: evidence(offset) for offset in shoot.clock_offsets}
        cameras = sorted(written, key=lambda camera: -len(written[camera]))
        cameras.sort(key=lambda camera: kept.get(camera) != timedelta(0))
        clocks = []
        for camera in cameras:
            ahead = self._ahead(camera, cameras[0], kept, found)
            note, first = notes.get(camera, ""), min(written[camera])
            clocks.append(CameraClock(camera, names[camera], ahead, note, first))
        return clocks

    def _ahead(self, camera: str, first: str, kept: ClockSettings, found: dict[str, float]) -> float | None:
        """Return the seconds ahead of the first camera: as the user set it, else as the pictures tell."""
        if camera in kept:
            shift = kept[camera]
            return None if shift is None else -shift.total_seconds()
        if camera in found and first in found:
            return found[camera] - found[first]
        return None

    def _set(self, answer: dict[str, float | None]) -> None:
        """Keep the clocks as the user wants them, and offer to take that back."""
        settings = {
            camera: None if ahead is None else timedelta(seconds=-ahead) for camera, ahead in answer.items()
        }
        folders = self._folders()
        try:
            before = self._decisions.clocks(folders)
        except StoreError as error:
            self._window.messages.show_error(str(error))
            return

        def undo() -> None:
            self._keep(folders, before)

        if self._keep(folders, settings):
            self._window.messages.show_info(tr("The cameras' clocks are set."), tr("Undo"), undo)

    def _keep(self, folders: set[Path], settings: ClockSettings) -> bool:
        """Write the clocks down and read the shoot again, from what was measured, where it was."""
        try:
            self._decisions.set_clocks(folders, settings)
        except StoreError as error:
            self._window.messages.show_error(str(error))
            return False
        self._session.open(self._session.sources, self._window.space.current_photo())
        return True

    def _folders(self) -> set[Path]:
        return {photo.path.parent for photo in self._session.shoot.photos.values()}
