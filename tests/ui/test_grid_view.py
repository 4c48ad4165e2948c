"""The grid under the hand: keys, mouse, and an active photo that neither gets lost nor jumps."""

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QCursor, QKeyEvent, QWheelEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot

from core.pipeline.events import ClustersUpdated, PhotosFound
from core.shoot.criteria import Criteria
from core.shoot.shoot import Filter, Shoot
from core.types import Cluster, ClusterId, ClusterKind, Decision, Flag, PhotoId, Scene, SceneId
from fixtures.frames import START, photo
from fixtures.patience import PATIENCE
from ui.grid.cluster_grid_view import LEAST_CELL, ClusterGridView
from ui.grid.photo_delegate import PhotoDelegate
from ui.grid.photo_list_model import PhotoListModel
from ui.imaging.thumbnail_loader import ThumbnailLoader

Key = Qt.Key
Modifier = Qt.KeyboardModifier
SHIFT, CONTROL, NONE = Modifier.ShiftModifier, Modifier.ControlModifier, Modifier.NoModifier


class Source:
    """One grey picture for all."""

    def __init__(self) -> None:
        out = io.BytesIO()
        Image.new("RGB", (60, 40), "grey").save(out, "JPEG")
        self.jpeg = out.getvalue()

    def load(self, _photo_id: PhotoId) -> bytes:
        return self.jpeg


class Grid:
    """A grid of 120 photos in scenes of 24, of which 4 to 8 of each scene are one burst."""

    def __init__(self, view: ClusterGridView, model: PhotoListModel, shoot: Shoot) -> None:
        self.view, self.model, self.shoot = view, model, shoot

    def press(self, *keys: Key, modifier: Modifier = NONE) -> PhotoId | None:
        for key in keys:
            QTest.keyClick(self.view, key, modifier)
        return self.view.current_photo()

    def top_of(self, photo_id: PhotoId | None) -> int:
        assert photo_id is not None
        return self.view.visualRect(self.model.index(self.model.row_of(photo_id))).top()

    def centre_of(self, row: int) -> QPoint:
        return self.view.visualRect(self.model.index(row)).center()

    def click(self, where: QPoint, modifier: Modifier = NONE) -> None:
        QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, modifier, where)

    def chip_of(self, row: int) -> QPoint:
        delegate = self.view.itemDelegate()
        assert isinstance(delegate, PhotoDelegate)
        index = self.model.index(row)
        return delegate.stack_chip_rect(index, self.view.visualRect(index), self.view.font()).center()


def name(number: int) -> PhotoId:
    return PhotoId(f"p{number:03}")


def group(shoot: Shoot, burst_frames: tuple[int, int] = (4, 8)) -> None:
    """Scenes of 24 photos; in each, the frames between those two numbers are a burst."""
    clusters, scenes = [], []
    for start in range(0, 120, 24):
        scene, inside = SceneId(f"scene{start}"), []
        first, last = start + burst_frames[0], start + burst_frames[1]
        frames = tuple(name(n) for n in range(first, last))
        if frames:
            inside.append(Cluster(ClusterId(f"burst{start}"), ClusterKind.BURST, frames, scene, frames[1]))
        inside += [
            Cluster(ClusterId(name(n)), ClusterKind.SINGLE, (name(n),), scene)
            for n in range(start, start + 24)
            if not first <= n < last
        ]
        inside.sort(key=lambda cluster: cluster.photo_ids[0])
        clusters += inside
        begin = START + timedelta(minutes=start)
        scenes.append(Scene(scene, tuple(c.id for c in inside), begin, begin + timedelta(minutes=9)))
    shoot.apply(ClustersUpdated(1, tuple(clusters), tuple(scenes)))


@pytest.fixture
def loader(qtbot: QtBot) -> Iterator[ThumbnailLoader]:
    loader = ThumbnailLoader(Source())
    yield loader
    assert loader.shutdown(PATIENCE)


@pytest.fixture
def grid(loader: ThumbnailLoader, qtbot: QtBot) -> Grid:
    shoot = Shoot()
    shoot.apply(PhotosFound(1, tuple(photo(name(n), 60.0 * n) for n in range(120))))
    group(shoot)
    model, view = PhotoListModel(shoot), ClusterGridView()
    model.setParent(view)
    view.setModel(model)
    view.setItemDelegate(PhotoDelegate(loader, parent=view))
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    view.set_current_photo(name(0))
    return Grid(view, model, shoot)


