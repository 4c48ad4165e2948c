"""All that can be argued of one burst, worked out at once: some milliseconds, too long for a key to wait."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.ranking.arguments import Arguing, Argument, burst_of
from core.ranking.weightings import Robustness, robustness
from core.types import Analysis, Cluster, PhotoId


@dataclass(frozen=True, slots=True, eq=False)
class Argued:
    """What is argued of a ranked burst.

    Attributes:
        cluster: the burst.
        arguing: about any two of its frames that were judged.
        losses: why each of them but the first is behind it.
        robustness: in what share of weightings the first stays first; None where it had no rival.
    """

    cluster: Cluster
    arguing: Arguing
    losses: Mapping[PhotoId, Argument]
    robustness: Robustness | None

    @classmethod
    def of(
        cls, cluster: Cluster, analyses: Mapping[PhotoId, Analysis], copies: Mapping[PhotoId, PhotoId]
    ) -> "Argued":
        """Work it out for a group with scores."""
        arguing = Arguing(cluster.scores, burst_of(cluster, analyses, copies))
        rivals = len(cluster.scores) > 1
        how_firmly = robustness(cluster.scores) if rivals else None
        return cls(cluster, arguing, arguing.losses(), how_firmly)

    def between(self, photo_id: PhotoId, other_id: PhotoId) -> Argument:
        """Compare two frames; raises ``KeyError`` where one of them was not judged."""
        return self.arguing.between(photo_id, other_id)
