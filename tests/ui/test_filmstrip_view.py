"""The filmstrip: all frames of a group, the active one marked, and never the keyboard."""

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy, QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from core.pipeline.events import ClustersUpdated, Finished, PhotosFound
from core.shoot.shoot import Shoot
from core.types import (
    Cluster,
    ClusterId,
    ClusterKind,
    Decision,
    Flag,
    PhotoId,
    Scene,
    SceneId,
    Sureness,
)
from fixtures.frames import photo
from fixtures.patience import PATIENCE
from ui.imaging.thumbnail_loader import ThumbnailLoader
from ui.marks.cell_facts import Advice
from ui.marks.roles import Role
from ui.theme import DARK
from ui.views.filmstrip_view import HEIGHT, FilmstripView

FRAMES = tuple(PhotoId(f"f{number:02}") for number in range(30))


class Source:
    def __init__(self) -> None:
        self.loaded: list[PhotoId] = []

    def load(self, photo_id: PhotoId) -> bytes:
        self.loaded.append(photo_id)
        out = io.BytesIO()
        Image.new("RGB", (60, 40), "grey").save(out, "JPEG")
        return out.getvalue()


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def shoot() -> Shoot:
    shoot = Shoot()
    shoot.apply(PhotosFound(1, tuple(photo(name) for name in FRAMES)))
    scene = SceneId("scene")
    burst = Cluster(ClusterId("burst"), ClusterKind.BURST, FRAMES, scene, FRAMES[20], sureness=Sureness.CLOSE)
    shoot.apply(ClustersUpdated(1, (burst,), (Scene(scene, (burst.id,), None, None),)))
    shoot.apply(Finished(1, photos=7, computed=7, failed=0, cancelled=False, seconds=1.0))
    return shoot


@pytest.fixture
def strip(shoot: Shoot, source: Source, qtbot: QtBot) -> Iterator[FilmstripView]:
    loader = ThumbnailLoader(source, threads=1)
    window = QWidget()
    qtbot.addWidget(window)
    # No layout: the offscreen platform warns of the least size that one asks of the window.
    main, strip = QLineEdit(window), FilmstripView(loader, parent=window)
    strip.setGeometry(0, 100, 800, HEIGHT)
    QAbstractItemModelTester(strip.model(), QAbstractItemModelTester.FailureReportingMode.Fatal, strip)
    window.resize(800, 300)
    window.show()
    main.setFocus()
    strip.set_shoot(shoot)
    yield strip
    assert loader.shutdown(PATIENCE)


def test_all_frames_are_shown_and_the_active_one_comes_to_the_middle(strip: FilmstripView) -> None:
    strip.show_frames(FRAMES, FRAMES[15])
    assert strip.model().rowCount() == 30
    assert strip.current_photo() == FRAMES[15]
    centre = strip.visualRect(strip.currentIndex()).center().x()
    assert abs(centre - strip.viewport().width() // 2) <= 2
    assert strip.height() == HEIGHT


def test_stepping_on_does_not_build_the_strip_anew(strip: FilmstripView) -> None:
    strip.show_frames(FRAMES, FRAMES[3])
    resets = QSignalSpy(strip.model().modelReset)
    strip.show_frames(FRAMES, FRAMES[4])
    assert resets.count() == 0
    assert strip.current_photo() == FRAMES[4]


def test_a_click_chooses_a_frame_and_leaves_the_focus(strip: FilmstripView, qtbot: QtBot) -> None:
    strip.show_frames(FRAMES[:5], FRAMES[0])
    where = strip.visualRect(strip.model().index(2, 0)).center()
    with qtbot.waitSignal(strip.photo_chosen) as told:
        QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert told.args == [FRAMES[2]]
    assert strip.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_the_active_frame_wears_the_ring(strip: FilmstripView) -> None:
    def bright(row: int) -> int:
        rect = strip.visualRect(strip.model().index(row, 0))
        image = strip.viewport().grab(rect).toImage()
        pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
        return sum(colour == DARK.active for colour in pixels)

    strip.show_frames(FRAMES[:5], FRAMES[1])
    assert bright(1) > 300
    assert bright(2) == 0


def test_frames_tell_their_decision_and_the_advice_but_are_no_stack(
    strip: FilmstripView, shoot: Shoot
) -> None:
    strip.show_frames(FRAMES, FRAMES[0])
    index = strip.model().index(20, 0)
    facts = index.data(Role.GROUP)
    assert (facts.advice, facts.stacked, facts.spread) == (Advice.CLOSE, False, False)
    shoot.set_decisions({FRAMES[20]: Decision(FRAMES[20], Flag.PICK)})
    changes = QSignalSpy(strip.model().dataChanged)
    strip.refresh()
    assert changes.count() == 1
    assert index.data(Role.DECISION).flag is Flag.PICK


def test_pictures_near_the_active_frame_are_loaded_first(
    strip: FilmstripView, source: Source, qtbot: QtBot
) -> None:
    strip.show_frames(FRAMES, FRAMES[15])
    qtbot.waitUntil(lambda: len(source.loaded) == 30)
    assert source.loaded[0] == FRAMES[15]
    assert set(source.loaded[:5]) == set(FRAMES[13:18])


def test_nothing_to_show_is_shown_calmly(strip: FilmstripView) -> None:
    strip.show_frames(FRAMES, FRAMES[3])
    strip.show_frames((), None)
    assert strip.current_photo() is None
    assert strip.model().rowCount() == 0
    strip.refresh()
    strip.show_frames(FRAMES, None)
    assert strip.current_photo() is None


def test_photos_of_another_shoot_are_not_shown(strip: FilmstripView) -> None:
    strip.show_frames((*FRAMES, PhotoId("stranger")), PhotoId("stranger"))
    assert strip.model().rowCount() == 30
    assert strip.current_photo() is None
    strip.set_shoot(Shoot())
    strip.show_frames(FRAMES, FRAMES[0])
    assert strip.model().rowCount() == 0
