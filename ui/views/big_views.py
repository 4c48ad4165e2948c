"""The views in which photos are large: loupe, compare, survey, faces and audit, and the commands they answer to."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core.shoot.shoot import Shoot
from core.types import Box, PhotoId
from ui.commands import table
from ui.commands.command import Command, Where
from ui.commands.registry import Registry
from ui.imaging.overlays import OverlayName, Overlays
from ui.views.audit_view import AuditView
from ui.views.big_view import BigView
from ui.views.compare_view import CompareView, favourite
from ui.views.face_panel import FacePanel
from ui.views.finders import Finders
from ui.views.loupe_view import LoupeView
from ui.views.pane_sources import PaneSources
from ui.views.survey_view import SurveyView
from ui.views.zoom import Place

_OVERLAYS: Mapping[OverlayName, Command] = {
    "faces": table.FACES,
    "info": table.INFO,
    "histogram": table.HISTOGRAM,
    "clipping": table.CLIPPING,
    "peaking": table.PEAKING,
    "focus_areas": table.FOCUS_AREAS,
    "raw": table.RAW_TRUTH,
    "differences": table.DIFFERENCES,
}


class BigViews(QObject):
    """Makes the views, and gives each command to the one in front.

    Args:
        sources: of the pictures.
        finders: of what is shown beside and over photos.
        parent: the widget the views are in.
    """

    photo_chosen = Signal(object)  # PhotoId: make it the active one
    step_requested = Signal(int)
    carried = Signal(object)  # PhotoId: dragged out
    look_requested = Signal()  # the loupe is to be shown, at the place it looks at

    def __init__(self, sources: PaneSources, finders: Finders, parent: QWidget) -> None:
        super().__init__(parent)
        sources = replace(sources, finders=finders)
        self.loupe = LoupeView(sources, parent)
        self.compare = CompareView(sources, parent)
        self.survey = SurveyView(sources, parent)
        self.faces = FacePanel(finders, sources.theme, parent)
        self.audit = AuditView(sources, parent)
        self._with_strips = (self.loupe, self.compare, self.survey, self.audit)
        self._finders = finders
        self._through_burst = False
        self.overlays = Overlays()
        self._selected: frozenset[PhotoId] = frozenset()  # those a comparison was begun with
        self.by_screen: dict[Where, BigView | FacePanel] = {
            Where.LOUPE: self.loupe,
            Where.COMPARE: self.compare,
            Where.SURVEY: self.survey,
            Where.FACES: self.faces,
            Where.AUDIT: self.audit,
        }
        for view in self.by_screen.values():
            view.photo_chosen.connect(self.photo_chosen)
            view.step_requested.connect(self.step_requested)
        for view in (self.loupe, self.compare, self.survey):
            view.carried.connect(self.carried)
        self.faces.look_requested.connect(self._look_at)

    def screen_of(self, view: QWidget) -> Where | None:
        """Return which screen a widget is; None for one that is none of these."""
        return next((where for where, each in self.by_screen.items() if each is view), None)

    def clear(self) -> None:
        """Forget what was shown: another shoot is opened."""
        self._finders.registrations.clear()
        self._finders.layers.clear()
        self._finders.raws.clear()
        for view in self.by_screen.values():
            view.clear()

    def frames(self, view: QWidget) -> Sequence[PhotoId] | None:
        """Return what the arrow keys step through in a view of several frames; None in all others."""
        return view.frames() if isinstance(view, CompareView | SurveyView | FacePanel | AuditView) else None

    def competing(self, view: QWidget, shoot: Shoot) -> tuple[Sequence[PhotoId], Sequence[PhotoId]]:
        """Return the winners so far and all that compete with them, in compare and survey; nobody anywhere else.

        Frames of other groups compete only where the user selected them: mere neighbours of a single frame are
        looked at beside it, and lose nothing.
        """
        if not isinstance(view, CompareView | SurveyView):
            return (), ()
        winners = view.winners()
        groups = {shoot.cluster_of(winner).id for winner in winners}
        return winners, [
            frame
            for frame in view.competitors()
            if frame in self._selected or shoot.cluster_of(frame).id in groups
        ]

    def unseen(self, view: QWidget) -> Sequence[PhotoId]:
        """Return the frames that compete in a survey and were never shown, for want of room."""
        return view.unseen() if isinstance(view, SurveyView) else ()

    def begin(
        self,
        where: Where,
        frames: Sequence[PhotoId],
        current: PhotoId,
        shoot: Shoot,
        selected: Collection[PhotoId] = (),
    ) -> PhotoId:
        """Start a comparison or a survey of frames.

        Args:
            where: the screen that is going to be shown; for any other there is nothing to start.
            frames: two or more, in order, the current one among them.
            current: the active photo.
            shoot: says which of them is picked or suggested, and so is the first champion.
            selected: those of them that the user chose.

        Returns:
            The frame that should be the active one.
        """
        self._selected = frozenset(selected)
        if where is Where.COMPARE:
            return self.compare.open(frames, favourite(frames, shoot), current)
        if where is Where.SURVEY:
            self.survey.open(frames)
        return current

    def bind(self, commands: Registry, front: Callable[[], QWidget]) -> None:
        """Have the commands of the large views done by these, those that look closer by the one in front.

        Args:
            commands: the window's.
            front: says which view is seen, the grid among others.
        """

        def large(how: Callable[[BigView], None]) -> Callable[[], None]:
            def do() -> None:
                if isinstance(view := front(), BigView):
                    how(view)

            return do

        self.compare.bind(commands)
        self.survey.bind(commands)
        self.audit.bind(commands)
        commands.bind_each(_OVERLAYS, lambda name: self._set_overlays(self.overlays.toggled(name)))
        commands.bind(table.ZOOM, large(lambda view: view.toggle_zoom()))
        commands.bind(table.ZOOM_DOUBLE, large(lambda view: view.toggle_zoom(2.0)))
        commands.bind(table.ZOOM_CLOSER, large(lambda view: view.zoom_step(closer=True)))
        commands.bind(table.ZOOM_FARTHER, large(lambda view: view.zoom_step(closer=False)))
        commands.bind(table.PREVIOUS_FACE, large(lambda view: view.step_face(-1)))
        commands.bind(table.NEXT_FACE, large(lambda view: view.step_face(1)))
        commands.bind(table.PERSON_THROUGH_BURST, self._toggle_through_burst)

    def mark_person(self, person: int | None) -> None:
        """Frame the face of the person that the photos are narrowed to; None for nobody's."""
        if person != self.overlays.person:
            self._set_overlays(replace(self.overlays, person=person))

    def set_strips(self, on: bool) -> None:
        """Show the faces beside the photos, or leave all the room to the photos."""
        for view in self._with_strips:
            view.set_strips(on)

    def _toggle_through_burst(self) -> None:
        self._through_burst = not self._through_burst
        for view in self._with_strips:
            view.set_through_burst(self._through_burst)

    def _set_overlays(self, overlays: Overlays) -> None:
        self.overlays = overlays
        for view in self._with_strips:
            view.set_overlays(overlays)

    def _look_at(self, photo_id: PhotoId, box: Box) -> None:
        self.photo_chosen.emit(photo_id)
        self.look_requested.emit()
        self.loupe.look_at(Place(1.0, box.x + box.width / 2, box.y + box.height / 2))


def beside(frames: Sequence[PhotoId], photo_id: PhotoId, by: int) -> PhotoId | None:
    """Return the frame so many places from another one; None beyond either end."""
    at = frames.index(photo_id) + by if photo_id in frames else -1
    return frames[at] if 0 <= at < len(frames) else None
