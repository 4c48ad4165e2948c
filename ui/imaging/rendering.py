"""The seen part of a photo as one pixmap with its overlays, made once and painted many times."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from core.ingest.raw_truth import RawTruth
from ui.imaging.overlays import Overlays, clipping, peaking
from ui.imaging.pictures import Pixels
from ui.imaging.raw_truths import raw_clipping


@dataclass(frozen=True, slots=True)
class Rendered:
    """What is painted.

    Attributes:
        target: where it lies in the view, in device pixels.
        pixmap: with overlays.
        picture: without, for counting its pixels; RGB32.
        is_sharp: made of the photo's own pixels; else of a picture that stands in for them.
    """

    target: QRectF
    pixmap: QPixmap
    picture: QImage
    is_sharp: bool


class Renderer:
    """Keeps what it made last: most paintings of a pane are for its marks, or for another window in front."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._rendered: Rendered | None = None

    def render(
        self,
        source: Pixels | QImage,
        target: QRectF,
        view: QSizeF,
        fitted: bool,
        overlays: Overlays,
        truth: RawTruth | None = None,
    ) -> Rendered:
        """Make the pixmap, or give the one made before.

        Args:
            source: all pixels of the photo or those that are seen, or a picture of any size that stands in for them.
            target: where the whole photo lies, in device pixels of the view.
            view: its size in device pixels.
            fitted: the whole photo is seen.
            overlays: of which clipping and peaking are for here.
            truth: what the RAW holds, to be shown as well; None for nothing.
        """
        name = source.number if isinstance(source, Pixels) else source.cacheKey()
        key = (name, target.getRect(), view.toTuple(), fitted, overlays.clipping, overlays.peaking, id(truth))
        if self._rendered is None or self._key != key:
            self._key = key
            self._rendered = _render(source, target, view, fitted, overlays, truth)
        return self._rendered

    def clear(self) -> None:
        """Give the pixmap up."""
        self._key, self._rendered = (), None


def _render(
    source: Pixels | QImage,
    target: QRectF,
    view: QSizeF,
    fitted: bool,
    overlays: Overlays,
    truth: RawTruth | None,
) -> Rendered:
    if isinstance(source, Pixels):
        picture, where = _part(source.part, source.size, target, view)  # true pixels are shown as they are
    elif fitted:
        picture = _smoothed(source, target.size().toSize())
        where = QRectF(target.topLeft(), QSizeF(picture.size()))
    else:
        picture, where = _part(source.copy, source.size(), target, view)
        picture = _smoothed(picture, where.size().toSize())
    picture = picture.convertToFormat(QImage.Format.Format_RGB32)
    pixmap = QPixmap.fromImage(picture)
    layers = []
    if overlays.peaking:
        layers.append(peaking(picture))
    if overlays.clipping:
        layers.append(clipping(picture))
    if truth is not None:
        layers.append(raw_clipping(picture, where, target, truth))
    if layers:  # a painter by itself would make the pixmap a copy of its own
        painter = QPainter(pixmap)
        for layer in layers:
            painter.drawImage(0, 0, layer)
        painter.end()
    return Rendered(where, pixmap, picture, isinstance(source, Pixels))


def _part(
    part: Callable[[QRect], QImage], size: QSize, target: QRectF, view: QSizeF
) -> tuple[QImage, QRectF]:
    """Return the seen part of a picture, in whole pixels of it, and where that lies in the view."""
    across, down = target.width() / size.width(), target.height() / size.height()
    whole = seen_part(size, target, view)
    where = QRectF(whole.x() * across, whole.y() * down, whole.width() * across, whole.height() * down)
    return part(whole), where.translated(target.topLeft())


def seen_part(size: QSize, target: QRectF, view: QSizeF) -> QRect:
    """Return what is seen of a picture, in whole pixels of it.

    Args:
        size: of the picture.
        target: where the whole of it lies, in device pixels of the view.
        view: its size in device pixels.
    """
    across, down = target.width() / size.width(), target.height() / size.height()
    seen = target.intersected(QRectF(QPointF(), view)).translated(-target.topLeft())
    source = QRectF(seen.x() / across, seen.y() / down, seen.width() / across, seen.height() / down)
    return source.toAlignedRect().intersected(QRect(0, 0, size.width(), size.height()))


def _smoothed(picture: QImage, size: QSize) -> QImage:
    """Scale a picture to this size; one that is only a pixel off, as scaled decodes round, is left as it is."""
    off = picture.size() - size
    if max(abs(off.width()), abs(off.height())) <= 1:
        return picture
    mode = Qt.TransformationMode.SmoothTransformation
    return picture.scaled(size.expandedTo(QSize(1, 1)), Qt.AspectRatioMode.IgnoreAspectRatio, mode)
