"""Groups and ranks a shoot, again and again: the one place for a run and for the window that shows it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple, Protocol

from core.cancelling import go_on
from core.grouping.group import NOWHERE, Grouping
from core.ranking.sameness import Frames, same_frames
from core.ranking.score import rank
from core.ranking.sureness import runs_on
from core.settings import GroupingRules, Weights
from core.types import Analysis, Cluster, PhotoId

_REMEMBERED = 4  # groups not asked for again, for each that is: a slider goes back and forth


class Groups(Protocol):
    """What makes groups: a ``Grouper``, or ``core.grouping.amended.FoundGroups`` until there is one."""

    def group(self, rules: GroupingRules, placed: Mapping[PhotoId, str]) -> Grouping:
        """Return the groups under these rules, around those the user made."""
        ...

    def copies_among(self, photo_ids: Sequence[PhotoId]) -> Mapping[PhotoId, PhotoId]:
        """Return the copies among the frames of one group, each with its original."""
        ...


@dataclass(frozen=True, slots=True)
class Basis:
    """What groups are ranked by.

    Attributes:
        analyses: measures, as many as there are.
        weights: how much each term counts.
        pending: photos that are still going to be measured.
    """

    analyses: Mapping[PhotoId, Analysis]
    weights: Weights
    pending: Collection[PhotoId] = ()


class _Known(NamedTuple):
    """A ranked group, with all that its ranking came from."""

    frames: Frames
    weights: Weights
    copies: Mapping[PhotoId, PhotoId]
    cluster: Cluster

    def holds(
        self, cluster: Cluster, frames: Frames, weights: Weights, copies: Mapping[PhotoId, PhotoId]
    ) -> bool:
        return (
            self.cluster.kind is cluster.kind
            and self.weights == weights
            and self.copies == copies
            and runs_on(self.cluster.grounds) == runs_on(cluster.grounds)
            and same_frames(self.frames, frames)
        )


class GroupRanker:
    """Groups and ranks one shoot; a group of the same frames of which nothing new is known is ranked as before.

    A run hands it to the window with what it found, and both go on with it, each in its own thread: what is remembered
    is only ever replaced as a whole, and looked at closely before it is believed.
    """

    def __init__(self) -> None:
        self._known: Mapping[tuple[PhotoId, ...], _Known] = {}

    def group(
        self, groups: Groups, rules: GroupingRules, basis: Basis, placed: Mapping[PhotoId, str] = NOWHERE
    ) -> Grouping:
        """Return the groups, ranked.

        Args:
            groups: makes them.
            rules: how tight.
            basis: what they are ranked by.
            placed: the groups the user made, by name as in ``core.grouping.users_groups``.
        """
        grouping = groups.group(rules, placed)
        return replace(grouping, clusters=self.rank(grouping.clusters, groups, basis))

    def rank(self, clusters: Iterable[Cluster], groups: Groups, basis: Basis) -> tuple[Cluster, ...]:
        """Return clusters ranked, in the same order.

        A frame that could not be measured before is not waited for: what is known of the others holds meanwhile.
        """
        ranked = []
        known: dict[tuple[PhotoId, ...], _Known] = {}
        for cluster in clusters:
            go_on()
            frames = tuple(map(basis.analyses.get, cluster.photo_ids))
            copies = groups.copies_among(cluster.photo_ids)
            former = self._known.get(cluster.photo_ids)
            if former is not None and former.holds(cluster, frames, basis.weights, copies):
                best = replace(former.cluster, scene_id=cluster.scene_id, grounds=cluster.grounds)
            else:
                best = rank(cluster, basis.analyses, basis.weights, basis.pending, copies)
            ranked.append(best)
            if best.scores:
                known[cluster.photo_ids] = _Known(frames, basis.weights, copies, best)
        self._take(known)
        return tuple(ranked)

    def remember(self, clusters: Iterable[Cluster], groups: Groups, basis: Basis) -> None:
        """Note clusters that were ranked before, on this basis."""
        self._take(
            {
                cluster.photo_ids: _Known(
                    tuple(map(basis.analyses.get, cluster.photo_ids)),
                    basis.weights,
                    groups.copies_among(cluster.photo_ids),
                    cluster,
                )
                for cluster in clusters
                if cluster.scores
            }
        )

    def _take(self, known: Mapping[tuple[PhotoId, ...], _Known]) -> None:
        older = ((key, each) for key, each in self._known.items() if key not in known)
        self._known = {**known, **dict(islice(older, _REMEMBERED * len(known)))}
