"""The best of a shoot, as many as are wanted, spread over scenes, people and kinds of picture: a proposal with reasons.

Greedy choice of what adds most to a sum of three parts, each at most 1:

- kinds of picture: how well each group of the shoot is represented by a chosen frame that looks like it, likeness
  times worth (facility location); groups of many frames count more;
- scenes: what the best chosen frame of each is worth, larger scenes counting more;
- people: how well each is met in the best chosen frame of them, those met more often counting more.

What a frame adds only becomes less as more are chosen. So the greedy choice reaches at least 63 % of the best
possible sum (Nemhauser, Wolsey and Fisher, 1978), and what a frame once added bounds what it can add now, so that few
have to be looked at again (Minoux, 1978): that is what makes it quick.
"""

import heapq
import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from core.grouping.likeness import Likeness
from core.ranking.likely_rejects import is_sound
from core.ranking.worth import well_met, worth
from core.subject.main_people import main_people
from core.types import Analysis, Cluster, Decision, Flag, FlawKind, PhotoId, SceneId

_Key = TypeVar("_Key")

_KINDS, _SCENES, _PEOPLE = 1.0, 0.5, 0.5
_STAND_FOR_ALL = 800  # groups that stand for the whole shoot where it has more: the sum hardly moves
_ALIKE = 0.5  # likeness to one chosen before from which a picture is of no new kind
_DIGITS = 7  # of a gain: smaller differences count as equal, in whatever order the machine adds


class Adds(StrEnum):
    """What a frame adds to those chosen before it."""

    YOURS = "yours"  # the user picked it or gave it stars
    SCENE = "scene"  # the first of its scene
    PERSON = "person"  # the first of somebody
    KIND = "kind"  # it looks like none of them
    GOOD = "good"  # nothing new, but it is good


@dataclass(frozen=True, slots=True)
class Proposed:
    """One frame of the proposal.

    Attributes:
        photo_id: which.
        adds: why it is in, what counts most first.
        scene_id: its scene.
        people: the numbers of those who are seen here first.
        gain: by how much the sum grew.
        worth: how good it is by itself, 0 to 1.
    """

    photo_id: PhotoId
    adds: tuple[Adds, ...]
    scene_id: SceneId
    people: tuple[int, ...]
    gain: float
    worth: float


def best_of(
    count: int,
    clusters: Iterable[Cluster],
    analyses: Mapping[PhotoId, Analysis],
    decisions: Mapping[PhotoId, Decision],
    copies: Mapping[PhotoId, PhotoId],
    forgiven: Collection[FlawKind],
) -> tuple[Proposed, ...]:
    """Propose ``count`` frames, or as many as there are.

    What the user picked or gave stars comes first, before any other. Never two of a burst or bracket, nor a frame and
    its copy; never a reject, nor a likely one, unless the user kept it all the same.

    Args:
        count: 0 and more.
        clusters: of the shoot; bursts ranked.
        analyses: of the shoot; what was not measured is not proposed.
        decisions: by photo.
        copies: each copy of a photo with its original.
        forgiven: what is meant so in this shoot, by its profile, and is no flaw.

    Returns:
        In the order in which they were chosen: the first ones are also the proposal for a smaller number.
    """
    candidates = _candidates(clusters, analyses, decisions, copies, forgiven)
    choice = _Choice(candidates, analyses)
    chosen = choice.take(count, [at for at, one in enumerate(candidates) if one.is_yours])
    chosen += choice.take(count - len(chosen), [at for at, one in enumerate(candidates) if not one.is_yours])
    return tuple(chosen)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """The best frame of one group."""

    photo_id: PhotoId
    scene_id: SceneId
    people: Mapping[int, float]  # how well each is met
    worth: float
    frames: int
    is_yours: bool


def _candidates(
    clusters: Iterable[Cluster],
    analyses: Mapping[PhotoId, Analysis],
    decisions: Mapping[PhotoId, Decision],
    copies: Mapping[PhotoId, PhotoId],
    forgiven: Collection[FlawKind],
) -> list[_Candidate]:
    """Return one frame of each group that has a fit one, in an order that is the shoot's own, whatever came first."""
    found = (_candidate(cluster, analyses, decisions, forgiven) for cluster in clusters)
    best_first = sorted(
        (one for one in found if one is not None),
        key=lambda one: (not one.is_yours, -one.worth, one.photo_id),
    )
    by_original: dict[PhotoId, _Candidate] = {}
    for one in best_first:
        by_original.setdefault(copies.get(one.photo_id, one.photo_id), one)
    return sorted(by_original.values(), key=lambda one: one.photo_id)


def _candidate(
    cluster: Cluster,
    analyses: Mapping[PhotoId, Analysis],
    decisions: Mapping[PhotoId, Decision],
    forgiven: Collection[FlawKind],
) -> _Candidate | None:
    scored = {score.photo_id: score.total for score in cluster.scores}
    known = ((photo_id, decisions.get(photo_id) or Decision(photo_id)) for photo_id in cluster.photo_ids)
    ranked = sorted(
        (one for one in known if one[0] in analyses and one[1].flag is not Flag.REJECT),
        key=lambda one: (_rank(one[1]), scored.get(one[0], 0.0)),
        reverse=True,  # of equals the first, still
    )
    fit = (one for one in ranked if one[1].is_kept or is_sound(analyses[one[0]], forgiven))
    photo_id, decision = next(fit, (None, None))
    if photo_id is None or decision is None:
        return None
    analysis = analyses[photo_id]
    main = main_people([analysis])
    value = worth(analysis, main)
    faces = (person.faces[0] for person in main)
    people = {face.identity: value * well_met(face) for face in faces if face.identity is not None}
    return _Candidate(photo_id, cluster.scene_id, people, value, len(cluster.photo_ids), _is_yours(decision))


