"""Photos that stand alone until they are grouped."""

from collections.abc import Mapping
from dataclasses import replace

from core.grouping.time_gaps import span_of
from core.types import Cluster, ClusterId, ClusterKind, Photo, PhotoId, Scene, SceneId

_UNGROUPED = SceneId("ungrouped")


def with_ungrouped(
    photos: Mapping[PhotoId, Photo], clusters: Mapping[ClusterId, Cluster], scenes: Mapping[SceneId, Scene]
) -> tuple[tuple[Cluster, ...], tuple[Scene, ...]]:
    """Let photos stand alone that are in no group; groups found before stay, but for those that lost a photo.

    Args:
        photos: all of the shoot.
        clusters: those found before.
        scenes: those of the clusters.

    Returns:
        Clusters that hold each photo once, and their scenes; what is not grouped is one scene at the end.
    """
    were_found = _UNGROUPED not in scenes
    kept = {
        cluster.id: cluster
        for cluster in clusters.values()
        if were_found and all(photo_id in photos for photo_id in cluster.photo_ids)
    }
    now = [
        replace(scene, cluster_ids=left)
        for scene in scenes.values()
        if (left := tuple(cluster_id for cluster_id in scene.cluster_ids if cluster_id in kept))
    ]
    grouped = {photo_id for cluster in kept.values() for photo_id in cluster.photo_ids}
    before = {} if were_found else clusters
    alone = [
        before.get(ClusterId(photo_id))
        or Cluster(ClusterId(photo_id), ClusterKind.SINGLE, (photo_id,), _UNGROUPED)
        for photo_id in photos
        if photo_id not in grouped
    ]
    if alone:
        span = span_of(photos[cluster.photo_ids[0]] for cluster in alone)
        now.append(Scene(_UNGROUPED, tuple(cluster.id for cluster in alone), *span))
    return (*kept.values(), *alone), tuple(now)
