"""Small pictures for grid and filmstrip: what is on screen first, what scrolled away not at all."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from core.errors import PhotoError
from core.ingest.thumbnail import SIDE
from core.types import PhotoId
from ui.imaging.image_cache import BoundedCache, pixmap_bytes
from ui.imaging.qimage_convert import decode_jpeg
from ui.imaging.workers import RightOfWay, Workers

_LOG = logging.getLogger(__name__)

SIDES = (128, 192, 256, 384, SIDE)
"""Longer sides, in pixels, at which thumbnails are kept: near enough to each other that painting one at any
size between never reduces it by more than half again, where plain bilinear scaling still looks clean."""

PREVIEW_SIDE = 160

PIXMAP_BUDGET = 160 << 20  # some 900 cells of 256 px, more than the largest screen shows
PREVIEW_BUDGET = 128 << 20  # previews are kept as JPEG, about 6 KB each: enough for 20,000 photos


class ThumbnailSource(Protocol):
    """Where thumbnails come from; called in several worker threads at once."""

    def load(self, photo_id: PhotoId) -> bytes | None:
        """Return an upright sRGB JPEG of at least about 512 px, None where there is none (any more).

        Raises:
            core.errors.PhotoError: the file cannot be shown.
        """
        ...


@dataclass(frozen=True, slots=True)
class _Request:
    photo_id: PhotoId
    side: int
    version: int  # of the photo's picture; results of a former one are dropped


@dataclass(frozen=True, slots=True)
class _Wish:
    photo_ids: tuple[PhotoId, ...]
    side: int


class ThumbnailLoader(QObject):
    """Loads thumbnails in worker threads and keeps them as pixmaps; lives in the GUI thread.

    A cell shows the best there is at any time: the preview embedded in the file, then a smaller or larger
    thumbnail, then the right one. A better one only ever replaces a picture, never leaves a gap.
    Call ``shutdown`` before it is destroyed.

    Args:
        source: of JPEG bytes.
        budget_bytes: most memory the pixmaps may take.
        threads: loads at the same time.
        parent: owns it.
        way: shared with whoever decodes what is on screen, to whom this one gives way.
    """

    picture_changed = Signal(str)  # photo id: ``pixmap`` or ``failed`` now answers otherwise
    previews_added = Signal()  # ``pixmap`` may answer otherwise for any photo that had none
    _done = Signal(object, object)  # _Request, QImage or None

    def __init__(
        self,
        source: ThumbnailSource,
        *,
        budget_bytes: int = PIXMAP_BUDGET,
        threads: int = 2,
        parent: QObject | None = None,
        way: RightOfWay | None = None,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._pixmaps: BoundedCache[tuple[PhotoId, int], QPixmap] = BoundedCache(budget_bytes, pixmap_bytes)
        self._previews: BoundedCache[PhotoId, bytes] = BoundedCache(PREVIEW_BUDGET, len)
        self._preview_pixmaps: BoundedCache[PhotoId, QPixmap] = BoundedCache(budget_bytes // 4, pixmap_bytes)
        self._wishes: dict[str, _Wish] = {}
        self._versions: dict[PhotoId, int] = {}
        self._version = self._cleared_at = 0
        self._outdated: set[tuple[PhotoId, int]] = set()
        self._failed: set[PhotoId] = set()
        self._done.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._workers: Workers[_Request] = Workers(self._load, threads, "thumbnails", way=way)

    def request(self, photo_ids: Sequence[PhotoId], side: int = 256, wanted_by: str = "grid") -> None:
        """Ask for thumbnails, most wanted first; what the same view asked for before is cancelled.

        Args:
            photo_ids: what is on screen, then what will be.
            side: pixels of the screen that the longer side takes.
            wanted_by: which view asks; the one that asked last is served first.
        """
        self._wishes.pop(wanted_by, None)
        self._wishes[wanted_by] = _Wish(tuple(photo_ids), _kept_side(side))
        self._want()

    def pixmap(self, photo_id: PhotoId, side: int = SIDES[-1]) -> QPixmap | None:
        """Return the best there is for a size in pixels, None where there is nothing yet. Never waits."""
        kept = _kept_side(side)
        for candidate in (*(s for s in SIDES if s >= kept), *(s for s in reversed(SIDES) if s < kept)):
            pixmap = self._pixmaps.get((photo_id, candidate))
            if pixmap is not None:
                return pixmap
        return self._preview(photo_id)

    def is_preview(self, photo_id: PhotoId) -> bool:
        """Tell whether there is no more of the photo than the picture that came with the file."""
        return photo_id in self._previews and not self._has_thumbnail(photo_id)

    def failed(self, photo_id: PhotoId) -> bool:
        """Tell whether the photo's thumbnail could not be loaded."""
        return photo_id in self._failed

    def add_previews(self, previews: Iterable[tuple[PhotoId, bytes]]) -> None:
        """Take small upright pictures that came with the files; they are shown until thumbnails are there.

        One signal announces all of them: they come by the thousand, and a view shows a hundred of them.
        """
        for photo_id, jpeg in previews:
            self._previews.put(photo_id, jpeg)
            self._preview_pixmaps.drop(photo_id)
        self.previews_added.emit()

    def invalidate(self, photo_ids: Iterable[PhotoId]) -> None:
        """Load these anew when they are next wanted; until then the former pictures stay."""
        self._version += 1
        for photo_id in photo_ids:
            self._versions[photo_id] = self._version
            self._failed.discard(photo_id)
            self._outdated.update((photo_id, side) for side in SIDES if (photo_id, side) in self._pixmaps)
        self._want()

    def clear(self) -> None:
        """Forget everything: another shoot is opened."""
        self._workers.want(())
        self._version += 1
        self._versions.clear()
        self._wishes.clear()
        self._outdated.clear()
        self._failed.clear()
        self._pixmaps.clear()
        self._previews.clear()
        self._preview_pixmaps.clear()
        self._cleared_at = self._version

    def shutdown(self, seconds: float = 2.0) -> bool:
        """End the worker threads, waiting at most so long; False where one hangs and is left behind."""
        return self._workers.stop(seconds)

    def _has_thumbnail(self, photo_id: PhotoId) -> bool:
        return any((photo_id, side) in self._pixmaps for side in SIDES)

    def _version_of(self, photo_id: PhotoId) -> int:
        return self._versions.get(photo_id, self._cleared_at)

    def _preview(self, photo_id: PhotoId) -> QPixmap | None:
        """Decode a preview when it is first painted: a third of a millisecond, and only for what is on screen."""
        pixmap = self._preview_pixmaps.get(photo_id)
        if pixmap is None and (jpeg := self._previews.get(photo_id)) is not None:
            image = decode_jpeg(jpeg, PREVIEW_SIDE)
            if image is None:
                self._previews.drop(photo_id)
                return None
            pixmap = QPixmap.fromImage(image)
            self._preview_pixmaps.put(photo_id, pixmap)
        return pixmap

    def _want(self) -> None:
        """Hand the workers what is missing now, most wanted first."""
        missing = {
            _Request(photo_id, wish.side, self._version_of(photo_id)): None
            for wish in reversed(self._wishes.values())
            for photo_id in wish.photo_ids
            if self._is_missing(photo_id, wish.side)
        }
        self._workers.want(tuple(missing))

    def _is_missing(self, photo_id: PhotoId, side: int) -> bool:
        key = (photo_id, side)
        return photo_id not in self._failed and (key not in self._pixmaps or key in self._outdated)

    def _load(self, request: _Request) -> None:
        """Load a thumbnail; runs in a worker thread."""
        image: QImage | None = None
        try:
            data = self._source.load(request.photo_id)
            image = decode_jpeg(data, request.side) if data is not None else None
        except PhotoError as error:
            _LOG.info("No thumbnail: %s", error)
        except Exception:  # noqa: BLE001 a bug in one decoder must not leave the grid without workers
            _LOG.exception("Loading the thumbnail of photo %s", request.photo_id)
        self._workers.tell(request, lambda: self._done.emit(request, image))

    def _take(self, request: _Request, image: QImage | None) -> None:
        """Take a thumbnail, back in the GUI thread."""
        self._workers.take(request)
        photo_id = request.photo_id
        if request.version != self._version_of(photo_id):
            return
        if image is None:
            self._failed.add(photo_id)
        else:
            key = (photo_id, request.side)
            self._pixmaps.put(key, QPixmap.fromImage(image))
            self._outdated.discard(key)
        self.picture_changed.emit(photo_id)


def _kept_side(side: int) -> int:
    """Return the smallest kept size that needs no enlarging, else the largest."""
    return next((kept for kept in SIDES if kept >= side), SIDES[-1])
