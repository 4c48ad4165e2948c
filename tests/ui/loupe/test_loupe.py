"""The loupe: what is painted, and what is passed on."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPixmap
from pytestqt.qtbot import QtBot

from core.pipeline.events import PhotosAnalyzed, PhotosFound
from core.shoot.shoot import Shoot
from core.types import (
    Aim,
    Box,
    Decision,
    EyeState,
    Face,
    Flag,
)
from fixtures.frames import analysis
from fixtures.loupes import (
    HEIGHT,
    PHOTOS,
    VIEW,
    WIDTH,
    A,
    B,
    C,
    StripedPhotos,
    grey,
    is_sharp,
    painted,
    pane,
    wait_for_picture,
)
from fixtures.pixels import rgb
from ui.imaging.overlays import Overlays
from ui.theme import DARK
from ui.views.loupe_view import LoupeView
from ui.views.zoom import Place


def test_the_thumbnail_shows_at_once_and_the_picture_takes_its_place(
    qtbot: QtBot, loupe: LoupeView, source: StripedPhotos, shoot: Shoot
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
    qtbot: QtBot, loupe: LoupeView, source: StripedPhotos, shoot: Shoot
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
    qtbot: QtBot, loupe: LoupeView, source: StripedPhotos, shoot: Shoot
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


def test_what_is_decided_on_a_photo_that_cannot_be_shown_is_seen_and_so_is_that_it_is_the_active_one(
    qtbot: QtBot, loupe: LoupeView, source: StripedPhotos, shoot: Shoot
) -> None:
    source.failing.add(A)
    with qtbot.waitSignal(loupe._prefetcher.picture_failed):
        loupe.show_current(A, shoot, ())
    undecided = painted(loupe)
    shoot.set_decisions({A: Decision(A, Flag.REJECT, 3)})
    loupe.refresh()
    rejected = painted(loupe)
    assert rejected.pixelColor(1, 100) == DARK.reject
    plate = (0, VIEW[1] - 40, 200, 30)
    assert rejected.copy(*plate) != undecided.copy(*plate)
    pane(loupe).set_caption("", active=True, ring=True)
    assert painted(loupe) != rejected


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
