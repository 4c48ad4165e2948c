"""Faces cut out of photos at full resolution, upright, in a thread of their own, for looking at them side by side."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPolygonF, QTransform

from core.errors import PhotoError
from core.scaling import resize, turned_square
from core.subject.spots import Spot, cut, enough_of
from core.types import PhotoId
from ui.imaging.colours import to_screen
from ui.imaging.image_cache import BoundedCache
from ui.imaging.pictures import PictureSource, Pixels, to_qimage
from ui.imaging.workers import RightOfWay, Workers

_LOG = logging.getLogger(__name__)

SIDE = 320
"""Pixels a cut-out has along its side, where nothing else is asked for."""

MOST = 800
"""Pixels a cut-out has along its side at most."""

_SIDES_KEPT = 2000
_BUDGET_BYTES = 48 << 20  # a hundred faces of that size, or the four of a strip through eleven frames


@dataclass(frozen=True, slots=True)
class _Request:
    photo_id: PhotoId
    spots: tuple[Spot, ...]
    side: int


class FaceCrops(QObject):
    """Cuts spots, most of them faces, out of the photos that are asked for; lives in the GUI thread.

    A photo is decoded once for all its spots, and of its pixels nothing but these is kept.
    Call ``shutdown`` before it is destroyed.

    Args:
        source: decodes photos.
        parent: owns it.
        way: shared with whoever decodes what is on screen, to whom this one gives way.
    """

    ready = Signal(str)  # photo id: ``cut_out`` now answers otherwise
    _done = Signal(object, object)  # _Request, tuple of QImage

    def __init__(
        self, source: PictureSource, parent: QObject | None = None, way: RightOfWay | None = None
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._kept: BoundedCache[_Request, tuple[QImage, ...]] = BoundedCache(
            _BUDGET_BYTES, lambda faces: sum(face.sizeInBytes() for face in faces)
        )
        self._last: dict[tuple[PhotoId, tuple[Spot, ...]], int] = {}  # the side of those made last
        self._asked: dict[str, tuple[_Request, ...]] = {}
        self._done.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._workers: Workers[_Request] = Workers(self._load, 1, "faces", way=way)

    def want(
        self, photos: Sequence[tuple[PhotoId, Sequence[Spot]]], side: int = SIDE, wanted_by: str = "faces"
    ) -> None:
        """Ask for spots of photos, most wanted first; what the same view asked for before is cancelled.

        Args:
            photos: each with its spots.
            side: pixels of the screen that a cut-out takes.
            wanted_by: which view asks; the one that asked last is served first.
        """
        self._asked.pop(wanted_by, None)
        if photos:
            self._asked[wanted_by] = tuple(_request(photo_id, spots, side) for photo_id, spots in photos)
        missing = [
            request
            for requests in reversed(self._asked.values())
            for request in requests
            if request not in self._kept
        ]
        self._workers.want(tuple(dict.fromkeys(missing)))

    def cut_out(self, photo_id: PhotoId, spots: Sequence[Spot], side: int = SIDE) -> Sequence[QImage]:
        """Return the cut-outs in the order of their spots; none as long as they are not made. Never waits.

        They are of exactly the size that is asked for, so that painting them costs nothing. Until they are there,
        those made last, of another size, stand in.
        """
        wanted = _request(photo_id, spots, side)
        if (kept := self._kept.get(wanted)) is None:
            last = self._last.get((photo_id, wanted.spots), wanted.side)
            kept = self._kept.get(replace(wanted, side=last))
        return kept or ()

    def shutdown(self, seconds: float = 2.0) -> bool:
        """End the thread, waiting at most so long; False where a decode hangs and is left behind."""
        return self._workers.stop(seconds)

    def _load(self, request: _Request) -> None:
        """Cut out the faces of a photo; runs in the worker thread."""
        faces: tuple[QImage, ...] = ()
        try:
            pixels = self._source.load(request.photo_id, enough_of(request.spots, request.side))
            faces = tuple(_cut_out(pixels, spot, request.side) for spot in request.spots)
        except PhotoError as error:
            _LOG.info("No faces: %s", error)
        except Exception:  # noqa: BLE001 a bug in one decoder must not leave the panel without its worker
            _LOG.exception("Cutting faces out of photo %s", request.photo_id)
        self._workers.tell(request, lambda: self._done.emit(request, faces))

    def _take(self, request: _Request, faces: tuple[QImage, ...]) -> None:
        """Take the faces, back in the GUI thread."""
        self._workers.take(request)
        self._kept.put(request, faces)
        self._last[request.photo_id, request.spots] = request.side
        while len(self._last) > _SIDES_KEPT:
            self._last.pop(next(iter(self._last)))
        self.ready.emit(request.photo_id)


def _request(photo_id: PhotoId, spots: Sequence[Spot], side: int) -> _Request:
    return _Request(photo_id, tuple(spots), min(max(side, 1), MOST))


def _cut_out(pixels: Pixels, spot: Spot, side: int) -> QImage:
    """Cut out a square around a spot, upright."""
    size = pixels.size
    movement, square = cut(spot, size.width(), size.height(), side)
    face = turned_square(pixels.rgb, movement, square)
    if square != side:
        face = resize(face, side, side)
    picture = to_screen(to_qimage(face), pixels.icc)
    (a, b, right), (c, d, down) = movement * (square / side, square / side, 1)
    to_photo = QTransform(a, c, b, d, right, down)  # from places of the cut-out
    photo = QRectF(QPointF(), QSizeF(size))
    if photo.contains(to_photo.mapRect(QRectF(picture.rect()))):
        return picture
    return _only_within(to_photo.inverted()[0].map(QPolygonF(photo)), picture)


def _only_within(outline: QPolygonF, picture: QImage) -> QImage:
    """Return a cut-out that is transparent beyond the photo's edges: what is not there is not black."""
    shown = QImage(picture.size(), QImage.Format.Format_ARGB32_Premultiplied)
    shown.fill(Qt.GlobalColor.transparent)
    painter = QPainter(shown)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addPolygon(outline)
    painter.setClipPath(path)
    painter.drawImage(0, 0, picture)
    painter.end()
    return shown
