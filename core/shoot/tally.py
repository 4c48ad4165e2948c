"""How much there is and how much of it is decided, kept up to date decision by decision.

Every number that is shown of a shoot comes from here, so that no two of them contradict each other.
"""

from collections import Counter
from collections.abc import Callable, Iterable

from core.types import DECIDED, Cluster, ClusterId, ClusterKind, Flag, PhotoId


class FlagCounts:
    """Counts photos by flag, within groups and outside.

    Args:
        each: of every photo, whether it is in a group, and its flag.
    """

    def __init__(self, each: Iterable[tuple[bool, Flag | None]] = ()) -> None:
        self._flags = Counter(each)

    def photos(self, *, groups_only: bool = False) -> int:
        """Count all photos."""
        return sum(count for (group, _), count in self._flags.items() if group or not groups_only)

    def flagged(self, flag: Flag) -> int:
        """Count the photos with a flag."""
        return self._flags[True, flag] + self._flags[False, flag]

    def undecided(self, *, groups_only: bool = False) -> int:
        """Count the photos neither picked nor rejected."""
        return sum(
            count
            for (group, flag), count in self._flags.items()
            if flag not in DECIDED and (group or not groups_only)
        )


class Tally(FlagCounts):
    """Counts photos by flag, within groups and outside, and bursts that are open: no pick, and frames undecided.

    A burst of which every frame is rejected is done with.

    Attributes:
        kinds: how many clusters there are of each kind.
        open_bursts: how many are open.

    Args:
        clusters: of the shoot.
        flag_of: what was decided of a photo up to now.
    """

    def __init__(self, clusters: Iterable[Cluster], flag_of: Callable[[PhotoId], Flag | None]) -> None:
        super().__init__()
        self._picks: Counter[ClusterId] = Counter()
        self._undecided: Counter[ClusterId] = Counter()
        self.kinds: Counter[ClusterKind] = Counter()
        self.open_bursts = 0
        alone: Counter[Flag | None] = Counter()
        for cluster in clusters:
            self.kinds[cluster.kind] += 1
            if not _is_group(cluster):  # by far the most, and cheaper to count without a counter of their own
                flag = flag_of(cluster.photo_ids[0])
                alone[flag] += 1
                continue
            flags = Counter(map(flag_of, cluster.photo_ids))
            for flag, count in flags.items():
                self._flags[True, flag] += count
            self._picks[cluster.id] = flags[Flag.PICK]
            self._undecided[cluster.id] = len(cluster.photo_ids) - sum(flags[flag] for flag in DECIDED)
            self.open_bursts += self.is_open(cluster)
        self._flags.update({(False, flag): count for flag, count in alone.items()})

    def change(self, cluster: Cluster, before: Flag | None, after: Flag | None) -> None:
        """Take in that one photo of a cluster was decided otherwise."""
        group = _is_group(cluster)
        self._flags[group, before] -= 1
        self._flags[group, after] += 1
        if group:
            was_open = self.is_open(cluster)
            self._picks[cluster.id] += (after is Flag.PICK) - (before is Flag.PICK)
            self._undecided[cluster.id] += (before in DECIDED) - (after in DECIDED)
            self.open_bursts += self.is_open(cluster) - was_open

    @property
    def groups(self) -> int:
        """Bursts and brackets; ``photos(groups_only=True)`` are in them."""
        return self.kinds.total() - self.kinds[ClusterKind.SINGLE]

    def is_open(self, cluster: Cluster) -> bool:
        """Tell whether a cluster of the shoot is a burst without a pick, and with frames that may be it."""
        burst = cluster.kind is ClusterKind.BURST
        return burst and not self._picks[cluster.id] and bool(self._undecided[cluster.id])


def _is_group(cluster: Cluster) -> bool:
    return cluster.kind is not ClusterKind.SINGLE
