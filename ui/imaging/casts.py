"""Who is in each burst, found in a thread of its own: in a crowd that takes longer than a key may."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from core.shoot.shoot import Shoot
from core.subject.cast import Cast, cast
from core.types import Analysis, PhotoId
from ui.imaging.answers import Answers
from ui.imaging.workers import RightOfWay

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


class Casts(Answers[_Burst, Cast]):
    """Finds the people of bursts that are asked for. Arguments as the last ones of ``Answers``."""

    def __init__(self, parent: QObject | None = None, way: RightOfWay | None = None) -> None:
        super().__init__("casts", _KEPT, Cast(), parent, way)

    def want(self, photo_ids: Sequence[PhotoId], shoot: Shoot) -> None:
        """Have the people found of the bursts that these photos are in, the first one's first."""
        bursts = dict.fromkeys(_burst_of(photo_id, shoot) for photo_id in photo_ids)
        self._workers.want(tuple(each for each in bursts if each.frames and each not in self._known))

    def of(self, photo_id: PhotoId, shoot: Shoot) -> Cast | None:
        """Return the people of a photo's burst; None as long as they are not found. Never waits."""
        burst = _burst_of(photo_id, shoot)
        return self._latest(burst) if burst.frames else None

    def _find(self, burst: _Burst) -> Cast:
        return cast(burst.frames)


def _burst_of(photo_id: PhotoId, shoot: Shoot) -> _Burst:
    frames = shoot.cluster_of(photo_id).photo_ids if photo_id in shoot.photos else ()
    return _Burst(tuple(found for frame in frames if (found := shoot.analyses.get(frame)) is not None))
