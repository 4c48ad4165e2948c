"""The face panel: a row a person, a column a frame, and the way from a face to the photo."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from core.errors import PhotoError
from core.language import say
from core.pipeline.events import ClustersUpdated, PhotosAnalyzed, PhotosFound
from core.shoot.shoot import Shoot
from core.subject.spots import Spot
from core.types import (
    Box,
    Cluster,
    ClusterId,
    ClusterKind,
    EyeState,
    Face,
    PhotoId,
    Scene,
    SceneId,
    Sharpness,
)
from fixtures.frames import analysis, photo
from fixtures.patience import PATIENCE
from fixtures.pixels import rgb
from ui.imaging.arguments import Arguments
from ui.imaging.casts import Casts
from ui.imaging.face_crops import FaceCrops
from ui.imaging.laid_over import Layers
from ui.imaging.pictures import Pixels
from ui.imaging.raw_truths import RawTruths
from ui.imaging.registrations import Registrations
from ui.marks.plates import whole_text
from ui.theme import DARK
from ui.views.face_panel import FacePanel
from ui.views.finders import Finders

FRAMES = 4
PEOPLE = 10
SHUT = (2, 7)  # frame and person
AWAY = (1, 0)
PHOTOS = tuple(photo(f"{number}", number) for number in range(FRAMES))
IDS = [each.id for each in PHOTOS]
BLUE = (30, 40, 220)


class Source:
    """Blue photos; counts how often each is decoded."""

    def __init__(self) -> None:
        self.asked: list[PhotoId] = []
        self.failing: set[PhotoId] = set()

    def load(self, photo_id: PhotoId, box: tuple[int, int] | None) -> Pixels:
        self.asked.append(photo_id)
        if photo_id in self.failing:
            raise PhotoError(PHOTOS[0].path, say("It is damaged."))
        return Pixels(np.full((600, 6000, 3), BLUE, np.uint8))


def person(number: int, eyes: EyeState = EyeState.OPEN) -> Face:
    return Face(Box(0.05 + 0.09 * number, 0.3, 0.05, 0.4), 0.9, eyes=eyes, sharpness=1.0)


def faces(frame: int) -> tuple[Face, ...]:
    people = [
        person(number, EyeState.CLOSED if (frame, number) == SHUT else EyeState.OPEN)
        for number in range(PEOPLE)
        if (frame, number) != AWAY
    ]
    return tuple(reversed(people))  # detectors have an order of their own


@pytest.fixture
def shoot() -> Shoot:
    shoot = Shoot()
    shoot.apply(PhotosFound(1, PHOTOS))
    cluster = Cluster(ClusterId("burst"), ClusterKind.BURST, tuple(IDS), SceneId("s"), suggested_pick=IDS[0])
    shoot.apply(ClustersUpdated(1, (cluster,), (Scene(SceneId("s"), (cluster.id,), None, None),)))
    shoot.apply(PhotosAnalyzed(1, tuple(analysis(f"{n}", faces=faces(n)) for n in range(FRAMES))))
    return shoot


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def crops(qapp: object, source: Source) -> Iterator[FaceCrops]:
    crops = FaceCrops(source)
    yield crops
    assert crops.shutdown(PATIENCE)


@pytest.fixture
def finders(crops: FaceCrops) -> Iterator[Finders]:
    casts, registrations, layers, arguments = Casts(), Registrations(Source()), Layers(), Arguments()
    raws = RawTruths(lambda _: None)
    yield Finders(crops, casts, registrations, layers, arguments, raws)
    assert raws.shutdown(PATIENCE)
    assert casts.shutdown(PATIENCE)
    assert registrations.shutdown(PATIENCE)
    assert layers.shutdown(PATIENCE)
    assert arguments.shutdown(PATIENCE)


@pytest.fixture
def panel(qtbot: QtBot, finders: Finders, shoot: Shoot) -> FacePanel:
    panel = FacePanel(finders)
    qtbot.addWidget(panel)
    panel.resize(600, 1100)
    panel.show()
    panel.activateWindow()
    panel.setFocus()
    panel.photo_chosen.connect(lambda photo_id: panel.show_current(photo_id, shoot, IDS))
    panel.show_current(IDS[0], shoot, IDS)
    qtbot.waitUntil(lambda: len(panel._table._rows) == PEOPLE)
    return panel


def cell(panel: FacePanel, row: int, column: int) -> QPoint:
    place = panel._table._place(row, column)
    return panel._table.mapTo(panel, place.center())


def click(qtbot: QtBot, panel: FacePanel, row: int, column: int) -> None:
    qtbot.mouseClick(panel._table, Qt.MouseButton.LeftButton, pos=panel._table._place(row, column).center())


def yellow(panel: FacePanel, row: int, column: int) -> bool:
    """Whether the cell's frame warns of shut eyes."""
    place = panel._table._place(row, column)
    seen = panel._table.grab().toImage().pixelColor(place.center().x(), place.top() + 3)
    return seen == QColor(DARK.warning)


