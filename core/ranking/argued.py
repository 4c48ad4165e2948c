"""All that can be argued of one burst, worked out at once: some milliseconds, too long for a key to wait."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.ranking.arguments import Argument, argue, burst_of, losses
from core.ranking.terms import Burst
from core.ranking.weightings import Robustness, robustness
from core.types import Analysis, Cluster, PhotoId


@dataclass(frozen=True, slots=True, eq=False)
class Argued:
    """What is argued of a ranked burst.

    Attributes:
        cluster: the burst.
        burst: its frames that were judged.
        losses: why each of them but the first is behind it.
        robustness: in what share of weightings the first stays first; None where it had no rival.
    """

    cluster: Cluster
    burst: Burst
    losses: Mapping[PhotoId, Argument]
    robustness: Robustness | None

    @classmethod
    def of(
        cls, cluster: Cluster, analyses: Mapping[PhotoId, Analysis], copies: Mapping[PhotoId, PhotoId]
    ) -> "Argued":
        """Work it out for a group with scores."""
        burst = burst_of(cluster, analyses, copies)
        rivals = len(cluster.scores) > 1
        return cls(
            cluster, burst, losses(cluster.scores, burst), robustness(cluster.scores) if rivals else None
        )

    def between(self, photo_id: PhotoId, other_id: PhotoId) -> Argument:
        """Compare two frames; raises ``KeyError`` where one of them was not judged."""
        return argue(self.cluster.scores, self.burst, photo_id, other_id)
