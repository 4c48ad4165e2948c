"""Nobody forgotten, in the real window: the list, the line in the export, and the way to the frames."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.window import Program
from fixtures.shoots import face, scene, write_photo
from fixtures.windows import analysed, in_front, photo_id, press, running, shown
from ui.dialogs.missing_dialog import MissingDialog

pytestmark = pytest.mark.usefixtures("measured_here")

START = datetime(2025, 6, 14, 10, 0, 0)
PERSON = ["person-1.jpg", "person-2.jpg", "person-3.jpg", "person-4.jpg"]
HOUR = [f"hour-{number}.jpg" for number in range(9)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One photo to be kept; somebody in two groups of two; 27 minutes of single frames."""
    folder = tmp_path / "shoot"
    folder.mkdir()
    write_photo(folder / "kept.jpg", scene(1), START)
    for number, name in enumerate(PERSON):
        taken = START + timedelta(minutes=40 + 60 * (number // 2), seconds=number % 2)
        write_photo(folder / name, face(3 * number), taken)
    for number, name in enumerate(HOUR):
        write_photo(folder / name, scene(20 + number), START + timedelta(hours=4, minutes=3 * number))
    return folder


@pytest.fixture
def program(qtbot: QtBot, folder: Path) -> Iterator[Program]:
    with running() as program:
        analysed(qtbot, program, folder)
        yield program


def keep(program: Program, name: str) -> None:
    program.window.space.go_to(photo_id(program, name))
    press(program, "pick")


def names_shown(program: Program) -> list[str]:
    shoot = program.session.shoot
    return sorted(shoot.photos[one].path.name for one in program.window.space.model.frames())


def ask(qtbot: QtBot, program: Program) -> MissingDialog:
    press(program, "missing")
    qtbot.waitUntil(lambda: any(each.isVisible() for each in program.window.findChildren(MissingDialog)))
    return shown(program, MissingDialog)


def test_who_and_what_is_missing_is_listed_and_leads_to_the_frames(qtbot: QtBot, program: Program) -> None:
    keep(program, "kept.jpg")
    dialog = ask(qtbot, program)
    assert "Somebody in 4 frames" in dialog.text()
    assert "14:00 – 14:24: 9 frames" in dialog.text()
    qtbot.keyClick(dialog._choice._list, Qt.Key.Key_Return)
    space = program.window.space
    assert names_shown(program) == PERSON
    assert space.filters.listed.isVisible()
    assert space.filters.listed.text() == "To choose from: Somebody in 4 frames"
    assert space.big.overlays.person is not None, "the face is marked in the large views"
    assert space.current_photo() in space.model.frames()


def test_the_cross_shows_all_photos_again(qtbot: QtBot, program: Program) -> None:
    keep(program, "kept.jpg")
    qtbot.keyClick(ask(qtbot, program)._choice._list, Qt.Key.Key_Return)
    bar = program.window.space.filters.listed
    cross = next(each for each in bar.findChildren(QPushButton) if each.accessibleName())
    qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert len(names_shown(program)) == 1 + len(PERSON) + len(HOUR)
    assert not bar.isVisible()


def test_the_faces_are_shown(qtbot: QtBot, program: Program) -> None:
    keep(program, "kept.jpg")
    rows = ask(qtbot, program)._choice._list
    qtbot.waitUntil(lambda: all(not rows.item(row).icon().isNull() for row in range(rows.count())))


def test_who_is_kept_is_not_missing_any_more(qtbot: QtBot, program: Program) -> None:
    keep(program, "kept.jpg")
    keep(program, PERSON[0])
    assert "Somebody" not in ask(qtbot, program).text()


def test_nothing_kept_and_nothing_missing_are_told_apart(qtbot: QtBot, program: Program) -> None:
    dialog = ask(qtbot, program)
    assert dialog.text() == "Nothing is kept yet, so nobody stands out."
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    for name in ("kept.jpg", PERSON[0], HOUR[4]):
        keep(program, name)
    assert "has a keeper" in ask(qtbot, program).text()


def line(program: Program) -> QLabel:
    return program.export.dialog._missing


def test_the_export_says_quietly_what_is_missing_and_leads_there(qtbot: QtBot, program: Program) -> None:
    keep(program, "kept.jpg")
    press(program, "export")
    qtbot.waitUntil(line(program).isVisible)
    assert "1 person" in line(program).text()
    assert "14:00 – 14:24" in line(program).text()
    qtbot.waitUntil(program.export.dialog._export.isEnabled)
    in_front(qtbot, program.export.dialog)
    line(program).setFocus()
    for _ in range(2):  # to its second link
        qtbot.keyClick(line(program), Qt.Key.Key_Tab)
    qtbot.keyClick(line(program), Qt.Key.Key_Return)
    assert not program.export.dialog.isVisible()
    assert names_shown(program) == HOUR
    assert program.window.space.filters.listed.text() == "To choose from: 14:00 – 14:24: 9 frames"


def test_the_export_says_nothing_where_nothing_is_missing(qtbot: QtBot, program: Program) -> None:
    for name in ("kept.jpg", PERSON[0], HOUR[4]):
        keep(program, name)
    with qtbot.waitSignal(program.forgotten._asking.answered):
        press(program, "export")
    assert not line(program).isVisible()
