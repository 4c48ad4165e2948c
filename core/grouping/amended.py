"""Groups found before, amended by hand or by photos that came since, until everything is grouped anew."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from core.grouping.grounds import users_grounds
from core.grouping.group import Grouping
from core.grouping.users_groups import said_kind
from core.settings import GroupingRules
from core.types import Cluster, ClusterId, ClusterKind, Grounds, PhotoId, Scene, SceneId


class FoundGroups:
    """Stands in for ``core.grouping.group.Grouper`` until there is one: groups as they were found, whatever the rules.

    Args:
        grouping: as the program made it.
        order: the photos of the shoot, in order of capture.
        copies: each copy of a photo with its original.
    """

    def __init__(
        self,
        grouping: Grouping = Grouping((), ()),  # noqa: B008 - frozen
        order: Iterable[PhotoId] = (),
        copies: Mapping[PhotoId, PhotoId] = MappingProxyType({}),
    ) -> None:
        self._grouping = grouping
        self._order = tuple(order)
        self._copies = copies

    def __bool__(self) -> bool:
        """Tell whether anything was found."""
        return bool(self._grouping.clusters)

    def group(self, _rules: GroupingRules, placed: Mapping[PhotoId, str]) -> Grouping:
        """Return the same groups around those that the user made."""
        return around(self._grouping, placed, self._order)

    def copies_among(self, photo_ids: Sequence[PhotoId]) -> dict[PhotoId, PhotoId]:
        """Return what is known of the copies among the frames of one group, each with its original."""
        found = ((photo_id, self._copies.get(photo_id)) for photo_id in photo_ids)
        return {copy: original for copy, original in found if original in photo_ids and original is not None}


def around(grouping: Grouping, placed: Mapping[PhotoId, str], order: Iterable[PhotoId]) -> Grouping:
    """Return the same groups with the user's own cut out of them.

    Each of those goes to the scene of its first frame.

    What is left of a group stays the kind of group it was, and what holds frames of a bracket is one, unless the user
    said otherwise: ``core.grouping.group.Grouper`` can tell better, and no bracket may be culled before it does.

    Args:
        grouping: as the program made it.
        placed: the groups the user made, by name as in ``core.grouping.users_groups``; all photos of one
    name are one.
        order: the photos of the shoot, in order of capture.
    """
    place = {photo_id: at for at, photo_id in enumerate(order)}
    by_scene: dict[SceneId, list[Cluster]] = {scene.id: [] for scene in grouping.scenes}
    users: dict[str, tuple[SceneId, list[PhotoId]]] = {}
    bracketed: set[PhotoId] = set()
    for cluster in grouping.clusters:
        free = [photo_id for photo_id in cluster.photo_ids if photo_id not in placed]
        bracketed.update(cluster.photo_ids if cluster.kind is ClusterKind.BRACKET else ())
        for photo_id in cluster.photo_ids:
            if photo_id in placed:
                users.setdefault(placed[photo_id], (cluster.scene_id, []))[1].append(photo_id)
        if len(free) == len(cluster.photo_ids):
            by_scene[cluster.scene_id].append(cluster)
        elif free:
            bracket = cluster.kind is ClusterKind.BRACKET
            by_scene[cluster.scene_id].append(_cluster(free, cluster.scene_id, None, bracket=bracket))
    for name, (scene_id, photo_ids) in users.items():
        said = said_kind(name)
        photo_ids.sort(key=lambda photo_id: place[photo_id])
        grounds = users_grounds(len(photo_ids), said)
        bracket = said is ClusterKind.BRACKET or (said is None and not bracketed.isdisjoint(photo_ids))
        by_scene[scene_id].append(_cluster(photo_ids, scene_id, grounds, bracket=bracket))
    return _put_together(grouping.scenes, by_scene, place)


def with_newcomers(grouping: Grouping, order: Sequence[PhotoId]) -> Grouping:
    """Return the same groups in a shoot that has changed: what came stands alone, what has left is left out.

    Args:
        grouping: of some of the photos, and of others that are gone.
        order: the photos of the shoot as it is now, in order of capture.
    """
    place = {photo_id: at for at, photo_id in enumerate(order)}
    by_scene: dict[SceneId, list[Cluster]] = {scene.id: [] for scene in grouping.scenes}
    scene_of: dict[PhotoId, SceneId] = {}
    for cluster in grouping.clusters:
        left = tuple(photo_id for photo_id in cluster.photo_ids if photo_id in place)
        scene_of.update(dict.fromkeys(left, cluster.scene_id))
        if left:
            by_scene[cluster.scene_id].append(replace(cluster, photo_ids=left))
    scene_id = grouping.scenes[0].id
    for photo_id in order:
        if photo_id in scene_of:
            scene_id = scene_of[photo_id]
        else:
            by_scene[scene_id].append(_cluster([photo_id], scene_id, None))
    return _put_together(grouping.scenes, by_scene, place)


def _put_together(
    scenes: Iterable[Scene], by_scene: Mapping[SceneId, list[Cluster]], place: Mapping[PhotoId, int]
) -> Grouping:
    """Put scenes together with the clusters they have now, in order; empty ones are left out."""
    for clusters in by_scene.values():
        clusters.sort(key=lambda cluster: place[cluster.photo_ids[0]])
    left = tuple(
        replace(scene, cluster_ids=tuple(cluster.id for cluster in by_scene[scene.id]))
        for scene in scenes
        if by_scene[scene.id]
    )
    return Grouping(tuple(cluster for scene in left for cluster in by_scene[scene.id]), left)


def _cluster(
    photo_ids: list[PhotoId], scene_id: SceneId, grounds: Grounds | None, *, bracket: bool = False
) -> Cluster:
    kind = ClusterKind.SINGLE
    if len(photo_ids) > 1:
        kind = ClusterKind.BRACKET if bracket else ClusterKind.BURST
    return Cluster(ClusterId(f"cluster-{photo_ids[0]}"), kind, tuple(photo_ids), scene_id, grounds=grounds)
