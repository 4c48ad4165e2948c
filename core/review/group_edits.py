"""What the user says about groups: frames put together, taken apart, moved, or given back to the program."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from core.grouping.users_groups import new_group, said_of_all
from core.language import Sentence
from core.review import changes
from core.review.changes import Change
from core.types import Cluster, ClusterKind, Decision, Photo, PhotoId


class GroupEdits:
    """The commands of a review that change groups. Each returns the change it made, None for none.

    Args:
        photos: of the shoot, by their ids.
        current: gives the decisions on photos.
        place: puts photos into groups by the groups' names, None for the program's own, as one change of that title.
    """

    def __init__(
        self,
        photos: Mapping[PhotoId, Photo],
        current: Callable[[Iterable[PhotoId]], Sequence[Decision]],
        place: Callable[[Mapping[PhotoId, str | None], Sentence], Change | None],
    ) -> None:
        self._photos = photos
        self._current = current
        self._place = place

    def merge(self, clusters: Sequence[Cluster]) -> Change | None:
        """Make one group of several; None for fewer than two."""
        photo_ids = [photo_id for cluster in clusters for photo_id in cluster.photo_ids]
        if len(clusters) < 2:
            return None
        name = new_group(self._said_of(photo_ids))
        return self._place(dict.fromkeys(photo_ids, name), changes.merge_title(self._named(photo_ids)))

    def split(self, cluster: Cluster, photo_ids: Collection[PhotoId]) -> Change | None:
        """Take frames out of a group and make them a group of their own; None where nothing would be left."""
        out = [photo_id for photo_id in cluster.photo_ids if photo_id in photo_ids]
        rest = [photo_id for photo_id in cluster.photo_ids if photo_id not in photo_ids]
        if not out or not rest:
            return None
        said = self._said_of(cluster.photo_ids)
        names = {**dict.fromkeys(out, new_group(said)), **dict.fromkeys(rest, new_group(said))}
        return self._place(names, changes.split_title(self._named(out)))

    def move_to(
        self, photo_ids: Collection[PhotoId], target: Cluster, others: Collection[PhotoId]
    ) -> Change | None:
        """Put frames into another group.

        Args:
            photo_ids: the frames.
            target: where they go.
            others: the frames they leave behind, who stay together.
        """
        moved = [photo_id for photo_id in photo_ids if photo_id not in target.photo_ids]
        if not moved:
            return None
        rest = [photo_id for photo_id in others if photo_id not in photo_ids]
        names = {
            **dict.fromkeys((*target.photo_ids, *moved), new_group(self._said_of(target.photo_ids))),
            **dict.fromkeys(rest, new_group(self._said_of(rest))),
        }
        return self._place(names, changes.move_title(self._named(moved)))

    def say_kind(self, photo_ids: Collection[PhotoId], kind: ClusterKind) -> Change | None:
        """Make one group of frames, a burst or a bracket as the user says; None for fewer than two."""
        if len(photo_ids) < 2:
            return None
        names = dict.fromkeys(photo_ids, new_group(kind))
        return self._place(names, changes.kind_title(self._named(photo_ids), kind))

    def group_automatically(self, photo_ids: Collection[PhotoId]) -> Change | None:
        """Give frames back to the program's own grouping."""
        names: dict[PhotoId, str | None] = dict.fromkeys(photo_ids)
        return self._place(names, changes.ungroup_title(self._named(photo_ids)))

    def _said_of(self, photo_ids: Iterable[PhotoId]) -> ClusterKind | None:
        """Return what the user said of the groups that frames are in."""
        return said_of_all(decision.group for decision in self._current(photo_ids))

    def _named(self, photo_ids: Iterable[PhotoId]) -> list[Photo]:
        return [self._photos[photo_id] for photo_id in photo_ids]
