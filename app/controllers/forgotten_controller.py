"""Nobody forgotten: who and what has no keeper, on demand and before an export; never a block."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from app.asking import Asking
from app.controllers.session_controller import SessionController
from core.language import tr
from core.review.forgotten import Forgotten, ForgottenPerson, forgotten
from core.review.forgotten_words import (
    hours_in_short,
    hours_words,
    nothing_words,
    people_in_short,
    person_words,
    scene_words,
    scenes_in_short,
    to_choose_from,
)
from core.shoot.listed import Listed
from core.subject.spots import Spot, spot_of
from core.types import PhotoId, Scene, SceneId
from ui.commands import table
from ui.dialogs.missing_dialog import Missing, MissingDialog
from ui.export.export_dialog import ExportDialog
from ui.grid.sections import dates_needed, scene_title
from ui.main_window import MainWindow
from ui.widgets.picture_list import PictureSources

_TIMES_TOLD = 2  # in the export's line; more are only counted


class ForgottenController(QObject):
    """Asks the engine for what has no keeper, and leads to the frames that could be it.

    Args:
        window: has the command, and shows the frames.
        session: the open shoot.
        export: has a line for it.
        sources: of faces and small pictures.
    """

    def __init__(
        self, window: MainWindow, session: SessionController, export: ExportDialog, sources: PictureSources
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._export = export
        self._sources = sources
        self._asking = Asking(self, window.messages.show_error)
        self._parts: list[list[Missing]] = []  # of the export's line
        window.commands.bind(table.MISSING, lambda: self._look(self._present))
        export.presented.connect(lambda: self._look(self._tell_export))
        export.missing_chosen.connect(self._choose)

    def stop(self) -> None:
        """End what is being looked for."""
        self._asking.stop()

    def _look(self, then: Callable[[Forgotten], None]) -> None:
        shoot = self._session.shoot
        photos, analyses, decisions = dict(shoot.photos), dict(shoot.analyses), dict(shoot.decisions)
        clusters, scenes = tuple(shoot.clusters_in_order()), tuple(shoot.scenes.values())
        forgiven = shoot.forgiven

        def take(found: Forgotten) -> None:
            if self._session.shoot is shoot:
                then(found)

        self._asking.ask(lambda: forgotten(photos, analyses, clusters, scenes, decisions, forgiven), take)

    def _present(self, found: Forgotten) -> None:
        """Show the whole of it."""
        missing = [*self._people(found), *self._scenes(found), *self._hours(found)]
        shoot = self._session.shoot
        kept = any(shoot.decision(photo_id).is_kept for photo_id in shoot.photos)
        note = (
            tr("They have no keeper yet. Choose one to see the frames that could be it.")
            if missing
            else nothing_words(kept=kept, finished=shoot.finished is not None)
        )
        self._open(missing, note)

    def _open(self, missing: Sequence[Missing], note: str) -> None:
        dialog = MissingDialog(missing, note, self._sources, self._window, self._window.theme)
        dialog.chosen.connect(self._show)
        dialog.open()

    def _show(self, one: Missing) -> None:
        self._window.space.show_listed(one.listed, one.first, one.person)

    def _tell_export(self, found: Forgotten) -> None:
        """Tell the export's line: how many people and scenes, and from when to when."""
        people, scenes, hours = self._people(found), self._scenes(found), self._hours(found)
        parts = [
            (people_in_short(len(people)), people),
            (scenes_in_short(len(scenes)), scenes),
            *((when, [one]) for when, one in zip(self._times(found), hours, strict=True)),
        ]
        if len(hours) > _TIMES_TOLD:
            parts[2:] = [(hours_in_short(len(hours)), hours)]
        parts = [(words, missing) for words, missing in parts if missing]
        self._parts = [missing for _, missing in parts]
        self._export.show_missing([words for words, _ in parts])

    def _choose(self, at: int) -> None:
        """Lead from the export's line to the frames, by way of a list where it stands for several."""
        self._export.reject()
        missing = self._parts[at]
        if len(missing) == 1:
            self._show(missing[0])
        else:
            self._open(missing, tr("They have no keeper yet. Choose one to see the frames that could be it."))

    def _people(self, found: Forgotten) -> list[Missing]:
        return [
            _missing(person_words(one), one.candidates, self._face_of(one), one.identity)
            for one in found.people
        ]

    def _scenes(self, found: Forgotten) -> list[Missing]:
        shoot = self._session.shoot
        dates = dates_needed(shoot.scenes.values())
        return [
            _missing(scene_words(one, scene_title(shoot.scenes[one.scene_id], dates)), one.candidates)
            for one in found.scenes
            if one.scene_id in shoot.scenes
        ]

    def _hours(self, found: Forgotten) -> list[Missing]:
        return [
            _missing(hours_words(one, when), one.candidates)
            for one, when in zip(found.hours, self._times(found), strict=True)
        ]

    def _times(self, found: Forgotten) -> list[str]:
        """Say from when to when, with the day where the shoot has several."""
        dates = dates_needed(self._session.shoot.scenes.values())
        return [scene_title(Scene(SceneId(""), (), one.starts_at, one.ends_at), dates) for one in found.hours]

    def _face_of(self, one: ForgottenPerson) -> Spot | None:
        analysis = self._session.shoot.analyses.get(one.candidates[0])
        faces = analysis.faces if analysis is not None else ()
        return next((spot_of(face) for face in faces if face.identity == one.identity), None)


def _missing(
    words: str, candidates: Sequence[PhotoId], spot: Spot | None = None, person: int | None = None
) -> Missing:
    return Missing(words, Listed(to_choose_from(words), frozenset(candidates)), candidates[0], spot, person)