def test_arrows_go_through_cells_and_stop_at_the_ends(grid: Grid) -> None:
    assert grid.press(Key.Key_Left) == name(0)
    assert grid.press(Key.Key_Right, Key.Key_Right) == name(2)
    assert grid.press(Key.Key_Right, Key.Key_Right) == name(5)  # the cover of the burst of 4 to 7
    assert grid.press(Key.Key_Right) == name(8)
    assert grid.press(Key.Key_End) == name(119)
    assert grid.press(Key.Key_Down, Key.Key_Right) == name(119)
    assert grid.press(Key.Key_Home) == name(0)


def test_up_and_down_keep_the_column_across_scenes(grid: Grid) -> None:
    # 21 cells a scene in 4 columns: the last line has one cell.
    row = 3
    grid.view.set_current_photo(grid.model.photo_at(row))
    grid.press(*[Key.Key_Down] * 5)
    assert grid.view.currentIndex().row() == 20
    grid.press(Key.Key_Down)
    assert grid.view.currentIndex().row() == 21 + 3
    grid.press(Key.Key_Up, Key.Key_Up)
    assert grid.view.currentIndex().row() == 4 * 4 + 3


def test_pages_move_by_whole_lines_and_come_back(grid: Grid) -> None:
    grid.press(Key.Key_PageDown)
    below = grid.view.currentIndex().row()
    assert below in grid.view.rows_on_screen()
    assert below >= 8
    grid.press(*[Key.Key_PageDown] * 20)
    assert grid.view.currentIndex().row() > grid.model.rowCount() - 5
    grid.press(*[Key.Key_PageUp] * 30)
    assert grid.view.currentIndex().row() < 4


def test_the_active_cell_is_whole_on_screen_after_every_move(grid: Grid) -> None:
    viewport = grid.view.viewport().rect()
    for key in [Key.Key_Down] * 20 + [Key.Key_Right] * 9 + [Key.Key_Up] * 25 + [Key.Key_End, Key.Key_Home]:
        grid.press(key)
        rect = grid.view.visualRect(grid.view.currentIndex())
        assert viewport.contains(rect)
        assert grid.view.indexAt(rect.topLeft()) == grid.view.currentIndex()  # no header floats over it


@pytest.mark.parametrize(
    "key", [Key.Key_P, Key.Key_Space, Key.Key_Return, Key.Key_1, Key.Key_Escape, Key.Key_Z]
)
def test_other_keys_are_left_to_the_window(grid: Grid, key: Key) -> None:
    event = QKeyEvent(QKeyEvent.Type.KeyPress, key, NONE, "p")
    QApplication.sendEvent(grid.view, event)
    assert not event.isAccepted()
    assert grid.view.current_photo() == name(0)


def test_shift_extends_and_a_plain_move_selects_one(grid: Grid) -> None:
    grid.press(Key.Key_Right)
    grid.press(Key.Key_Right, Key.Key_Right, modifier=SHIFT)
    assert grid.view.selected_photos() == [name(1), name(2), name(3)]
    grid.press(Key.Key_Left, Key.Key_Left, Key.Key_Left, modifier=SHIFT)
    assert grid.view.selected_photos() == [name(0), name(1)]
    assert grid.press(Key.Key_Right) == name(1)
    assert grid.view.selected_photos() == [name(1)]
    grid.view.selectAll()
    assert len(grid.view.selected_photos()) == grid.model.rowCount()


def test_clicks_select_like_everywhere(grid: Grid) -> None:
    grid.click(grid.centre_of(1))
    assert grid.view.selected_photos() == [name(1)]
    grid.click(grid.centre_of(3), CONTROL)
    assert grid.view.selected_photos() == [name(1), name(3)]
    assert grid.view.current_photo() == name(3)
    grid.click(grid.centre_of(6), SHIFT)
    assert grid.view.selected_photos() == [name(3), name(5), name(8), name(9)]
    grid.click(grid.centre_of(2))
    assert grid.view.selected_photos() == [name(2)]


def test_a_rubber_band_selects_what_it_touches_and_leaves_the_active_photo(grid: Grid) -> None:
    viewport, button = grid.view.viewport(), Qt.MouseButton.LeftButton
    start, end = grid.centre_of(1), grid.centre_of(6)
    QTest.mousePress(viewport, button, NONE, start)
    QTest.mouseMove(viewport, (start + end) / 2)
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, button, NONE, end)
    rows = {grid.model.row_of(photo_id) for photo_id in grid.view.selected_photos()}
    assert rows == {1, 2, 5, 6}
    assert grid.view.current_photo() == name(1)


def test_a_rubber_band_with_ctrl_adds_to_what_was_selected(grid: Grid) -> None:
    viewport, button = grid.view.viewport(), Qt.MouseButton.LeftButton
    grid.click(grid.centre_of(3))
    end = grid.centre_of(5)
    QTest.mousePress(viewport, button, CONTROL, grid.centre_of(1))
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, button, CONTROL, end)
    assert {grid.model.row_of(each) for each in grid.view.selected_photos()} == {1, 3, 5}


