"""The review workspace: grid or loupe, the filmstrip under it, the why-line, and what is active in them."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.shoot.criteria import Criteria, Sort, cameras, things
from core.shoot.listed import Listed
from core.shoot.shoot import Shoot
from core.types import Cluster, PhotoId
from ui.commands.command import Where
from ui.filters import Filters
from ui.grid.cluster_grid_view import ClusterGridView
from ui.grid.photo_delegate import PhotoDelegate
from ui.grid.photo_list_model import PhotoListModel
from ui.imaging.prefetcher import Prefetcher
from ui.imaging.thumbnail_loader import ThumbnailLoader
from ui.marks.cell_words import decided_words
from ui.next_burst import NextBurst
from ui.spoken import announce
from ui.theme import DARK, Theme
from ui.views.big_views import BigViews, beside
from ui.views.filmstrip_view import FilmstripView
from ui.views.finders import Finders
from ui.views.pane_sources import PaneSources
from ui.views.second_window import SecondWindow
from ui.views.view_stack import ViewStack
from ui.widgets.grouping_panel import GroupingPanel
from ui.widgets.why_line import WhyLine


class ReviewSpace(QWidget):
    """Shows one shoot and keeps one photo active, whichever view is in front.

    Args:
        thumbnails: small pictures; belongs to the object that made it.
        prefetcher: large pictures; belongs to the object that made it.
        finders: of what is shown beside and over photos; belong to the object that made them.
        theme: colours.
        parent: the window.
    """

    screen_changed = Signal(object)  # ui.commands.command.Where
    carried = Signal(object)  # list of PhotoId: dragged out of whatever view
    counted = Signal(object)  # core.shoot.tally.Tally: after every change of the shoot

    def __init__(
        self,
        thumbnails: ThumbnailLoader,
        prefetcher: Prefetcher,
        finders: Finders,
        theme: Theme = DARK,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._shoot = Shoot()
        # The active photo while a large view is in front: the grid behind it follows when it is seen again, for
        # opening a stack in a shoot of thousands takes longer than a frame may.
        self._large: PhotoId | None = None
        self._before_audit: PhotoId | None = None  # as ``_large`` was
        self._next_burst = NextBurst()
        self._thumbnails = thumbnails
        self._prefetcher = prefetcher
        self.model = PhotoListModel(self._shoot, self)
        self.grid = ClusterGridView(self)
        sources = PaneSources(prefetcher, thumbnails.pixmap, theme)
        self.big = BigViews(sources, finders, self)
        self.second = SecondWindow(sources, self)
        self.filmstrip = FilmstripView(thumbnails, theme, self)
        self.grouping_panel = GroupingPanel(theme, self)
        self.why_line = WhyLine(finders.arguments, theme, self)
        self.filters = Filters(finders.crops, self.big, self.second.loupe, theme, self)
        self.filter_bar = self.filters.bar
        self.views = ViewStack(self.grid, self.big, self)
        self._lay_out(theme)
        self._connect()

    # The shoot

    def set_shoot(self, shoot: Shoot) -> None:
        """Start over with another shoot."""
        self._shoot = shoot
        self._next_burst.forget()
        self._prefetcher.forget()
        self._thumbnails.clear()
        self.big.clear()
        self.second.loupe.clear()
        self.why_line.clear()
        self.model.set_shoot(shoot)
        self.filmstrip.set_shoot(shoot)
        self._set_criteria(Criteria())
        self._show(self.grid)
        self._refresh_counts()

    def photos_changed(self) -> None:
        """Show that photos were found, or grouped anew: the active one stays active, where it is."""
        self.model.refresh()
        self.filter_bar.set_cameras(cameras(self._shoot))
        self.filter_bar.set_things(things(self._shoot))
        self._refresh_counts()
        if self.current_photo() is None and self.model.rowCount():
            self.grid.set_current_photo(self.model.photo_at(0))
        self._show_current()

    def previews_ready(self, previews: Iterable[tuple[PhotoId, bytes]]) -> None:
        """Show small pictures that came with the files: better than a grey cell until the thumbnails are made."""
        self._thumbnails.add_previews(previews)

    def analyses_changed(self, photo_ids: Sequence[PhotoId]) -> None:
        """Show that photos were measured; better thumbnails of them are there."""
        self._thumbnails.invalidate(photo_ids)
        self.model.analyses_changed(photo_ids)
        if self.current_photo() in photo_ids:
            self._show_facts()
        self._refresh_front()

    def advice_changed(self) -> None:
        """Note that the measuring ended, or goes on: what is suggested holds from now on, or not yet."""
        self.model.advice_changed()
        self.filmstrip.refresh()
        self._show_facts()
        self._refresh_front()

    def words_changed(self) -> None:
        """Note that it is known what photos show: who searches for it may see others now."""
        self.filter_bar.set_things(things(self._shoot))
        self.model.analyses_changed(self._shoot.things)
        if self.model.criteria.text or self.model.criteria.thing:
            self.set_criteria(self.model.criteria)
        self._refresh_front()

    def decisions_changed(self, photo_ids: Iterable[PhotoId]) -> None:
        """Show decisions that were made or taken back, and have them read out."""
        photo_ids = tuple(photo_ids)
        self.model.decisions_changed(photo_ids)
        self.filmstrip.refresh()
        self._refresh_front()
        self._refresh_counts()
        announce(self.views.front, decided_words(photo_ids, self._shoot))

    # What is active

    def current_photo(self) -> PhotoId | None:
        """Return the one active photo; None in an empty shoot."""
        current: PhotoId | None = self.grid.current_photo() if self._large is None else self._large
        return current

    def current_cluster(self) -> Cluster | None:
        """Return the group of the active photo."""
        current = self.current_photo()
        return self._shoot.cluster_of(current) if current in self._shoot.photos else None

    def scene_clusters(self) -> list[Cluster]:
        """Return the groups of the scene that the active photo is in, whatever the filter."""
        cluster = self.current_cluster()
        return list(self._shoot.clusters_of(cluster.scene_id)) if cluster is not None else []

    def selected_clusters(self) -> list[Cluster]:
        """Return the groups that have a selected photo, in order."""
        found = {cluster.id: cluster for cluster in map(self._shoot.cluster_of, self.targets())}
        return list(found.values())

    def targets(self) -> list[PhotoId]:
        """Return the photos a decision is meant for: the selection in the grid, the active photo elsewhere."""
        current = self.current_photo()
        if not self.views.in_grid or not self.grid.selected_photos():
            return [current] if current is not None else []
        return list(self.grid.selected_photos())

    def left_in_stacks(self) -> int:
        """Count the frames in closed stacks that a decision on the selection leaves as they are."""
        return self.model.behind(self.targets())

    def frames_to_group(self) -> list[PhotoId]:
        """Return the selected frames, those of closed stacks included; where only one is, all of its group."""
        return self.model.whole_stacks(self.targets())

    def go_to(self, photo_id: PhotoId) -> None:
        """Make a photo the active one; in the grid, open its stack where the stack hides it."""
        if not self.views.in_grid:
            self._large = photo_id
            self._show_current()
            return
        row = self.model.row_of(photo_id)
        if row < 0 or self.model.photo_at(row) != photo_id:
            cluster = self._shoot.cluster_of(photo_id)
            if len(cluster.photo_ids) > 1:
                self.model.set_expanded(cluster.id, True)
        self.grid.set_current_photo(photo_id)

    def go_near(self, photo_id: PhotoId) -> None:
        """Make a photo the active one; in the grid the stack it is in, which stays closed."""
        if self.views.in_grid and self.model.row_of(photo_id) >= 0:
            self.grid.set_current_photo(photo_id)
        else:
            self.go_to(photo_id)

    def advance(self) -> None:
        """Go on after a decision: to the next cell in the grid, to the next frame elsewhere."""
        if self.views.in_grid:
            self.grid.step(1)
        else:
            self.step(1)

    def step(self, by: int) -> None:
        """Go frame by frame through what the filter shows, or the view in front; stay at either end."""
        current = self.current_photo()
        if current is None:
            return
        frames = self.big.frames(self.views.front)
        target = self.model.frame_beside(current, by) if frames is None else beside(frames, current, by)
        if target is not None:
            self.go_to(target)

    def competing(self) -> tuple[Sequence[PhotoId], Sequence[PhotoId]]:
        """Return the winners so far and all that compete with them, in compare and survey; nobody anywhere else."""
        return self.big.competing(self.views.front, self._shoot)

    def next_undecided(self, *, from_here: bool = False) -> bool:
        """Go to the suggestion of the next open burst; False where none is left.

        Args:
            from_here: the burst of the active photo counts too, unless it was gone to this way already.
        """
        cluster = self._next_burst.after(self.current_photo(), self._shoot, from_here=from_here)
        if cluster is None:
            return False
        target = cluster.suggested_pick or cluster.photo_ids[0]
        if self.model.row_of(target) < 0:
            self.set_criteria(Criteria())
        self.go_near(target)
        return True

    # Views

    def show_loupe(self) -> None:
        """Show the active photo large."""
        if self.current_photo() is not None:
            self._show(self.big.loupe)

    def show_several(self, where: Where) -> None:
        """Show a view of several frames: the selected ones, else those of the active group, else neighbours."""
        current = self.current_photo()
        if current is None:
            return
        selected = self.grid.selected_photos() if self.views.in_grid else []
        if len(selected) < 2 or current not in selected:
            selected = []
        frames = selected or self.model.company(current)
        target = self.big.begin(where, frames, current, self._shoot, selected)
        if target != current:
            self.go_to(target)
        self._show(self.big.by_screen[where])

    def toggle_second(self) -> None:
        """Open or close the loupe on the second screen."""
        self.second.toggle()
        self._show_current()

    def show_grid(self) -> None:
        """Show the grid again, at the active photo."""
        current, self._large = self._large, None
        self.views.setCurrentWidget(self.grid)
        if current is not None and current in self._shoot.photos:
            self.go_to(current)
        self._show(self.grid)

    def show_listed(self, listed: Listed, first: PhotoId, person: int | None = None) -> None:
        """Show listed photos in the grid, one of them active; mark a person in them."""
        self.set_criteria(Criteria(listed=listed, person=person))
        if not self.views.in_grid:
            self.show_grid()
        self.go_near(first)

    def show_sample(self, photo_id: PhotoId) -> None:
        """Show a frame of the audit, whatever the filter; nothing else is to be seen or decided meanwhile."""
        if self.views.where is not Where.AUDIT:
            self._before_audit = self._large
        self._large = photo_id
        self._show(self.big.audit)

    def leave_sample(self) -> None:
        """Go back to where the audit began, in the grid."""
        if self.views.where is Where.AUDIT:
            self._large = self._before_audit
            self.show_grid()

    def set_criteria(self, criteria: Criteria) -> None:
        """Show only some of the photos; chosen again, let go of those that no longer pass.

        Of several selected ones only the active one stays so under another filter: no key may decide what was
        selected among photos that are not asked for any more.
        """
        if criteria != self.model.criteria:
            self.grid.select_active_only()
        self._set_criteria(criteria)
        if self.grid.current_photo() is None and self.model.rowCount():
            self.grid.set_current_photo(self.model.photo_at(0))
        is_left_out = self._large is not None and self._large not in self.model
        if is_left_out and self.views.where is not Where.AUDIT:
            self._large = self.grid.current_photo()
        self._show_current()

    def set_sort(self, sort: Sort) -> None:
        """Show the photos in another order; the active one stays active, unless doubts are asked for."""
        self.model.set_sort(sort)
        self.filter_bar.set_sort(sort)
        if sort is Sort.DOUBT and self.model.rowCount():
            self.grid.set_current_photo(self.model.photo_at(0))
        self._show_current()

    # Inside

    def _lay_out(self, theme: Theme) -> None:
        self.grid.setModel(self.model)
        self.grid.setItemDelegate(PhotoDelegate(self._thumbnails, theme, self.grid))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.filters, self.views, self.filmstrip, self.why_line):
            layout.addWidget(widget, int(widget is self.views))
        above = self.filters.listed.findChildren(QWidget)[-1]
        for view in (self.grid, *self.big.by_screen.values()):  # made first, but read after what stands above
            self.setTabOrder(above, view)
            above = view

    def _connect(self) -> None:
        self.grid.current_photo_changed.connect(lambda _photo_id: self._follow_grid())
        self.grid.activated_photo.connect(lambda _photo_id: self.show_loupe())
        self.grid.toggle_expand_requested.connect(self.model.toggle)
        self.big.step_requested.connect(self.step)
        self.big.photo_chosen.connect(self.go_to)
        self.big.look_requested.connect(self.show_loupe)
        self.filmstrip.photo_chosen.connect(self.go_to)
        self.grid.carried.connect(lambda: self.carried.emit(self.grid.selected_photos()))
        for view in (self.big, self.filmstrip):
            view.carried.connect(lambda photo_id: self.carried.emit([photo_id]))
        self.filmstrip.photo_chosen.connect(lambda _photo_id: self.views.front.setFocus())
        self.filters.criteria_chosen.connect(self.set_criteria)
        self.filter_bar.sort_chosen.connect(self.set_sort)
        self.filter_bar.left.connect(lambda: self.views.front.setFocus())
        self.filter_bar.cell_size_chosen.connect(self.grid.set_cell_size)
        self.grid.cell_size_changed.connect(self.filter_bar.set_cell_size)
        self.filter_bar.set_cell_size(self.grid.cell_size())

    def _follow_grid(self) -> None:
        if self.views.in_grid:
            self._show_current()

    def _show(self, view: QWidget) -> None:
        self._large = None if view is self.grid else self.current_photo()
        self.views.setCurrentWidget(view)
        # Faces and audit name their frames themselves.
        self.filmstrip.set_needed(view not in (self.big.faces, self.big.audit))
        self.filters.set_screen(self.views.where)
        view.setFocus()
        self._show_current()
        self.screen_changed.emit(self.views.where)

    def _show_current(self) -> None:
        """Bring loupe, filmstrip and why-line to the active photo."""
        current = self.current_photo()
        if current is None or current not in self._shoot.photos:
            self.why_line.clear()
            self.filmstrip.show_frames((), None)
            return
        order = self.model.frames()
        if not self.views.in_grid:
            self.big.by_screen[self.views.where].show_current(current, self._shoot, order)
        if self.current_photo() != current:
            return  # compare and survey chose another one, and all of this was done for that
        self.second.show_current(current, self._shoot, order, decodes=self.views.in_grid)
        self.filmstrip.show_frames(self.model.company(current), current)
        self._show_facts()

    def _refresh_front(self) -> None:
        if not self.views.in_grid:
            self.big.by_screen[self.views.where].refresh()
        self.second.loupe.refresh()

    def _show_facts(self) -> None:
        current = self.current_photo()
        if current is not None and current in self._shoot.photos:
            found_by = self.model.criteria.why(current, self._shoot)
            self.why_line.show_photo(self._shoot.photos[current], self._shoot, found_by)
            self.filters.show_photo(current)

    def _set_criteria(self, criteria: Criteria) -> None:
        self.model.set_criteria(criteria)
        self.filters.set_criteria(criteria)
        self._refresh_counts()

    def _refresh_counts(self) -> None:
        self.filters.refresh(self._shoot, len(self.model.frames()), self.model.narrowed())
        self.grouping_panel.count(self._shoot)
        if self._shoot.photos:
            self.counted.emit(self._shoot.tally)