def test_what_lies_beyond_a_photo_is_not_black_in_a_face_cut_by_its_edge(
    qtbot: QtBot, crops: FaceCrops
) -> None:
    spots = [Spot(Box(0.95, 0.3, 0.05, 0.4)), Spot(Box(0.5, 0.3, 0.05, 0.4))]
    crops.want([(IDS[0], spots)], 100)
    qtbot.waitUntil(lambda: len(crops.cut_out(IDS[0], spots, 100)) == 2)
    at_edge, inside = crops.cut_out(IDS[0], spots, 100)
    assert [at_edge.pixelColor(x, 50).alpha() for x in (5, 95)] == [255, 0]
    assert at_edge.pixelColor(5, 50) == QColor(*BLUE)
    assert not inside.hasAlphaChannel()


def test_ten_people_in_four_frames_are_ten_rows_and_four_columns_all_in_view(panel: FacePanel) -> None:
    assert (len(panel._table._rows), len(panel._table.frames)) == (PEOPLE, FRAMES)
    assert panel.rect().contains(cell(panel, PEOPLE - 1, FRAMES - 1))


def test_who_has_shut_eyes_in_which_frame_is_seen_at_a_glance(panel: FacePanel) -> None:
    shut = [(column, row) for row in range(PEOPLE) for column in range(FRAMES) if yellow(panel, row, column)]
    assert shut == [SHUT]


def test_the_faces_are_cut_out_once_a_photo(qtbot: QtBot, panel: FacePanel, source: Source) -> None:
    def is_blue(row: int, column: int) -> bool:
        place = panel._table._place(row, column).center()
        return rgb(panel._table.grab().toImage().pixelColor(place)) == BLUE

    qtbot.waitUntil(lambda: is_blue(0, 0) and is_blue(PEOPLE - 1, FRAMES - 1))
    assert not is_blue(AWAY[1], AWAY[0])
    assert sorted(source.asked) == sorted(IDS)


def test_cut_out_faces_are_bounded_and_a_damaged_photo_costs_only_its_own(
    qtbot: QtBot, crops: FaceCrops, source: Source
) -> None:
    source.failing.add(IDS[0])
    spots = [Spot(Box(0.1, 0.1, 0.2, 0.8)), Spot(Box(0.9, 0.9, 0.3, 0.3))]
    crops.want([(IDS[0], spots), (IDS[1], spots)], 160)
    qtbot.waitUntil(lambda: bool(crops.cut_out(IDS[1], spots)))
    assert [(face.width(), face.height()) for face in crops.cut_out(IDS[1], spots)] == [(160, 160)] * 2
    assert list(crops.cut_out(IDS[0], spots)) == []


def test_a_face_that_is_cut_out_after_the_panel_is_gone_concerns_nobody(
    qtbot: QtBot, finders: Finders
) -> None:
    delete(FacePanel(finders))
    finders.crops.ready.emit(IDS[0])


def test_a_click_goes_to_the_face(qtbot: QtBot, panel: FacePanel) -> None:
    with qtbot.waitSignal(panel.look_requested) as asked:
        click(qtbot, panel, SHUT[1], SHUT[0])
    assert asked.args == [IDS[SHUT[0]], person(SHUT[1]).box]


def test_a_click_on_somebody_who_is_not_there_only_marks_the_frame(qtbot: QtBot, panel: FacePanel) -> None:
    looked: list[object] = []
    panel.look_requested.connect(lambda *what: looked.append(what))
    click(qtbot, panel, AWAY[1], AWAY[0])
    assert looked == []
    assert panel._table.active == IDS[AWAY[0]]
    assert "not in this frame" in panel.accessibleDescription()


