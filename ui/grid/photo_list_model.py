"""The shoot as a list of cells: stacks, frames of opened stacks, and single photos, under a filter."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from core.language import tr
from core.shoot.criteria import Criteria, Sort, arranged
from core.shoot.shoot import Filter, Shoot
from core.types import Cluster, ClusterId, ClusterKind, Flag, PhotoId
from ui.grid.sections import Dates, Section, dates_needed, frame_count, scene_title
from ui.marks.cell_facts import GroupFacts, Index, advice_on, cell_data
from ui.marks.roles import DECISION_ROLES, MEASURE_ROLES, Role

_NEIGHBOURS = 8  # frames on each side of a single one
_ROOT = QModelIndex()


class _Row(NamedTuple):
    photo_id: PhotoId
    cluster_id: ClusterId
    stacked: bool = False
    spread: bool = False
    starts: bool = False
    ends: bool = False


class PhotoListModel(QAbstractListModel):
    """Rows are cells, in the order of scenes, groups and capture.

    A closed group is one cell, shown by its cover: the user's pick, else the suggested frame, else the first.
    An opened group shows each frame that passes the filter.

    A photo that a decision takes out of the filter stays where it is until the filter is chosen anew
    (``set_criteria``, the same ones included): cells never vanish or move under the user's hand, the mark of the
    decision appears on the cell, and an undo finds it in its place. A regrouping keeps such photos too.

    Args:
        shoot: read, never changed. After it changed, tell by ``refresh``, ``analyses_changed`` or
            ``decisions_changed``.
        parent: owns it.
    """

    def __init__(self, shoot: Shoot, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shoot = shoot
        self._criteria = Criteria()
        self._passes = self._criteria.test(shoot)
        self._sort = Sort.TIME
        self._all_expanded = False
        self._exceptions: set[ClusterId] = set()  # groups that are not as ``_all_expanded`` says
        self._lingering: set[PhotoId] = set()  # shown though a decision took them out of the filter
        self._rows: list[_Row] = []
        self._sections: list[Section] = []
        self._row_of: dict[PhotoId, int] = {}
        # What passes or lingers, inside closed stacks too, in the order the arrow keys step through it.
        self._frames: list[PhotoId] = []
        self._place_of: dict[PhotoId, int] = {}
        self._narrowed: Sequence[PhotoId] | None = None  # found when it is asked for
        self.refresh()

    # The shoot and what is shown of it

    def set_shoot(self, shoot: Shoot) -> None:
        """Show another shoot, all stacks closed."""
        self._shoot = shoot
        self._passes = self._criteria.test(shoot)
        self._all_expanded = False
        self._exceptions.clear()
        self._lingering.clear()
        self.refresh()

    def refresh(self) -> None:
        """Take the photos and groups as they are now; opened groups stay open."""
        self._narrowed = None
        rows, sections, row_of = self._arrange()
        if rows == self._rows and sections == self._sections:
            self._row_of = row_of
            self._tell(range(len(rows)), ())  # scores and reasons may have changed
            return
        self.beginResetModel()
        self._rows, self._sections, self._row_of = rows, sections, row_of
        self.endResetModel()

    def analyses_changed(self, photo_ids: Iterable[PhotoId]) -> None:
        """Show that photos were measured."""
        shown = (self.row_of(photo_id) for photo_id in photo_ids)
        self._tell({row for row in shown if row >= 0}, MEASURE_ROLES)

    def advice_changed(self) -> None:
        """Note that what is suggested holds from now on, or not yet."""
        self._tell(range(len(self._rows)), (Role.GROUP,))

    def decisions_changed(self, photo_ids: Iterable[PhotoId]) -> None:
        """Show decisions that were made or taken back: covers follow at once, the filter when it is chosen anew."""
        changed = tuple(photo_ids)
        for photo_id in changed:
            if self._passes(photo_id):
                self._lingering.discard(photo_id)
            elif photo_id in self._place_of:
                self._lingering.add(photo_id)
        hidden = [photo_id for photo_id in changed if photo_id not in self._place_of]
        if any(self._passes(photo_id) for photo_id in hidden):
            self.refresh()
        rows = {self._row_of[photo_id] for photo_id in changed if photo_id in self._row_of}
        recovered = {row for row in rows if self._recover(row)}
        self._tell(rows - recovered, DECISION_ROLES)
        self._tell(recovered, ())

    @property
    def criteria(self) -> Criteria:
        """What is shown."""
        return self._criteria

    def set_criteria(self, criteria: Criteria) -> None:
        """Show what passes as of now; given again, let go of what no longer does."""
        self._criteria = criteria
        self._passes = criteria.test(self._shoot)
        self._lingering.clear()
        self.refresh()

    def narrowed(self) -> Sequence[PhotoId] | None:
        """Return what is left by all that narrows but ``Criteria.show``; None where nothing else does."""
        if self._criteria.by_show_alone:
            return None
        if self._criteria.show is Filter.ALL:
            return self._frames
        if self._narrowed is None:
            test = replace(self._criteria, show=Filter.ALL).test(self._shoot)
            self._narrowed = [photo_id for photo_id in self._shoot.photos if test(photo_id)]
        return self._narrowed

    def set_sort(self, sort: Sort) -> None:
        """Arrange groups and frames in another order."""
        self._sort = sort
        self.refresh()

    # Stacks

    def is_expanded(self, cluster_id: ClusterId) -> bool:
        """Tell whether a group shows its frames side by side."""
        return self._all_expanded != (cluster_id in self._exceptions)

    def any_expanded(self) -> bool:
        """Tell whether any group shown is open."""
        return any(row.spread for row in self._rows)

    def set_expanded(self, cluster_id: ClusterId, expanded: bool) -> None:
        """Open or close one group."""
        if self.is_expanded(cluster_id) != expanded:
            self._exceptions ^= {cluster_id}
            self.refresh()

    def toggle(self, cluster_id: ClusterId) -> None:
        """Open a group that is closed, and close one that is open."""
        self.set_expanded(cluster_id, not self.is_expanded(cluster_id))

    def expand_all(self, expanded: bool) -> None:
        """Open or close all groups, those that a later grouping finds included."""
        self._all_expanded = expanded
        self._exceptions.clear()
        self.refresh()

    def whole_stacks(self, photo_ids: Sequence[PhotoId]) -> list[PhotoId]:
        """Return photos with all frames of closed stacks among them; where only one is given, all of its group."""
        frames: dict[PhotoId, None] = {}
        for photo_id in photo_ids:
            cluster = self._shoot.cluster_of(photo_id)
            whole = len(photo_ids) == 1 or not self.is_expanded(cluster.id)
            frames.update(dict.fromkeys(cluster.photo_ids if whole else (photo_id,)))
        return list(frames)

    def behind(self, photo_ids: Sequence[PhotoId]) -> int:
        """Count the frames shown that lie in the closed stacks of these photos and are not among them."""
        stacks = {self.row_of(photo_id) for photo_id in photo_ids}
        stacks = {row for row in stacks if row >= 0 and self._rows[row].stacked}
        inside = sum(self._row_of.get(frame) in stacks for frame in self._frames)
        return inside - sum(self.row_of(photo_id) in stacks for photo_id in photo_ids)

    # Where is what

    def row_of(self, photo_id: PhotoId) -> int:
        """Return the row that shows the photo, or the stack it is in; -1 where neither is shown."""
        return self._row_of.get(photo_id, -1)

    def nearest_row(self, photo_id: PhotoId) -> int:
        """Return the row of a photo, else of the first one shown after it, else of the last before; else -1."""
        if photo_id in self._row_of or photo_id not in self._shoot.photos:
            return self.row_of(photo_id)
        seen, last = False, -1
        for _, groups in arranged(self._shoot, self._sort):
            for _, frames in groups:
                for other in frames:
                    last = self._row_of.get(other, last)
                    seen = seen or other == photo_id
                    if seen and other in self._row_of:
                        return self._row_of[other]
        return last

    def frames(self) -> Sequence[PhotoId]:
        """Return every frame that is shown, those inside closed stacks too, in order."""
        return self._frames

    def __contains__(self, photo_id: PhotoId) -> bool:
        """Tell whether a frame is shown, even inside a closed stack."""
        return photo_id in self._place_of

    def frame_beside(self, photo_id: PhotoId, by: int) -> PhotoId | None:
        """Return the frame so many places on, or back where negative; None beyond the ends or for a hidden photo."""
        place = self._place_of.get(photo_id)
        if place is None or not 0 <= place + by < len(self._frames):
            return None
        return self._frames[place + by]

    def company(self, photo_id: PhotoId) -> Sequence[PhotoId]:
        """Return all frames of a photo's group; a single frame stands among its neighbours that are shown.

        There are as many of them at either end of the shoot.
        """
        cluster = self._shoot.cluster_of(photo_id)
        if cluster.kind is not ClusterKind.SINGLE or photo_id not in self._place_of:
            return cluster.photo_ids
        many = 2 * _NEIGHBOURS + 1
        first = min(self._place_of[photo_id] - _NEIGHBOURS, len(self._frames) - many)
        return self._frames[max(0, first) : max(0, first) + many]

    def photo_at(self, row: int) -> PhotoId:
        """Return the photo a row shows; IndexError where there is no such row."""
        return self._rows[row].photo_id

    def cluster_at(self, row: int) -> Cluster:
        """Return the group a row belongs to; IndexError where there is no such row."""
        return self._shoot.clusters[self._rows[row].cluster_id]

    def sections(self) -> Sequence[Section]:
        """Return headers and the rows under them, in order; together they hold every row."""
        return self._sections

    # Qt's side

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Count the cells; a list has no children."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer for a role, see ``ui.marks.roles``; file name, tooltip and text for screen readers for Qt's own."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        return cell_data(self._shoot, row.photo_id, lambda: self._group_facts(row), role)

    # Inside

    def _arrange(self) -> tuple[list[_Row], list[Section], dict[PhotoId, int]]:
        rows: list[_Row] = []
        sections: list[Section] = []
        row_of: dict[PhotoId, int] = {}
        shown: list[PhotoId] = []
        scenes = arranged(self._shoot, self._sort)
        dates = dates_needed(scene for scene, _ in scenes)
        everything = self._criteria.shows_all
        for scene, groups in scenes:
            first, before, frames = len(rows), len(shown), 0
            for cluster, ordered in groups:
                frames += len(ordered)
                if everything and len(ordered) == 1:  # by far the most
                    shown.append(ordered[0])
                    row_of[ordered[0]] = len(rows)
                    rows.append(_Row(ordered[0], cluster.id))
                    continue
                passing = ordered if everything else self._passing(ordered)
                shown += passing
                self._add_rows(cluster, passing, rows, row_of)
            if len(rows) > first:
                title, short = scene_title(scene, dates), scene_title(scene, Dates.NONE)
                if self._sort is Sort.DOUBT:
                    title = short = tr("Most doubtful first")
                detail, count = frame_count(len(shown) - before, frames), len(rows) - first
                sections.append(Section(scene.id, title, detail, first, count, scene.starts_at, short))
        self._frames = shown
        self._place_of = {photo_id: place for place, photo_id in enumerate(shown)}
        return rows, sections, row_of

    def _add_rows(
        self, cluster: Cluster, passing: Sequence[PhotoId], rows: list[_Row], row_of: dict[PhotoId, int]
    ) -> None:
        if not passing:
            return
        if len(cluster.photo_ids) == 1:
            row_of[passing[0]] = len(rows)
            rows.append(_Row(passing[0], cluster.id))
        elif self.is_expanded(cluster.id):
            for photo_id in passing:
                row_of[photo_id] = len(rows)
                ends = (photo_id == passing[0], photo_id == passing[-1])
                rows.append(_Row(photo_id, cluster.id, False, True, *ends))
        else:
            row_of.update(dict.fromkeys(cluster.photo_ids, len(rows)))
            rows.append(_Row(self._cover(cluster, passing), cluster.id, stacked=True))

    def _passing(self, frames: Sequence[PhotoId]) -> Sequence[PhotoId]:
        if self._criteria.shows_all:
            return frames
        return [photo_id for photo_id in frames if photo_id in self._lingering or self._passes(photo_id)]

    def _cover(self, cluster: Cluster, passing: Sequence[PhotoId]) -> PhotoId:
        for photo_id in passing:
            if self._shoot.decision(photo_id).flag is Flag.PICK:
                return photo_id
        suggested = cluster.suggested_pick
        return suggested if suggested is not None and suggested in passing else passing[0]

    def _recover(self, row: int) -> bool:
        """Give a stack the cover it should have now; tell whether that is another one."""
        former = self._rows[row]
        if not former.stacked:
            return False
        cluster = self.cluster_at(row)
        self._rows[row] = former._replace(photo_id=self._cover(cluster, self._passing(cluster.photo_ids)))
        return self._rows[row] != former

    def _group_facts(self, row: _Row) -> GroupFacts:
        cluster = self._shoot.clusters[row.cluster_id]
        return GroupFacts(
            kind=cluster.kind,
            count=len(cluster.photo_ids),
            advice=advice_on(row.photo_id, self._shoot),
            stacked=row.stacked,
            spread=row.spread,
            starts=row.starts,
            ends=row.ends,
        )

    def _tell(self, rows: Iterable[int], roles: Sequence[int]) -> None:
        """Emit ``dataChanged`` once for each unbroken run of rows; no roles means all."""
        ordered = sorted(rows)
        if not ordered:
            return
        breaks = [i for i, (a, b) in enumerate(pairwise(ordered), start=1) if b != a + 1]
        for first, last in pairwise([0, *breaks, len(ordered)]):
            self.dataChanged.emit(self.index(ordered[first]), self.index(ordered[last - 1]), list(roles))
