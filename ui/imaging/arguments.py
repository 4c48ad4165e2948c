"""Why each frame of a burst wins or loses, found in a thread of its own for the bursts that are looked at."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject

from core.ranking.argued import Argued
from core.shoot.shoot import Shoot
from core.types import Analysis, Cluster, PhotoId
from ui.imaging.answers import Answers
from ui.imaging.workers import RightOfWay

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


class Arguments(Answers[_Ranked, Argued | None]):
    """Works out what can be argued of bursts that are asked for. Arguments as the last ones of ``Answers``."""

    def __init__(self, parent: QObject | None = None, way: RightOfWay | None = None) -> None:
        super().__init__("arguments", _KEPT, None, parent, way)

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
        if ranked not in self._known:
            self._workers.want((ranked,))
        return self._latest(ranked)

    def _find(self, ranked: _Ranked) -> Argued | None:
        return Argued.of(ranked.cluster, ranked.analyses, ranked.copies)
