"""Panes that look at the same place, and the keys that are held."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QAccessible, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from core.grouping.registration import Registration
from core.shoot.shoot import Shoot
from core.subject.aimed import aimed_at
from core.types import Analysis, Box, PhotoId
from ui.imaging.overlays import Overlays
from ui.marks.cell_words import accessible_text
from ui.spoken import announce
from ui.views.pane_sources import PaneSources
from ui.views.photo_pane import PhotoPane
from ui.views.shared_place import SharedPlace
from ui.views.zoom import Place, aligned, first_place

_PAN = 0.25  # of the view, for one press
_WAYS = {
    Qt.Key.Key_Left: QPointF(-_PAN, 0),
    Qt.Key.Key_Right: QPointF(_PAN, 0),
    Qt.Key.Key_Up: QPointF(0, -_PAN),
    Qt.Key.Key_Down: QPointF(0, _PAN),
}


class PanesView(QWidget):
    """Shows one photo or several large, one of them active. Zoom and place are the same in all panes.

    Places are kept from frame to frame of a burst, on the same face where one is looked at. While the user
    drags, every pane keeps its distance from the active one, so that nothing jumps.

    Args:
        sources: of the pictures.
        parent: the window.
    """

    SPOKEN_AS = QAccessible.Role.Graphic

    photo_chosen = Signal(object)  # PhotoId: make it the active one
    step_requested = Signal(int)  # frames to go on by
    carried = Signal(object)  # PhotoId: dragged out

    def __init__(self, sources: PaneSources, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._order: Sequence[PhotoId] = ()
        self._sources = sources
        self._prefetcher = sources.prefetcher
        self._shoot = Shoot()
        self._active: PhotoId | None = None
        self._looking = SharedPlace()
        self._overlays = Overlays()
        self._panes: list[PhotoPane] = []
        self._space_held = False
        self._decodes = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as its panes stand, and as the keys go

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
        self._shown()
        self._describe()

    def clear(self) -> None:
        """Show nothing, fitted."""
        self._active, self._shoot, self._order = None, Shoot(), ()
        self._looking.clear()
        for pane in self._panes:
            pane.clear()

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
        return self._looking.place.scale is not None

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
        self._looking.place = place
        self._find_offsets()
        self._spread()
        self._look_ahead()

    # For the views themselves

    def _arrange(self) -> None:
        """Give the panes their places."""
        raise NotImplementedError

    def _shown(self) -> None:
        """Hear that other photos are shown, or that what is known of them changed."""

    def _user_moved(self) -> None:
        """Hear that the user looks elsewhere."""

    def _beside(self) -> Sequence[PhotoId]:
        """Return what is to be decoded although no pane shows it."""
        return ()

    def _registration(self, _here: PhotoId | None, _there: PhotoId | None) -> Registration | None:
        """Return how two photos lie over each other, as far as that is known."""
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange all anew."""
        super().resizeEvent(event)
        self._arrange()
        self._spread()

    def _make_pane(self) -> PhotoPane:
        pane = PhotoPane(self._sources, self)
        pane.set_overlays(self._overlays)
        pane.button_down.connect(self._look_ahead)
        pane.pressed.connect(lambda: self.photo_chosen.emit(pane.photo_id))
        pane.place_changed.connect(lambda: self._follow(pane))
        pane.dragged.connect(self._align)
        pane.carried.connect(lambda: self.carried.emit(pane.photo_id))
        self._panes.append(pane)
        return pane

    def _show_in_panes(
        self, photo_ids: Sequence[PhotoId], active: PhotoId, shoot: Shoot, order: Sequence[PhotoId]
    ) -> None:
        """Fill the panes with photos, one of them active, and have what is missing decoded."""
        pane = next((pane for pane in self.panes() if pane.photo_id == active), None)
        if pane is not None and self.is_zoomed:  # it stays as it is, and the others beside it
            self._looking.place = pane.place
        else:
            self._looking.place = self._place_in(active, shoot)
        is_another = active != self._active
        self._active, self._shoot, self._order = active, shoot, order
        self._find_offsets(photo_ids)
        for pane, photo_id in zip(self._panes, photo_ids, strict=False):
            pane.show_photo(shoot.photos[photo_id], shoot, self._looking.of(photo_id))
        for pane in self._panes[len(photo_ids) :]:
            pane.clear()
        self._arrange()
        self._spread()
        self._shown()
        self._decode()
        self._describe()
        if is_another and self.hasFocus():
            announce(self, self.accessibleDescription())

    def _describe(self) -> None:
        """Tell who asks which photo is the active one, what each pane shows, and what is decided of it."""
        for pane in self.panes():
            if pane.photo_id in self._shoot.photos:
                pane.setAccessibleDescription(accessible_text(pane.photo_id, self._shoot, stacked=False))
                if pane.photo_id == self._active:
                    self.setAccessibleDescription(pane.accessibleDescription())

    def _decode(self) -> None:
        """Have what is missing of the photos decoded."""
        if self._decodes and self._active is not None:
            shown = [pane.photo_id for pane in self.panes() if pane.photo_id is not None]
            beside = [each for each in (*shown, *self._beside()) if each != self._active]
            self._prefetcher.show(
                self._active, self._order, full=self.is_zoomed, beside=beside, look=self._closer_look
            )

    def _closer_look(self, photo_id: PhotoId) -> Box | None:
        """Return what would be seen at 1:1 of the active photo, or of one that may be shown next."""
        pane = self.active_pane
        if pane is None or photo_id not in self._shoot.photos:
            return None
        is_active = photo_id == self._active
        place = self._looking.place if is_active else self._place_in(photo_id, self._shoot)
        return pane.closer_look(self._shoot.photos[photo_id], self._analysis(photo_id), place)

    def _look_ahead(self) -> None:
        """Have decoded ahead what would be seen from now on."""
        if self._decodes:
            self._prefetcher.look_again()

    def _place_in(self, photo_id: PhotoId, shoot: Shoot) -> Place:
        """Return where a photo is looked at when it is shown after the active one."""
        if self._active is not None and self._same_group(shoot, photo_id):
            return self._same_place(self._looking.place, self._active, photo_id)
        if self.is_zoomed:
            return self._looking.place
        analysis = shoot.analyses.get(photo_id)
        return first_place(analysis, aimed_at(shoot.photos[photo_id], analysis))

    def _same_group(self, shoot: Shoot, photo_id: PhotoId) -> bool:
        known = self._active in shoot.photos and self._shoot is shoot
        return known and self._active in shoot.cluster_of(photo_id).photo_ids

    def _follow(self, moved: PhotoPane) -> None:
        """Bring all panes to where the user moved one of them."""
        if moved.photo_id is None:
            return
        was_fitted = not self.is_zoomed
        self._looking.follow(moved.photo_id, moved.place)
        if was_fitted and self.is_zoomed:
            self._looking.place = self._same_place(moved.place, moved.photo_id, self._active)
            self._find_offsets()
            self._look_ahead()
        self._spread(but=moved)
        self._user_moved()

    def _align(self) -> None:
        """Bring the panes beside the active one to the same thing."""
        self._find_offsets()
        self._spread()
        self._look_ahead()

    def _spread(self, but: PhotoPane | None = None) -> None:
        active = self.active_pane
        if active is not None and active is not but:
            active.set_place(self._looking.place)
        seen = active.seen_place() if active is not None else None
        for pane in self.panes():
            if pane is not but and pane is not active and pane.photo_id is not None:
                pane.set_place(self._looking.of(pane.photo_id, seen))

    def _find_offsets(self, photo_ids: Sequence[PhotoId] | None = None) -> None:
        """Find what is looked at in the photos beside the active one."""
        if photo_ids is None:
            photo_ids = [pane.photo_id for pane in self.panes() if pane.photo_id is not None]
        others = [photo_id for photo_id in photo_ids if photo_id != self._active]
        self._looking.find(
            others, lambda photo_id: self._same_place(self._looking.place, self._active, photo_id)
        )

    def _same_place(self, place: Place, here: PhotoId | None, there: PhotoId | None) -> Place:
        """Return the same place in another photo: on the same face, or on the same thing as far as that is known."""
        laid = self._registration(here, there)
        return aligned(place, self._analysis(here), self._analysis(there), laid)

    def _analysis(self, photo_id: PhotoId | None) -> Analysis | None:
        return self._shoot.analyses.get(photo_id) if photo_id is not None else None

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step by the arrows, move what is enlarged by them with Shift, zoom while Space is held.

        All other keys are the window's.
        """
        way = _WAYS.get(Qt.Key(event.key()))
        pane = self.active_pane
        if way and pane and pane.is_zoomed and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            pane.pan(way)
        elif (by := self._step_of(event)) is not None:
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
            self.look_at(replace(self._looking.place, scale=None))
