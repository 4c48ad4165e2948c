"""Which photos are shown and in which order: a photographer's questions to a shoot, as frozen data."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.language import tr
from core.ranking.likely_rejects import is_blurred
from core.shoot.asked import BADLY_EXPOSED, EyesAsked, Focus, LikelyReject, eyes_of, is_focus, is_likely
from core.shoot.listed import Listed
from core.shoot.query import NoQueryError, Query, parse
from core.shoot.search import finds, why_found
from core.shoot.shoot import Filter, Shoot
from core.types import (
    Cluster,
    ClusterId,
    ClusterKind,
    Label,
    PhotoId,
    Scene,
    SceneId,
    Sureness,
)


class Sort(StrEnum):
    """In which order groups stand."""

    TIME = "time"
    SCORE = "score"  # the frames of each group, best first
    DOUBT = "doubt"  # groups the program is least sure of first, over the whole shoot


@dataclass(frozen=True, slots=True)
class Criteria:
    """Every field narrows what is shown; as it comes, everything is.

    Attributes:
        show: by flag, or groups only.
        stars: least rating.
        labels: any of these; empty for no matter.
        eyes, focus, kind, reject: None for no matter.
        camera: ``Photo.camera_name``, "" for no matter.
        thing: English word of what a photo must surely show, "" for no matter.
        person: number of somebody who must be in the picture, see ``Shoot.people``; None for no matter.
        doubtful: only groups with reasons to doubt, see ``doubts``.
        listed: only these; None for no matter.
        text: a query, see ``core.shoot.query``; what is none narrows nothing.
    """

    show: Filter = Filter.ALL
    stars: int = 0
    labels: frozenset[Label] = frozenset()
    eyes: EyesAsked | None = None
    focus: Focus | None = None
    camera: str = ""
    thing: str = ""
    person: int | None = None
    kind: ClusterKind | None = None
    reject: LikelyReject | None = None
    doubtful: bool = False
    listed: Listed | None = None
    text: str = ""

    @property
    def details(self) -> int:
        """How many fields beside ``show``, ``listed`` and ``text`` narrow."""
        narrowed = (self.stars, self.labels, self.eyes, self.focus, self.camera, self.kind, self.reject)
        return sum(map(bool, (*narrowed, self.thing, self.doubtful, self.person is not None)))

    @property
    def shows_all(self) -> bool:
        """Whether nothing is left out."""
        return self == Criteria()

    @property
    def by_show_alone(self) -> bool:
        """Whether nothing but ``show`` narrows."""
        return not self.details and not self.text and self.listed is None

    def passes(self, photo_id: PhotoId, shoot: Shoot) -> bool:
        """Tell whether a photo of the shoot is shown."""
        return self.test(shoot)(photo_id)

    def test(self, shoot: Shoot) -> Callable[[PhotoId], bool]:
        """Return the same question, made ready to be asked of many photos of one shoot."""
        if self.shows_all:
            return lambda _photo_id: True
        if self.by_show_alone:
            return lambda photo_id: shoot.passes(photo_id, self.show)
        query = self._query()
        return lambda photo_id: (
            shoot.passes(photo_id, self.show)
            and self._passes_details(photo_id, shoot)
            and finds(query, photo_id, shoot)
        )

    def why(self, photo_id: PhotoId, shoot: Shoot) -> tuple[str, ...]:
        """Say by what the query finds a photo, in short phrases."""
        if not self.text:
            return ()
        return why_found(self._query(), photo_id, shoot)

    def _query(self) -> Query:
        try:
            return parse(self.text)
        except NoQueryError:
            return Query()

    def _passes_details(self, photo_id: PhotoId, shoot: Shoot) -> bool:
        photo, decision = shoot.photos[photo_id], shoot.decision(photo_id)
        cluster = shoot.cluster_of(photo_id)
        return (
            (self.listed is None or photo_id in self.listed.photo_ids)
            and (decision.rating or 0) >= self.stars
            and (not self.labels or decision.label in self.labels)
            and (not self.camera or photo.camera_name == self.camera)
            and (not self.thing or any(each.word == self.thing for each in shoot.things.get(photo_id, ())))
            and (self.person is None or self.person in shoot.people.identities(photo_id))
            and (self.kind is None or cluster.kind is self.kind)
            and (self.eyes is None or eyes_of(shoot.analyses.get(photo_id)) is self.eyes)
            and (self.focus is None or is_focus(self.focus, photo_id, shoot))
            and (self.reject is None or is_likely(self.reject, photo_id, shoot))
            and (not self.doubtful or bool(doubts(cluster, shoot)))
        )


def doubts(cluster: Cluster, shoot: Shoot) -> tuple[str, ...]:
    """Return reasons not to trust the suggestion for a burst, as short sentences; none for other groups."""
    if cluster.kind is not ClusterKind.BURST:
        return ()
    if cluster.suggested_pick is None:
        return (
            tr("Nothing could be measured") if shoot.is_settled else tr("Not every frame is measured yet"),
        )
    best = shoot.analyses.get(cluster.suggested_pick)
    found = []
    if cluster.sureness is Sureness.CLOSE:
        found.append(tr("Too close to call"))
    if eyes_of(best) is EyesAsked.SOME_CLOSED:
        found.append(tr("Closed eyes in the best frame"))
    if best is not None and is_blurred(best):
        found.append(tr("The best frame is blurred"))
    if best is not None and best.exposure.score < BADLY_EXPOSED:
        found.append(tr("The best frame is badly exposed"))
    if len(cluster.scores) < len(cluster.photo_ids):
        settled = shoot.is_settled
        found.append(
            tr("Not every frame could be measured") if settled else tr("Not every frame is measured yet")
        )
    return tuple(found)


def things(shoot: Shoot) -> tuple[tuple[str, int], ...]:
    """Return the English words of what the shoot's photos surely show, with the number of photos, most first."""
    counts = Counter(thing.word for found in shoot.things.values() for thing in found)
    return tuple(counts.most_common())


