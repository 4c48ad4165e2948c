"""The user's groups put into groups found before, as long as nothing is there that could group anew."""

from collections.abc import Iterable, Mapping

from core.grouping.group import Grouping
from core.types import Cluster, ClusterId, ClusterKind, PhotoId, Scene, SceneId


def around(grouping: Grouping, placed: Mapping[PhotoId, str], order: Iterable[PhotoId]) -> Grouping:
    """The same groups with the user's own cut out of them; each of those stands in the scene of its first frame.

    What is left of a group stays the kind of group it was, which ``core.grouping.group.Grouper`` can tell better.

    Args:
        grouping: as the program made it.
        placed: the groups the user made, by name; all photos of one name are one group.
        order: the photos of the shoot, in order of capture.
    """
    place = {photo_id: at for at, photo_id in enumerate(order)}
    by_scene: dict[SceneId, list[Cluster]] = {scene.id: [] for scene in grouping.scenes}
    users: dict[str, tuple[SceneId, list[PhotoId]]] = {}
    for cluster in grouping.clusters:
        free = [photo_id for photo_id in cluster.photo_ids if photo_id not in placed]
        for photo_id in cluster.photo_ids:
            if photo_id in placed:
                users.setdefault(placed[photo_id], (cluster.scene_id, []))[1].append(photo_id)
        if len(free) == len(cluster.photo_ids):
            by_scene[cluster.scene_id].append(cluster)
        elif free:
            bracket = cluster.kind is ClusterKind.BRACKET
            by_scene[cluster.scene_id].append(_cluster(free, cluster.scene_id, "", bracket=bracket))
    for scene_id, photo_ids in users.values():
        words = "put together by you" if len(photo_ids) > 1 else "set apart by you"
        photo_ids.sort(key=lambda photo_id: place[photo_id])
        by_scene[scene_id].append(_cluster(photo_ids, scene_id, words))
    for clusters in by_scene.values():
        clusters.sort(key=lambda cluster: place[cluster.photo_ids[0]])
    scenes = tuple(
        Scene(scene.id, tuple(cluster.id for cluster in own), scene.starts_at, scene.ends_at)
        for scene in grouping.scenes
        if (own := by_scene[scene.id])
    )
    return Grouping(tuple(cluster for scene in scenes for cluster in by_scene[scene.id]), scenes)


def _cluster(photo_ids: list[PhotoId], scene_id: SceneId, words: str, *, bracket: bool = False) -> Cluster:
    kind = ClusterKind.SINGLE
    if len(photo_ids) > 1:
        kind = ClusterKind.BRACKET if bracket else ClusterKind.BURST
    return Cluster(ClusterId(f"cluster-{photo_ids[0]}"), kind, tuple(photo_ids), scene_id, together=words)
