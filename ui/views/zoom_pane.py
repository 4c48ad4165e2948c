"""A pane that is looked into: fitted or enlarged, zoomed and dragged by the mouse."""

from dataclasses import replace

from PySide6.QtCore import QPointF, QSizeF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.views.zoom import Place, next_scale, panned, scale_of, scales, within, zoomed

_NOTCH = 120  # a mouse wheel's step in Qt's unit


class ZoomPane(QWidget):
    """Keeps the place that is looked at in a picture whose size somebody else knows.

    Args:
        parent: the view.
    """

    button_down = Signal()  # a click may follow, which looks closer there
    pressed = Signal()  # by a click that neither dragged nor zoomed
    place_changed = Signal()  # by the user, in this pane
    dragged = Signal()  # it was let go after being dragged
    carried = Signal()  # the whole picture, not enlarged, is dragged out

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = Place()
        self._is_active = True
        self._pressed_at: QPointF | None = None
        self._dragged_from: QPointF | None = None
        self._wheel = 0

    def _picture_size(self) -> QSizeF | None:
        """Return the pixels of the upright picture; None where there is none, and nothing to zoom into."""
        raise NotImplementedError

    @property
    def place(self) -> Place:
        """Where the photographer looks."""
        return self._place

    def seen_place(self) -> Place:
        """Return the place as it is seen: what is wanted in the middle cannot be there near the picture's edges."""
        picture = self._picture_size()
        if picture is None or not self.is_zoomed or self._place.beyond:
            return self._place
        return within(self._place, picture, self._view())

    @property
    def is_zoomed(self) -> bool:
        """Whether the photo is shown enlarged rather than fitted."""
        return self._place.scale is not None

    def set_place(self, place: Place) -> None:
        """Look elsewhere, without signalling."""
        self._place = place
        self.setCursor(Qt.CursorShape.OpenHandCursor if self.is_zoomed else Qt.CursorShape.ArrowCursor)
        self.update()

    def zoom(self, scale: float | None, at: QPointF | None = None) -> None:
        """Zoom, and signal it.

        Args:
            scale: screen pixels a photo pixel; None for the whole picture. One that would show no more than the
                whole picture already does becomes the next that shows more.
            at: the point, in the widget's coordinates, that stays where it is; without it the one under the
                pointer, and where the pointer is elsewhere the place looked at last.
        """
        picture = self._picture_size()
        if picture is not None and (place := self._zoomed(self._place, picture, scale, at)) is not None:
            self._move_to(place)

    def _zoomed(self, place: Place, picture: QSizeF, scale: float | None, at: QPointF | None) -> Place | None:
        """Return where one looks after zooming; None where there is no such scale of a picture of that size."""
        if scale is not None:
            larger = [each for each in scales(picture, self._view()) if each >= scale]
            if not larger:
                return None
            scale = larger[0]
        pointer = QPointF(self.mapFromGlobal(self.cursor().pos()))
        at = at or self._pressed_at or (pointer if self.rect().contains(pointer.toPoint()) else None)
        if at:
            return zoomed(place, picture, self._view(), at * self.devicePixelRatioF(), scale)
        return replace(place, scale=scale)

    def toggle_zoom(self, at: QPointF | None = None, scale: float = 1.0) -> None:
        """Zoom in to single pixels, or out to the whole picture; from another scale to this one."""
        picture = self._picture_size()
        now = scale_of(self._place, picture, self._view()) if picture else None
        is_there = self.is_zoomed and (scale == 1.0 or now == scale)
        self.zoom(None if is_there else scale, at)

    def zoom_step(self, closer: bool, at: QPointF | None = None) -> None:
        """Zoom one step closer, or farther down to fitted."""
        picture = self._picture_size()
        if picture is None:
            return
        scale = next_scale(self._place, picture, self._view(), closer)
        if scale != self._place.scale:
            self.zoom(scale, at)

    def pan(self, way: QPointF) -> None:
        """Look so many shares of the view farther to the right and down, up to the photo's edges, and signal it."""
        if (picture := self._picture_size()) is not None and self.is_zoomed:
            view = self._view()
            by = QPointF(-way.x() * view.width(), -way.y() * view.height())
            self._move_to(panned(self.seen_place(), picture, view, by))

    def _move_to(self, place: Place) -> None:
        self.set_place(place)
        self.place_changed.emit()

    def _view(self) -> QSizeF:
        """Return the widget's size in device pixels."""
        return QSizeF(self.size()) * self.devicePixelRatioF()

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at, self._dragged_from = event.position(), None
            self.button_down.emit()
        else:
            if event.button() is Qt.MouseButton.RightButton and not self._is_active:
                self.pressed.emit()  # what the menu offers is done to this one
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the enlarged picture; one that is fitted is dragged out."""
        if self._pressed_at is None:
            return
        if self._dragged_from is None:
            way = (event.position() - self._pressed_at).manhattanLength()
            if way < QApplication.startDragDistance():
                return
            if not self.is_zoomed:
                self._pressed_at = None
                self.carried.emit()
                return
            self._dragged_from = self._pressed_at
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if picture := self._picture_size():
            by = (event.position() - self._dragged_from) * self.devicePixelRatioF()
            self._dragged_from = event.position()
            self._move_to(panned(self._place, picture, self._view(), by))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag; a click zooms at its point, or makes the pane the active one."""
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed_at is None:
            return
        dragged = self._dragged_from is not None
        self._pressed_at = self._dragged_from = None
        if dragged:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            self.dragged.emit()
        elif self._is_active:
            self.toggle_zoom(event.position())
        else:
            self.pressed.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom one step a notch, at the pointer."""
        self._wheel += event.angleDelta().y()
        if abs(self._wheel) >= _NOTCH:
            closer, self._wheel = self._wheel > 0, 0
            self.zoom_step(closer, event.position())
        event.accept()