def test_a_rubber_band_drawn_beyond_the_edge_scrolls_and_goes_on_selecting(grid: Grid, qtbot: QtBot) -> None:
    viewport, button = grid.view.viewport(), Qt.MouseButton.LeftButton
    beyond = QPoint(grid.centre_of(2).x(), viewport.height() + 90)
    QTest.mousePress(viewport, button, NONE, grid.centre_of(1))
    QCursor.setPos(viewport.mapToGlobal(beyond))
    QTest.mouseMove(viewport, beyond)
    qtbot.waitUntil(lambda: grid.view.verticalOffset() > 200)
    assert len(grid.view.selected_photos()) > 8, "more than two columns of a screen"
    QTest.mouseRelease(viewport, button, NONE, beyond)
    assert not grid.view._edge_timer.isActive()


def test_a_click_with_the_right_button_keeps_what_is_selected_and_else_selects(grid: Grid) -> None:
    grid.click(grid.centre_of(1))
    grid.click(grid.centre_of(3), SHIFT)
    QTest.mouseClick(grid.view.viewport(), Qt.MouseButton.RightButton, NONE, grid.centre_of(2))
    assert grid.view.selected_photos() == [name(1), name(2), name(3)]
    QTest.mouseClick(grid.view.viewport(), Qt.MouseButton.RightButton, NONE, grid.centre_of(5))
    assert grid.view.selected_photos() == [grid.model.photo_at(5)]


def test_a_double_click_activates_the_photo(grid: Grid, qtbot: QtBot) -> None:
    with qtbot.waitSignal(grid.view.activated_photo) as told:
        where = grid.centre_of(2)
        grid.click(where)
        QTest.mouseDClick(grid.view.viewport(), Qt.MouseButton.LeftButton, NONE, where)
    assert told.args == [name(2)]


def test_a_click_on_the_count_asks_to_open_or_close_the_stack(grid: Grid, qtbot: QtBot) -> None:
    with qtbot.waitSignal(grid.view.toggle_expand_requested) as told:
        grid.click(grid.chip_of(4))
    assert told.args == [ClusterId("burst0")]
    assert grid.view.current_photo() == name(5)
    grid.model.set_expanded(ClusterId("burst0"), True)
    with qtbot.waitSignal(grid.view.toggle_expand_requested):
        grid.click(grid.chip_of(4))


def test_each_change_of_the_active_photo_is_told_once(grid: Grid) -> None:
    told = QSignalSpy(grid.view.current_photo_changed)
    grid.press(Key.Key_Right)
    grid.view.set_current_photo(name(1))
    grid.model.refresh()
    grid.view.set_cell_size(120)
    assert [told.at(i)[0] for i in range(told.count())] == [name(1)]


def test_a_new_cover_is_told_as_the_active_photo(grid: Grid) -> None:
    grid.view.set_current_photo(name(5))
    told = QSignalSpy(grid.view.current_photo_changed)
    grid.shoot.set_decisions({name(7): Decision(name(7), Flag.PICK)})
    grid.model.decisions_changed([name(7)])
    assert [told.at(i)[0] for i in range(told.count())] == [name(7)]


