"""Pictures for the loupe, decoded ahead of the photographer: the current one first, then its neighbours."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from core.errors import PhotoError
from core.protocols import RgbImage
from core.types import PhotoId
from ui.imaging.image_cache import BoundedCache
from ui.imaging.workers import Workers

_LOG = logging.getLogger(__name__)

BUDGET_BYTES = 512 << 20
SCREEN_SIDE = 2560
AHEAD, BEHIND = 4, 2  # neighbours decoded in and against the direction of travel


class PictureSource(Protocol):
    """Where pictures come from; called in several worker threads at once."""

    def load(self, photo_id: PhotoId, max_side: int | None) -> RgbImage:
        """Returns the upright picture: uint8, shape (height, width, 3), sRGB.

        Args:
            photo_id: which photo.
            max_side: pixels its longer side may have at most; None for full resolution.

        Raises:
            core.errors.PhotoError: the file cannot be shown.
        """
        ...


@dataclass(frozen=True, slots=True)
class _Request:
    photo_id: PhotoId
    max_side: int | None  # None: full resolution


@dataclass(frozen=True, slots=True)
class _Kept:
    picture: QImage
    max_side: int | None  # as asked for: a small photo may well be smaller

    def serves(self, max_side: int | None) -> bool:
        return self.max_side is None or (max_side is not None and self.max_side >= max_side)


def travel_order(
    photo_id: PhotoId, order: Sequence[PhotoId], forward: bool, ahead: int = AHEAD, behind: int = BEHIND
) -> list[PhotoId]:
    """What to decode when a photo is shown: itself, then next and previous in turn, nearest first.

    Args:
        photo_id: the current photo.
        order: the photos as the arrow keys step through them; without ``photo_id`` it has no neighbours.
        forward: the direction of travel, whose neighbour comes first and of which more are taken.
        ahead: most neighbours in that direction.
        behind: most neighbours against it.
    """
    if photo_id not in order:
        return [photo_id]
    at, step = order.index(photo_id), 1 if forward else -1
    wanted = [photo_id]
    for distance in range(1, max(ahead, behind) + 1):
        for offset, limit in ((step * distance, ahead), (-step * distance, behind)):
            if distance <= limit and 0 <= at + offset < len(order):
                wanted.append(order[at + offset])
    return wanted


def to_qimage(picture: RgbImage) -> QImage:
    """A QImage of its own memory, in the format that is painted without conversion.

    Written by numpy, which lets the GUI thread run meanwhile; Qt's own conversion would hold it up for 50 ms
    at 24 MP, as it keeps Python's lock.
    """
    height, width, _ = picture.shape
    image = QImage(width, height, QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.bits(), np.uint8).reshape(height, width, 4)
    for theirs, ours in enumerate((2, 1, 0)):  # 0xffRRGGBB in memory, on all machines Qt 6 is built for
        pixels[..., theirs] = picture[..., ours]
    pixels[..., 3] = 255
    return image


class Prefetcher(QObject):
    """Decodes in worker threads and keeps the results; lives in the GUI thread, and signals there.

    Call ``shutdown`` before it is destroyed.

    Args:
        source: decodes pictures.
        budget_bytes: most memory the kept pictures may take; the current one is kept in any case.
        threads: decodes at the same time.
    """

    picture_ready = Signal(str, bool)  # photo id; whether it is the full resolution
    picture_failed = Signal(str, str)  # photo id; a sentence
    _done = Signal(object, object, str)  # request, QImage or None, sentence

    def __init__(
        self,
        source: PictureSource,
        *,
        budget_bytes: int = BUDGET_BYTES,
        screen_side: int = SCREEN_SIDE,
        threads: int = 2,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._screen_side = screen_side
        self._kept = BoundedCache[tuple[PhotoId, bool], _Kept](  # the flag: whether it is the full resolution
            budget_bytes, lambda kept: kept.picture.sizeInBytes()
        )
        self._current: PhotoId | None = None
        self._order: Sequence[PhotoId] = ()
        self._forward = True
        self._full = False
        self._done.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._workers = Workers[_Request](self._load, threads, "loupe")

    def show(self, photo_id: PhotoId, neighbours: Sequence[PhotoId] = (), full: bool = False) -> None:
        """Makes a photo the current one and decodes what is missing around it; all else is called off.

        Args:
            photo_id: the photo.
            neighbours: the photos as the arrow keys step through them, this one among them.
            full: whether the full resolution is wanted too, because the loupe is zoomed in.
        """
        if self._current in neighbours and photo_id in neighbours and self._current != photo_id:
            self._forward = neighbours.index(photo_id) > neighbours.index(self._current)
        self._current, self._order, self._full = photo_id, tuple(neighbours), full
        self._want()

    def want_full(self, photo_id: PhotoId) -> None:
        """Asks for the current photo's full resolution; for any other one the wish is stale, and ignored."""
        if photo_id == self._current and not self._full:
            self._full = True
            self._want()

    def picture(self, photo_id: PhotoId) -> QImage | None:
        """The picture at screen size, or None where it is not decoded yet. Never waits."""
        return self._get(photo_id, full=False)

    def full_picture(self, photo_id: PhotoId) -> QImage | None:
        """The picture at full resolution, or None where it is not decoded. Never waits."""
        return self._get(photo_id, full=True)

    def set_screen_side(self, side: int) -> None:
        """Sets the longer side of pictures at screen size, in device pixels.

        Those kept that are smaller go on being shown until larger ones have come.
        """
        larger = side > self._screen_side
        self._screen_side = side
        if larger and self._current is not None:
            self._want()

    def forget(self) -> None:
        """Drops everything: another folder is opened."""
        self._workers.want(())
        self._current, self._order, self._full = None, (), False
        self._kept.clear()

    def shutdown(self, seconds: float = 2.0) -> bool:
        """Ends the worker threads, waiting at most so long; False where a decode hangs and is left behind."""
        return self._workers.stop(seconds)

    def _want(self) -> None:
        """Hands the workers what is missing now, most wanted first."""
        assert self._current is not None
        ids = travel_order(self._current, self._order, self._forward)
        requests = [_Request(photo_id, self._screen_side) for photo_id in ids]
        if self._full:  # the current one, and the one that an arrow key shows next
            requests[1:1] = [_Request(photo_id, None) for photo_id in ids[:1]]
            requests[3:3] = [_Request(photo_id, None) for photo_id in ids[1:2]]
        # Asked for in reverse, so that the most wanted are also the most lately used.
        missing = [request for request in reversed(requests) if not self._has(request)]
        self._workers.want(missing[::-1])

    def _load(self, request: _Request) -> None:
        """Runs in a worker thread."""
        try:
            picture, sentence = to_qimage(self._source.load(request.photo_id, request.max_side)), ""
        except PhotoError as error:
            picture, sentence = None, error.reason
        except Exception:  # noqa: BLE001 a bug in one decoder must not leave the loupe without workers
            _LOG.exception("Loading photo %s for the loupe", request.photo_id)
            picture, sentence = (
                None,
                "It cannot be shown because of an error in Shortlist; the log has details.",
            )
        self._workers.tell(lambda: self._done.emit(request, picture, sentence))

    def _take(self, request: _Request, picture: QImage | None, sentence: str) -> None:
        """Back in the GUI thread."""
        if picture is None:
            self.picture_failed.emit(request.photo_id, sentence)
        elif not self._has(request):
            self._keep_current()
            is_full = request.max_side is None
            self._kept.put((request.photo_id, is_full), _Kept(picture, request.max_side))
            self.picture_ready.emit(request.photo_id, is_full)

    def _get(self, photo_id: PhotoId, full: bool) -> QImage | None:
        kept = self._kept.get((photo_id, full))
        return kept.picture if kept else None

    def _has(self, request: _Request) -> bool:
        kept = self._kept.get((request.photo_id, request.max_side is None))
        return kept is not None and kept.serves(request.max_side)

    def _keep_current(self) -> None:
        """Marks the current photo as used just now, so that its neighbours are given up before it."""
        if self._current is not None:
            self._get(self._current, full=False)
            self._get(self._current, full=True)