def _rank(decision: Decision) -> tuple[bool, bool, int]:
    """Return a key that puts kept before others, the user's before the program's, more stars before fewer."""
    return decision.is_kept, _is_yours(decision), decision.stars


def _is_yours(decision: Decision) -> bool:
    """Tell whether the user kept it: stars are always theirs, a pick may be the program's."""
    return decision.is_kept and (not decision.is_programs or bool(decision.stars))


class _Choice:
    """The choice as far as it is made, and what each candidate would add to it."""

    def __init__(self, candidates: Sequence[_Candidate], analyses: Mapping[PhotoId, Analysis]) -> None:
        self._candidates = candidates
        self._looks = _looks(candidates, analyses)
        every = max(1, math.ceil(len(candidates) / _STAND_FOR_ALL))
        self._likeness = np.maximum(self._looks @ self._looks[::every].T, 0)
        self._stood_for = np.zeros(self._likeness.shape[1], np.float32)
        roots = np.sqrt(np.array([one.frames for one in candidates[::every]], np.float32))
        self._counts = roots / max(float(roots.sum()), 1.0)
        self._of_scene = _shares(Counter(one.scene_id for one in candidates for _ in range(one.frames)))
        self._of_person = _shares(Counter(person for one in candidates for person in one.people))
        self._scenes: dict[SceneId, float] = {}
        self._people: dict[int, float] = {}
        self._chosen: list[int] = []
        worths = np.array([one.worth for one in candidates])
        kinds = self._likeness @ self._counts * worths
        self._most = [
            _KINDS * float(kinds[at]) + self._gain_but_kinds(one) for at, one in enumerate(candidates)
        ]

    def take(self, count: int, among: Sequence[int]) -> list[Proposed]:
        """Take up to so many of some candidates, always the one that adds most; of equals the first."""
        heap = [(-self._most[at], at) for at in among]
        heapq.heapify(heap)
        taken: list[Proposed] = []
        while heap and len(taken) < count:
            _, at = heapq.heappop(heap)
            gain = self._gain(at)
            if heap and (-gain, at) > heap[0]:
                heapq.heappush(heap, (-gain, at))
            else:
                taken.append(self._take(at, gain))
        return taken

    def _take(self, at: int, gain: float) -> Proposed:
        one = self._candidates[at]
        new = tuple(sorted(one.people.keys() - self._people.keys()))
        proposed = Proposed(one.photo_id, self._adds(at, new), one.scene_id, new, gain, one.worth)
        self._chosen.append(at)
        self._scenes[one.scene_id] = max(one.worth, self._scenes.get(one.scene_id, 0.0))
        for person, met in one.people.items():
            self._people[person] = max(met, self._people.get(person, 0.0))
        np.maximum(self._stood_for, self._stands_for(at), out=self._stood_for)
        return proposed

    def _gain(self, at: int) -> float:
        kinds = float(np.maximum(self._stands_for(at) - self._stood_for, 0) @ self._counts)
        return round(_KINDS * kinds + self._gain_but_kinds(self._candidates[at]), _DIGITS)

    def _gain_but_kinds(self, one: _Candidate) -> float:
        scene = max(0.0, one.worth - self._scenes.get(one.scene_id, 0.0)) * self._of_scene[one.scene_id]
        people = sum(
            max(0.0, met - self._people.get(person, 0.0)) * self._of_person[person]
            for person, met in one.people.items()
        )
        return _SCENES * scene + _PEOPLE * people

    def _stands_for(self, at: int) -> NDArray[np.float32]:
        """Return how well a candidate stands for each group of the shoot."""
        stands: NDArray[np.float32] = self._likeness[at] * np.float32(self._candidates[at].worth)
        return stands

    def _adds(self, at: int, new: Collection[int]) -> tuple[Adds, ...]:
        one = self._candidates[at]
        likest = max((float(self._looks[at] @ self._looks[other]) for other in self._chosen), default=-1.0)
        told = (
            (Adds.YOURS, one.is_yours),
            (Adds.SCENE, one.scene_id not in self._scenes),
            (Adds.PERSON, bool(new)),
            (Adds.KIND, likest < _ALIKE),
        )
        return tuple(adds for adds, is_so in told if is_so) or (Adds.GOOD,)


def _looks(candidates: Sequence[_Candidate], analyses: Mapping[PhotoId, Analysis]) -> NDArray[np.float32]:
    """Return the candidates' looks, freed of what all of them share, as unit vectors, shape (candidates, D)."""
    order = [one.photo_id for one in candidates]
    likeness = Likeness(analyses, order)
    looks = [look for photo_id in order if (look := likeness.vector(photo_id)) is not None]
    return np.stack(looks) if looks else np.zeros((0, 0), np.float32)


def _shares(counts: Mapping[_Key, int]) -> dict[_Key, float]:
    """Turn counts into shares that sum to 1, by their roots: nine times as many frames count three times as much."""
    whole = sum(map(math.sqrt, counts.values())) or 1.0
    return {key: math.sqrt(count) / whole for key, count in counts.items()}
