"""The shoot by look: found beside the window, shown as tiles, opened in the grid, named."""

from contextlib import suppress
from functools import partial

from PySide6.QtCore import QObject

from app.background import Background
from app.bootstrap import Services, local_models
from app.controllers.review_controller import ReviewController
from app.controllers.session_controller import SessionController
from app.grown_looks import grow_elsewhere
from app.told_work import ToldWork
from core.cancelling import Cancelled, Stopped
from core.language import explained, ntr, tr
from core.looks.looks import Look, find_looks
from core.pipeline.look_finder import FoundLooks, grow_looks, joined, remember_looks
from core.pipeline.runner import made_by
from core.shoot.listed import Listed
from core.types import PhotoId
from ui.commands import table
from ui.dialogs.looks_dialog import LooksDialog, LookTile, NameLookDialog
from ui.main_window import MainWindow
from ui.widgets.picture_list import PictureSources


class LooksController(QObject):
    """Shows looks when they are asked for, and remembers how finely they were told apart.

    Args:
        window: has the commands.
        session: the open shoot.
        review: names looks, so that it can be undone.
        services: keep measures and looks.
        sources: of pictures.
    """

    def __init__(
        self,
        window: MainWindow,
        session: SessionController,
        review: ReviewController,
        services: Services,
        sources: PictureSources,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._review = review
        self._services = services
        self._sources = sources
        self._detail = 0.5
        self._among: frozenset[PhotoId] | None = None
        self._found: FoundLooks | None = None
        self._grown: FoundLooks | None = None  # found without newcomers, who are put into it
        self._dialog: LooksDialog | None = None
        self._told = ToldWork(window.messages)
        self._finding = Background(self, window.messages.show_error)
        window.commands.bind(table.LOOKS, self.show)
        window.commands.bind(table.NAME_LOOK, self._name_selection)
        session.opened.connect(self._forget)

    def stop(self) -> None:
        """Wait for what is being found, bounded: the program closes."""
        self._finding.stop()

    def show(self) -> None:
        """Show the looks of what is measured by now: of the selection, where that is several photos."""
        selected = self._window.space.frames_to_group()
        self._begin(frozenset(selected) if len(self._window.space.targets()) > 1 else None)

    def _begin(self, among: frozenset[PhotoId] | None) -> None:
        """Look for the looks of some photos; of all where None is given."""
        shoot = self._session.shoot
        if not shoot.analyses:
            self._window.messages.show_info(tr("Looks are known as soon as photos are measured."))
            return
        if self._finding.is_busy:
            return
        self._among = among
        photos = tuple(photo for photo in shoot.photos.values() if among is None or photo.id in among)
        analyses = dict(shoot.analyses)
        services, settings = self._services, self._session.settings
        cache, is_whole = self._services.measures, shoot.finished is not None and among is None
        former = self._grown if among is None else None

        def find(cancelled: Cancelled) -> FoundLooks | None:
            made = made_by(local_models(settings, services.places))  # reads the weights, if nobody has yet
            known = remember_looks(photos, analyses, made, cache)
            if known is None and former is not None and not is_whole:
                known = joined(former, photos, analyses, made, cache)
            with suppress(Stopped):  # the program closes
                grow = partial(grow_elsewhere, cancelled=cancelled)
                return known or grow_looks(photos, analyses, made, cache, keep=is_whole, grow=grow)
            return None

        self._told.begin(tr("Looking for what looks alike…"))
        self._finding.do_long(find, lambda found: self._take(shoot, found), self._told.fail)

    def _take(self, shoot: object, found: FoundLooks | None) -> None:
        self._told.end()
        if shoot is not self._session.shoot or found is None:
            return
        self._found = found
        if found.grower is not None and self._among is None:
            self._grown = found
        dialog = LooksDialog(self._sources, self._window, self._window.theme)
        dialog.detail_chosen.connect(self._set_detail)
        dialog.opened.connect(self._open)
        dialog.naming_requested.connect(self._name)
        dialog.finished.connect(self._closed)
        self._dialog = dialog
        self._refresh()
        dialog.open()

    def _refresh(self) -> None:
        found, shoot = self._found, self._session.shoot
        if self._dialog is None or found is None:
            return
        looks = find_looks(found.tree, found.frames, shoot.look_names(), self._detail)
        self._dialog.show_looks(looks, self._detail, self._note(len(found.frames)))

    def _note(self, known: int) -> str:
        """Say which photos these are looks of, where it is not all of them."""
        photos = self._session.shoot.photos
        among = photos.keys() if self._among is None else self._among
        wanted = len(among)
        sentences = []
        if self._among is not None:
            sentences.append(
                ntr("Of the {count:,} selected photo.", "Of the {count:,} selected photos.", wanted).format(
                    count=wanted
                )
            )
        films = sum(photo_id in photos and photos[photo_id].is_film for photo_id in among)  # never measured
        failed = len(self._session.shoot.unseen().intersection(among))
        if failed:
            words = ntr(
                "{count:,} photo cannot be measured, so its look is not known.",
                "{count:,} photos cannot be measured, so their looks are not known.",
                failed,
            )
            sentences.append(words.format(count=failed))
        if (missing := wanted - films - failed - known) > 0:
            words = ntr(
                "{count:,} photo is not measured yet, so its look is not known.",
                "{count:,} photos are not measured yet, so their looks are not known.",
                missing,
            )
            sentences.append(words.format(count=missing))
        return " ".join(sentences)

    def _set_detail(self, detail: float) -> None:
        self._detail = detail
        self._refresh()

    def _open(self, tile: LookTile) -> None:
        name, *count = tile.title.split("\n", 1)
        title = explained(name, *count) if count else name
        listed = Listed(title, frozenset(tile.photo_ids))
        self._window.space.show_listed(listed, tile.cover)
        among = self._among
        self._window.space.filters.offer(listed, tr("Back to the looks"), lambda: self._begin(among))

    def _name(self, looks: list[Look]) -> None:
        photo_ids = [photo_id for look in looks for photo_id in look.photo_ids]
        name = next((look.name or look.proposed for look in looks if look.name or look.proposed), "")
        self._ask_name(photo_ids, name)

    def _name_selection(self) -> None:
        photo_ids = self._window.space.frames_to_group()
        names = self._session.shoot.look_names()
        if photo_ids:
            self._ask_name(photo_ids, next((names[each] for each in photo_ids if each in names), ""))

    def _ask_name(self, photo_ids: list[PhotoId], name: str) -> None:
        dialog = NameLookDialog(len(photo_ids), name, self._dialog or self._window, self._window.theme)
        dialog.named.connect(lambda text: self._give_name(photo_ids, text))
        dialog.open()

    def _give_name(self, photo_ids: list[PhotoId], name: str) -> None:
        self._review.apply(lambda: self._session.review.name_look(photo_ids, name))
        self._refresh()

    def _closed(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.deleteLater()

    def _forget(self) -> None:
        self._found = self._grown = self._among = None
