"""From photos to clusters and scenes: the one entry to grouping."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.grouping.brackets import is_bracket
from core.grouping.bursts import Burst, find_bursts
from core.grouping.likeness import Likeness
from core.grouping.scenes import find_scenes
from core.grouping.time_gaps import by_camera, gap_seconds
from core.settings import GroupingRules
from core.types import Analysis, Cluster, ClusterId, ClusterKind, Photo, PhotoId, Scene, SceneId


@dataclass(frozen=True, slots=True)
class Grouping:
    """Every photo in exactly one cluster, every cluster in exactly one scene; both in order of time."""

    clusters: tuple[Cluster, ...]
    scenes: tuple[Scene, ...]


def group(photos: Sequence[Photo], analyses: Mapping[PhotoId, Analysis], rules: GroupingRules) -> Grouping:
    """Groups a shoot, as far as it is analysed; frames that are not are grouped by time alone.

    Args:
        photos: in order of capture.
        analyses: measures, as many as there are.
        rules: how tight.
    """
    place = {photo.id: index for index, photo in enumerate(photos)}
    likeness = Likeness(analyses, [photo.id for photo in photos])
    bursts = [burst for sequence in by_camera(photos) for burst in find_bursts(sequence, likeness, rules)]
    bursts.sort(key=lambda burst: place[burst.photos[0].id])
    vectors = (
        np.stack([_look(burst, likeness) for burst in bursts]) if bursts else np.zeros((0, 1), np.float32)
    )
    members = find_scenes(vectors, _minutes(bursts), rules)
    clusters: list[Cluster] = []
    scenes: list[Scene] = []
    for indices in members:
        scene_id = SceneId(f"scene-{bursts[indices[0]].photos[0].id}")
        own = [_cluster(bursts[index], scene_id) for index in indices]
        times = [p.taken_at for index in indices for p in bursts[index].photos if p.taken_at]
        scenes.append(
            Scene(
                scene_id,
                tuple(cluster.id for cluster in own),
                min(times, default=None),
                max(times, default=None),
            )
        )
        clusters.extend(own)
    return Grouping(tuple(clusters), tuple(scenes))


def _cluster(burst: Burst, scene_id: SceneId) -> Cluster:
    photos = burst.photos
    if len(photos) == 1:
        kind = ClusterKind.SINGLE
    elif is_bracket(photos):
        kind = ClusterKind.BRACKET
    else:
        kind = ClusterKind.BURST
    return Cluster(
        id=ClusterId(f"cluster-{photos[0].id}"),
        kind=kind,
        photo_ids=tuple(photo.id for photo in photos),
        scene_id=scene_id,
        together=_together(burst) if len(photos) > 1 else "",
    )


def _together(burst: Burst) -> str:
    """Why these frames are one group."""
    words = f"{len(burst.photos)} frames"
    gap = gap_seconds(burst.photos[0], burst.last)
    if gap is not None:
        words += _span(gap)
    tightness = burst.tightness()
    return f"{words}, similarity {tightness:.2f}" if tightness is not None else words


def _span(seconds: float) -> str:
    if seconds < 0.05:  # a clock without sub-seconds, within one of its ticks
        return " at once"
    return f" in {seconds:.1f} s" if seconds < 60 else f" in {seconds / 60:.0f} min"


def _look(burst: Burst, likeness: Likeness) -> NDArray[np.float32]:
    """Mean unit vector of the burst's frames; zeros where none is analysed."""
    known = [v for photo in burst.photos if (v := likeness.vector(photo.id)) is not None]
    if not known:
        return np.zeros(likeness.width, np.float32)
    return np.asarray(np.mean(known, axis=0), np.float32)


def _minutes(bursts: Sequence[Burst]) -> NDArray[np.float64]:
    """Time of each burst in minutes since the first; a burst without one stands where its neighbour does."""
    times = [burst.photos[0].taken_at for burst in bursts]
    first = min((time for time in times if time is not None), default=None)
    minutes = np.zeros(len(bursts))
    for index, time in enumerate(times):
        if time is not None and first is not None:
            minutes[index] = (time - first).total_seconds() / 60
        elif index:
            minutes[index] = minutes[index - 1]
    return minutes
