"""All shoots: what is like the photo at hand, and which pictures are there twice."""

from collections.abc import Sequence
from contextlib import suppress

from PySide6.QtCore import QObject

from app.asking import Asking
from app.background import Background
from app.controllers.elsewhere import Elsewhere
from app.filled_library import filled_library
from app.told_work import ToldWork
from core.cancelling import Cancelled, Stopped, cancellable
from core.errors import ShortlistError
from core.language import ntr, tr
from core.library.drives import Presence
from core.library.duplicate_words import away_words, duplicate_words
from core.library.duplicates import Duplicate, duplicates_in
from core.library.gaps import gap_words
from core.library.library import Alike
from core.persistence.library_rows import KnownFrame
from core.review.review import Review
from core.shoot.asked import cannot_be_measured
from core.types import Flag, PhotoId
from ui.commands import table
from ui.dialogs.duplicates_dialog import DuplicateRow, DuplicatesDialog

_COUNT = 60  # photos that are listed at most

Sets = list[tuple[Duplicate, ...]]


class LibraryController(QObject):
    """Asks the library and leads to the photos it finds, in whatever shoot they are.

    Args:
        elsewhere: leads to photos of whatever shoot.
    """

    def __init__(self, elsewhere: Elsewhere) -> None:
        super().__init__(elsewhere.window)
        self._elsewhere = elsewhere
        self._window = elsewhere.window
        self._session = elsewhere.session
        self._services = elsewhere.services
        self._asking = Asking(self, self._window.messages.show_error)
        self._told = ToldWork(self._window.messages)
        self._finding = Background(self, self._window.messages.show_error)
        self._window.commands.bind(table.SIMILAR, self._ask_similar)
        self._window.commands.bind(table.DUPLICATES, self._ask_duplicates)

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

        def like() -> tuple[list[Alike], str]:
            _, made = filled_library(services, settings)
            found = library.like(photo, made, _COUNT, cannot_be_measured=damaged)
            return found, gap_words(library)

        self._asking.ask(
            like,
            lambda answer: self._show_similar(photo.name, *answer),
        )

    def _show_similar(self, name: str, found: Sequence[Alike], gaps: str) -> None:
        note = (
            ntr(
                "{count:,} photo of all shoots looks most like {name}.",
                "{count:,} photos of all shoots look most like {name}, the likest first.",
                len(found),
            ).format(count=len(found), name=name)
            if found
            else tr("Nothing else is in the library of all shoots yet; photos come in as they are measured.")
        )
        why = {one.frame.photo.id: _alike_words(one) for one in found}
        listed = [(one.frame, why[one.frame.photo.id]) for one in found]
        title = tr("Similar to {name}").format(name=name)
        self._elsewhere.show(tr("Similar in all shoots"), _with_gaps(note, gaps), listed, title, why)

    # Duplicates

    def _ask_duplicates(self) -> None:
        if self._finding.is_busy:
            return
        services, settings = self._services, self._session.settings
        services.library.check()

        def find(cancelled: Cancelled) -> tuple[Sets, str] | None:
            with suppress(Stopped), cancellable(cancelled):  # the program closes
                store, made = filled_library(services, settings, cancelled)
                found = duplicates_in(store, services.measures, services.thumbnails, made)
                return found, gap_words(services.library)
            return None

        self._told.begin(tr("Looking for duplicates in all shoots…"))
        self._finding.do_long(find, self._show_duplicates, self._told.fail)

    def _show_duplicates(self, answer: tuple[Sets, str] | None) -> None:
        self._told.end()
        if answer is None:
            return
        sets, gaps = answer
        frames = {each.frame.photo.id: each.frame for members in sets for each in members}
        self._elsewhere.know(frames.values())
        review, everywhere = self._elsewhere.review(frame.photo for frame in frames.values())
        rows = [
            DuplicateRow(
                each.frame.photo.id,
                number,
                f"{each.frame.photo.name}\n{duplicate_words(each)}\n{each.frame.photo.path.parent}",
                everywhere.decision(each.frame.photo.id).flag is Flag.PICK,
                everywhere.decision(each.frame.photo.id).flag is Flag.REJECT,
            )
            for number, members in enumerate(sets)
            for each in members
        ]
        note = _with_gaps(_note(len(sets)), gaps)
        dialog = DuplicatesDialog(rows, note, self._elsewhere.sources, self._window, self._window.theme)
        dialog.reject_requested.connect(lambda photo_ids: self._reject(dialog, review, photo_ids))
        dialog.undo_requested.connect(lambda: self._undo(dialog, review, note))
        dialog.opened.connect(lambda row: self._go_to_one_of(sets[row.set_number], frames[row.photo_id]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _go_to_one_of(self, members: Sequence[Duplicate], frame: KnownFrame) -> None:
        why = {each.frame.photo.id: duplicate_words(each) for each in members}
        title = tr("Duplicates of {name}").format(name=members[0].frame.photo.name)
        self._elsewhere.go_to(frame, title, why)

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


def _with_gaps(note: str, gaps: str) -> str:
    return f"{note} {gaps}" if gaps else note


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
