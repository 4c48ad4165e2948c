"""The loupe: what is painted, how it is zoomed, what is kept from frame to frame."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPixmap, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.errors import PhotoError
from core.language import say
from core.pipeline.events import ClustersUpdated, PhotosAnalyzed, PhotosFound
from core.shoot.shoot import Shoot
from core.types import (
    Aim,
    Analysis,
    Box,
    Cluster,
    ClusterId,
    ClusterKind,
    Decision,
    EyeState,
    Face,
    Flag,
    PhotoId,
    Scene,
    SceneId,
)
from fixtures.frames import analysis, photo
from fixtures.pixels import rgb
from ui.imaging.overlays import Overlays
from ui.imaging.pictures import Pixels
from ui.imaging.prefetcher import Prefetcher
from ui.theme import DARK
from ui.views.loupe_view import LoupeView
from ui.views.photo_pane import PhotoPane
from ui.views.zoom import Place

WIDTH, HEIGHT = 1200, 800  # of the photos
VIEW = (600, 400)
PHOTOS = tuple(replace(photo(name, second), width=WIDTH, height=HEIGHT) for second, name in enumerate("abc"))
A, B, C = (each.id for each in PHOTOS)


class Source:
    """Photos of vertical stripes one pixel wide, black and white, which blur to grey at any other scale."""

    def __init__(self) -> None:
        self.failing: set[PhotoId] = set()
        self.thumbnails: dict[PhotoId, QPixmap] = {}
        self.screen_allowed, self.full_allowed = threading.Event(), threading.Event()
        self.screen_allowed.set()
        self.full_allowed.set()
        self.seen: list[Box] = []
        self.seen_of: list[PhotoId] = []
        self.rows: int | None = None  # what a part has of them in any case

    def load_seen(self, photo_id: PhotoId, seen: Box) -> Pixels | None:
        """The rows down to the last one that is seen."""
        self.seen.append(seen)
        self.seen_of.append(photo_id)
        rows = self.rows or round((seen.y + seen.height) * HEIGHT)
        stripes = np.zeros((rows, WIDTH, 3), np.uint8)
        stripes[:, ::2] = 255
        return Pixels(stripes, whole=(WIDTH, HEIGHT)) if rows < HEIGHT else None

    def load(self, photo_id: PhotoId, box: tuple[int, int] | None) -> Pixels:
        if photo_id in self.failing:
            raise PhotoError(Path("a.jpg"), say("The file is empty (0 bytes)."))
        if box is not None:
            assert self.screen_allowed.wait(5)
            return Pixels(np.full((HEIGHT // 2, WIDTH // 2, 3), 128, np.uint8))
        assert self.full_allowed.wait(5)
        stripes = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
        stripes[:, ::2] = 255
        return Pixels(stripes)


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def shoot() -> Shoot:
    shoot = Shoot()
    shoot.apply(PhotosFound(1, PHOTOS))
    cluster = Cluster(ClusterId("burst"), ClusterKind.BURST, (A, B, C), SceneId("s"), suggested_pick=B)
    shoot.apply(ClustersUpdated(1, (cluster,), (Scene(SceneId("s"), (cluster.id,), None, None),)))
    return shoot


@pytest.fixture
def loupe(qtbot: QtBot, source: Source) -> Iterator[LoupeView]:
    prefetcher = Prefetcher(source, threads=1)
    loupe = LoupeView(prefetcher, source.thumbnails.get)
    qtbot.addWidget(loupe)
    loupe.resize(*VIEW)
    loupe.show()
    loupe.activateWindow()
    loupe.setFocus()
    yield loupe
    source.screen_allowed.set()
    source.full_allowed.set()
    assert prefetcher.shutdown()


@pytest.fixture
def quick(qtbot: QtBot, source: Source, monkeypatch: pytest.MonkeyPatch) -> Iterator[LoupeView]:
    """A loupe that can have what is seen before the whole; the pointer is elsewhere."""
    prefetcher = Prefetcher(source, threads=1, seen=source.load_seen)
    loupe = LoupeView(prefetcher, source.thumbnails.get)
    monkeypatch.setattr(loupe._panes[0], "mapFromGlobal", lambda _point: QPoint(-1, -1))
    qtbot.addWidget(loupe)
    loupe.resize(*VIEW)
    loupe.show()
    yield loupe
    source.full_allowed.set()
    assert prefetcher.shutdown()


def pane(loupe: LoupeView) -> PhotoPane:
    active = loupe.active_pane
    assert active is not None
    return active


def painted(loupe: LoupeView) -> QImage:
    return loupe.grab().toImage()


def grey(loupe: LoupeView, x: int, y: int) -> int:
    return painted(loupe).pixelColor(x, y).red()


def wait_for_picture(qtbot: QtBot, loupe: LoupeView, photo_id: PhotoId, full: bool = False) -> None:
    prefetcher = loupe._prefetcher
    ready = prefetcher.full_picture if full else prefetcher.picture
    qtbot.waitUntil(lambda: ready(photo_id) is not None)


def is_sharp(loupe: LoupeView) -> bool:
    """Whether neighbouring pixels in the middle are black and white: single pixels of the photo."""
    image = painted(loupe)
    middle = [image.pixelColor(x, VIEW[1] // 2).red() for x in range(VIEW[0] // 2, VIEW[0] // 2 + 8)]
    return sorted(set(middle)) == [0, 255]


def test_the_thumbnail_shows_at_once_and_the_picture_takes_its_place(
    qtbot: QtBot, loupe: LoupeView, source: Source, shoot: Shoot
) -> None:
    thumbnail = QImage(60, 40, QImage.Format.Format_RGB32)
    thumbnail.fill(QColor(10, 10, 10))
    source.screen_allowed.clear()
    source.thumbnails[A] = QPixmap.fromImage(thumbnail)
    loupe.show_current(A, shoot, ())
    assert grey(loupe, 300, 200) == 10
    source.screen_allowed.set()
    wait_for_picture(qtbot, loupe, A)
    assert grey(loupe, 300, 200) == 128


def test_a_photo_is_shown_in_the_same_place_whatever_stands_in_for_it(
    qtbot: QtBot, loupe: LoupeView, source: Source, shoot: Shoot
) -> None:
    loupe.resize(600, 600)  # bars above and below
    thumbnail = QImage(61, 40, QImage.Format.Format_RGB32)  # a thumbnail's shape is never quite the photo's
    thumbnail.fill(QColor(200, 200, 200))
    source.screen_allowed.clear()
    source.thumbnails[A] = QPixmap.fromImage(thumbnail)
    loupe.show_current(A, shoot, ())

    def top() -> int:
        image = painted(loupe)
        return next(y for y in range(600) if image.pixelColor(300, y) != DARK.window)

    before = top()
    source.screen_allowed.set()
    wait_for_picture(qtbot, loupe, A)
    assert top() == before == 100


def test_a_click_zooms_to_single_pixels_at_the_pointer_and_back(
    qtbot: QtBot, loupe: LoupeView, shoot: Shoot
) -> None:
    loupe.show_current(PHOTOS[0].id, shoot, ())
    wait_for_picture(qtbot, loupe, A)
    qtbot.mouseClick(pane(loupe), Qt.MouseButton.LeftButton, pos=QPoint(150, 100))
    assert loupe.is_zoomed
    wait_for_picture(qtbot, loupe, A, full=True)
    assert is_sharp(loupe)
    qtbot.mouseClick(pane(loupe), Qt.MouseButton.LeftButton, pos=QPoint(150, 100))
    assert not loupe.is_zoomed


def test_the_enlarged_picture_sharpens_in_place(
    qtbot: QtBot, loupe: LoupeView, source: Source, shoot: Shoot
) -> None:
    source.full_allowed.clear()
    loupe.show_current(PHOTOS[0].id, shoot, ())
    wait_for_picture(qtbot, loupe, A)
    pane(loupe).toggle_zoom(QPointF(300, 200))
    place = loupe._looking.place
    assert grey(loupe, 300, 200) == 128
    source.full_allowed.set()
    wait_for_picture(qtbot, loupe, A, full=True)
    assert is_sharp(loupe)
    assert loupe._looking.place == place


def test_zoom_and_place_are_kept_from_frame_to_frame(qtbot: QtBot, loupe: LoupeView, shoot: Shoot) -> None:
    loupe.show_current(PHOTOS[0].id, shoot, (A, B, C))
    pane(loupe).toggle_zoom(QPointF(100, 50))
    place = loupe._looking.place
    loupe.show_current(PHOTOS[1].id, shoot, (A, B, C))
    assert loupe._looking.place == place
    wait_for_picture(qtbot, loupe, B, full=True)  # asked for without another word
    assert is_sharp(loupe)


def test_dragging_moves_the_picture_and_does_not_zoom_out(
    qtbot: QtBot, loupe: LoupeView, shoot: Shoot
) -> None:
    loupe.show_current(PHOTOS[0].id, shoot, ())
    pane(loupe).toggle_zoom(QPointF(300, 200))
    before = loupe._looking.place
    qtbot.mousePress(pane(loupe), Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    qtbot.mouseMove(pane(loupe), QPoint(340, 200))
    qtbot.mouseMove(pane(loupe), QPoint(360, 210))
    qtbot.mouseRelease(pane(loupe), Qt.MouseButton.LeftButton, pos=QPoint(360, 210))
    assert loupe.is_zoomed
    assert loupe._looking.place.x == pytest.approx(before.x - 60 / WIDTH)
    assert loupe._looking.place.y == pytest.approx(before.y - 10 / HEIGHT)


def test_space_zooms_only_while_it_is_held(qtbot: QtBot, loupe: LoupeView, shoot: Shoot) -> None:
    loupe.show_current(PHOTOS[0].id, shoot, ())
    qtbot.keyPress(loupe, Qt.Key.Key_Space)
    assert loupe.is_zoomed
    qtbot.keyRelease(loupe, Qt.Key.Key_Space)
    assert not loupe.is_zoomed


def test_space_let_go_in_another_window_does_not_stay_held(
    qtbot: QtBot, loupe: LoupeView, shoot: Shoot
) -> None:
    loupe.show_current(PHOTOS[0].id, shoot, ())
    qtbot.keyPress(loupe, Qt.Key.Key_Space)
    loupe.clearFocus()
    assert not loupe.is_zoomed


def test_the_wheel_zooms_a_step_a_notch(loupe: LoupeView, shoot: Shoot) -> None:
    loupe.show_current(PHOTOS[0].id, shoot, ())

    def turn(angle: int) -> None:
        event = QWheelEvent(
            QPointF(300, 200),
            loupe.mapToGlobal(QPointF(300, 200)),
            QPoint(),
            QPoint(0, angle),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(pane(loupe), event)

    turn(60)
    assert not loupe.is_zoomed  # half a notch, as touchpads send
    turn(60)
    assert loupe._looking.place.scale == 1.0
    turn(120)
    assert loupe._looking.place.scale == 2.0
    for _ in range(2):
        turn(-120)
    assert not loupe.is_zoomed


def test_arrows_ask_for_neighbours_and_other_keys_are_left_to_the_window(
    qtbot: QtBot, loupe: LoupeView
) -> None:
    asked: list[int] = []
    loupe.step_requested.connect(asked.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_P):
        qtbot.keyClick(loupe, key)
    assert asked == [1, -1, 1, -1]


def test_the_decision_is_seen_at_the_edge_of_the_picture(
    qtbot: QtBot, loupe: LoupeView, shoot: Shoot
) -> None:
    loupe.show_current(PHOTOS[0].id, shoot, ())
    wait_for_picture(qtbot, loupe, A)
    assert painted(loupe).pixelColor(1, 100).red() == 128
    for flag, colour in ((Flag.PICK, DARK.pick), (Flag.REJECT, DARK.reject)):
        shoot.set_decisions({A: Decision(A, flag)})
        loupe.refresh()
        assert painted(loupe).pixelColor(1, 100) == colour


def test_the_suggested_frame_is_marked_and_the_others_are_not(
    qtbot: QtBot, loupe: LoupeView, shoot: Shoot
) -> None:
    def marked(number: int) -> bool:
        loupe.show_current(PHOTOS[number].id, shoot, (A, B, C))
        wait_for_picture(qtbot, loupe, PHOTOS[number].id)
        return grey(loupe, 20, VIEW[1] - 22) < 128  # the plate's ground

    assert [marked(number) for number in range(3)] == [False, True, False]


def test_faces_are_framed_in_the_colour_of_their_eyes_when_asked_for(
    qtbot: QtBot, loupe: LoupeView, shoot: Shoot
) -> None:
    faces = (Face(Box(0.25, 0.25, 0.25, 0.25), 0.9, eyes=EyeState.CLOSED),)
    shoot.apply(PhotosAnalyzed(1, (replace(analysis("a"), width=WIDTH, height=HEIGHT, faces=faces),)))
    loupe.show_current(PHOTOS[0].id, shoot, ())
    wait_for_picture(qtbot, loupe, A)
    edge = (VIEW[0] // 4, VIEW[1] * 3 // 8)
    assert grey(loupe, *edge) == 128
    loupe.set_overlays(Overlays(faces=True))
    seen = painted(loupe).pixelColor(*edge)
    assert seen.red() > seen.blue() + 50


def test_the_person_the_photos_are_narrowed_to_is_framed_without_being_asked_for(
    qtbot: QtBot, loupe: LoupeView, shoot: Shoot
) -> None:
    who = (
        Face(Box(0.25, 0.25, 0.25, 0.25), 0.9, identity=3),
        Face(Box(0.6, 0.25, 0.25, 0.25), 0.9, identity=4),
    )
    shoot.apply(PhotosAnalyzed(1, (replace(analysis("a"), width=WIDTH, height=HEIGHT, faces=who),)))
    loupe.show_current(PHOTOS[0].id, shoot, ())
    wait_for_picture(qtbot, loupe, A)

    def is_framed(left: float) -> bool:
        picture = painted(loupe)
        around = [picture.pixelColor(round(VIEW[0] * left) - by, VIEW[1] * 3 // 8) for by in range(6)]
        return any(colour.blue() > colour.red() + 50 for colour in around)

    assert (is_framed(0.25), is_framed(0.6)) == (False, False)
    loupe.set_overlays(Overlays(person=3))
    assert (is_framed(0.25), is_framed(0.6)) == (True, False)


def test_a_photo_that_cannot_be_shown_says_so_in_place_of_its_thumbnail(
    qtbot: QtBot, loupe: LoupeView, source: Source, shoot: Shoot
) -> None:
    source.failing.add(A)
    thumbnail = QImage(60, 40, QImage.Format.Format_RGB32)
    thumbnail.fill(QColor(10, 10, 200))
    with qtbot.waitSignal(loupe._prefetcher.picture_failed):
        source.thumbnails[A] = QPixmap.fromImage(thumbnail)
        loupe.show_current(A, shoot, ())
    image = painted(loupe)
    assert image.pixelColor(10, 10) == DARK.window
    middle = [image.pixelColor(x, y).red() for x in range(200, 400) for y in range(180, 230)]
    assert max(middle) > 150  # words


def test_the_fitted_picture_is_scaled_once_and_not_at_each_painting(
    qtbot: QtBot, loupe: LoupeView, shoot: Shoot
) -> None:
    loupe.show_current(PHOTOS[0].id, shoot, ())
    wait_for_picture(qtbot, loupe, A)
    painted(loupe)
    scaled = pane(loupe)._renderer._rendered
    painted(loupe)
    assert pane(loupe)._renderer._rendered is scaled
    loupe.resize(500, 400)
    painted(loupe)
    assert pane(loupe)._renderer._rendered is not scaled


def test_clearing_shows_nothing_and_forgets_the_zoom(loupe: LoupeView, shoot: Shoot) -> None:
    loupe.show_current(PHOTOS[0].id, shoot, ())
    loupe.toggle_zoom()
    loupe.clear()
    assert not loupe.is_zoomed
    assert painted(loupe).pixelColor(300, 200) == DARK.window


def test_zoomed_in_on_a_face_the_next_frame_shows_the_same_face(loupe: LoupeView, shoot: Shoot) -> None:
    def measured(name: str, x: float) -> Analysis:
        face = Face(Box(x, 0.3, 0.1, 0.1), 0.9)
        return replace(analysis(name), width=WIDTH, height=HEIGHT, faces=(face,))

    shoot.apply(PhotosAnalyzed(1, (measured("a", 0.30), measured("b", 0.42), measured("c", 0.42))))
    loupe.show_current(A, shoot, (A, B, C))
    loupe.look_at(Place(2.0, 0.35, 0.35))
    loupe.show_current(B, shoot, (A, B, C))
    assert (loupe._looking.place.x, loupe._looking.place.y) == pytest.approx((0.47, 0.35))
    loupe.look_at(Place(2.0, 0.9, 0.9))  # far from any face: the place itself is kept
    loupe.show_current(A, shoot, (A, B, C))
    assert (loupe._looking.place.x, loupe._looking.place.y) == (0.9, 0.9)


def test_without_a_pointer_the_first_closer_look_goes_to_the_largest_face(
    loupe: LoupeView, shoot: Shoot, monkeypatch: pytest.MonkeyPatch
) -> None:
    faces = tuple(Face(Box(x, 0.2, side, side), 0.9) for x, side in ((0.1, 0.1), (0.6, 0.2)))
    shoot.apply(PhotosAnalyzed(1, (replace(analysis("a"), width=WIDTH, height=HEIGHT, faces=faces),)))
    loupe.show_current(A, shoot, (A, B, C))
    monkeypatch.setattr(pane(loupe), "mapFromGlobal", lambda _point: QPoint(-1, -1))
    loupe.toggle_zoom()
    assert (loupe._looking.place.x, loupe._looking.place.y) == pytest.approx((0.7, 0.3))


def test_without_a_face_the_first_closer_look_goes_to_where_the_camera_focused(
    loupe: LoupeView, monkeypatch: pytest.MonkeyPatch
) -> None:
    aimed = replace(PHOTOS[0], aim=Aim((Box(0.6, 0.2, 0.2, 0.2),), True, WIDTH / HEIGHT))
    shoot = Shoot()
    shoot.apply(PhotosFound(1, (aimed,)))
    loupe.show_current(A, shoot, (A,))  # the camera's word is there before anything is measured
    monkeypatch.setattr(pane(loupe), "mapFromGlobal", lambda _point: QPoint(-1, -1))
    loupe.toggle_zoom()
    assert (loupe._looking.place.x, loupe._looking.place.y) == pytest.approx((0.7, 0.3))


def test_focus_areas_are_framed_and_a_file_that_tells_of_none_is_said_to(
    loupe: LoupeView, shoot: Shoot
) -> None:
    loupe.show_current(A, shoot, (A,))
    plain = painted(loupe)
    loupe.set_overlays(Overlays().toggled("focus_areas"))
    silent = painted(loupe)
    assert silent.copy(0, 0, 300, 40) != plain.copy(0, 0, 300, 40)  # it says why there is nothing to be seen
    aimed = replace(PHOTOS[0], aim=Aim((Box(0.5, 0.5, 0.2, 0.2),), True, WIDTH / HEIGHT))
    told = Shoot()
    told.apply(PhotosFound(1, (aimed,)))
    loupe.show_current(A, told, (A,))
    framed = painted(loupe)
    assert framed.copy(0, 0, 300, 40) == plain.copy(0, 0, 300, 40)
    assert framed.pixelColor(300, 240) != framed.pixelColor(300, 195)  # the left edge, and beside it


def test_two_to_one_and_steps_by_key(loupe: LoupeView, shoot: Shoot) -> None:
    loupe.show_current(A, shoot, ())
    loupe.toggle_zoom(2.0)
    assert loupe._looking.place.scale == 2.0
    loupe.toggle_zoom(2.0)
    assert not loupe.is_zoomed
    loupe.zoom_step(closer=True)
    assert loupe._looking.place.scale == 1.0
    loupe.toggle_zoom(2.0)  # from 1:1 closer, not out
    assert loupe._looking.place.scale == 2.0
    loupe.toggle_zoom()
    assert not loupe.is_zoomed
    loupe.zoom_step(closer=False)
    assert not loupe.is_zoomed


def test_overlays_are_painted_over_the_photo_and_taken_off_again(
    qtbot: QtBot, loupe: LoupeView, shoot: Shoot
) -> None:
    loupe.show_current(A, shoot, ())
    wait_for_picture(qtbot, loupe, A, full=True)
    loupe.look_at(Place(1.0))
    assert is_sharp(loupe)
    plain = painted(loupe)
    loupe.set_overlays(Overlays(clipping=True))  # the stripes are pure white and black
    marked = {rgb(painted(loupe).pixelColor(x, 200)) for x in range(300, 308)}
    assert not marked & {(0, 0, 0), (255, 255, 255)}
    for overlays in (Overlays(info=True), Overlays(histogram=True)):
        loupe.set_overlays(overlays)
        assert painted(loupe) != plain
    loupe.set_overlays(Overlays())
    assert painted(loupe) == plain


def test_what_is_seen_enlarged_is_sharp_before_the_whole_photo_is_there(
    qtbot: QtBot, quick: LoupeView, source: Source, shoot: Shoot
) -> None:
    source.full_allowed.clear()
    quick.show_current(A, shoot, (A, B, C))
    wait_for_picture(qtbot, quick, A)
    quick.look_at(Place(1.0))
    qtbot.waitUntil(lambda: is_sharp(quick))
    assert quick._prefetcher.full_picture(A) is None
    assert Box(0.25, 0.25, 0.5, 0.5) in source.seen, "the middle, as far as the view reaches"
    source.full_allowed.set()
    wait_for_picture(qtbot, quick, A, full=True)
    assert is_sharp(quick)
    assert quick._prefetcher.seen_picture(A) is None, "it is not kept twice"


def test_where_the_view_goes_beyond_the_part_the_picture_stands_in_until_the_whole_is_there(
    qtbot: QtBot, quick: LoupeView, source: Source, shoot: Shoot
) -> None:
    source.full_allowed.clear()
    quick.show_current(A, shoot, (A, B, C))
    wait_for_picture(qtbot, quick, A)
    quick.look_at(Place(1.0, 0.5, 0.3))
    qtbot.waitUntil(lambda: is_sharp(quick))
    quick.look_at(Place(1.0, 0.5, 0.9))
    assert not is_sharp(quick)
    source.full_allowed.set()
    qtbot.waitUntil(lambda: is_sharp(quick))


def test_at_the_foot_of_a_photo_the_whole_comes_at_once(
    qtbot: QtBot, quick: LoupeView, source: Source, shoot: Shoot
) -> None:
    quick.show_current(A, shoot, (A, B, C))
    wait_for_picture(qtbot, quick, A)
    quick.look_at(Place(1.0, 0.5, 1.0))
    qtbot.waitUntil(lambda: is_sharp(quick))
    assert quick._prefetcher.full_picture(A) is not None


def test_the_next_frame_is_sharp_at_once_when_somebody_looks_closer_right_after_the_arrow_key(
    qtbot: QtBot, quick: LoupeView, source: Source, shoot: Shoot
) -> None:
    source.full_allowed.clear()  # the whole of a photo never comes
    order = (A, B, C)
    quick.step_requested.connect(lambda by: quick.show_current(order[order.index(A) + by], shoot, order))
    quick.show_current(A, shoot, order)
    qtbot.waitUntil(lambda: quick._prefetcher.seen_picture(B) is not None)
    asked = list(source.seen)
    qtbot.keyClick(quick, Qt.Key.Key_Right)
    quick.toggle_zoom()
    assert is_sharp(quick), "it was decoded ahead, where the key looks"
    assert source.seen[: len(asked)] == asked


def test_of_the_neighbours_what_is_looked_at_is_decoded_ahead_while_the_pane_is_at_single_pixels(
    qtbot: QtBot, quick: LoupeView, source: Source, shoot: Shoot
) -> None:
    quick.show_current(A, shoot, (A, B, C))
    wait_for_picture(qtbot, quick, A, full=True)
    quick.look_at(Place(1.0, 0.3, 0.3))
    qtbot.waitUntil(lambda: all(quick._prefetcher.seen_picture(each) is not None for each in (B, C)))
    source.full_allowed.clear()
    quick.show_current(B, shoot, (A, B, C))
    assert is_sharp(quick)
    assert quick._prefetcher.full_picture(B) is None


def test_a_part_of_another_size_than_the_file_told_is_not_decoded_again_and_again(
    qtbot: QtBot, quick: LoupeView, source: Source, shoot: Shoot
) -> None:
    source.rows = 10
    quick.show_current(A, shoot, (A, B, C))
    wait_for_picture(qtbot, quick, A, full=True)
    quick.look_at(Place(1.0, 0.5, 0.3))
    quick.show_current(B, shoot, (A, B, C))
    wait_for_picture(qtbot, quick, B, full=True)
    assert is_sharp(quick)
    for photo_id in (A, B):
        boxes = [each for each, asked in zip(source.seen, source.seen_of, strict=True) if asked == photo_id]
        assert len(boxes) == len(set(boxes))
