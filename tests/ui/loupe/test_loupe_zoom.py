"""The loupe: how it is zoomed, and what of that is kept from frame to frame."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.pipeline.events import PhotosAnalyzed, PhotosFound
from core.shoot.shoot import Shoot
from core.types import (
    Aim,
    Analysis,
    Box,
    Face,
)
from fixtures.frames import analysis
from fixtures.loupes import (
    HEIGHT,
    PHOTOS,
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
from ui.theme import DARK
from ui.views.loupe_view import LoupeView
from ui.views.zoom import Place


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
    qtbot: QtBot, loupe: LoupeView, source: StripedPhotos, shoot: Shoot
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


def test_shift_and_an_arrow_move_what_is_enlarged_up_to_its_edge(
    qtbot: QtBot, loupe: LoupeView, shoot: Shoot
) -> None:
    loupe.show_current(PHOTOS[0].id, shoot, ())
    stepped: list[int] = []
    loupe.step_requested.connect(stepped.append)
    pane(loupe).toggle_zoom(QPointF(300, 200))
    before = pane(loupe).seen_place()
    view, shift = pane(loupe).size(), Qt.KeyboardModifier.ShiftModifier
    for key, across, down in (
        (Qt.Key.Key_Right, 0.25, 0.0),
        (Qt.Key.Key_Down, 0.25, 0.25),
        (Qt.Key.Key_Left, 0.0, 0.25),
        (Qt.Key.Key_Up, 0.0, 0.0),
    ):
        qtbot.keyClick(loupe, key, shift)
        assert loupe._looking.place.x == pytest.approx(before.x + across * view.width() / WIDTH)
        assert loupe._looking.place.y == pytest.approx(before.y + down * view.height() / HEIGHT)
    for _ in range(20):
        qtbot.keyClick(loupe, Qt.Key.Key_Left, shift)
    assert loupe._looking.place.x == pytest.approx(view.width() / 2 / WIDTH), "its left edge"
    assert not stepped
    qtbot.keyClick(loupe, Qt.Key.Key_Right)
    assert stepped == [1]


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