def test_keys_step_through_frames_and_people(qtbot: QtBot, panel: FacePanel) -> None:
    steps: list[int] = []
    panel.step_requested.connect(steps.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(panel, key)
    assert steps == [1, -1]
    assert "person 2 of 10, eyes open" in panel.accessibleDescription()
    for _ in range(20):
        qtbot.keyClick(panel, Qt.Key.Key_Down)
    assert "person 10 of 10" in panel.accessibleDescription()


def test_whoever_is_beside_the_main_people_comes_after_them_and_smaller(
    qtbot: QtBot, panel: FacePanel, shoot: Shoot
) -> None:
    far, beside = Face(Box(0.97, 0.1, 0.005, 0.05), 0.9), Face(Box(0.005, 0.1, 0.012, 0.1), 0.9)
    measured = replace(shoot.analyses[IDS[0]], faces=(far, beside, *faces(0)))
    shoot.apply(PhotosAnalyzed(1, (measured,)))
    panel.refresh()
    qtbot.waitUntil(lambda: len(panel._table._rows) == PEOPLE + 1)
    main, other = panel._table._place(PEOPLE - 1, 0), panel._table._place(PEOPLE, 0)
    assert other.top() > main.bottom()
    assert other.width() < main.width()


def test_few_faces_fill_the_screen(qtbot: QtBot, panel: FacePanel, shoot: Shoot) -> None:
    two = tuple(analysis(f"{n}", faces=(person(2), person(6))) for n in range(FRAMES))
    shoot.apply(PhotosAnalyzed(1, two))
    panel.resize(1900, 800)
    panel.refresh()
    qtbot.waitUntil(lambda: len(panel._table._rows) == 2)
    assert panel._table.width() > 0.75 * panel.width() or panel._table.height() > 0.95 * panel.height()


def test_the_name_of_a_frame_is_never_cut(qtbot: QtBot) -> None:
    """However long it is: what tells frames apart may stand at either end of their names."""
    image = QImage(90, 24, QImage.Format.Format_RGB32)
    drawn = []
    for name in ("X_2024-06-14_wedding_long_name_0001", "X_2024-06-14_wedding_long_name_0002"):
        image.fill(Qt.GlobalColor.black)
        painter = QPainter(image)
        whole_text(painter, QRectF(image.rect()), DARK.text, name)
        painter.end()
        drawn.append(image.copy())
    assert drawn[0] != drawn[1]


def test_a_group_without_faces_shows_what_is_sharpest_in_each_frame(
    qtbot: QtBot, panel: FacePanel, shoot: Shoot
) -> None:
    subject = Box(0.4, 0.4, 0.1, 0.1)
    sharp = Sharpness(1.0, subject=subject)
    birds = [replace(analysis(f"{n}"), sharpness=sharp) for n in range(FRAMES)]
    shoot.apply(PhotosAnalyzed(1, tuple(birds)))
    panel.refresh()
    table = panel._table
    qtbot.waitUntil(lambda: table._cast is not None)
    panel.refresh()
    qtbot.waitUntil(lambda: all(table._crops.cut_out(each, table._spots(each)) for each in IDS))
    image = panel.grab().toImage()
    blue = [
        QColor(*BLUE) == image.pixelColor(table.mapTo(panel, table._place(0, frame).center()))
        for frame in range(FRAMES)
    ]
    assert all(blue)
    assert "No faces to judge in this group" in panel.accessibleDescription()
    with qtbot.waitSignal(panel.look_requested) as asked:
        click(qtbot, panel, 0, 1)
    assert asked.args == [IDS[1], subject]


def test_a_group_without_faces_says_so(qtbot: QtBot, panel: FacePanel, shoot: Shoot) -> None:
    shoot.apply(PhotosAnalyzed(1, tuple(analysis(f"{n}") for n in range(FRAMES))))
    panel.refresh()
    assert panel._table._why_empty() == "The faces of this group are still being looked for."
    qtbot.waitUntil(lambda: panel._table._cast is not None)
    assert panel._table._why_empty() == "No faces to judge in this group."
    assert panel.current_face() is None
    panel.look()
    panel.clear()
    assert panel._table.active is None
