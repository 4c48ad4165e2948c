"""Photos into other hands: opened in another program, dragged out, put on the clipboard. Nothing is ever moved."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QMimeData, QObject, QProcess, QProcessEnvironment, QSettings
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from app.controllers.session_controller import SessionController
from core.handover import HandoverError, OtherProgram, call, files_for, found_programs, own_program
from core.language import ntr, say, tr
from core.sidecar.belongings import Belongings
from core.types import Flag, Photo, PhotoId
from ui.commands import table
from ui.dialogs.open_in_dialog import OpenInDialog
from ui.handed_files import drag, mime_of
from ui.main_window import MainWindow

_OWN, _LAST = "handover/own", "handover/last"
_BUNDLED = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "QT_PLUGIN_PATH")


def start(words: Sequence[str]) -> bool:
    """Start a program that lives on when the window is closed; return whether it was started.

    A built program runs with libraries of its own; others must not be given these.
    """
    environment = QProcessEnvironment.systemEnvironment()
    if getattr(sys, "frozen", False):
        for name in _BUNDLED:
            before = os.environ.get(f"{name}_ORIG")
            environment.remove(name)
            if before:
                environment.insert(name, before)
    process = QProcess()
    process.setProcessEnvironment(environment)
    process.setProgram(words[0])
    process.setArguments(list(words[1:]))
    process.setStandardOutputFile(QProcess.nullDevice())
    process.setStandardErrorFile(QProcess.nullDevice())
    started: object = process.startDetached()  # a bool, and for the static form of it a tuple
    return started is True or (isinstance(started, tuple) and bool(started[0]))


class HandoverController(QObject):
    """Hands photos over.

    Args:
        window: has the commands and the views that photos are dragged out of.
        session: the open shoot.
        kept: remembers the user's own commands, and the program used last.
        picture: gives the small picture of a photo, None where it is not there.
    """

    def __init__(
        self,
        window: MainWindow,
        session: SessionController,
        kept: QSettings,
        picture: Callable[[PhotoId], QPixmap | None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._kept = kept
        self._picture = picture
        window.commands.bind(table.OPEN_IN, self._ask)
        window.commands.bind(table.COPY_FILES, self._copy)
        window.space.carried.connect(self._carry)

    def _ask(self) -> None:
        shoot = self._session.shoot
        selected = self._window.space.targets()
        picks = [one.id for one in shoot.photos.values() if shoot.decision(one.id).flag is Flag.PICK]
        if not selected and not picks:
            self._window.messages.show_info(tr("There is no photo to open."))
            return
        dialog = OpenInDialog(
            found_programs(),
            self._own(),
            str(self._kept.value(_LAST, "")),
            selected,
            picks,
            self._window,
            self._window.theme,
        )
        dialog.own_changed.connect(self._keep)
        dialog.chosen.connect(self._open)
        dialog.open()

    def _open(self, program: OtherProgram, photo_ids: Sequence[PhotoId]) -> None:
        self._kept.setValue(_LAST, program.name)
        photos = self._photos(photo_ids)
        try:
            files = files_for(program, photos)
            gone = [path for path in files if not path.exists()]
            if gone:
                raise HandoverError(
                    say("“{name}” is not there any more; open the folder again.", name=gone[0].name)
                )
            started = start(call(program, files))
        except HandoverError as error:
            self._window.messages.show_error(str(error))
            return
        if not started:
            words = tr("{program} could not be started; its command is: {command}")
            command = " ".join(program.command)
            self._window.messages.show_error(words.format(program=program.name, command=command))
            return
        count = ntr("{count:,} photo", "{count:,} photos", len(photos)).format(count=len(photos))
        self._window.messages.show_info(
            tr("{photos} handed to {program}.").format(photos=count, program=program.name)
        )

    def _copy(self) -> None:
        data, photos = self._files(self._window.space.targets())
        if not photos:
            return
        QApplication.clipboard().setMimeData(data)
        words = ntr(
            "{count:,} photo is on the clipboard: as files, and as a path where text is pasted.",
            "{count:,} photos are on the clipboard: as files, and as paths where text is pasted.",
            len(photos),
        )
        self._window.messages.show_info(words.format(count=len(photos)))

    def _carry(self, photo_ids: Sequence[PhotoId]) -> None:
        data, photos = self._files(photo_ids)
        if photos:
            drag(self._window, data, self._picture(photos[0].id))

    def _files(self, photo_ids: Iterable[PhotoId]) -> tuple[QMimeData, Sequence[Photo]]:
        """Return photos as files, each with its RAW, film and sidecars, as copies are made."""
        photos = self._photos(photo_ids)
        belongings = Belongings(self._session.shoot.photos.values())
        files = [
            path
            for photo in photos
            for path in (*belongings.frame(photo), *belongings.sidecars(photo, backups=False))
        ]
        return mime_of(list(dict.fromkeys(files)), [photo.path for photo in photos]), photos

    def _photos(self, photo_ids: Iterable[PhotoId]) -> list[Photo]:
        """Return photos in the order of the shoot."""
        wanted = set(photo_ids)
        return [photo for photo in self._session.shoot.photos.values() if photo.id in wanted]

    def _own(self) -> dict[str, str]:
        """Return the user's own commands that still make sense."""
        try:
            read = json.loads(str(self._kept.value(_OWN, "{}")))
        except ValueError:
            return {}
        own = {}
        for name, command in read.items() if isinstance(read, dict) else ():
            try:
                own[own_program(str(name), str(command)).name] = str(command)
            except HandoverError:
                continue
        return own

    def _keep(self, own: Mapping[str, str]) -> None:
        self._kept.setValue(_OWN, json.dumps(dict(own)))
        self._kept.sync()
