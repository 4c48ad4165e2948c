"""The loupe: one photo, fitted or at single pixels, with zoom and place kept from frame to frame."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from core.pipeline.shoot import Shoot
from core.types import Photo, PhotoId
from ui.grid.cell_facts import advice_on
from ui.imaging.prefetcher import Prefetcher
from ui.theme import DARK, SPACING, Theme
from ui.widgets.loupe_marks import paint_decision, paint_edge, paint_faces, paint_failure, paint_note
from ui.widgets.zoom import Place, next_scale, panned, picture_rect, scale_of, scales, zoomed

_NOTCH = 120  # a mouse wheel's step in Qt's unit
_SIDES = (1024, 4096)  # least and most pixels asked for at screen size
_SIDE_STEP = 256  # rounded up to it, so that moving a window's edge does not decode everything again
_SETTLED_MS = 250

_NEXT = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_PREVIOUS = (Qt.Key.Key_Left, Qt.Key.Key_Up)


class LoupeView(QWidget):
    """Paints the best picture there is of one photo: the thumbnail, then the sharp one in the same place.

    Args:
        prefetcher: decodes the pictures; it belongs to whoever made it.
        theme: colours.
        parent: the window.
    """

    next_requested = Signal()
    previous_requested = Signal()

    def __init__(self, prefetcher: Prefetcher, theme: Theme = DARK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prefetcher = prefetcher
        self._theme = theme
        self._photo: Photo | None = None
        self._shoot = Shoot()
        self._placeholder: QImage | None = None
        self._failure = ""
        self._place = Place()
        self._faces = False
        self._space_held = False
        self._pressed_at: QPointF | None = None
        self._dragged_from: QPointF | None = None
        self._wheel = 0
        self._fitted: tuple[tuple[int, int, int], QPixmap] | None = None
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._ask_for_this_size)
        prefetcher.picture_ready.connect(self._picture_arrived)
        prefetcher.picture_failed.connect(self._picture_failed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(160, 120)
        self.setAccessibleName("Loupe")

    # What is shown

    def show_photo(self, photo: Photo, shoot: Shoot, order: Sequence[PhotoId] = ()) -> None:
        """Shows a photo at the zoom and place of the one before.

        Args:
            photo: the photo, one of the shoot.
            shoot: asked at each painting for measures and decision; call ``refresh`` when they change.
            order: the photos as the arrow keys step through them: its neighbours are decoded ahead.
        """
        if self._photo is None or self._photo.id != photo.id:
            self._placeholder, self._failure = None, ""
        self._photo, self._shoot = photo, shoot
        self.setAccessibleDescription(photo.path.name)
        self._prefetcher.show(photo.id, order, full=self.is_zoomed)
        self.update()

    def set_placeholder(self, picture: QImage | QPixmap) -> None:
        """Gives the current photo's thumbnail, shown scaled up until the picture is decoded."""
        self._placeholder = picture.toImage() if isinstance(picture, QPixmap) else picture
        self.update()

    def clear(self) -> None:
        """Shows nothing, fitted."""
        self._photo, self._placeholder, self._fitted, self._failure = None, None, None, ""
        self._place = Place()
        self.update()

    def refresh(self) -> None:
        """Paints again, because the decision, the measures or the grouping changed."""
        self.update()

    def set_show_faces(self, shown: bool) -> None:
        """Shows or hides the frames around faces."""
        self._faces = shown
        self.update()

    @property
    def shows_faces(self) -> bool:
        """Whether faces are framed."""
        return self._faces

    # Zoom

    @property
    def is_zoomed(self) -> bool:
        """Whether photos are shown enlarged rather than fitted."""
        return self._place.scale is not None

    def toggle_zoom(self, at: QPointF | None = None) -> None:
        """Zooms in to single pixels, or out to the whole picture.

        Args:
            at: the point, in the widget's coordinates, that stays where it is; without it the one under the
                pointer, and where the pointer is elsewhere the place looked at last.
        """
        picture = self._picture_size()
        if self.is_zoomed:
            self._zoom_to(None, QPointF())
        elif picture and (larger := scales(picture, self._view())):
            pointer = QPointF(self.mapFromGlobal(self.cursor().pos()))
            at = at or (pointer if self.rect().contains(pointer.toPoint()) else None)
            if at:
                self._zoom_to(larger[0], at * self.devicePixelRatioF())
            else:
                self._set_place(replace(self._place, scale=larger[0]))

    def _zoom_to(self, scale: float | None, at: QPointF) -> None:
        if picture := self._picture_size():
            self._set_place(zoomed(self._place, picture, self._view(), at, scale))

    def _set_place(self, place: Place) -> None:
        self._place = place
        if self._photo and self.is_zoomed:
            self._prefetcher.want_full(self._photo.id)
        self.setCursor(Qt.CursorShape.OpenHandCursor if self.is_zoomed else Qt.CursorShape.ArrowCursor)
        self.update()

    def _view(self) -> QSizeF:
        """The widget's size in device pixels."""
        return QSizeF(self.size()) * self.devicePixelRatioF()

    def _picture_size(self) -> QSizeF | None:
        """Pixels of the upright photo at full resolution, known long before it is decoded in most cases."""
        if self._photo is None:
            return None
        full = self._prefetcher.full_picture(self._photo.id)
        if full is not None:
            return QSizeF(full.size())
        if analysis := self._shoot.analyses.get(self._photo.id):
            return QSizeF(analysis.width, analysis.height)
        if self._photo.width and self._photo.height:
            size = QSize(self._photo.width, self._photo.height)
            return QSizeF(size.transposed() if self._photo.orientation >= 5 else size)
        picture = self._prefetcher.picture(self._photo.id) or self._placeholder
        return QSizeF(picture.size()) if picture is not None and not picture.isNull() else None

    # Pictures arriving

    def _picture_arrived(self, photo_id: str, _is_full: bool) -> None:
        if self._photo and photo_id == self._photo.id:
            self._failure = ""
            self.update()

    def _picture_failed(self, photo_id: str, sentence: str) -> None:
        if self._photo and photo_id == self._photo.id:
            self._failure = sentence
            self.update()

    def _ask_for_this_size(self) -> None:
        longest = max(self._view().width(), self._view().height())
        side = -(-int(longest) // _SIDE_STEP) * _SIDE_STEP
        self._prefetcher.set_screen_side(min(max(side, _SIDES[0]), _SIDES[1]))

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture in device pixels, then the marks on top of it."""
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
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)
        if self._is_fitted(picture):
            self._paint_fitted(painter, target)
        else:
            self._paint_enlarged(painter, target)
        painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_marks(painter, QRectF(target.topLeft() / ratio, target.size() / ratio), picture)

    def _is_fitted(self, picture: QSizeF) -> bool:
        return scale_of(self._place, picture, self._view()) == scale_of(Place(), picture, self._view())

    def _paint_fitted(self, painter: QPainter, target: QRectF) -> None:
        assert self._photo is not None
        best = (
            self._prefetcher.picture(self._photo.id)
            or self._prefetcher.full_picture(self._photo.id)
            or self._placeholder
        )
        if best is None or best.isNull():
            return
        size = target.size().toSize()
        key = (best.cacheKey(), size.width(), size.height())
        if self._fitted is None or self._fitted[0] != key:
            scaled = best.scaled(
                size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            self._fitted = (key, QPixmap.fromImage(scaled))
        painter.drawPixmap(target.topLeft(), self._fitted[1])

    def _paint_enlarged(self, painter: QPainter, target: QRectF) -> None:
        assert self._photo is not None
        full = self._prefetcher.full_picture(self._photo.id)
        best = full or self._prefetcher.picture(self._photo.id) or self._placeholder
        if best is None or best.isNull():
            return
        visible = target.intersected(QRectF(QPointF(), self._view()))
        across, down = best.width() / target.width(), best.height() / target.height()
        source = QRectF(
            (visible.left() - target.left()) * across,
            (visible.top() - target.top()) * down,
            visible.width() * across,
            visible.height() * down,
        )
        # True pixels are shown as they are; what stands in for them is smoothed.
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, full is None)
        painter.drawImage(visible, best, source)

    def _paint_marks(self, painter: QPainter, target: QRectF, picture: QSizeF) -> None:
        assert self._photo is not None
        photo_id = self._photo.id
        if self._faces and (analysis := self._shoot.analyses.get(photo_id)):
            paint_faces(painter, target, self._theme, analysis.faces)
        decision = self._shoot.decision(photo_id)
        view = QRectF(self.rect())
        paint_edge(painter, target.intersected(view), self._theme, decision.flag)
        advice = advice_on(photo_id, self._shoot.cluster_of(photo_id))
        corner = QPointF(2 * SPACING, view.bottom() - 2 * SPACING)
        paint_decision(painter, corner, self._theme, decision, advice)
        if not self._is_fitted(picture):
            corner = QPointF(view.right() - 2 * SPACING, 2 * SPACING)
            zoom = f"{scale_of(self._place, picture, self._view()):g}:1"
            if self._prefetcher.full_picture(photo_id) is None:  # nobody may judge sharpness by a preview
                paint_note(painter, corner, self._theme.warning, f"{zoom}  loading…")
            else:
                paint_note(painter, corner, self._theme.text, zoom)

    # Mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins a click or a drag."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at, self._dragged_from = event.position(), None
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drags the enlarged picture."""
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
            self._place = panned(self._place, picture, self._view(), by)
            self._dragged_from = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends a drag, or zooms at the point clicked."""
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed_at is None:
            return
        if self._dragged_from is None:
            self.toggle_zoom(event.position())
        else:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._pressed_at = self._dragged_from = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """One step of zoom a notch, at the pointer."""
        self._wheel += event.angleDelta().y()
        picture = self._picture_size()
        if picture and abs(self._wheel) >= _NOTCH:
            closer = self._wheel > 0
            self._wheel = 0
            scale = next_scale(self._place, picture, self._view(), closer)
            if scale != self._place.scale:
                self._zoom_to(scale, event.position() * self.devicePixelRatioF())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows step, Space zooms while held; all other keys are the window's."""
        if event.key() in _NEXT:
            self.next_requested.emit()
        elif event.key() in _PREVIOUS:
            self.previous_requested.emit()
        elif event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat() and not self.is_zoomed:
                self._space_held = True
                self.toggle_zoom()
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Zooms out again when Space is let go."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._let_go()
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A key let go elsewhere is never heard here."""
        self._let_go()
        super().focusOutEvent(event)

    def _let_go(self) -> None:
        if self._space_held:
            self._space_held = False
            self._zoom_to(None, QPointF())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Asks for pictures of this size once the size stands."""
        self._settled.start()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        """The window may also have moved to a screen of other density."""
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._settled.start()
        return super().event(event)
