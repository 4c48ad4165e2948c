"""Who is in each burst, found in a thread of its own: in a crowd that takes longer than a key may."""

import logging
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal

from core.shoot.shoot import Shoot
from core.subject.cast import Cast, cast
from core.types import Analysis, PhotoId
from ui.imaging.workers import Workers

_LOG = logging.getLogger(__name__)
_KEPT = 200  # bursts


@dataclass(frozen=True, slots=True, eq=False)
class _Burst:
    """Measured frames; the same burst measured anew is another one."""

    frames: tuple[Analysis, ...]

    @property
    def key(self) -> Hashable:
        return tuple(map(id, self.frames))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Burst) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


class Casts(QObject):
    """Finds the people of bursts that are asked for; lives in the GUI thread.

    Call ``shutdown`` before it is destroyed.
    """

    ready = Signal()  # ``of`` now answers otherwise
    _done = Signal(object, object)  # _Burst, Cast

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: OrderedDict[_Burst, Cast] = OrderedDict()
        self._done.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._workers: Workers[_Burst] = Workers(self._find, 1, "casts")

    def want(self, photo_ids: Sequence[PhotoId], shoot: Shoot) -> None:
        """Have the people found of the bursts that these photos are in, the first one's first."""
        bursts = dict.fromkeys(_burst_of(photo_id, shoot) for photo_id in photo_ids)
        self._workers.want(tuple(each for each in bursts if each.frames and each not in self._known))

    def of(self, photo_id: PhotoId, shoot: Shoot) -> Cast | None:
        """Return the people of a photo's burst; None as long as they are not found. Never waits."""
        burst = _burst_of(photo_id, shoot)
        if not burst.frames:
            return None
        if burst in self._known:
            self._known.move_to_end(burst)
        return self._known.get(burst)

    def shutdown(self, seconds: float = 2.0) -> bool:
        """End the thread, waiting at most so long; False where it is left behind."""
        return self._workers.stop(seconds)

    def _find(self, burst: _Burst) -> None:
        """Find the people of a burst; runs in the worker thread."""
        found = Cast()
        try:
            found = cast(burst.frames)
        except Exception:  # noqa: BLE001 a bug must not leave the views without the worker
            _LOG.exception("Finding the people of a burst")
        self._workers.tell(lambda: self._done.emit(burst, found))

    def _take(self, burst: _Burst, found: Cast) -> None:
        """Take the people found, back in the GUI thread."""
        self._known[burst] = found
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        self.ready.emit()


def _burst_of(photo_id: PhotoId, shoot: Shoot) -> _Burst:
    frames = shoot.cluster_of(photo_id).photo_ids if photo_id in shoot.photos else ()
    return _Burst(tuple(found for frame in frames if (found := shoot.analyses.get(frame)) is not None))