@pytest.mark.parametrize("number", [0, 40, 77, 119])
def test_regrouping_leaves_the_active_photo_where_it_is(grid: Grid, number: int) -> None:
    grid.view.set_current_photo(name(number))
    grid.view.scrollTo(grid.view.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)
    top = grid.top_of(name(number))
    moved_as_far_as_possible = number in (0, 119)
    group(grid.shoot, (2, 4))
    grid.model.refresh()
    assert grid.view.current_photo() == name(number)
    assert grid.view.selected_photos() == [name(number)]
    assert moved_as_far_as_possible or grid.top_of(name(number)) == top
    group(grid.shoot, (10, 20))
    grid.model.refresh()
    assert grid.view.current_photo() in (name(number), name(number // 24 * 24 + 11))
    assert grid.view.currentIndex().row() in grid.view.rows_on_screen()


def test_the_screen_stays_where_it_is_though_the_active_photo_is_elsewhere(grid: Grid) -> None:
    grid.view.verticalScrollBar().setValue(1500)
    first = grid.model.photo_at(grid.view.rows_on_screen().start)
    top = grid.top_of(first)
    grid.model.set_expanded(ClusterId("burst0"), True)
    assert grid.top_of(first) == top
    assert grid.view.current_photo() == name(0)


def test_opening_a_stack_keeps_its_frame_active_and_in_place(grid: Grid) -> None:
    grid.view.set_current_photo(name(53))
    top = grid.top_of(name(53))
    grid.model.set_expanded(ClusterId("burst48"), True)
    assert grid.view.current_photo() == name(53)
    assert grid.top_of(name(53)) == top
    grid.press(Key.Key_Right, Key.Key_Right)
    assert grid.view.current_photo() == name(55)
    grid.model.set_expanded(ClusterId("burst48"), False)
    assert grid.view.current_photo() == name(53)  # the cover of the stack that holds it


def test_a_selection_of_several_survives_a_regrouping(grid: Grid) -> None:
    grid.press(Key.Key_Right, Key.Key_Right, modifier=SHIFT)
    grid.model.expand_all(True)
    assert grid.view.selected_photos() == [name(0), name(1), name(2)]
    assert grid.view.current_photo() == name(2)


def test_the_next_shown_photo_takes_over_from_one_filtered_out(grid: Grid) -> None:
    grid.shoot.set_decisions({name(n): Decision(name(n), Flag.REJECT) for n in (30, 60)})
    grid.view.set_current_photo(name(41))
    grid.view.verticalScrollBar().setValue(0)
    grid.model.set_criteria(Criteria(Filter.REJECTS))
    assert grid.view.current_photo() == name(60)
    assert grid.view.currentIndex().row() in grid.view.rows_on_screen()
    grid.model.set_criteria(Criteria(Filter.PICKS))
    assert grid.view.current_photo() is None
    assert grid.view.selected_photos() == []
    grid.press(Key.Key_Right)
    grid.model.set_criteria(Criteria(Filter.ALL))
    assert grid.press(Key.Key_Right) == name(0)


def test_a_decision_under_a_filter_moves_nothing(grid: Grid) -> None:
    grid.model.set_criteria(Criteria(Filter.UNDECIDED))
    grid.view.set_current_photo(name(50))
    top = grid.top_of(name(50))
    grid.shoot.set_decisions({name(50): Decision(name(50), Flag.PICK)})
    grid.model.decisions_changed([name(50)])
    assert (grid.view.current_photo(), grid.top_of(name(50))) == (name(50), top)
    grid.view.step(1)
    assert grid.view.current_photo() == name(51)
    grid.view.step(-1)
    assert grid.view.current_photo() == name(50)


def test_the_active_photo_stays_in_place_when_cells_or_the_window_change(grid: Grid) -> None:
    grid.view.set_current_photo(name(70))
    top = grid.top_of(name(70))
    for size in (120, 160, LEAST_CELL):
        grid.view.set_cell_size(size)
        assert abs(grid.top_of(name(70)) - top) <= 1
    grid.view.resize(700, 600)
    assert abs(grid.top_of(name(70)) - top) <= 1
    grid.view.set_cell_size(390)
    assert grid.view.viewport().rect().contains(grid.view.visualRect(grid.view.currentIndex()))


def test_zooming_changes_the_number_of_columns_until_the_limit(grid: Grid) -> None:
    told = QSignalSpy(grid.view.cell_size_changed)
    widths = [grid.view.visualRect(grid.model.index(0)).width()]
    for _ in range(30):
        grid.view.zoom_cells(-1)
        widths.append(grid.view.visualRect(grid.model.index(0)).width())
    assert grid.view.cell_size() == LEAST_CELL
    assert widths == sorted(widths, reverse=True)
    assert widths[1] < widths[0]
    assert told.count() > 2
    angle, where = QPoint(0, 120), QPointF(100, 100)
    wheel = QWheelEvent(
        where, where, QPoint(), angle, Qt.MouseButton.NoButton, CONTROL, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(grid.view.viewport(), wheel)
    assert grid.view.cell_size() > LEAST_CELL


def test_visible_pictures_are_asked_for_first_and_a_screen_ahead(
    grid: Grid, loader: ThumbnailLoader, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[PhotoId]] = []
    monkeypatch.setattr(loader, "request", lambda ids, _side, wanted_by: asked.append(list(ids)))
    grid.view.verticalScrollBar().setValue(900)
    qtbot.waitUntil(lambda: bool(asked))
    visible = [grid.model.photo_at(row) for row in grid.view.rows_on_screen()]
    assert asked[-1][: len(visible)] == visible
    after = grid.model.row_of(asked[-1][len(visible)])
    assert after == grid.view.rows_on_screen().stop
    assert len(asked[-1]) >= 2 * len(visible) - 4


def test_a_hidden_grid_catches_up_when_it_is_shown(grid: Grid) -> None:
    grid.view.hide()
    grid.view.set_current_photo(name(100))
    grid.view.show()
    assert grid.view.currentIndex().row() in grid.view.rows_on_screen()


def test_an_empty_filter_says_so(grid: Grid) -> None:
    grid.model.set_criteria(Criteria(Filter.PICKS))
    picture = grid.view.viewport().grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 1) for y in (299, 300, 301)}
    assert len(colours) > 1
