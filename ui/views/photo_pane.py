"""A pane with one photo: fitted or at single pixels, zoomed by the mouse, with marks and overlays on top."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QHideEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from core.shoot.shoot import Shoot
from core.types import Analysis, Photo, PhotoId
from ui.imaging.overlays import Overlays
from ui.imaging.prefetcher import Prefetcher
from ui.imaging.rendering import Rendered, Renderer
from ui.marks.loupe_marks import paint_failure
from ui.theme import DARK, Theme
from ui.views.pane_marks import PaneFacts, paint_marks
from ui.views.zoom import Place, next_scale, panned, picture_rect, scale_of, scales, zoomed

Thumbnails = Callable[[PhotoId], QPixmap | None]
"""The best small picture there is of a photo, at once."""

_NOTCH = 120  # a mouse wheel's step in Qt's unit
_SETTLED_MS = 200  # moving a window's edge must not decode everything again and again


class PhotoPane(QWidget):
    """Paints the best picture there is of one photo: the thumbnail, then the sharp one in the same place.

    Args:
        prefetcher: has the pictures; told how large they are shown, but not which are wanted.
        thumbnails: stands in until there is a picture.
        theme: colours.
        parent: the view.
    """

    pressed = Signal()  # by a click that neither dragged nor zoomed
    place_changed = Signal()  # by the user, in this pane

    def __init__(
        self,
        prefetcher: Prefetcher,
        thumbnails: Thumbnails,
        theme: Theme = DARK,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._prefetcher = prefetcher
        self._thumbnails = thumbnails
        self._theme = theme
        self._photo: Photo | None = None
        self._shoot = Shoot()
        self._failure = ""
        self._place = Place()
        self._overlays = Overlays()
        self._main: frozenset[int] | None = None
        self._caption = ""
        self._is_active = True
        self._has_ring = False
        self._pressed_at: QPointF | None = None
        self._dragged_from: QPointF | None = None
        self._wheel = 0
        self._renderer = Renderer()
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._tell_box)
        prefetcher.picture_ready.connect(self._picture_arrived)
        prefetcher.picture_failed.connect(self._picture_failed)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(120, 90)

    # What is shown

    @property
    def photo_id(self) -> PhotoId | None:
        """The photo that is shown."""
        return self._photo.id if self._photo else None

    @property
    def analysis(self) -> Analysis | None:
        """What was measured in the photo that is shown."""
        return self._shoot.analyses.get(self._photo.id) if self._photo else None

    def show_photo(self, photo: Photo, shoot: Shoot, place: Place) -> None:
        """Show a photo.

        Args:
            photo: the photo, one of the shoot.
            shoot: asked at each painting for measures and decision; call ``update`` when they change.
            place: where to look.
        """
        if self._photo is None or self._photo.id != photo.id:
            self._failure = ""
        self._photo, self._shoot = photo, shoot
        self.setAccessibleName(f"{self._caption} {photo.path.name}".strip())
        self.set_place(place)

    def clear(self) -> None:
        """Show nothing, fitted."""
        self._photo, self._failure, self._place = None, "", Place()
        self._renderer.clear()
        self.update()

    def set_overlays(self, overlays: Overlays) -> None:
        """Show and hide what is laid over the photo."""
        self._overlays = overlays
        self.update()

    def set_main(self, main: frozenset[int] | None) -> None:
        """Say which of the photo's faces are main people's; None as long as that is not known."""
        if main != self._main:
            self._main = main
            self.update()

    def set_caption(self, caption: str, active: bool = True, ring: bool = False) -> None:
        """Say what the pane stands for, and whether its photo is the active one.

        Args:
            caption: a word or two in the corner.
            active: a click zooms; in any other pane it makes it the active one.
            ring: whether the active pane is marked, because there are others.
        """
        self._caption, self._is_active, self._has_ring = caption, active, ring
        self.update()

    # Zoom

    @property
    def place(self) -> Place:
        """Where the photographer looks."""
        return self._place

    @property
    def is_zoomed(self) -> bool:
        """Whether the photo is shown enlarged rather than fitted."""
        return self._place.scale is not None

    def set_place(self, place: Place) -> None:
        """Look elsewhere, without signalling."""
        self._place = place
        if self._photo and self.is_zoomed:
            self._prefetcher.want_full(self._photo.id)
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
        if picture is None:
            return
        if scale is not None:
            larger = [each for each in scales(picture, self._view()) if each >= scale]
            if not larger:
                return
            scale = larger[0]
        pointer = QPointF(self.mapFromGlobal(self.cursor().pos()))
        at = at or (pointer if self.rect().contains(pointer.toPoint()) else None)
        if at:
            place = zoomed(self._place, picture, self._view(), at * self.devicePixelRatioF(), scale)
        else:
            place = replace(self._place, scale=scale)
        self._move_to(place)

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

    def _move_to(self, place: Place) -> None:
        self.set_place(place)
        self.place_changed.emit()

    def _view(self) -> QSizeF:
        """Return the widget's size in device pixels."""
        return QSizeF(self.size()) * self.devicePixelRatioF()

    def _picture_size(self) -> QSizeF | None:
        """Return the pixels of the upright photo at full resolution, mostly known long before it is decoded."""
        if self._photo is None:
            return None
        full = self._prefetcher.full_picture(self._photo.id)
        if full is not None:
            return QSizeF(full.size)
        if analysis := self.analysis:
            return QSizeF(analysis.width, analysis.height)
        if self._photo.width and self._photo.height:
            size = QSize(self._photo.width, self._photo.height)
            return QSizeF(size.transposed() if self._photo.orientation >= 5 else size)
        picture = self._stand_in()
        return QSizeF(picture.size()) if picture is not None else None

    def _stand_in(self) -> QImage | None:
        """Return the picture at screen size, else the thumbnail."""
        assert self._photo is not None
        picture = self._prefetcher.picture(self._photo.id)
        if picture is None and (thumbnail := self._thumbnails(self._photo.id)) is not None:
            picture = thumbnail.toImage()
        return None if picture is None or picture.isNull() else picture

    # Pictures arriving

    def _picture_arrived(self, photo_id: str, _is_full: bool) -> None:
        if self._photo and photo_id == self._photo.id:
            self._failure = ""
            self.update()

    def _picture_failed(self, photo_id: str, sentence: str) -> None:
        if self._photo and photo_id == self._photo.id:
            self._failure = sentence
            self.update()

    def _tell_box(self) -> None:
        if self.isVisible():
            view = self._view().toSize()
            self._prefetcher.set_box(id(self), (view.width(), view.height()))

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture in device pixels, then the marks on top of it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.window)
        if self._photo and self._failure:
            paint_failure(painter, QRectF(self.rect()), self._theme, self._photo.path.name, self._failure)
            return
        picture = self._picture_size()
        if picture is None:
            return
        ratio = self.devicePixelRatioF()
        target = picture_rect(self._place, picture, self._view())
        rendered = self._render(target, self._is_fitted(picture))
        if rendered is not None:
            painter.save()
            painter.scale(1 / ratio, 1 / ratio)
            painter.drawPixmap(rendered.target, rendered.pixmap, QRectF(rendered.pixmap.rect()))
            painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        logical = QRectF(target.topLeft() / ratio, target.size() / ratio)
        paint_marks(painter, self._facts(logical, picture, rendered), self._theme)

    def _is_fitted(self, picture: QSizeF) -> bool:
        return scale_of(self._place, picture, self._view()) == scale_of(Place(), picture, self._view())

    def _render(self, target: QRectF, fitted: bool) -> Rendered | None:
        assert self._photo is not None
        full = None if fitted else self._prefetcher.full_picture(self._photo.id)
        source = full or self._stand_in() or self._prefetcher.full_picture(self._photo.id)
        if source is None:
            return None
        return self._renderer.render(source, target, self._view(), fitted, self._overlays)

    def _facts(self, target: QRectF, picture: QSizeF, rendered: Rendered | None) -> PaneFacts:
        """Return what the marks on the photo are about."""
        assert self._photo is not None
        zoomed = not self._is_fitted(picture)
        return PaneFacts(
            self._photo,
            self._shoot,
            self._overlays,
            self._main,
            picture,
            rendered.picture if rendered is not None else None,
            target,
            QRectF(self.rect()),
            scale_of(self._place, picture, self._view()) if zoomed else None,
            is_loading=self._prefetcher.full_picture(self._photo.id) is None,
            caption=self._caption,
            ring=self._is_active and self._has_ring,
        )

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at, self._dragged_from = event.position(), None
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the enlarged picture."""
        if self._pressed_at is None or not self.is_zoomed:
            return
        if self._dragged_from is None:
            way = (event.position() - self._pressed_at).manhattanLength()
            if way < QApplication.startDragDistance():
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

    # Qt's own events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for pictures of this size once the size stands."""
        self._settled.start()
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for pictures: they are decoded for the panes that are seen."""
        super().showEvent(event)
        self._tell_box()

    def hideEvent(self, event: QHideEvent) -> None:
        """Note that pictures need not be as large as this any more."""
        super().hideEvent(event)
        self._prefetcher.set_box(id(self), None)

    def event(self, event: QEvent) -> bool:
        """Follow the window, which may also have moved to a screen of other density."""
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._settled.start()
        return super().event(event)
