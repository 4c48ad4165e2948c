"""What loupe, compare and survey share: the faces beside the photos, and another frame that is laid over one."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from core.grouping.registration import Registration
from core.shoot.shoot import Shoot
from core.subject.cast import Cast
from core.types import PhotoId
from ui.imaging.overlays import Overlays
from ui.marks.cell_facts import aspect
from ui.theme import SPACING
from ui.views.face_stops import Stops, face_stops, next_stop
from ui.views.face_strip import FaceStrip
from ui.views.pane_sources import PaneSources
from ui.views.panes_view import PanesView
from ui.views.photo_pane import Opposite, PhotoPane
from ui.views.strip_room import USUAL_ASPECT, share
from ui.views.zoom import Place

_REST_MS = 500  # from here on somebody looks, and is not on the way to another photo


class BigView(PanesView):
    """Shows photos large, with the main people of them beside.

    Args:
        sources: of pictures, and of what is shown beside and over them.
        parent: the window.
    """

    def __init__(self, sources: PaneSources, parent: QWidget | None = None) -> None:
        super().__init__(sources, parent)
        self._finders = finders = sources.finders
        self._strips: list[FaceStrip] = []
        self._strips_on = finders is not None
        self._through_burst = False  # one person in all frames rather than all people of one
        self._person: int | None = None  # the one looked at, as place in the cast's main people
        self._came_from: PhotoId | None = None  # the frame of the same burst that was active before
        self._flickers = False
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._register)
        if finders is not None:
            finders.casts.ready.connect(self._mark_main)
            finders.registrations.ready.connect(self._registered)
            finders.raws.ready.connect(self._tell_raws)

    def clear(self) -> None:
        """Show nothing, fitted."""
        super().clear()
        self._person = self._came_from = None
        for strip in self._strips:
            strip.show_photo(None, self._shoot, (), None, through_burst=False)

    def set_overlays(self, overlays: Overlays) -> None:
        """Show and hide what is laid over the photos."""
        super().set_overlays(overlays)
        self._show_strips()
        self._pair()
        self._decode()
        self._tell_raws()

    # Faces

    def set_strips(self, on: bool) -> None:
        """Show the faces beside the photos, or leave all the room to the photos."""
        self._strips_on = on and self._finders is not None
        self._arrange()
        self._show_strips()

    def set_through_burst(self, through_burst: bool) -> None:
        """Show one person through the whole burst, or all people of the photo."""
        self._through_burst = through_burst
        self._show_strips()

    def step_face(self, by: int) -> None:
        """Look at the next main face at 1:1, or the one before; after the last comes the first.

        Where the whole photo is seen, it is the face looked at last, else the first. Without people it is
        the subject.
        """
        if stops := self._stops():
            self._look_at_person(next_stop(stops, self._asked_for(), by, zoomed=self.is_zoomed))

    def _asked_for(self) -> int | None:
        """Return whose face is asked for: the one looked at last, else the person the photos are narrowed to."""
        sought = self._overlays.person
        if self._person is not None or self._active is None or sought is None:
            return self._person
        found = self._cast_of(self._active)
        return found.place_of(sought, self._shoot.analyses) if found is not None else None

    def _look_at_person(self, person: int | None) -> None:
        stops = self._stops()
        if person in stops:
            self._person = person
            self.look_at(Place(max(1.0, self._looking.place.scale or 1.0), *stops[person]))
            self._show_strips()

    def _stops(self) -> Stops:
        found = self._cast_of(self._active) if self._active is not None else None
        return face_stops(self._analysis(self._active), found)

    def _cast_of(self, photo_id: PhotoId) -> Cast | None:
        return self._finders.casts.of(photo_id, self._shoot) if self._finders is not None else None

    def _choose_face(self, photo_id: PhotoId, person: int | None) -> None:
        if photo_id != self._active:
            self.photo_chosen.emit(photo_id)
        self._look_at_person(person)

    def _make_strip(self) -> None:
        """Make one more strip, where the faces can be found."""
        if self._finders is not None:
            strip = FaceStrip(self._finders, self._sources.theme, self)
            strip.face_chosen.connect(self._choose_face)
            self._strips.append(strip)

    def _photos_of_strips(self) -> Sequence[PhotoId | None]:
        """Return the photos whose faces the strips show."""
        return [self._active]

    def _show_strips(self) -> None:
        ahead = self._ahead()
        if self._finders is not None:
            shown = [pane.photo_id for pane in self.panes() if pane.photo_id is not None]
            self._finders.casts.want((*shown, *ahead), self._shoot)
            self._mark_main()
        person = self._asked_for()
        photos = self._photos_of_strips()
        for strip, photo_id in zip(self._strips, photos, strict=False):
            known = photo_id if photo_id in self._shoot.photos else None
            beside = [each for each in photos if each is not None and each != known]
            strip.show_photo(
                known, self._shoot, ahead, person, through_burst=self._through_burst, beside=beside
            )

    def _mark_main(self) -> None:
        """Tell the panes which faces are main people's, as far as it is known."""
        for pane in self.panes():
            found = self._cast_of(pane.photo_id) if pane.photo_id is not None else None
            pane.set_main(found.main_faces(pane.photo_id) if found and pane.photo_id is not None else None)

    def _ahead(self) -> Sequence[PhotoId]:
        """Return what the arrow keys show next."""
        if self._active not in self._order:
            return ()
        at = self._order.index(self._active)
        return (*self._order[at + 1 : at + 3], *self._order[max(0, at - 1) : at])

    def _share(self, room: QRect, photo_id: PhotoId | None, pane: PhotoPane, strip: int) -> None:
        """Give a room to a pane and, where they are shown, to the faces beside it."""
        shown = self._strips_on and strip < len(self._strips)
        if shown:
            shares = share(room, self._aspect(photo_id), SPACING // 2)
            self._strips[strip].setGeometry(shares.faces)
            room = shares.photos
        pane.setGeometry(room)
        for each in self._strips[strip : strip + 1]:
            each.setVisible(shown)

    def _side_by_side(self, room: QRect) -> None:
        """Give each pane in use an equal part of a room, and its faces a part of that; alike for all of them."""
        shown = self.panes() or self._panes
        wide = (room.width() - (len(shown) - 1) * (SPACING // 2)) // len(shown)
        for at, pane in enumerate(self._panes):
            part = QRect(room.left() + at * (wide + SPACING // 2), room.top(), wide, room.height())
            self._share(part, self._panes[0].photo_id, pane, at)
            for strip in self._strips[at : at + 1]:
                strip.setVisible(strip.isVisibleTo(self) and pane in shown)

    def _aspect(self, photo_id: PhotoId | None) -> float:
        """Return width by height of a photo, as far as it is known."""
        if photo_id not in self._shoot.photos or photo_id is None:
            return USUAL_ASPECT
        return aspect(self._shoot.photos[photo_id], self._analysis(photo_id)) or USUAL_ASPECT

    def _show_in_panes(
        self, photo_ids: Sequence[PhotoId], active: PhotoId, shoot: Shoot, order: Sequence[PhotoId]
    ) -> None:
        """Fill the panes with photos, and remember which frame of the burst was looked at before."""
        if self._active is None or not self._same_group(shoot, active):
            self._person = self._came_from = None
        elif self._active != active:
            self._came_from = self._active
        super()._show_in_panes(photo_ids, active, shoot, order)

    def _shown(self) -> None:
        self._show_strips()
        self._pair()
        self._tell_raws()

    def _tell_raws(self) -> None:
        """Tell the panes what the RAWs of their photos hold, where that is asked for, and have the rest measured."""
        if self._finders is None or not self._overlays.raw:
            return
        shown = [(pane, pane.photo_id) for pane in self.panes() if pane.photo_id is not None]
        for pane, photo_id in shown:
            pane.set_raw(self._finders.raws.of(photo_id))
        if self.isVisible():
            self._finders.raws.want([photo_id for _, photo_id in shown])

    def _user_moved(self) -> None:
        self._person = None
        self._show_strips()
        self._pair()

    # The other frame, laid over the active one

    def set_flicker(self, on: bool) -> None:
        """Show the other frame in the place of the active one, or that one again."""
        if on is not self._flickers:
            self._flickers = on
            if on:
                self._pair()
                self._decode()
            for pane in self.panes():
                pane.set_flicker(on and pane is self.active_pane)

    @property
    def _lays_over(self) -> bool:
        return self._flickers or self._overlays.differences

    def _opposite_of(self, photo_id: PhotoId) -> PhotoId | None:
        """Return what to lay over a frame: the one come from, else the suggested one, else any of the burst."""
        cluster = self._shoot.cluster_of(photo_id)
        candidates = (self._came_from, cluster.suggested_pick, *cluster.photo_ids)
        return next((each for each in candidates if each in cluster.photo_ids and each != photo_id), None)

    def _paired(self) -> Sequence[PhotoPane]:
        """Return the panes over which another frame can be laid."""
        return [pane] if (pane := self.active_pane) is not None else []

    def _pair(self) -> None:
        """Tell the panes what is laid over them, and have found how it lies there.

        That is done at once where somebody looks so close that it counts, else when the view has come to rest.
        """
        if self._finders is None or self._active is None:
            return
        paired = self._paired()
        for pane in self.panes():
            pane.lay_over(self._opposite(pane.photo_id) if pane in paired and pane.photo_id else None)
        if self._lays_over or self.is_zoomed:
            self._register()
        else:
            self._rest.start()

    def _opposite(self, photo_id: PhotoId) -> Opposite | None:
        other = self._opposite_of(photo_id)
        if other is None or self._finders is None:
            return None
        tried = self._finders.registrations.is_known(photo_id, other)
        return Opposite(self._shoot.photos[other], self._registration(photo_id, other), tried)

    def _register(self) -> None:
        """Have found how the frames lie over the active one that are, or soon may be, shown in its place."""
        if self._finders is None or self._active is None or not self.isVisible():
            return
        cluster = self._shoot.cluster_of(self._active).photo_ids
        shown = [pane.photo_id for pane in self.panes()] if self.is_zoomed else []
        near = [each for each in self._ahead() if each in cluster] if self.is_zoomed else []
        others = [each for each in (self._opposite_of(self._active), *shown, *near) if each is not None]
        self._finders.registrations.want([(self._active, each) for each in others])

    def _registered(self) -> None:
        """Lay over what can be laid over now, and bring the panes beside the active one to the same thing."""
        if self.isVisible():
            self._pair()
            if self.is_zoomed:
                self._align()

    def _registration(self, here: PhotoId | None, there: PhotoId | None) -> Registration | None:
        if self._finders is None or here is None or there is None:
            return None
        return self._finders.registrations.between(here, there)

    def _beside(self) -> Sequence[PhotoId]:
        opposite = self._opposite_of(self._active) if self._active is not None and self._lays_over else None
        return [opposite] if opposite is not None else []

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the other frame while Y is held."""
        if event.key() == Qt.Key.Key_Y and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.set_flicker(True)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Show the active frame again when Y is let go."""
        if event.key() == Qt.Key.Key_Y and not event.isAutoRepeat():
            self.set_flicker(False)
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the active frame again: a key let go elsewhere is never heard here."""
        self.set_flicker(False)
        super().focusOutEvent(event)
