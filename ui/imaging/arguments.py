"""Why each frame of a burst wins or loses, found in a thread of its own for the bursts that are looked at."""

import logging
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal

from core.ranking.argued import Argued
from core.shoot.shoot import Shoot
from core.types import Analysis, Cluster, PhotoId
from ui.imaging.workers import Workers

_LOG = logging.getLogger(__name__)
_KEPT = 200  # bursts


@dataclass(frozen=True, slots=True, eq=False)
class _Ranked:
    """A ranked burst; the same frames measured or ranked anew are another one."""

    cluster: Cluster
    analyses: Mapping[PhotoId, Analysis]
    copies: Mapping[PhotoId, PhotoId]

    @property
    def key(self) -> Hashable:
        return (id(self.cluster.scores), tuple(map(id, self.analyses.values())), tuple(self.copies.items()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Ranked) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


class Arguments(QObject):
    """Works out what can be argued of bursts that are asked for; lives in the GUI thread.

    Call ``shutdown`` before it is destroyed.
    """

    ready = Signal()  # ``of`` now answers otherwise
    _done = Signal(object, object)  # _Ranked, Argued or None

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: OrderedDict[_Ranked, Argued | None] = OrderedDict()
        self._done.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._workers: Workers[_Ranked] = Workers(self._argue, 1, "arguments")

    def of(self, cluster: Cluster, shoot: Shoot) -> Argued | None:
        """Return what is argued of a burst; None as long as it is not known, and then it is asked for. Never waits.

        Of a group without a ranking there is nothing to argue, and nothing is asked for.
        """
        if not cluster.scores:
            return None
        frames = cluster.photo_ids
        ranked = _Ranked(
            cluster,
            {frame: shoot.analyses[frame] for frame in frames if frame in shoot.analyses},
            {frame: shoot.copies[frame] for frame in frames if frame in shoot.copies},
        )
        if ranked in self._known:
            self._known.move_to_end(ranked)
        else:
            self._workers.want((ranked,))
        return self._known.get(ranked)

    def shutdown(self, seconds: float = 2.0) -> bool:
        """End the thread, waiting at most so long; False where it is left behind."""
        return self._workers.stop(seconds)

    def _argue(self, ranked: _Ranked) -> None:
        """Work it out; runs in the worker thread."""
        found: Argued | None = None
        try:
            found = Argued.of(ranked.cluster, ranked.analyses, ranked.copies)
        except Exception:  # noqa: BLE001 a bug must not leave the window without the worker
            _LOG.exception("Arguing about a burst")
        self._workers.tell(lambda: self._done.emit(ranked, found))

    def _take(self, ranked: _Ranked, found: Argued | None) -> None:
        """Take what was found, back in the GUI thread."""
        self._known[ranked] = found
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        self.ready.emit()
