"""What loupe, compare and survey share: panes that look at the same place, and the keys that are held."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from core.shoot.shoot import Shoot
from core.subject.cast import Cast
from core.subject.spots import subject_spot
from core.types import Analysis, PhotoId
from ui.imaging.overlays import Overlays
from ui.imaging.prefetcher import Prefetcher
from ui.marks.cell_facts import aspect
from ui.theme import DARK, SPACING, Theme
from ui.views.face_strip import FaceFinders, FaceStrip
from ui.views.photo_pane import PhotoPane, Thumbnails
from ui.views.strip_room import USUAL_ASPECT, share
from ui.views.zoom import Place, aligned, first_place, middle_of


class BigView(QWidget):
    """Shows one photo or several large, one of them active. Zoom and place are the same in all panes.

    Places are kept from frame to frame of a burst, on the same face where one is looked at. While the user
    drags, every pane keeps its distance from the active one, so that nothing jumps.

    Args:
        prefetcher: has the pictures; belongs to the object that made it.
        thumbnails: small pictures that stand in.
        theme: colours.
        parent: the window.
        finders: of the faces that are shown beside the photos; without them there is no face strip.
    """

    photo_chosen = Signal(object)  # PhotoId: make it the active one
    step_requested = Signal(int)  # frames to go on by

    def __init__(
        self,
        prefetcher: Prefetcher,
        thumbnails: Thumbnails,
        theme: Theme = DARK,
        parent: QWidget | None = None,
        finders: FaceFinders | None = None,
    ) -> None:
        super().__init__(parent)
        self._finders = finders
        if finders is not None:
            finders.casts.ready.connect(self._mark_main)
        self._prefetcher = prefetcher
        self._thumbnails = thumbnails
        self._theme = theme
        self._shoot = Shoot()
        self._active: PhotoId | None = None
        self._place = Place()  # in the active photo
        self._offsets: dict[PhotoId, tuple[float, float]] = {}  # of the other panes' places from it
        self._overlays = Overlays()
        self._panes: list[PhotoPane] = []
        self._strips: list[FaceStrip] = []
        self._ahead: tuple[PhotoId, ...] = ()  # what the arrow keys show next
        self._strips_on = finders is not None
        self._through_burst = False  # one person in all frames rather than all people of one
        self._person: int | None = None  # the one looked at, as place in the cast's main people
        self._space_held = False
        self._decodes = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # What is shown

    def show_current(self, photo_id: PhotoId, shoot: Shoot, order: Sequence[PhotoId]) -> None:
        """Make a photo the active one.

        Args:
            photo_id: one of the shoot.
            shoot: asked at each painting; call ``refresh`` when it changes.
            order: the photos as the arrow keys step through them, this one among them.
        """
        raise NotImplementedError

    def refresh(self) -> None:
        """Paint again, because decisions, measures or the grouping changed."""
        for pane in self._panes:
            pane.update()
        self._show_strips()

    def clear(self) -> None:
        """Show nothing, fitted."""
        self._active, self._place, self._person = None, Place(), None
        self._offsets.clear()
        for pane in self._panes:
            pane.clear()
        for strip in self._strips:
            strip.show_photo(None, self._shoot, (), None, through_burst=False)

    def set_overlays(self, overlays: Overlays) -> None:
        """Show and hide what is laid over the photos."""
        self._overlays = overlays
        for pane in self._panes:
            pane.set_overlays(overlays)

    def set_decodes(self, decodes: bool) -> None:
        """Set whether this view says what is decoded, or another one that shows the same active photo."""
        self._decodes = decodes

    def panes(self) -> Sequence[PhotoPane]:
        """Return the panes that are in use."""
        return [pane for pane in self._panes if pane.photo_id is not None]

    @property
    def active_pane(self) -> PhotoPane | None:
        """The pane with the active photo."""
        return next((pane for pane in self.panes() if pane.photo_id == self._active), None)

    # Zoom

    @property
    def is_zoomed(self) -> bool:
        """Whether photos are shown enlarged rather than fitted."""
        return self._place.scale is not None

    def toggle_zoom(self, scale: float = 1.0) -> None:
        """Zoom in to single pixels, or to another scale; out to the whole picture where it is there already."""
        if pane := self.active_pane:
            pane.toggle_zoom(scale=scale)

    def zoom_step(self, closer: bool) -> None:
        """Zoom one step closer, or farther."""
        if pane := self.active_pane:
            pane.zoom_step(closer)

    def look_at(self, place: Place) -> None:
        """Look at a place of the active photo."""
        self._place = place
        self._find_offsets()
        self._spread()

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
        stops = self._stops()
        if not stops:
            return
        people = list(stops)
        at = people.index(self._person) if self._person in people else (-1 if by > 0 else 0)
        if self.is_zoomed or self._person not in people:
            at = (at + by) % len(people)
        self._look_at_person(people[at])

    def _look_at_person(self, person: int | None) -> None:
        stops = self._stops()
        if person in stops:
            self._person = person
            self.look_at(Place(max(1.0, self._place.scale or 1.0), *stops[person]))
            self._show_strips()

    def _stops(self) -> dict[int | None, tuple[float, float]]:
        """Return where the active photo can be looked at, left to right: its main people, else its subject."""
        analysis = self._analysis(self._active)
        if analysis is None or self._active is None:
            return {}
        found = self._cast_of(self._active)
        if found is None:  # they are still being looked for, and no key waits
            return {at: middle_of(face.box) for at, face in enumerate(analysis.faces)}
        stops: dict[int | None, tuple[float, float]] = {
            who: middle_of(analysis.faces[person.faces[self._active]].box)
            for who, person in enumerate(found.main)
            if self._active in person.faces
        }
        if not found.main and (spot := subject_spot(analysis)) is not None:
            stops[None] = middle_of(spot.box)
        return stops

    def _cast_of(self, photo_id: PhotoId) -> Cast | None:
        return self._finders.casts.of(photo_id, self._shoot) if self._finders is not None else None

    def _choose_face(self, photo_id: PhotoId, person: int | None) -> None:
        if photo_id != self._active:
            self.photo_chosen.emit(photo_id)
        self._look_at_person(person)

    def _make_strip(self) -> None:
        """Make one more strip, where the faces can be found."""
        if self._finders is not None:
            strip = FaceStrip(self._finders, self._theme, self)
            strip.face_chosen.connect(self._choose_face)
            self._strips.append(strip)

    def _photos_of_strips(self) -> Sequence[PhotoId | None]:
        """Return the photos whose faces the strips show."""
        return [self._active]

    def _show_strips(self) -> None:
        if self._finders is not None:
            shown = [pane.photo_id for pane in self.panes() if pane.photo_id is not None]
            self._finders.casts.want((*shown, *self._ahead), self._shoot)
            self._mark_main()
        for strip, photo_id in zip(self._strips, self._photos_of_strips(), strict=False):
            known = photo_id if photo_id in self._shoot.photos else None
            strip.show_photo(known, self._shoot, self._ahead, self._person, through_burst=self._through_burst)

    def _mark_main(self) -> None:
        """Tell the panes which faces are main people's, as far as it is known."""
        for pane in self.panes():
            found = self._cast_of(pane.photo_id) if pane.photo_id is not None else None
            pane.set_main(found.main_faces(pane.photo_id) if found and pane.photo_id is not None else None)

    # For the views themselves

    def _arrange(self) -> None:
        """Give panes and strips their places."""
        raise NotImplementedError

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

    def _aspect(self, photo_id: PhotoId | None) -> float:
        """Return width by height of a photo, as far as it is known."""
        if photo_id not in self._shoot.photos or photo_id is None:
            return USUAL_ASPECT
        return aspect(self._shoot.photos[photo_id], self._analysis(photo_id)) or USUAL_ASPECT

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange all anew."""
        super().resizeEvent(event)
        self._arrange()

    def _make_pane(self) -> PhotoPane:
        pane = PhotoPane(self._prefetcher, self._thumbnails, self._theme, self)
        pane.set_overlays(self._overlays)
        pane.pressed.connect(lambda: self.photo_chosen.emit(pane.photo_id))
        pane.place_changed.connect(lambda: self._follow(pane))
        self._panes.append(pane)
        return pane

    def _show_in_panes(
        self, photo_ids: Sequence[PhotoId], active: PhotoId, shoot: Shoot, order: Sequence[PhotoId]
    ) -> None:
        """Fill the panes with photos, one of them active, and have what is missing decoded."""
        if self._active is not None and self._same_group(shoot, active):
            here, there = self._shoot.analyses.get(self._active), shoot.analyses.get(active)
            self._place = aligned(self._place, here, there)
        else:
            self._person = None
            if not self.is_zoomed:
                self._place = first_place(shoot.analyses.get(active))
        self._active, self._shoot = active, shoot
        at = order.index(active) if active in order else 0
        self._ahead = (*order[at + 1 : at + 3], *order[max(0, at - 1) : at])
        self._find_offsets(photo_ids)
        if self._decodes:
            others = [photo_id for photo_id in photo_ids if photo_id != active]
            self._prefetcher.show(active, order, full=self.is_zoomed, beside=others)
        for pane, photo_id in zip(self._panes, photo_ids, strict=False):
            pane.show_photo(shoot.photos[photo_id], shoot, self._place_in(photo_id))
        for pane in self._panes[len(photo_ids) :]:
            pane.clear()
        self._arrange()
        self._show_strips()
        self.setAccessibleDescription(shoot.photos[active].path.name)

    def _same_group(self, shoot: Shoot, photo_id: PhotoId) -> bool:
        known = self._active in shoot.photos and self._shoot is shoot
        return known and self._active in shoot.cluster_of(photo_id).photo_ids

    def _follow(self, moved: PhotoPane) -> None:
        """Bring all panes to where the user moved one of them."""
        if moved.photo_id is None:
            return
        was_fitted = not self.is_zoomed
        self._person = None
        across, down = self._offsets.get(moved.photo_id, (0.0, 0.0))
        self._place = replace(moved.place, x=moved.place.x - across, y=moved.place.y - down)
        if was_fitted and self.is_zoomed:
            self._place = aligned(moved.place, moved.analysis, self._analysis(self._active))
            self._find_offsets()
        self._spread(but=moved)
        self._show_strips()

    def _spread(self, but: PhotoPane | None = None) -> None:
        for pane in self.panes():
            if pane is not but and pane.photo_id is not None:
                pane.set_place(self._place_in(pane.photo_id))

    def _place_in(self, photo_id: PhotoId) -> Place:
        across, down = self._offsets.get(photo_id, (0.0, 0.0))
        return replace(self._place, x=self._place.x + across, y=self._place.y + down)

    def _find_offsets(self, photo_ids: Sequence[PhotoId] | None = None) -> None:
        """Find how far each photo's place is from the active one's, so that both are on the same face."""
        if photo_ids is None:
            photo_ids = [pane.photo_id for pane in self.panes() if pane.photo_id is not None]
        here = self._analysis(self._active)
        self._offsets.clear()
        for photo_id in photo_ids:
            if photo_id != self._active:
                there = aligned(self._place, here, self._analysis(photo_id))
                self._offsets[photo_id] = (there.x - self._place.x, there.y - self._place.y)

    def _analysis(self, photo_id: PhotoId | None) -> Analysis | None:
        return self._shoot.analyses.get(photo_id) if photo_id is not None else None

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step by the arrows, zoom while Space is held; all other keys are the window's."""
        if (by := self._step_of(event)) is not None:
            self.step_requested.emit(by)
        elif event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat() and not self.is_zoomed:
                self._space_held = True
                self.toggle_zoom()
        else:
            event.ignore()

    def _step_of(self, event: QKeyEvent) -> int | None:
        """Return by how many frames a key steps; None for all other keys."""
        match event.key():
            case Qt.Key.Key_Right | Qt.Key.Key_Down:
                return 1
            case Qt.Key.Key_Left | Qt.Key.Key_Up:
                return -1
        return None

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Zoom out again when Space is let go."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._let_go()
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Zoom out: a key let go elsewhere is never heard here."""
        self._let_go()
        super().focusOutEvent(event)

    def _let_go(self) -> None:
        if self._space_held:
            self._space_held = False
            self.look_at(replace(self._place, scale=None))
