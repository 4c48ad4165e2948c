"""The fewest frames with everybody good, in the real window: face by face, listed, picked."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.window import Program
from core.types import Box, EyeState, Face, Flag
from fixtures.frames import face
from fixtures.windows import analysed, flags, photo_id, press, running, shown
from ui.dialogs.cover_dialog import CoverDialog

pytestmark = pytest.mark.usefixtures("measured_here")

OPEN, SHUT = EyeState.OPEN, EyeState.CLOSED


@pytest.fixture
def program(qtbot: QtBot, shoot_folder: Path) -> Iterator[Program]:
    """The portrait burst, told as one of two people of whom one blinks in each frame."""
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        blink(program, F=(OPEN, SHUT), G=(SHUT, OPEN), H=(SHUT, SHUT))
        program.window.space.go_to(photo_id(program, "F.jpg"))
        yield program


def person(left: float, eyes: EyeState) -> Face:
    return replace(face(), box=Box(left, 0.3, 0.2, 0.3), confidence=0.95, eyes=eyes)


def blink(program: Program, **frames: tuple[EyeState, EyeState]) -> None:
    analyses = program.session.shoot.analyses
    for name, (left, right) in frames.items():
        one = photo_id(program, f"{name}.jpg")
        analyses[one] = replace(analyses[one], faces=(person(0.1, left), person(0.6, right)))


def ask(qtbot: QtBot, program: Program) -> CoverDialog:
    with qtbot.waitSignal(program.cover._asking.answered):
        press(program, "cover")
    return shown(program, CoverDialog)


def test_two_frames_have_everybody_good_and_each_face_says_which(qtbot: QtBot, program: Program) -> None:
    words = ask(qtbot, program).text().splitlines()
    assert words[0] == "Everybody is good in one of these 2 frames: F.jpg, G.jpg."
    assert words[1:] == ["F.jpg", "G.jpg"]


def test_enter_picks_them_in_one_undo_and_shows_them(qtbot: QtBot, program: Program) -> None:
    qtbot.keyClick(ask(qtbot, program), Qt.Key.Key_Return)
    picked = {name for name, flag in flags(program).items() if flag is Flag.PICK}
    assert picked == {"F.jpg", "G.jpg"}
    space = program.window.space
    assert {program.session.shoot.photos[one].path.name for one in space.model.frames()} == picked
    assert space.filters.listed.text() == "Everybody good: 2 frames\n1 person is best here"
    press(program, "undo")
    assert not any(flags(program).values())


def test_they_can_be_looked_at_before_anything_is_decided(qtbot: QtBot, program: Program) -> None:
    dialog = ask(qtbot, program)
    button = next(each for each in dialog.findChildren(QPushButton) if each.text() == "Show them")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not any(flags(program).values())
    assert program.window.space.model.rowCount() == 2, "their stack is open"


def test_who_is_good_in_no_frame_is_told(qtbot: QtBot, program: Program) -> None:
    blink(program, F=(OPEN, SHUT), G=(OPEN, SHUT), H=(OPEN, SHUT))
    words = ask(qtbot, program).text()
    assert "1 person is good in no frame" in words
    assert words.splitlines()[-1] == "good in none"


def test_a_group_without_people_says_so(qtbot: QtBot, program: Program) -> None:
    program.window.space.go_to(photo_id(program, "A.jpg"))
    with qtbot.waitSignal(program.cover._asking.answered):
        press(program, "cover")
    assert program.window.messages.text().startswith("Nobody is seen in this group")


def test_what_was_accepted_before_gives_way_and_is_named(qtbot: QtBot, program: Program) -> None:
    shoot = program.session.shoot
    cluster = shoot.cluster_of(photo_id(program, "F.jpg"))
    assert cluster.suggested_pick is not None
    program.session.review.accept_all([cluster])
    before = flags(program)
    accepted, *others = sorted(cluster.photo_ids, key=lambda one: one != cluster.suggested_pick)
    names = {one: shoot.photos[one].path.stem for one in cluster.photo_ids}
    blink(
        program,
        **{names[accepted]: (SHUT, SHUT), names[others[0]]: (OPEN, SHUT), names[others[1]]: (SHUT, OPEN)},
    )
    dialog = ask(qtbot, program)
    said = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    assert f"{names[accepted]}.jpg was picked by accepting the suggestion" in said[-1]
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert shoot.decision(accepted).flag is Flag.REJECT
    assert {shoot.decision(other).flag for other in others} == {Flag.PICK}
    press(program, "undo")
    assert flags(program) == before
