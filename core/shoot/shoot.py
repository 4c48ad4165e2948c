"""The shoot as known so far: what a run's events add up to, for window, command line and tests alike."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from core.grouping.amended import FoundGroups
from core.grouping.clocks import ClockOffset
from core.grouping.group import Grouper, Grouping
from core.grouping.words import apart_by_hand
from core.known.people import KnownPerson, with_key_people
from core.language import explained
from core.pipeline.events import (
    ClustersUpdated,
    Event,
    Finished,
    GrouperReady,
    MarksRead,
    PeopleFound,
    PhotoFailed,
    PhotosAnalyzed,
    PhotosFound,
)
from core.ranking.group_ranker import Basis, GroupRanker, Groups
from core.ranking.likely_rejects import likely_rejects
from core.settings import GroupingRules, Weights
from core.shoot.people import ShootPeople
from core.shoot.tally import FlagCounts, Tally
from core.shoot.ungrouped import with_ungrouped
from core.types import (
    DECIDED,
    Analysis,
    Cluster,
    ClusterId,
    ClusterKind,
    Decision,
    FileMarks,
    Flag,
    Flaw,
    FlawKind,
    FrameScore,
    Photo,
    PhotoId,
    Scene,
    SceneId,
    Thing,
)


class Filter(StrEnum):
    """Which photos are shown."""

    ALL = "all"
    PICKS = "picks"
    REJECTS = "rejects"
    UNDECIDED = "undecided"
    GROUPS = "groups"  # bursts and brackets only
    OPEN = "open"  # the undecided frames of bursts and brackets


class Shoot:
    """Photos, measures, groups, failures and decisions, each looked up by photo id.

    Until the first grouping arrives every photo stands alone, so that there is always something to show.

    Attributes:
        people: who is in the photos, and what they are called.
        forgiven: what is meant so in this shoot, and makes no likely reject; by its profile.
        things: what the photos surely show, as far as it was asked for.
        described: for each description that was asked for, the photos by how near they are to it, nearest first.
        waits_for_grouper: groups or suggestions were asked for that can be made only after ``GrouperReady``.
    """

    def __init__(self, rules: GroupingRules | None = None, weights: Weights | None = None) -> None:
        self.rules = rules or GroupingRules()
        self.weights = weights or Weights()
        self.photos: dict[PhotoId, Photo] = {}
        self.analyses: dict[PhotoId, Analysis] = {}
        self.clusters: dict[ClusterId, Cluster] = {}
        self.scenes: dict[SceneId, Scene] = {}
        self._decisions: dict[PhotoId, Decision] = {}
        self.copies: dict[PhotoId, PhotoId] = {}
        self.clock_offsets: tuple[ClockOffset, ...] = ()
        self.forgiven: frozenset[FlawKind] = frozenset()
        self.marks: dict[PhotoId, tuple[FileMarks, ...]] = {}
        self.things: Mapping[PhotoId, Sequence[Thing]] = {}
        self.described: dict[str, tuple[PhotoId, ...]] = {}
        self.failures: list[PhotoFailed] = []
        self.skipped: tuple[tuple[str, int], ...] = ()
        self.finished: Finished | None = None
        self._grouper: Grouper | None = None
        self._found = FoundGroups()
        self._ranker = GroupRanker()
        self.waits_for_grouper = False
        self._cluster_of: dict[PhotoId, ClusterId] = {}
        self._tally: Tally | None = None
        self._scores: dict[PhotoId, FrameScore] = {}
        self._were_key = False  # somebody's faces are marked
        self.people = ShootPeople(self)

    @property
    def is_settled(self) -> bool:
        """Whether a run went through all photos: until then, and after one that was stopped, suggestions may change."""
        return self.finished is not None and not self.finished.cancelled

    def begin_run(self) -> None:
        """Begin another run over the same photos, which reports anew what cannot be used; all else stays."""
        self.failures.clear()
        self.finished = None

    def apply(self, event: Event) -> None:
        """Take one event in. Progress and previews change nothing here."""
        match event:
            case PhotosFound() if self._are_known(event.photos):
                self.skipped = event.skipped  # looked at once more: the groups stay until they are found anew
            case PhotosFound():
                self.photos = {photo.id: photo for photo in event.photos}
                self.skipped = event.skipped
                self._grouper = None  # knows nothing of photos found since
                self._found = FoundGroups()
                self._group(*with_ungrouped(self.photos, self.clusters, self.scenes))
            case MarksRead():
                self.marks.update(event.marks)
            case PhotosAnalyzed() | PeopleFound():
                self._take_measures(event.analyses)
            case ClustersUpdated():
                self._grouper = event.grouper
                self._ranker = event.ranker
                self._take_measures(event.analyses)
                self.copies.update(event.copies)
                self._found = FoundGroups(Grouping(event.clusters, event.scenes), self.photos, self.copies)
                self.clock_offsets = event.clocks
                self._group(event.clusters, event.scenes)
                self._weigh_key_people()
                if self._placed():
                    self.regroup(self.rules)
            case GrouperReady():
                self._grouper = event.grouper
                self._take_measures(event.analyses)
                self._weigh_key_people()
                if self.waits_for_grouper:
                    self.regroup(self.rules)
            case PhotoFailed():
                self.failures.append(event)
            case Finished():
                self.finished = event

    def _are_known(self, photos: Sequence[Photo]) -> bool:
        return len(photos) == len(self.photos) and photos == tuple(self.photos.values())

    def rank(self, weights: Weights) -> None:
        """Rank the frames of every burst anew, from what was measured; once they are grouped, where they are not."""
        self.waits_for_grouper |= self._grouper is None
        self.weights = weights
        if self._grouper is None and not self._found:
            return
        clusters = self._ranker.rank(self.clusters.values(), self._groups, self._basis())
        self._group(clusters, tuple(self.scenes.values()))

    def ranker_ahead(self) -> Callable[[Weights], object]:
        """Return what ranks this shoot as it is now on another thread, so that ``rank`` has only to look it up."""
        clusters, groups, ranker = tuple(self.clusters.values()), self._groups, self._ranker
        basis = self._basis()
        basis = replace(basis, analyses=dict(basis.analyses))
        return lambda weights: ranker.rank(clusters, groups, replace(basis, weights=weights))

    @property
    def decisions(self) -> Mapping[PhotoId, Decision]:
        """What is decided, as it is seen, by photo. ``core.review.review.Review`` writes it down and changes it."""
        return self._decisions

    def set_decisions(self, decisions: Mapping[PhotoId, Decision]) -> bool:
        """Take changed decisions in; the others stay. Photos put into other groups are there at once.

        Returns:
            Whether photos were put into other groups.
        """
        moved = False
        for photo_id, decision in decisions.items():
            before = self._decisions.get(photo_id)
            moved = moved or decision.group != (before.group if before is not None else None)
            flag = before.flag if before is not None else None
            if self._tally is not None and flag is not decision.flag and photo_id in self._cluster_of:
                self._tally.change(self.cluster_of(photo_id), flag, decision.flag)
            self._decisions[photo_id] = decision
        if moved:
            self.regroup(self.rules)
        return moved

    def regroup(self, rules: GroupingRules) -> None:
        """Group anew from what was measured, around the groups the user made; at once, up to some thousands."""
        wanted = self.waits_for_grouper or rules != self.rules or bool(self._placed())
        self.waits_for_grouper = self._grouper is None and wanted
        self.rules = rules
        if self._grouper is None and not self._found:
            return
        grouping = self._ranker.group(self._groups, rules, self._basis(), self._placed())
        self._group(grouping.clusters, grouping.scenes)

    def why_apart(self, cluster: Cluster) -> tuple[str, ...]:
        """Say why the frame before a group and the one after it are not in it; nothing where there is none."""
        if self._grouper is None:
            return ()
        order = list(self.photos)
        inside = set(cluster.photo_ids)
        sides = (
            (cluster.photo_ids[0], reversed(order[: order.index(cluster.photo_ids[0])])),
            (cluster.photo_ids[-1], iter(order[order.index(cluster.photo_ids[-1]) :])),
        )
        words = []
        for edge, outward in sides:
            other = next((photo_id for photo_id in outward if photo_id not in inside), None)
            if other is None:
                continue
            placed = {self.decision(edge).group, self.decision(other).group} != {None}
            reason = apart_by_hand() if placed else self._grouper.why_apart(edge, other)
            words.append(explained(self.photos[other].path.name, reason))
        return tuple(words)

    def know(self, known: Sequence[KnownPerson]) -> None:
        """Take in whom the user named, here and in other shoots; key people count more in suggestions from now on."""
        self.people.know(known)
        self._weigh_key_people()

    def _weigh_key_people(self) -> None:
        """Rank by who is a key person, once complete measures are there to rank by: a run knows nobody's name."""
        key = self.people.key_people()
        if self._grouper is None:
            self.waits_for_grouper |= bool(key)
            return
        if not key and not self._were_key:
            return
        self._were_key = bool(key)
        self.analyses.update(with_key_people(self.analyses, key))
        self.rank(self.weights)

    def _take_measures(self, analyses: Iterable[Analysis]) -> None:
        self.people.forget_recognised()
        self.analyses.update((analysis.photo_id, analysis) for analysis in analyses)

    @property
    def _groups(self) -> Groups:
        return self._grouper or self._found

    def _basis(self) -> Basis:
        return Basis(self.analyses, self.weights, self._pending())

    def _placed(self) -> dict[PhotoId, str]:
        """Return the groups the user made."""
        return {
            photo_id: decision.group
            for photo_id, decision in self._decisions.items()
            if decision.group is not None and photo_id in self.photos
        }

    def look_names(self) -> dict[PhotoId, str]:
        """Return the names the user gave to what photos look like, by photo, in order of the shoot."""
        return {
            photo_id: look for photo_id in self.photos if (look := self.decision(photo_id).look) is not None
        }

    def decision(self, photo_id: PhotoId) -> Decision:
        """Return the decision on a photo; an empty one where there is none."""
        return self._decisions.get(photo_id) or Decision(photo_id)

    def cluster_of(self, photo_id: PhotoId) -> Cluster:
        """Return the one cluster a photo is in. Raises KeyError for a photo that is not of this shoot."""
        return self.clusters[self._cluster_of[photo_id]]

    def score(self, photo_id: PhotoId) -> FrameScore | None:
        """Return the photo's score within its burst, None where it has none."""
        return self._scores.get(photo_id)

    def is_suggested(self, photo_id: PhotoId) -> bool:
        """Tell whether the program suggests this frame of its burst."""
        return self.cluster_of(photo_id).suggested_pick == photo_id

    def keepers_beside(self, photo_id: PhotoId) -> list[PhotoId]:
        """Return the other keepers of a photo's group; where there is none, the frame that is suggested instead."""
        cluster = self.cluster_of(photo_id)
        others = [one for one in cluster.photo_ids if one != photo_id]
        kept = [one for one in others if self.decision(one).is_kept]
        return kept or [one for one in others if one == cluster.suggested_pick]

    def passes(self, photo_id: PhotoId, which: Filter) -> bool:
        """Tell whether a photo is shown under a filter."""
        flag = self.decision(photo_id).flag
        match which:
            case Filter.ALL:
                return True
            case Filter.PICKS:
                return flag is Flag.PICK
            case Filter.REJECTS:
                return flag is Flag.REJECT
            case Filter.UNDECIDED:
                return flag not in DECIDED
            case Filter.GROUPS:
                return self.cluster_of(photo_id).kind is not ClusterKind.SINGLE
            case Filter.OPEN:
                return flag not in DECIDED and self.cluster_of(photo_id).kind is not ClusterKind.SINGLE

    def why_reject(self, photo_id: PhotoId) -> tuple[Flaw, ...]:
        """Say why a photo is a likely reject, as far as it is known by now; nothing where it is none."""
        return likely_rejects(self.cluster_of(photo_id), self.analyses, self.forgiven).get(photo_id, ())

    def likely_rejects(self) -> dict[PhotoId, tuple[Flaw, ...]]:
        """Return all likely rejects, decided or not, in the order of the groups."""
        found: dict[PhotoId, tuple[Flaw, ...]] = {}
        for cluster in self.clusters_in_order():
            found.update(likely_rejects(cluster, self.analyses, self.forgiven))
        return found

    def next_likely_reject(self, photo_id: PhotoId | None) -> PhotoId | None:
        """Return the next undecided likely reject after a photo, round the end to the start; None if there is none."""
        order = [frame for cluster in self.clusters_in_order() for frame in cluster.photo_ids]
        start = order.index(photo_id) + 1 if photo_id is not None else 0
        for frame in [*order[start:], *order[:start]]:
            if self.decision(frame).flag not in DECIDED and self.why_reject(frame):
                return frame
        return None

    def clusters_in_order(self) -> Iterable[Cluster]:
        """Return all clusters, scene by scene in order of time."""
        for scene_id in self.scenes:
            yield from self.clusters_of(scene_id)

    def clusters_of(self, scene_id: SceneId) -> Iterable[Cluster]:
        """Return the clusters of a scene, in order of time."""
        return map(self.clusters.__getitem__, self.scenes[scene_id].cluster_ids)

    def next_open_burst(self, photo_id: PhotoId | None, *, own_too: bool = False) -> Cluster | None:
        """Return the next open burst, round the end to the start; None if there is none.

        Args:
            photo_id: it begins after the group of this photo, or at the start of the shoot.
            own_too: it begins with that group.
        """
        clusters = list(self.clusters_in_order())
        start = clusters.index(self.cluster_of(photo_id)) + (not own_too) if photo_id is not None else 0
        for cluster in [*clusters[start:], *clusters[:start]]:
            if self.tally.is_open(cluster):
                return cluster
        return None

    @property
    def tally(self) -> Tally:
        """How much is decided."""
        if self._tally is None:
            self._tally = Tally(self.clusters.values(), self._flag_of)
        return self._tally

    def _flag_of(self, photo_id: PhotoId) -> Flag | None:
        """Return the flag of a photo, and make no decision of it where there is none."""
        decision = self._decisions.get(photo_id)
        return decision.flag if decision is not None else None

    def counts(self, among: Sequence[PhotoId] | None = None) -> dict[Filter, int]:
        """Count how many photos each filter shows: of all, or among those that something else leaves."""
        flags: FlagCounts = self.tally if among is None else FlagCounts(map(self._counted, among))
        return {
            Filter.ALL: flags.photos(),
            Filter.PICKS: flags.flagged(Flag.PICK),
            Filter.REJECTS: flags.flagged(Flag.REJECT),
            Filter.UNDECIDED: flags.undecided(),
            Filter.GROUPS: flags.photos(groups_only=True),
            Filter.OPEN: flags.undecided(groups_only=True),
        }

    def _counted(self, photo_id: PhotoId) -> tuple[bool, Flag | None]:
        """Return what a photo counts as: whether it is in a group, and its flag."""
        return self.cluster_of(photo_id).kind is not ClusterKind.SINGLE, self._flag_of(photo_id)

    def unseen(self) -> set[PhotoId]:
        """Return the photos that could not be looked at."""
        failed = {failure.photo_id for failure in self.failures if failure.photo_id is not None}
        return failed - self.analyses.keys()

    @property
    def unmeasured(self) -> int:
        """How many photos are still to be measured, by the run under way or by one that goes on where it ended."""
        return self.finished.unmeasured if self.finished else len(self._pending())

    def _pending(self) -> set[PhotoId]:
        """Return the photos that are still going to be measured."""
        if self.finished:
            return set()
        photos = {photo_id for photo_id, photo in self.photos.items() if not photo.is_film}
        return photos - self.analyses.keys() - {failure.photo_id for failure in self.failures}

    def _group(self, clusters: tuple[Cluster, ...], scenes: tuple[Scene, ...]) -> None:
        self.clusters = {cluster.id: cluster for cluster in clusters}
        self.scenes = {scene.id: scene for scene in scenes}
        self._tally = None
        self._cluster_of = {pid: cluster.id for cluster in clusters for pid in cluster.photo_ids}
        self._scores = {score.photo_id: score for cluster in clusters for score in cluster.scores}
