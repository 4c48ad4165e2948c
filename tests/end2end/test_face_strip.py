"""The face strip, through the keys and clicks of who looks from face to face."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from app.window import Program
from core.pipeline.events import PeopleFound
from core.types import Box, EyeState, Face, PhotoId
from fixtures.windows import analysed, in_front, photo_id, running
from ui.commands.command import Where
from ui.imaging.pictures import Pixels
from ui.views.big_view import BigView
from ui.views.face_strip import FaceStrip

pytestmark = pytest.mark.usefixtures("measured_here")

BURST = ("A.jpg", "B.jpg", "C.jpg")
LEFT, MIDDLE, RIGHT = 0.2, 0.5, 0.8
FAR = Face(Box(0.02, 0.02, 0.01, 0.01), 0.95, smile=0.1)


def somebody(x: float, eyes: EyeState = EyeState.OPEN) -> Face:
    eyes_at = ((x + 0.02, 0.40), (x + 0.06, 0.40))
    return Face(
        Box(x, 0.35, 0.08, 0.12), 0.95, landmarks=eyes_at, eyes=eyes, smile=0.8, gaze=0.9, sharpness=3.0
    )


def people_are(program: Program, faces: dict[str, tuple[Face, ...]]) -> None:
    """These faces, as the search for people tells of them."""
    shoot = program.session.shoot
    told = tuple(
        replace(shoot.analyses[photo_id(program, name)], faces=found) for name, found in faces.items()
    )
    shoot.apply(PeopleFound(0, told))
    program.window.space.analyses_changed([each.photo_id for each in told])


def strip_of(program: Program) -> FaceStrip:
    return next(each for each in program.window.space.views.front.findChildren(FaceStrip) if each.isVisible())


def press(qtbot: QtBot, program: Program, key: Qt.Key | str, shift: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(program.window.space.views.front, key, modifier)


def looks_at(program: Program) -> tuple[float | None, float]:
    view = program.window.space.views.front
    assert isinstance(view, BigView)
    pane = view.active_pane
    assert pane is not None
    return pane.place.scale, round(pane.place.x, 3)


@pytest.fixture
def program(qtbot: QtBot, shoot_folder: Path) -> Iterator[Program]:
    """Three frames with two people and a passer-by far behind; in the last one of them is missing."""
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        in_front(qtbot, program.window)
        two = (FAR, somebody(RIGHT), somebody(LEFT))
        people_are(program, {"A.jpg": two, "B.jpg": two, "C.jpg": (somebody(LEFT, EyeState.CLOSED),)})
        program.window.space.go_to(photo_id(program, "A.jpg"))
        program.window.space.grid.setFocus()
        press(qtbot, program, Qt.Key.Key_E)
        yield program


def test_the_main_people_are_large_beside_the_photo_and_never_over_it(qtbot: QtBot, program: Program) -> None:
    strip = strip_of(program)
    qtbot.waitUntil(lambda: len(strip._shown()) == 2)
    view = program.window.space.big.loupe
    assert not strip.geometry().intersects(view.panes()[0].geometry())
    spots = strip._shown()
    assert all(strip.rect().contains(place) for _, place in spots)

    def is_pictured(place: QRect) -> bool:
        seen = strip.grab(place).toImage()
        return len({seen.pixel(x, seen.height() // 2) for x in range(0, seen.width(), 3)}) > 20

    qtbot.waitUntil(lambda: all(is_pictured(place) for _, place in spots), timeout=10_000)


def test_two_frames_side_by_side_stay_as_large_as_without_the_faces_which_stand_below(
    qtbot: QtBot, program: Program
) -> None:
    program.window.resize(1280, 900)
    space = program.window.space
    press(qtbot, program, Qt.Key.Key_N)
    press(qtbot, program, Qt.Key.Key_Slash)  # of three, one is put aside
    view = space.views.front
    assert isinstance(view, BigView)
    first, second = view.panes()
    strip = strip_of(program)
    assert strip.geometry().top() > first.geometry().bottom()
    assert first.width() + second.width() >= view.width() - 8
    assert first.height() * 1.5 >= 0.94 * first.width()


def test_full_stop_and_comma_go_from_face_to_face_at_single_pixels(qtbot: QtBot, program: Program) -> None:
    strip = strip_of(program)
    qtbot.waitUntil(lambda: len(strip._shown()) == 2)
    seen = []
    for key in (Qt.Key.Key_Period, Qt.Key.Key_Period, Qt.Key.Key_Period, Qt.Key.Key_Comma):
        press(qtbot, program, key)
        seen.append(looks_at(program))
    left, right = (1.0, round(LEFT + 0.04, 3)), (1.0, round(RIGHT + 0.04, 3))
    assert seen == [left, right, left, right]
    assert "person 2 of 2, eyes open, sharp, looks at the camera, smiling" in strip.accessibleDescription()


def test_the_next_frame_is_looked_at_on_the_same_face(qtbot: QtBot, program: Program) -> None:
    qtbot.waitUntil(lambda: len(strip_of(program)._shown()) == 2)
    press(qtbot, program, Qt.Key.Key_Period)
    press(qtbot, program, Qt.Key.Key_Right)
    assert program.window.space.current_photo() == photo_id(program, "B.jpg")
    assert looks_at(program) == (1.0, round(LEFT + 0.04, 3))


def test_one_key_shows_a_person_through_the_burst_and_a_click_goes_to_that_frame(
    qtbot: QtBot, program: Program
) -> None:
    strip = strip_of(program)
    qtbot.waitUntil(lambda: len(strip._shown()) == 2)
    press(qtbot, program, Qt.Key.Key_Period)
    press(qtbot, program, Qt.Key.Key_B)
    shown = [(program.session.shoot.photos[cell.photo_id].path.name, cell.face) for cell, _ in strip._shown()]
    assert [name for name, _ in shown] == list(BURST)
    assert [face.eyes for _, face in shown if face is not None][-1] is EyeState.CLOSED
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip._shown()[1][1].center())
    assert program.window.space.current_photo() == photo_id(program, "B.jpg")
    assert looks_at(program)[0] == 1.0
    press(qtbot, program, Qt.Key.Key_B)
    assert len(strip._shown()) == 2


def test_a_person_is_followed_by_who_they_are_where_the_camera_was_turned(
    qtbot: QtBot, program: Program
) -> None:
    left, right = (replace(somebody(x), identity=who) for x, who in ((LEFT, 1), (MIDDLE, 2)))
    turned = tuple(replace(somebody(x), identity=who) for x, who in ((LEFT, 2), (LEFT - 0.12, 1)))
    people_are(program, {"A.jpg": (left, right), "B.jpg": turned, "C.jpg": (left, right)})
    strip = strip_of(program)
    qtbot.waitUntil(lambda: len(strip._shown()) == 2)
    for identity in (1, 2):
        press(qtbot, program, ".")
        press(qtbot, program, Qt.Key.Key_B)
        followed = [cell.face for cell, _ in strip._shown()]
        assert [face.identity for face in followed if face is not None] == [identity] * 3
        press(qtbot, program, Qt.Key.Key_B)


def test_the_key_shows_the_largest_person_first_and_the_sought_one_where_one_is_sought(
    qtbot: QtBot, program: Program
) -> None:
    small, large = replace(somebody(LEFT), identity=1), somebody(RIGHT)
    large = replace(large, identity=2, box=Box(RIGHT, 0.3, 0.12, 0.18))
    people_are(program, dict.fromkeys(BURST, (small, large)))
    strip = strip_of(program)
    qtbot.waitUntil(lambda: len(strip._shown()) == 2)

    def followed() -> set[int | None]:
        return {cell.face.identity for cell, _ in strip._shown() if cell.face is not None}

    press(qtbot, program, Qt.Key.Key_B)
    assert followed() == {2}
    program.window.space.big.mark_person(1)
    assert followed() == {1}
    program.window.space.big.mark_person(None)
    assert followed() == {2}


def test_who_is_not_in_the_frame_is_said_to_be_missing(qtbot: QtBot, program: Program) -> None:
    program.window.space.go_to(photo_id(program, "C.jpg"))
    strip = strip_of(program)
    qtbot.waitUntil(lambda: len(strip._shown()) == 2)
    (left, _), (right, place) = strip._shown()
    assert left.face is not None
    assert right.face is None
    QApplication.sendEvent(strip, QHelpEvent(QEvent.Type.ToolTip, place.center(), QPoint(0, 0)))
    assert QToolTip.text() == "person 2 of 2, not in this frame"


def test_who_walked_through_a_single_frame_is_missed_in_no_other(qtbot: QtBot, program: Program) -> None:
    one = {name: (somebody(LEFT),) for name in BURST}
    people_are(program, {**one, "B.jpg": (somebody(LEFT), somebody(RIGHT))})
    strip = strip_of(program)
    qtbot.waitUntil(lambda: len(strip._shown()) == 1)
    press(qtbot, program, Qt.Key.Key_Right)
    assert len(strip._shown()) == 2


def test_without_people_the_subject_is_shown_and_the_keys_go_there(qtbot: QtBot, program: Program) -> None:
    people_are(program, dict.fromkeys(BURST, ()))
    strip = strip_of(program)
    qtbot.waitUntil(lambda: len(strip._shown()) == 1)
    assert strip._shown()[0][0].person is None
    press(qtbot, program, Qt.Key.Key_Period)
    subject = program.session.shoot.analyses[photo_id(program, "A.jpg")].sharpness.subject
    assert subject is not None
    assert looks_at(program) == (1.0, round(subject.x + subject.width / 2, 3))


def test_one_key_shows_the_subject_through_the_burst_where_there_is_nobody(
    qtbot: QtBot, program: Program
) -> None:
    people_are(program, dict.fromkeys(BURST, ()))
    strip = strip_of(program)
    qtbot.waitUntil(lambda: len(strip._shown()) == 1)
    press(qtbot, program, Qt.Key.Key_B)
    names = [program.session.shoot.photos[cell.photo_id].path.name for cell, _ in strip._shown()]
    assert names == list(BURST)
    assert strip.accessibleDescription() == "A.jpg, The sharpest part of the photo"
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip._shown()[2][1].center())
    assert program.window.space.current_photo() == photo_id(program, "C.jpg")


def test_no_room_is_kept_for_somebody_who_is_in_half_of_two_frames_only(
    qtbot: QtBot, program: Program
) -> None:
    people_are(program, {"A.jpg": (somebody(LEFT),), "B.jpg": (somebody(RIGHT),), "C.jpg": ()})
    strip = strip_of(program)
    qtbot.waitUntil(lambda: len(strip._shown()) == 1)
    press(qtbot, program, Qt.Key.Key_Right)
    assert [cell.face is not None for cell, _ in strip._shown()] == [True]


def test_each_side_of_a_comparison_has_its_own_faces(qtbot: QtBot, program: Program) -> None:
    press(qtbot, program, Qt.Key.Key_C)
    view = program.window.space.views.front
    strips = [each for each in view.findChildren(FaceStrip) if each.isVisible()]
    assert isinstance(view, BigView)
    assert [each.photo_id for each in strips] == [pane.photo_id for pane in view.panes()]
    press(qtbot, program, Qt.Key.Key_N)
    assert strip_of(program).photo_id == program.window.space.current_photo()


def test_everybody_stands_at_the_same_place_on_both_sides_of_a_comparison(
    qtbot: QtBot, program: Program
) -> None:
    left, middle, right = (replace(somebody(x), identity=who) for who, x in enumerate((LEFT, MIDDLE, RIGHT)))
    people_are(program, {"A.jpg": (left, right), "B.jpg": (middle, right), "C.jpg": (left, middle)})
    press(qtbot, program, Qt.Key.Key_C)
    view = program.window.space.views.front
    strips = [each for each in view.findChildren(FaceStrip) if each.isVisible()]

    def places(strip: FaceStrip) -> list[tuple[int | None, int]]:
        return [(cell.person, place.left()) for cell, place in strip._shown()]

    qtbot.waitUntil(lambda: all(len(places(strip)) == 3 for strip in strips))
    assert places(strips[0]) == places(strips[1])
    for strip in strips:
        assert [cell.face for cell, _ in strip._shown()].count(None) == 1, "who is missing has a place, too"


def test_the_strip_is_put_away_by_a_key_for_good(qtbot: QtBot, program: Program) -> None:
    view = program.window.space.big.loupe
    press(qtbot, program, Qt.Key.Key_F, shift=True)
    assert not any(each.isVisible() for each in view.findChildren(FaceStrip))
    assert view.panes()[0].geometry() == view.rect()
    program.window.close()
    with running() as again:
        assert not again.settings.preferences.face_strip
        again.window.space.big.by_screen[Where.LOUPE].show()
        assert not any(each.isVisible() for each in again.window.space.big.loupe.findChildren(FaceStrip))


def test_a_key_that_steps_waits_for_no_face(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Faces are cut out by a thread of their own."""
    threads: list[threading.Thread] = []
    load = program.finders.crops._source.load

    def told(photo: PhotoId, box: tuple[int, int] | None) -> Pixels:
        threads.append(threading.current_thread())
        return load(photo, box)

    monkeypatch.setattr(program.finders.crops._source, "load", told)
    program.finders.crops._kept.clear()
    press(qtbot, program, Qt.Key.Key_Right)
    press(qtbot, program, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: bool(threads))
    assert threading.main_thread() not in threads


def test_the_frame_around_a_face_is_explained_where_the_pointer_rests(qtbot: QtBot, program: Program) -> None:
    press(qtbot, program, Qt.Key.Key_O)
    pane = program.window.space.big.loupe.panes()[0]
    photo = QRectF(pane.rect())  # the photo fills the pane in one direction, and lies in its middle
    scale = min(photo.width() / 960, photo.height() / 640)
    left = (photo.width() - 960 * scale) / 2
    top = (photo.height() - 640 * scale) / 2
    point = QPoint(round(left + (LEFT + 0.04) * 960 * scale), round(top + 0.41 * 640 * scale))
    QApplication.sendEvent(pane, QHelpEvent(QEvent.Type.ToolTip, point, QPoint(0, 0)))
    assert QToolTip.text() == "eyes open, looks at the camera, smiling"
