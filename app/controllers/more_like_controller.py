"""More like this thing: a box is drawn in the loupe, and the photos that show something like it are listed."""

from PySide6.QtCore import QObject

from app.bootstrap import Services
from app.controllers.session_controller import SessionController
from app.job import Job, Progress
from app.more_like import more_like
from app.told_work import ToldWork
from core.cancelling import Cancelled
from core.language import ntr, tr
from core.pipeline.piece_finder import NearPiece
from core.shoot.listed import Listed
from core.shoot.shoot import Shoot
from core.types import Box, PhotoId
from ui.commands import table
from ui.dialogs.more_like_dialog import MoreLikeDialog
from ui.main_window import MainWindow
from ui.widgets.picture_list import PictureSources

_LISTED = 40  # photos: more are hardly looked at
_TOLD_EVERY = 25  # photos


class MoreLikeController(QObject):
    """Asks for a box, and lists what is like it.

    Args:
        window: has the command and the loupe.
        session: the open shoot.
        services: keep the pieces of photos.
        sources: of pictures.
    """

    def __init__(
        self, window: MainWindow, session: SessionController, services: Services, sources: PictureSources
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._services = services
        self._sources = sources
        self._job: Job | None = None
        self._told = ToldWork(window.messages)
        self._steps = 0  # of the progress that was told
        window.commands.bind(table.MORE_LIKE, self._begin)
        window.space.big.loupe.box_drawn.connect(self._look)
        session.opened.connect(self._call_off)

    def stop(self) -> None:
        """Wait for what is being looked for, bounded: the program closes."""
        if self._job is not None:
            self._job.stop()

    def _call_off(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _begin(self) -> None:
        messages = self._window.messages
        if not self._session.shoot.analyses:
            messages.show_info(tr("Photos can be searched for a thing as soon as they are measured."))
        elif self._job is None:
            self._window.space.big.loupe.draw_box()
            messages.show_info(
                tr(
                    "Draw a box around the thing with the mouse, or move one by the arrow keys: with Shift they size "
                    "it, Enter takes it. Esc leaves it."
                )
            )

    def _look(self, photo_id: PhotoId, box: Box) -> None:
        if self._job is not None:
            return
        shoot, services = self._session.shoot, self._services
        asked = Shoot()
        asked.photos, asked.analyses = dict(shoot.photos), dict(shoot.analyses)

        def find(progress: Progress, cancelled: Cancelled) -> list[NearPiece]:
            return more_like(photo_id, box, asked, services, cancelled, progress)

        self._told.begin(tr("Looking for things like this…"))
        self._steps = 0
        job = self._job = Job(find, self)
        job.progressed.connect(self._tell)
        job.ended.connect(lambda found: self._take(shoot, found))
        job.failed.connect(self._told.fail)
        job.finished.connect(self._ended)
        job.start()

    def _tell(self, done: int, total: int) -> None:
        if done // _TOLD_EVERY > self._steps and done < total:
            self._steps = done // _TOLD_EVERY
            words = tr("Looking for things like this: {done:,} of {total:,} photos…")
            self._told.go_on(words.format(done=done, total=total))

    def _ended(self) -> None:
        self._job = None

    def _take(self, shoot: Shoot, found: list[NearPiece]) -> None:
        self._told.end()
        if shoot is not self._session.shoot:
            return
        near = found[:_LISTED]
        if not near:
            self._window.messages.show_info(tr("No other photo is measured yet."))
            return
        names = [shoot.photos[each.photo_id].name for each in near]
        stills = sum(not photo.is_film for photo in shoot.photos.values())  # films are never measured
        note = _missing_words(stills - len(found) - 1)
        dialog = MoreLikeDialog(near, names, note, self._sources, self._window, self._window.theme)
        listed = Listed(tr("More like this thing"), frozenset(each.photo_id for each in near))
        dialog.chosen.connect(lambda first: self._window.space.show_listed(listed, first))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _missing_words(count: int) -> str:
    """Say how many photos are not among those that were compared; "" for none."""
    if count <= 0:
        return ""
    return ntr(
        "{count:,} photo could not be looked at, as it is not measured.",
        "{count:,} photos could not be looked at, as they are not measured.",
        count,
    ).format(count=count)
