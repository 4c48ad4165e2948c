"""A pane with one photo: fitted or at single pixels, zoomed by the mouse, with marks and overlays on top."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QHelpEvent,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from core.grouping.registration import Registration
from core.language import tr
from core.shoot.shoot import Shoot
from core.types import Analysis, Box, Photo, PhotoId
from ui.imaging.laid_over import LaidOver, Wanted
from ui.imaging.overlays import Overlays
from ui.imaging.raw_truths import ToldByRaw
from ui.imaging.rendering import Rendered, Renderer, seen_part
from ui.marks.face_marks import box_in
from ui.marks.face_words import face_in_words
from ui.marks.loupe_marks import paint_failure
from ui.painting import painter_on
from ui.views.pane_marks import PaneFacts, paint_decided, paint_marks
from ui.views.pane_pictures import PanePictures
from ui.views.pane_sources import PaneSources
from ui.views.zoom import Place, picture_rect, scale_of, size_told
from ui.views.zoom_pane import ZoomPane

_SETTLED_MS = 200  # moving a window's edge must not decode everything again and again


@dataclass(frozen=True, slots=True)
class Opposite:
    """Another frame of the burst, to be laid over the one a pane shows.

    Attributes:
        registration: from places of the pane's photo to places of this one; None where it is not known.
        tried: whether it was tried to find that.
    """

    photo: Photo
    registration: Registration | None
    tried: bool


class PhotoPane(ZoomPane):
    """Paints the best picture there is of one photo: the thumbnail, then the sharp one in the same place.

    Args:
        sources: of its pictures; the prefetcher is told how large they are shown, but not which are wanted.
        parent: the view.
    """

    SPOKEN_AS = QAccessible.Role.Graphic

    def __init__(self, sources: PaneSources, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layers = sources.finders.layers if sources.finders is not None else None
        self._opposite: Opposite | None = None
        self._flickers = self._is_laid = False
        self._prefetcher = sources.prefetcher
        self._pictures = PanePictures(sources)
        self._theme = sources.theme
        self._photo: Photo | None = None
        self._shoot = Shoot()
        self._failure = ""
        self._overlays = Overlays()
        self._main: frozenset[int] | None = None
        self._raw: ToldByRaw | None = None
        self._caption = ""
        self._has_ring = False
        self._renderer = Renderer()
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._tell_box)
        self._prefetcher.picture_ready.connect(self._picture_arrived)
        self._prefetcher.picture_failed.connect(self._picture_failed)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(120, 90)
        if self._layers is not None:
            self._layers.ready.connect(self._layers_ready)

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
            self._failure, self._raw = "", None
        self._photo, self._shoot = photo, shoot
        self.setAccessibleName(f"{self._caption} {photo.name}".strip())
        self.set_place(place)

    def clear(self) -> None:
        """Show nothing, fitted."""
        self._photo, self._failure, self._place, self._opposite = None, "", Place(), None
        self._shoot = Shoot()
        self._renderer.clear()
        self.update()

    def set_overlays(self, overlays: Overlays) -> None:
        """Show and hide what is laid over the photo."""
        self._overlays = overlays
        self.update()

    def set_place(self, place: Place) -> None:
        """Look elsewhere, without signalling."""
        super().set_place(place)
        if self._photo and self.is_zoomed:
            self._prefetcher.want_full(self._photo.id, self._seen())

    def _seen(self) -> Box | None:
        """Return what is seen of the photo, in fractions of it; None as long as its size is not known."""
        picture = self._picture_size()
        return None if picture is None else self._seen_at(self._place, picture)

    def closer_look(self, photo: Photo, analysis: Analysis | None, place: Place) -> Box | None:
        """Return what would be seen of a photo at 1:1 if somebody asked for that now; None where it is not known.

        Args:
            photo: this one, or one that may be shown here next.
            analysis: its measures.
            place: where it would be looked at. Where that is fitted, it is enlarged as a key would do it.
        """
        picture = size_told(photo, analysis)
        if picture is None:
            return None
        closer = place if place.scale is not None else self._zoomed(place, picture, 1.0, None)
        return None if closer is None else self._seen_at(closer, picture)

    def _seen_at(self, place: Place, picture: QSizeF) -> Box:
        """Return what is seen of a picture of that size, in fractions of it."""
        size = picture.toSize()
        part = seen_part(size, picture_rect(place, picture, self._view()), self._view())
        return Box(
            part.x() / size.width(),
            part.y() / size.height(),
            part.width() / size.width(),
            part.height() / size.height(),
        )

    def lay_over(self, opposite: Opposite | None) -> None:
        """Say which other frame may be laid over this one; None for none."""
        if opposite != self._opposite:
            self._opposite = opposite
            if self._lays_over:
                self.update()

    def set_flicker(self, on: bool) -> None:
        """Show the other frame in the place of this one, or this one again."""
        if on is not self._flickers:
            self._flickers = on
            self.update()

    @property
    def _lays_over(self) -> bool:
        return self._flickers or self._overlays.differences

    def set_main(self, main: frozenset[int] | None) -> None:
        """Say which of the photo's faces are main people's; None as long as that is not known."""
        if main != self._main:
            self._main = main
            self.update()

    def set_raw(self, told: ToldByRaw | None) -> None:
        """Say what the photo's RAW itself holds; None as long as that is not known."""
        if told is not self._raw:
            self._raw = told
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

    def _picture_size(self) -> QSizeF | None:
        """Return the pixels of the upright photo at full resolution; None as long as they are not known."""
        return None if self._photo is None else self._pictures.size(self._photo, self.analysis)

    def part_in(self, rect: QRectF) -> Box | None:
        """Return which part of the photo lies in a rectangle of the pane; None for none, or without a photo.

        Args:
            rect: in logical pixels.
        """
        picture = self._picture_size()
        if picture is None:
            return None
        ratio = self.devicePixelRatioF()
        target = picture_rect(self._place, picture, self._view())
        part = QRectF(rect.topLeft() * ratio, rect.size() * ratio) & target
        if part.isEmpty():
            return None
        return Box(
            (part.left() - target.left()) / target.width(),
            (part.top() - target.top()) / target.height(),
            part.width() / target.width(),
            part.height() / target.height(),
        )

    # Pictures arriving

    def _picture_arrived(self, photo_id: str, _is_full: bool) -> None:
        if self._photo and photo_id == self._photo.id:
            self._failure = ""
            self.update()
        elif self._lays_over and self._opposite is not None and photo_id == self._opposite.photo.id:
            self.update()

    def _layers_ready(self) -> None:
        if self._lays_over and self.isVisible():
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
        painter = painter_on(self)
        painter.fillRect(self.rect(), self._theme.window)
        if self._photo and self._failure:
            view, ring = QRectF(self.rect()), self._is_active and self._has_ring
            paint_failure(painter, view, self._theme, self._photo.name, self._failure)
            paint_decided(painter, self._photo.id, self._shoot, view, self._theme, ring=ring)
            return
        picture = self._picture_size()
        if picture is None:
            return
        ratio = self.devicePixelRatioF()
        target = picture_rect(self._place, picture, self._view())
        fitted = self._is_fitted(picture)
        rendered = self._render(target, fitted)
        laid = self._laid_over(target, fitted) if rendered is not None and self._lays_over else None
        self._is_laid = laid is not None
        if rendered is not None:
            painter.save()
            painter.scale(1 / ratio, 1 / ratio)
            if laid is not None and self._flickers:
                painter.drawImage(0, 0, laid.other)
            else:
                painter.drawPixmap(rendered.target, rendered.pixmap, QRectF(rendered.pixmap.rect()))
                if laid is not None:
                    painter.drawImage(0, 0, laid.veil)
            painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        logical = QRectF(target.topLeft() / ratio, target.size() / ratio)
        paint_marks(painter, self._facts(logical, picture, rendered), self._theme)

    def _is_fitted(self, picture: QSizeF) -> bool:
        return scale_of(self._place, picture, self._view()) == scale_of(Place(), picture, self._view())

    def _render(self, target: QRectF, fitted: bool) -> Rendered | None:
        assert self._photo is not None
        source = self._pictures.best(self._photo.id, target, self._view(), fitted)
        if source is None:
            return None
        truth = self._raw.truth if self._raw is not None and self._overlays.raw else None
        return self._renderer.render(source, target, self._view(), fitted, self._overlays, truth)

    def is_sharp(self) -> bool:
        """Say whether the photo's own pixels are there of all that is seen of it enlarged."""
        if self._photo is None or (picture := self._picture_size()) is None:
            return False
        target = picture_rect(self._place, picture, self._view())
        return self._pictures.sharp(self._photo.id, target, self._view()) is not None

    def _laid_over(self, target: QRectF, fitted: bool) -> LaidOver | None:
        """Return the other frame and the veil, as far as they are there."""
        if self._photo is None or self._layers is None or self._opposite is None:
            return None
        this, other = (
            self._pictures.large(photo.id, fitted) for photo in (self._photo, self._opposite.photo)
        )
        if this is None or other is None or self._opposite.registration is None:
            return None
        analyses = [self._shoot.analyses.get(photo.id) for photo in (self._photo, self._opposite.photo)]
        here, there = analyses
        measures = (here, there) if here is not None and there is not None else None
        view = self._view().toSize()
        return self._layers.of(Wanted(this, other, self._opposite.registration, target, view, measures))

    def _facts(self, target: QRectF, picture: QSizeF, rendered: Rendered | None) -> PaneFacts:
        """Return what the marks on the photo are about."""
        assert self._photo is not None
        zoomed = not self._is_fitted(picture)
        is_other = self._opposite is not None and self._is_laid and self._flickers
        other = self._opposite.photo if self._opposite is not None and is_other else None
        return PaneFacts(
            other or self._photo,
            self._shoot,
            self._overlays if other is None else Overlays(),  # faces are elsewhere in the other frame
            self._main,
            picture,
            rendered.picture if rendered is not None else None,
            target,
            QRectF(self.rect()),
            scale_of(self._place, picture, self._view()) if zoomed else None,
            is_loading=rendered is None or not rendered.is_sharp,
            caption=self._said(),
            ring=self._is_active and self._has_ring,
            explains=self._is_active,
            raw=self._raw,
        )

    def _said(self) -> str:
        """Return the caption, and what is laid over this frame; of the active one also why nothing is."""
        if not self._lays_over:
            return self._caption
        opposite = self._opposite
        if opposite is not None and self._is_laid:
            name = opposite.photo.name
            if self._flickers:
                return name
            if self._caption:  # it names this frame, and the other one is beside it
                return "  ·  ".join((self._caption, tr("Differences")))
            return tr("Differences from {name}").format(name=name)
        if not self._is_active:
            return self._caption
        if opposite is None:
            why = tr("There is no other frame to lay over this one")
        elif opposite.tried and opposite.registration is None:
            why = tr("The two frames do not lie over each other")
        else:  # a moment long there is no veil yet, which must not read as no difference
            why = tr("Comparing with {name}…").format(name=opposite.photo.name)
        return "  ·  ".join(filter(None, (self._caption, why)))

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

    def _words_at(self, point: QPointF) -> str:
        """Return what the frame around a face means, where the pointer rests in one; else nothing."""
        picture, analysis = self._picture_size(), self.analysis
        if picture is None or analysis is None or not self._overlays.faces:
            return ""
        ratio = self.devicePixelRatioF()
        target = picture_rect(self._place, picture, self._view())
        whole = QRectF(target.topLeft() / ratio, target.size() / ratio)
        inside = (face for face in analysis.faces if box_in(whole, face.box).contains(point))
        return next((face_in_words(face, 0.0) for face in inside), "")

    def event(self, event: QEvent) -> bool:
        """Follow the window, which may also have moved to a screen of other density."""
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._settled.start()
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self._words_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), words, self)  # none hides what was said before
            return True
        return super().event(event)
