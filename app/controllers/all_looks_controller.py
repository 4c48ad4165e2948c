"""Everything known by look: found beside the window, shown as tiles, opened as lists, named in whatever shoot."""

from contextlib import suppress
from functools import partial

from PySide6.QtCore import QObject

from app.background import Background
from app.controllers.elsewhere import Elsewhere
from app.controllers.export_controller import ExportController
from app.filled_library import filled_library
from app.grown_looks import grow_elsewhere
from app.told_work import ToldWork
from core.cancelling import Cancelled, Stopped, cancellable
from core.errors import ShortlistError
from core.export.words import plan_words
from core.language import explained, ntr, tr
from core.library.drives import Presence, presence
from core.library.duplicate_words import away_words
from core.library.gaps import gap_words
from core.library.look_names import NamedEverywhere, names_away_words, names_title, plan_look_names
from core.looks.looks import Look, find_looks
from core.pipeline.all_looks import AllLooks, find_all_looks
from core.review.review import Review
from core.types import PhotoId
from ui.commands import table
from ui.dialogs.looks_dialog import LooksDialog, LookTile, NameLookDialog
from ui.export.confirm_dialog import ConfirmDialog

_LISTED = 300  # photos of a tile: more are hardly looked at

_Answer = tuple[AllLooks, dict[PhotoId, str], str]
"""What was found, the names of looks, and what may not be found."""


