"""How frames of a burst lie over each other to a pixel, found in a thread of its own for those that are looked at."""

import logging
from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QObject, Qt, Signal

from core.errors import PhotoError
from core.grouping.registration import LONG_SIDE, FrameCorners, Registration, corners_of, register
from core.types import PhotoId
from ui.imaging.pictures import PictureSource
from ui.imaging.workers import Workers

_LOG = logging.getLogger(__name__)
_KEPT = 1000  # pairs, each of them both ways
_CORNERS_KEPT = 40  # frames; 100 KB each

Pair = tuple[PhotoId, PhotoId]


class Registrations(QObject):
    """Lays pairs of frames over each other that are asked for; lives in the GUI thread.

    Call ``shutdown`` before it is destroyed.

    Args:
        source: decodes photos.
        parent: as ever in Qt.
    """

    ready = Signal()  # ``between`` now answers otherwise
    _done = Signal(object, object)  # Pair, Registration or None

    def __init__(self, source: PictureSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._known: OrderedDict[Pair, Registration | None] = OrderedDict()
        self._corners = lru_cache(_CORNERS_KEPT)(self._find_corners)  # in the worker thread only
        self._done.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._workers: Workers[Pair] = Workers(self._lay, 1, "registrations")

    def want(self, pairs: Sequence[Pair]) -> None:
        """Ask for pairs, most wanted first; what was asked for before is called off."""
        missing = [pair for pair in pairs if pair[0] != pair[1] and not self.is_known(*pair)]
        self._workers.want(tuple(dict.fromkeys(missing)))

    def is_known(self, one: PhotoId, other: PhotoId) -> bool:
        """Return whether it was tried to lay these over each other."""
        return (one, other) in self._known

    def between(self, one: PhotoId, other: PhotoId) -> Registration | None:
        """Return where the first frame's places are in the other; None where that is not known. Never waits."""
        return self._known.get((one, other))

    def forget(self) -> None:
        """Drop everything: another folder is opened."""
        self._workers.want(())
        self._known.clear()

    def shutdown(self, seconds: float = 2.0) -> bool:
        """End the thread, waiting at most so long; return whether no decode hangs and is left behind."""
        return self._workers.stop(seconds)

    def _find_corners(self, photo_id: PhotoId) -> FrameCorners:
        return corners_of(self._source.load(photo_id, (LONG_SIDE, LONG_SIDE)).rgb)

    def _lay(self, pair: Pair) -> None:
        """Work, in the worker thread."""
        found: Registration | None = None
        try:
            found = register(self._corners(pair[0]), self._corners(pair[1]))
        except PhotoError as error:
            _LOG.info("Not laid over each other: %s", error)
        except Exception:  # noqa: BLE001 a bug must not leave the views without the worker
            _LOG.exception("Laying photo %s over %s", *pair)
        self._workers.tell(lambda: self._done.emit(pair, found))

    def _take(self, pair: Pair, found: Registration | None) -> None:
        """Take the result, in the GUI thread."""
        self._known[pair] = found
        self._known[pair[::-1]] = found.inverse() if found is not None else None
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        self.ready.emit()
