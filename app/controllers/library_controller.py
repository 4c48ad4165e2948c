"""All shoots: what is like the photo at hand, and which pictures are there twice."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject

from app.asking import Asking
from app.background import Background
from app.bootstrap import Services
from app.controllers.session_controller import SessionController
from app.elsewhere import found_words, review_elsewhere
from app.filled_library import filled_library
from app.pictures import Pictures
from core.cancelling import Cancelled, Stopped, cancellable
from core.errors import ShortlistError
from core.language import ntr, tr
from core.library.drives import Presence
from core.library.duplicate_words import away_words, duplicate_words
from core.library.duplicates import Duplicate, duplicates_in
from core.library.library import Alike
from core.persistence.library_rows import KnownFrame
from core.review.review import Review
from core.shoot.asked import cannot_be_measured
from core.shoot.listed import Listed
from core.types import Flag, PhotoId
from ui.commands import table
from ui.dialogs.duplicates_dialog import DuplicateRow, DuplicatesDialog
from ui.dialogs.found_dialog import FoundDialog, FoundRow
from ui.main_window import MainWindow
from ui.widgets.picture_list import PictureSources

_COUNT = 60  # photos that are listed at most

Sets = list[tuple[Duplicate, ...]]


class LibraryController(QObject):
    """Asks the library and leads to the photos it finds, in whatever shoot they are.

    Args:
        window: has the commands.
        session: the open shoot.
        services: the library, and the decisions.
        pictures: told of photos of other shoots while they are shown.
        sources: of pictures.
    """

    def __init__(
        self,
        window: MainWindow,
        session: SessionController,
        services: Services,
        pictures: Pictures,
        sources: PictureSources,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._services = services
        self._pictures = pictures
        self._sources = sources
        self._asking = Asking(self, window.messages.show_error)
        self._finding = Background(self, window.messages.show_error)
        window.commands.bind(table.SIMILAR, self._ask_similar)
        window.commands.bind(table.DUPLICATES, self._ask_duplicates)

    def stop(self) -> None:
        """End what is being looked for."""
        self._asking.stop()
        self._finding.stop()

    # Similar

    def _ask_similar(self) -> None:
        photo_id = self._window.space.current_photo()
        photo = self._session.shoot.photos.get(photo_id) if photo_id is not None else None
        if photo is None:
            return
        services, settings = self._services, self._session.settings
        library = services.library
        library.check()
        damaged = cannot_be_measured(photo.id, self._session.shoot)

        def like() -> list[Alike]:
            _, made = filled_library(services, settings)
            return library.like(photo, made, _COUNT, cannot_be_measured=damaged)

        self._asking.ask(
            like,
            lambda found: self._show_similar(photo.path.name, found),
        )

    def _show_similar(self, name: str, found: Sequence[Alike]) -> None:
        self._pictures.know([one.frame.photo for one in found])
        shoot = self._session.shoot
        rows = [
            FoundRow(one.frame.photo.id, found_words(one.frame, shoot, _alike_words(one))) for one in found
        ]
        note = (
            ntr(
                "{count:,} photo of all shoots looks most like {name}.",
                "{count:,} photos of all shoots look most like {name}, the likest first.",
                len(found),
            ).format(count=len(found), name=name)
            if found
            else tr("Nothing else is in the library of all shoots yet; photos come in as they are measured.")
        )
        dialog = FoundDialog(
            tr("Similar in all shoots"), rows, note, self._sources, self._window, self._window.theme
        )
        by_id = {one.frame.photo.id: one.frame for one in found}
        why = {one.frame.photo.id: _alike_words(one) for one in found}
        title = tr("Similar to {name}").format(name=name)
        dialog.chosen.connect(lambda row: self.go_to(by_id[row.photo_id], title, why))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def go_to(self, frame: KnownFrame, title: str, why: Mapping[PhotoId, str]) -> None:
        """Go to a photo: in the open shoot with those found with it, else by opening its own shoot."""
        photo_id, shoot, space = frame.photo.id, self._session.shoot, self._window.space
        if photo_id in shoot.photos:
            space.show_listed(Listed(title, frozenset(why.keys() & shoot.photos.keys()), why), photo_id)
        elif frame.photo.path.exists():
            self._session.open([_shoot_of(frame)], photo_id)
        else:
            self._window.messages.show_info(
                tr("“{name}” is in {folder}, on a drive that is not connected.").format(
                    name=frame.photo.path.name, folder=frame.photo.path.parent
                )
            )

    # Duplicates

    def _ask_duplicates(self) -> None:
        if self._finding.is_busy:
            return
        services, settings = self._services, self._session.settings
        services.library.check()

        def find(cancelled: Cancelled) -> Sets | None:
            with suppress(Stopped), cancellable(cancelled):  # the program closes
                store, made = filled_library(services, settings, cancelled)
                return duplicates_in(store, services.measures, services.thumbnails, made)
            return None

        self._window.messages.show_info(tr("Looking for duplicates in all shoots…"))
        self._finding.do_long(find, self._show_duplicates)

    def _show_duplicates(self, sets: Sets | None) -> None:
        if sets is None:
            return
        self._window.messages.close_message()
        frames = {each.frame.photo.id: each.frame for members in sets for each in members}
        photos = [frame.photo for frame in frames.values()]
        self._pictures.know(photos)
        review, everywhere = review_elsewhere(photos, self._services, self._session.decided_elsewhere)
        rows = [
            DuplicateRow(
                each.frame.photo.id,
                number,
                f"{each.frame.photo.path.name}\n{duplicate_words(each)}\n{each.frame.photo.path.parent}",
                everywhere.decision(each.frame.photo.id).flag is Flag.PICK,
                everywhere.decision(each.frame.photo.id).flag is Flag.REJECT,
            )
            for number, members in enumerate(sets)
            for each in members
        ]
        note = _note(len(sets))
        dialog = DuplicatesDialog(rows, note, self._sources, self._window, self._window.theme)
        dialog.reject_requested.connect(lambda photo_ids: self._reject(dialog, review, photo_ids))
        dialog.undo_requested.connect(lambda: self._undo(dialog, review, note))
        dialog.opened.connect(lambda row: self._go_to_one_of(sets[row.set_number], frames[row.photo_id]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _go_to_one_of(self, members: Sequence[Duplicate], frame: KnownFrame) -> None:
        why = {each.frame.photo.id: duplicate_words(each) for each in members}
        title = tr("Duplicates of {name}").format(name=members[0].frame.photo.path.name)
        self.go_to(frame, title, why)

    def _reject(self, dialog: DuplicatesDialog, review: Review, photo_ids: list[PhotoId]) -> None:
        try:
            review.set_flag(photo_ids, Flag.REJECT)
        except ShortlistError as error:
            self._window.messages.show_error(str(error))
            return
        count = len(photo_ids)
        words = ntr(
            "{count:,} file is marked as rejected. Nothing was deleted.",
            "{count:,} files are marked as rejected. Nothing was deleted.",
            count,
        )
        dialog.show_done(words.format(count=count))

    def _undo(self, dialog: DuplicatesDialog, review: Review, note: str) -> None:
        try:
            review.undo()
        except ShortlistError as error:
            self._window.messages.show_error(str(error))
            return
        dialog.show_undone(note)


def _alike_words(one: Alike) -> str:
    words = tr("{share} % alike").format(share=round(100 * max(0.0, one.cosine)))
    return f"{words}, {away_words()}" if one.presence is Presence.AWAY else words


def _note(sets: int) -> str:
    if not sets:
        return tr(
            "No picture is there twice in all shoots that were measured. Frames of a burst do not count."
        )
    return ntr(
        "{count:,} picture is there more than once. First in its set stands the file with most left of the original; "
        "the others can be marked as rejected, in one step.",
        "{count:,} pictures are there more than once. First in each set stands the file with most left of the "
        "original; the others can be marked as rejected, in one step.",
        sets,
    ).format(count=sets)


def _shoot_of(frame: KnownFrame) -> Path:
    """Return the folder a photo was last opened with; its own where that is gone or another now."""
    inside = frame.shoot in frame.photo.path.parents and frame.shoot.is_dir()
    return frame.shoot if inside else frame.photo.path.parent