class AllLooksController(QObject):
    """Shows the looks of all shoots when they are asked for.

    Args:
        elsewhere: leads to photos of whatever shoot.
        export: writes the names as keywords.
    """

    def __init__(self, elsewhere: Elsewhere, export: ExportController) -> None:
        super().__init__(elsewhere.window)
        self._elsewhere = elsewhere
        self._export = export
        self._window = elsewhere.window
        self._session = elsewhere.session
        self._services = elsewhere.services
        self._detail = 0.5
        self._found: AllLooks | None = None
        self._names: dict[PhotoId, str] = {}
        self._gaps = ""
        self._named: list[Review] = []  # a change each, the latest at the end
        self._dialog: LooksDialog | None = None
        self._told = ToldWork(self._window.messages)
        self._finding = Background(self, self._window.messages.show_error)
        self._window.commands.bind(table.LOOKS_ALL, self.show)

    def stop(self) -> None:
        """Wait for what is being found, bounded: the program closes."""
        self._finding.stop()

    def show(self) -> None:
        """Look for the looks of all shoots."""
        if self._finding.is_busy or self._dialog is not None:
            return
        services, settings = self._services, self._session.settings
        services.library.check()

        def find(cancelled: Cancelled) -> _Answer | None:
            with suppress(Stopped):  # the program closes
                file, made = filled_library(services, settings, cancelled)
                grow = partial(grow_elsewhere, cancelled=cancelled)
                found = find_all_looks(file, made, services.measures, grow)
                return found, services.decisions.looks(), gap_words(services.library)
            return None

        self._told.begin(tr("Looking for what looks alike in all shoots…"))
        self._finding.do_long(find, self._take, self._told.fail)

    def _take(self, found: _Answer | None) -> None:
        self._told.end()
        if found is None:
            return
        self._found, names, self._gaps = found
        self._names = {photo_id: name for photo_id, name in names.items() if photo_id in self._found.numbers}
        dialog = LooksDialog(self._elsewhere.sources, self._window, self._window.theme)
        dialog.setWindowTitle(tr("By look in all shoots"))
        dialog.detail_chosen.connect(self._set_detail)
        dialog.opened.connect(self._open)
        dialog.naming_requested.connect(self._name)
        dialog.undo_requested.connect(self._undo)
        dialog.keywords_requested.connect(self._plan_keywords)
        dialog.finished.connect(self._closed)
        self._dialog = dialog
        self._refresh()
        dialog.open()

    def _refresh(self) -> None:
        found, dialog = self._found, self._dialog
        if dialog is None or found is None:
            return
        looks = find_looks(found.tree, tuple(found.numbers), self._names, self._detail)
        covers = {found.numbers[look.cover] for look in looks.looks}
        covers |= {found.numbers[photo_id] for photo_id in looks.odd[:1]}
        self._elsewhere.know(self._services.library.file.frames(covers).values())
        dialog.show_looks(looks, self._detail, self._note(found))
        dialog.offer_keywords(has_names=bool(self._names))

    def _note(self, found: AllLooks) -> str:
        words = ntr(
            "Of the {count:,} photo of all shoots.",
            "Of the {count:,} photos of all shoots.",
            len(found.numbers),
        ).format(count=len(found.numbers))
        if found.known > len(found.numbers):
            words = tr("Of the {count:,} photos known last, of {known:,}.").format(
                count=len(found.numbers), known=found.known
            )
        named = tr(
            "A name is kept in every shoot. The export can write it as a keyword for photos of the open one, the "
            "button below for those of all."
        )
        return " ".join(filter(None, (words, named, self._gaps)))

    def _set_detail(self, detail: float) -> None:
        self._detail = detail
        self._refresh()

    # A tile

    def _open(self, tile: LookTile) -> None:
        found = self._found
        if found is None:
            return
        name, *count = tile.title.split("\n", 1)
        title = explained(name, *count) if count else name
        frames = self._services.library.file.frames(found.numbers[each] for each in tile.photo_ids[:_LISTED])
        listed = []
        for photo_id in tile.photo_ids[:_LISTED]:
            frame = frames.get(found.numbers[photo_id])
            where = presence(frame.photo.path, frame.volume) if frame is not None else Presence.GONE
            if frame is not None and where is not Presence.GONE:
                away = away_words() if where is Presence.AWAY else ""
                listed.append((frame, away))
        note = ntr("{count:,} photo", "{count:,} photos", len(tile.photo_ids)).format(
            count=len(tile.photo_ids)
        )
        if len(tile.photo_ids) > _LISTED:
            note = tr("{count:,} photos, of which the first {listed:,} are listed.").format(
                count=len(tile.photo_ids), listed=_LISTED
            )
        why = dict.fromkeys((frame.photo.id for frame, _ in listed), tr("By look"))
        self._elsewhere.show(title, note, listed, title, why)

    # Names

    def _name(self, looks: list[Look]) -> None:
        photo_ids = [photo_id for look in looks for photo_id in look.photo_ids]
        name = next((look.name or look.proposed for look in looks if look.name or look.proposed), "")
        dialog = NameLookDialog(len(photo_ids), name, self._dialog or self._window, self._window.theme)
        dialog.named.connect(lambda text: self._give_name(photo_ids, text))
        dialog.open()

    def _give_name(self, photo_ids: list[PhotoId], name: str) -> None:
        """Name photos of whatever shoot, in one step."""
        found = self._found
        if found is None:
            return
        frames = self._services.library.file.frames(found.numbers[each] for each in photo_ids)
        photos = [frame.photo for frame in frames.values()]
        try:
            review, shoot = self._elsewhere.review(photos)
            review.name_look(list(shoot.photos), name)
        except ShortlistError as error:
            self._window.messages.show_error(str(error))
            return
        self._named.append(review)
        self._take_names(review)

    def _undo(self) -> None:
        """Take the name back that was given last since the looks were shown, in whatever shoots."""
        if not self._named:
            return
        review = self._named.pop()
        try:
            review.undo()
        except ShortlistError as error:
            self._window.messages.show_error(str(error))
            return
        self._take_names(review)

    def _take_names(self, review: Review) -> None:
        for photo_id, decision in review.decisions.items():
            if decision.look is not None:
                self._names[photo_id] = decision.look
            else:
                self._names.pop(photo_id, None)
        self._refresh()

    # Keywords

    def _plan_keywords(self) -> None:
        """Find out what writing all names would do; those of photos that have no look any more too."""
        if self._finding.is_busy:
            return
        library, decisions, choices = (
            self._services.library,
            self._services.decisions,
            self._export.xmp_choices(),
        )

        def plan(cancelled: Cancelled) -> NamedEverywhere | None:
            with suppress(Stopped), cancellable(cancelled):  # the program closes
                return plan_look_names(library.file, decisions.looks(), choices)
            return None

        self._finding.do_long(plan, self._ask_keywords)

    def _ask_keywords(self, found: NamedEverywhere | None) -> None:
        if found is None or self._dialog is None:
            return
        if not found.photos:
            words = (tr("There is nothing to export yet."), names_away_words(found.away), self._gaps)
            self._window.messages.show_info(" ".join(filter(None, words)))
            return
        dialog = ConfirmDialog(
            tr("Write names as keywords"),
            ntr(
                "Write the name of its look beside {count:,} photo?",
                "Write the names of their looks beside {count:,} photos, of all shoots?",
                len(found.photos),
            ).format(count=len(found.photos)),
            " ".join(filter(None, (f"{plan_words(found.plan)}.", names_away_words(found.away), self._gaps))),
            tr("Write keywords"),
            self._dialog,
            self._window.theme,
            enter_does_it=True,  # the export can be undone
        )
        dialog.accepted.connect(lambda: self._export.carry_out(found.plan, names_title(), found.photos))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _closed(self) -> None:
        dialog, self._dialog = self._dialog, None
        self._named.clear()
        if dialog is not None:
            dialog.deleteLater()