def cameras(shoot: Shoot) -> tuple[str, ...]:
    """Return the names of the shoot's cameras, in alphabetical order."""
    return tuple(sorted({photo.camera_name for photo in shoot.photos.values() if photo.camera_name}))


def arranged(shoot: Shoot, sort: Sort) -> Sequence[tuple[Scene, Sequence[tuple[Cluster, Sequence[PhotoId]]]]]:
    """Return the shoot in the order asked for: scenes with their groups, groups with their frames.

    By doubt, scenes make no sense: there is one, of all groups, the most doubtful first, then those without
    doubt in order of time.
    """
    if sort is not Sort.DOUBT:
        return [
            (scene, [(c, _frames(c, sort)) for c in map(shoot.clusters.__getitem__, scene.cluster_ids)])
            for scene in shoot.scenes.values()
        ]
    ordered = sorted(shoot.clusters_in_order(), key=lambda cluster: _certainty(cluster, shoot))
    scene = Scene(SceneId("by doubt"), tuple(_ids(ordered)), None, None)
    return [(scene, [(cluster, cluster.photo_ids) for cluster in ordered])] if ordered else []


def _ids(clusters: Iterable[Cluster]) -> Iterable[ClusterId]:
    return (cluster.id for cluster in clusters)


def _frames(cluster: Cluster, sort: Sort) -> Sequence[PhotoId]:
    if sort is Sort.TIME or not cluster.scores:
        return cluster.photo_ids
    best_first = [score.photo_id for score in cluster.scores]
    return [*best_first, *(photo_id for photo_id in cluster.photo_ids if photo_id not in best_first)]


def _certainty(cluster: Cluster, shoot: Shoot) -> tuple[int, float]:
    """Return a key that sorts the most doubtful burst first; what the program says nothing about comes last."""
    if cluster.kind is not ClusterKind.BURST:
        return 2, 0.0
    return (0 if doubts(cluster, shoot) else 1), cluster.margin
