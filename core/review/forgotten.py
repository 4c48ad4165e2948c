"""Who and what would be missing from an export: people, scenes and hours without a keeper, each with its best frames.

Precision comes first: what is named here sends the user back to look. A passer-by is no forgotten person, a scene of
test shots no forgotten scene, and what the user rejected frame by frame is decided, not forgotten.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.ranking.likely_rejects import is_sound
from core.ranking.worth import well_met, worth
from core.subject.appearances import Appearances, Seen, appearances
from core.types import (
    Analysis,
    Cluster,
    Decision,
    Flag,
    FlawKind,
    Photo,
    PhotoId,
    Scene,
    SceneId,
    TimeSource,
)

_LEAST_FRAMES = 4  # in which somebody must be a main person to be missed
_LEAST_GROUPS = 2  # that somebody must be in to be missed: in one alone they were a moment's company
_LEAST_OF_SCENE = 3  # frames worth keeping
_LEAST_OF_HOURS = 8
_LEAST_TIME = timedelta(minutes=20)
_PAUSE = timedelta(minutes=30)  # in which nothing was taken: what follows is another stretch


@dataclass(frozen=True, slots=True)
class ForgottenPerson:
    """Somebody without a keeper.

    Attributes:
        identity: the number of the person within the shoot.
        seen_in: how many frames show them as a main person.
        candidates: those worth keeping, best first.
    """

    identity: int
    seen_in: int
    candidates: tuple[PhotoId, ...]


@dataclass(frozen=True, slots=True)
class ForgottenScene:
    """A scene without a keeper.

    Attributes:
        scene_id: which.
        frames: how many it has.
        candidates: those worth keeping, best first.
    """

    scene_id: SceneId
    frames: int
    candidates: tuple[PhotoId, ...]


@dataclass(frozen=True, slots=True)
class ForgottenHours:
    """A stretch of time without a keeper, in which photos were taken all along.

    Attributes:
        starts_at, ends_at: of its first and last frame, by the shoot's clock (``Photo.moment``).
        frames: how many were taken.
        candidates: those worth keeping, best first.
    """

    starts_at: datetime
    ends_at: datetime
    frames: int
    candidates: tuple[PhotoId, ...]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """All that has no keeper; nothing at all while nothing is kept, for then nothing stands out.

    Attributes:
        people: those in most frames first.
        scenes, hours: in order of time.
    """

    people: tuple[ForgottenPerson, ...] = ()
    scenes: tuple[ForgottenScene, ...] = ()
    hours: tuple[ForgottenHours, ...] = ()


def forgotten(
    photos: Mapping[PhotoId, Photo],
    analyses: Mapping[PhotoId, Analysis],
    clusters: Sequence[Cluster],
    scenes: Iterable[Scene],
    decisions: Mapping[PhotoId, Decision],
    forgiven: Collection[FlawKind],
) -> Forgotten:
    """Return who and what has no keeper.

    Args:
        photos: of the shoot.
        analyses: as far as measured.
        clusters: in order.
        scenes: in order of time.
        decisions: by photo; as they would be exported.
        forgiven: what is meant so in this shoot, by its profile, and is no flaw.
    """
    kept = {one for one in photos if one in decisions and decisions[one].is_kept}
    if not kept:
        return Forgotten()
    sound = _Sound(analyses, decisions, forgiven)
    return Forgotten(
        tuple(_people(analyses, clusters, kept, sound)),
        tuple(_scenes(clusters, scenes, kept, sound)),
        tuple(_hours(photos.values(), kept, sound)),
    )


class _Sound:
    """Which frames are worth keeping, and in which order; each frame is judged once, however often it is asked for."""

    def __init__(
        self,
        analyses: Mapping[PhotoId, Analysis],
        decisions: Mapping[PhotoId, Decision],
        forgiven: Collection[FlawKind],
    ) -> None:
        self._analyses = analyses
        self._decisions = decisions
        self._forgiven = forgiven
        self._judged: dict[PhotoId, float | None] = {}

    def best_first(
        self, photo_ids: Iterable[PhotoId], times: Callable[[PhotoId], float] = lambda _photo_id: 1.0
    ) -> tuple[PhotoId, ...]:
        """Return those neither flawed nor rejected by hand; equal ones stay in order.

        Args:
            photo_ids: to choose from.
            times: what the worth of each counts.
        """
        values = {one: good * times(one) for one in photo_ids if (good := self._worth(one)) is not None}
        return tuple(sorted(values, key=lambda one: -values[one]))

    def _worth(self, photo_id: PhotoId) -> float | None:
        if photo_id not in self._judged:
            self._judged[photo_id] = self._judge(photo_id)
        return self._judged[photo_id]

    def _judge(self, photo_id: PhotoId) -> float | None:
        decision, analysis = self._decisions.get(photo_id), self._analyses.get(photo_id)
        by_hand = decision is not None and decision.flag is Flag.REJECT and not decision.is_programs
        if by_hand or analysis is None or not is_sound(analysis, self._forgiven):
            return None
        return worth(analysis)


def _people(
    analyses: Mapping[PhotoId, Analysis],
    clusters: Sequence[Cluster],
    kept: Collection[PhotoId],
    sound: _Sound,
) -> Iterator[ForgottenPerson]:
    everybody = appearances(clusters, analyses).values()
    seen = Seen()
    seen.add(face for photo_id in kept if photo_id in analyses for face in analyses[photo_id].faces)
    for person in sorted(everybody, key=lambda each: -len(each.faces)):
        if len(person.faces) < _LEAST_FRAMES or len(person.groups) < _LEAST_GROUPS or seen.has(person):
            continue
        candidates = sound.best_first(person.faces, _meeting(person))
        if candidates:
            yield ForgottenPerson(person.identity, len(person.faces), candidates)
            seen.add(person.faces.values())  # somebody who goes by two numbers is named once


def _meeting(person: Appearances) -> Callable[[PhotoId], float]:
    """Return how well a person is met in a frame."""
    return lambda photo_id: well_met(person.faces[photo_id])


def _scenes(
    clusters: Iterable[Cluster], scenes: Iterable[Scene], kept: Collection[PhotoId], sound: _Sound
) -> Iterator[ForgottenScene]:
    by_id = {cluster.id: cluster for cluster in clusters}
    for scene in scenes:
        frames = [one for cluster_id in scene.cluster_ids for one in by_id[cluster_id].photo_ids]
        if any(photo_id in kept for photo_id in frames):
            continue
        candidates = sound.best_first(frames)
        if len(candidates) >= _LEAST_OF_SCENE:
            yield ForgottenScene(scene.id, len(frames), candidates)


def _hours(photos: Iterable[Photo], kept: Collection[PhotoId], sound: _Sound) -> Iterator[ForgottenHours]:
    for stretch in _stretches(photos, kept):
        (starts_at, _), (ends_at, _) = stretch[0], stretch[-1]
        candidates = sound.best_first(photo_id for _, photo_id in stretch)
        if ends_at - starts_at >= _LEAST_TIME and len(candidates) >= _LEAST_OF_HOURS:
            yield ForgottenHours(starts_at, ends_at, len(stretch), candidates)


def _stretches(
    photos: Iterable[Photo], kept: Collection[PhotoId]
) -> Iterator[list[tuple[datetime, PhotoId]]]:
    """Yield what was taken from one keeper to the next, parted at pauses; a file's own time tells nothing."""
    timed = sorted(
        (photo.moment, photo.id)
        for photo in photos
        if photo.moment is not None and photo.time_source is TimeSource.EXIF
    )
    stretch: list[tuple[datetime, PhotoId]] = []
    for moment, photo_id in timed:
        if stretch and (photo_id in kept or moment - stretch[-1][0] >= _PAUSE):
            yield stretch
            stretch = []
        if photo_id not in kept:
            stretch.append((moment, photo_id))
    if stretch:
        yield stretch
