"""Groups made by hand, or called what they are: the program's grouping gives way to them for good."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.controllers.review_controller import ReviewController
from app.controllers.session_controller import SessionController
from core.language import mark, tr
from core.review.changes import Change
from core.types import Cluster, ClusterKind, PhotoId
from ui.commands import table
from ui.commands.command import Command
from ui.main_window import MainWindow

_ALREADY = {
    ClusterKind.BURST: mark("This is a burst already."),
    ClusterKind.BRACKET: mark("These frames are kept together already."),
}


class GroupController(QObject):
    """Does the window's commands on groups.

    Args:
        window: has the commands.
        session: the open shoot.
        review: writes decisions down and shows them; these are decisions like any other, with undo.
    """

    def __init__(self, window: MainWindow, session: SessionController, review: ReviewController) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._review = review
        self._bind(table.MERGE_GROUPS, self._merge)
        self._bind(table.SPLIT_GROUP, self._split)
        self._bind(table.THIS_IS_A_BURST, lambda: self._say(ClusterKind.BURST))
        self._bind(table.BELONG_TOGETHER, lambda: self._say(ClusterKind.BRACKET))
        self._bind(table.MOVE_TO_PREVIOUS, lambda: self._move(-1))
        self._bind(table.MOVE_TO_NEXT, lambda: self._move(1))
        self._bind(table.GROUP_AUTOMATICALLY, self._give_back)

    def _bind(self, command: Command, change: Callable[[], Change | None]) -> None:
        """Have a command change groups, where there are any."""

        def do() -> None:
            if self._window.space.current_photo() is not None:
                self._review.apply(change)

        self._window.commands.bind(command, do)

    def _merge(self) -> Change | None:
        """Merge the selected groups; where only one is selected, it and the one before it."""
        clusters = self._window.space.selected_clusters()
        if len(clusters) == 1 and (before := self._neighbour(clusters[0], -1)) is not None:
            clusters = [before, clusters[0]]
        return self._session.review.groups.merge(clusters)

    def _split(self) -> Change | None:
        """Split off the selected frames; where only one is active, it and those after it."""
        space = self._window.space
        cluster, current = space.current_cluster(), space.current_photo()
        if cluster is None or current is None:
            return None
        out = [photo_id for photo_id in space.targets() if photo_id in cluster.photo_ids]
        if len(out) < 2:
            out = list(cluster.photo_ids[cluster.photo_ids.index(current) :])
        change = self._session.review.groups.split(cluster, out)
        if change is None:
            self._window.messages.show_info(tr("Go to the frame at which the new group should begin."))
        return change

    def _say(self, kind: ClusterKind) -> Change | None:
        """Say what kind of group the selected frames, or the group of the active one, are, whatever was found."""
        frames = self._window.space.frames_to_group()
        cluster = self._session.shoot.cluster_of(frames[0])
        if len(frames) < 2:
            self._window.messages.show_info(tr("A single frame: select the frames that are one group."))
            return None
        if cluster.kind is kind and set(cluster.photo_ids) == set(frames):
            self._window.messages.show_info(tr(_ALREADY[kind]))
            return None
        return self._session.review.groups.say_kind(frames, kind)

    def _move(self, by: int) -> Change | None:
        """Move the selected frames, or the active one, to the group before or after."""
        space = self._window.space
        cluster = space.current_cluster()
        target = self._neighbour(cluster, by) if cluster is not None else None
        if cluster is None or target is None:
            return None
        moved: list[PhotoId] = [photo_id for photo_id in space.targets() if photo_id in cluster.photo_ids]
        return self._session.review.groups.move_to(moved, target, cluster.photo_ids)

    def _give_back(self) -> Change | None:
        clusters = self._window.space.selected_clusters()
        return self._session.review.groups.group_automatically(
            [photo_id for cluster in clusters for photo_id in cluster.photo_ids]
        )

    def _neighbour(self, cluster: Cluster, by: int) -> Cluster | None:
        clusters = list(self._session.shoot.clusters_in_order())
        at = [each.id for each in clusters].index(cluster.id) + by
        return clusters[at] if 0 <= at < len(clusters) else None
