"""Faces cut out of photos at full resolution, in a thread of their own, for looking at them side by side."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage

from core.errors import PhotoError
from core.types import Box, PhotoId
from ui.imaging.image_cache import BoundedCache
from ui.imaging.pictures import PictureSource, Pixels
from ui.imaging.workers import Workers

_LOG = logging.getLogger(__name__)

SIDE = 320
"""Pixels a cut-out face has along its longer side at most."""

_AROUND = 1.5  # times the face's box: hair and chin tell who it is
_BUDGET_BYTES = 64 << 20  # some two hundred faces


@dataclass(frozen=True, slots=True)
class _Request:
    photo_id: PhotoId
    boxes: tuple[Box, ...]


class FaceCrops(QObject):
    """Cuts the faces out of the photos that are asked for; lives in the GUI thread.

    A photo is decoded once for all its faces, and of its pixels nothing but the faces is kept.
    Call ``shutdown`` before it is destroyed.

    Args:
        source: decodes photos.
        parent: as ever in Qt.
    """

    ready = Signal(str)  # photo id: ``faces`` now answers otherwise
    _done = Signal(object, object)  # _Request, tuple of QImage

    def __init__(self, source: PictureSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._kept: BoundedCache[_Request, tuple[QImage, ...]] = BoundedCache(
            _BUDGET_BYTES, lambda faces: sum(face.sizeInBytes() for face in faces)
        )
        self._done.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._workers: Workers[_Request] = Workers(self._load, 1, "faces")

    def want(self, photos: Sequence[tuple[PhotoId, Sequence[Box]]]) -> None:
        """Asks for the faces of photos, most wanted first; what was asked for before is called off."""
        requests = [_Request(photo_id, tuple(boxes)) for photo_id, boxes in photos]
        self._workers.want([request for request in requests if request not in self._kept])

    def faces(self, photo_id: PhotoId, boxes: Sequence[Box]) -> Sequence[QImage]:
        """The faces in the order of their boxes; none as long as they are not cut out. Never waits."""
        return self._kept.get(_Request(photo_id, tuple(boxes))) or ()

    def shutdown(self, seconds: float = 2.0) -> bool:
        """Ends the thread, waiting at most so long; False where a decode hangs and is left behind."""
        return self._workers.stop(seconds)

    def _load(self, request: _Request) -> None:
        """Runs in the worker thread."""
        faces: tuple[QImage, ...] = ()
        try:
            pixels = self._source.load(request.photo_id, None)
            faces = tuple(_cut_out(pixels, box) for box in request.boxes)
        except PhotoError as error:
            _LOG.info("No faces: %s", error)
        except Exception:  # noqa: BLE001 a bug in one decoder must not leave the panel without its worker
            _LOG.exception("Cutting out the faces of photo %s", request.photo_id)
        self._workers.tell(lambda: self._done.emit(request, faces))

    def _take(self, request: _Request, faces: tuple[QImage, ...]) -> None:
        """Back in the GUI thread."""
        self._kept.put(request, faces)
        self.ready.emit(request.photo_id)


def _cut_out(pixels: Pixels, box: Box) -> QImage:
    """A square around a face, less what would be beyond the picture's edges."""
    width, height = pixels.size.width(), pixels.size.height()
    side = _AROUND * max(box.width * width, box.height * height)
    middle = QPointF((box.x + box.width / 2) * width, (box.y + box.height / 2) * height)
    square = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
    face = pixels.part(square.toAlignedRect())
    if max(face.width(), face.height()) <= SIDE:
        return face
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return face.scaled(QSize(SIDE, SIDE), keep, smooth)
