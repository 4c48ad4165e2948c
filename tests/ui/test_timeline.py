"""The timeline in the grid's margin: the hours of the shoot, and a way to each of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from core.pipeline.events import ClustersUpdated, PhotosFound
from core.shoot.shoot import Shoot
from core.types import Cluster, ClusterId, ClusterKind, PhotoId, Scene, SceneId
from fixtures.frames import START, photo
from fixtures.patience import PATIENCE
from fixtures.windows import there
from ui.grid.cluster_grid_view import ClusterGridView
from ui.grid.navigation import beyond, section_starts
from ui.grid.photo_delegate import PhotoDelegate
from ui.grid.photo_list_model import PhotoListModel
from ui.grid.sections import Section, dates_needed, scene_title
from ui.grid.timeline import Mark, Timeline, marks_of
from ui.imaging.thumbnail_loader import ThumbnailLoader

SCENE = 20  # frames
SCENES = 30  # one every twenty minutes


class NoPictures:
    def load(self, _photo_id: PhotoId) -> None:
        return None


@pytest.fixture
def grid(qtbot: QtBot) -> Iterator[ClusterGridView]:
    photos = [
        photo(f"{scene:02}-{frame:02}", scene * 1200.0 + frame)
        for scene in range(SCENES)
        for frame in range(SCENE)
    ]
    singles = [Cluster(ClusterId(p.id), ClusterKind.SINGLE, (p.id,), SceneId(p.id[:2])) for p in photos]
    scenes = tuple(
        Scene(
            SceneId(f"{scene:02}"),
            tuple(c.id for c in singles[scene * SCENE : (scene + 1) * SCENE]),
            START + timedelta(minutes=20 * scene),
            START + timedelta(minutes=20 * scene + 1),
        )
        for scene in range(SCENES)
    )
    shoot = Shoot()
    shoot.apply(PhotosFound(1, tuple(photos)))
    shoot.apply(ClustersUpdated(1, tuple(singles), scenes))
    loader = ThumbnailLoader(NoPictures())
    view = ClusterGridView()
    view.setModel(PhotoListModel(shoot, view))
    view.setItemDelegate(PhotoDelegate(loader, parent=view))
    view.resize(900, 700)
    qtbot.addWidget(view)
    view.show()
    view.set_current_photo(PhotoId("00-00"))
    yield view
    loader.shutdown(PATIENCE)


def section(start: datetime | None, first_row: int = 0) -> Section:
    return Section(SceneId("s"), "", "", first_row, 1, start)


def test_an_hour_is_marked_where_it_begins_and_a_day_once() -> None:
    times = [
        START,
        START + timedelta(minutes=10),
        START + timedelta(hours=2),
        None,
        START + timedelta(days=1),
    ]
    marks = marks_of([section(time) for time in times], [0.0, 0.2, 0.4, 0.6, 0.8])
    assert [(mark.share, mark.day) for mark in marks] == [(0.0, False), (0.4, False), (0.8, True)]
    assert [mark.text for mark in marks[:2]] == ["10:00", "12:00"]
    assert "15" in marks[2].text


def test_a_year_is_marked_where_it_begins_in_a_shoot_of_several() -> None:
    before = START.replace(year=2019)
    times = [before, before.replace(hour=15), START.replace(year=2020), START.replace(year=2020, day=20)]
    marks = marks_of([section(time) for time in times], [0.0, 0.2, 0.4, 0.8])
    assert [(mark.text, mark.day) for mark in marks] == [
        ("Jun 2019", True),
        ("15:00", False),
        ("Jun 2020", True),
        ("20 Jun", True),
    ]


def scenes_from(*days: tuple[datetime, datetime]) -> list[Scene]:
    return [Scene(SceneId(str(number)), (), *both) for number, both in enumerate(days)]


def test_titles_of_scenes_say_as_much_of_the_date_as_tells_them_apart() -> None:
    one, later = (START, START), (START + timedelta(hours=1), START + timedelta(hours=2))
    next_day = (START + timedelta(days=1), START + timedelta(days=1))
    new_year = (
        START.replace(month=12, day=31, hour=23),
        START.replace(year=START.year + 1, month=1, day=1, hour=0),
    )
    titles = [
        [scene_title(each, dates_needed(scenes)) for each in scenes]
        for scenes in (scenes_from(one, later), scenes_from(one, next_day), scenes_from(one, new_year))
    ]
    assert titles == [
        ["10:00", "11:00 – 12:00"],
        ["Sat 14 Jun, 10:00", "Sun 15 Jun, 10:00"],
        ["Sat 14 Jun 2025, 10:00", "Wed 31 Dec 2025, 23:00 – Thu 1 Jan 2026, 00:00"],
    ]


def test_a_click_jumps_to_that_part_of_the_shoot(qtbot: QtBot, grid: ClusterGridView) -> None:
    timeline = grid.timeline()
    assert timeline.geometry().right() == grid.width() - 1
    assert [mark.text for mark in timeline.marks()][:3] == ["10:00", "11:00", "12:00"]
    mark = timeline.marks()[4]
    qtbot.mouseClick(
        timeline, Qt.MouseButton.LeftButton, pos=QPoint(10, round(mark.share * timeline.height()) + 1)
    )
    top = grid.rows_on_screen().start
    assert abs(top - 12 * SCENE) <= SCENE, "four hours on, three scenes an hour"


def test_dragging_the_handle_to_the_end_shows_the_end(qtbot: QtBot, grid: ClusterGridView) -> None:
    timeline = grid.timeline()
    middle = timeline.handle().center().toPoint()
    qtbot.mousePress(timeline, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(timeline, QPoint(middle.x(), timeline.height() + 50))
    qtbot.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=QPoint(middle.x(), timeline.height() + 50))
    bar = grid.verticalScrollBar()
    assert bar.value() == bar.maximum()
    assert timeline.handle().bottom() == pytest.approx(timeline.height())


def test_keys_go_by_scene_and_by_hour(grid: ClusterGridView) -> None:
    grid.step(5)
    grid.jump(1, hours=False)
    assert grid.current_photo() == "01-00"
    grid.jump(1, hours=True)
    assert grid.current_photo() == "03-00"
    grid.step(3)
    grid.jump(-1, hours=True)
    assert grid.current_photo() == "03-00", "first back to the start of this hour"
    grid.jump(-1, hours=False)
    assert grid.current_photo() == "02-00"
    for _ in range(SCENES):
        grid.jump(1, hours=False)
    assert grid.current_photo() == f"{SCENES - 1}-00"


def test_scenes_without_a_time_begin_no_hour_twice() -> None:
    sections = [section(None, 0), section(None, 5), section(START, 9)]
    assert section_starts(sections, hours=True) == [9]
    assert section_starts(sections, hours=False) == [0, 5, 9]
    assert beyond([0, 5, 9], 9, 1) is None
    assert beyond([], 0, -1) is None


def test_no_date_is_cut_at_the_edge_of_the_timeline(grid: ClusterGridView) -> None:
    timeline = there(grid.findChild(Timeline))
    for text in ("12:00", "24 Sep", "May 2020", "Sept. 2020"):
        timeline.set_marks([Mark(0.5, text, day=True)])
        picture = timeline.grab().toImage()
        edge = {picture.pixel(0, y) for y in range(picture.height())}
        assert len(edge) == 1, text
