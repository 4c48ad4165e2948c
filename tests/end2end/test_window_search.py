"""The search box in the real window: what is typed is what is seen, and the line below says why."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from skimage import data

from app.window import Program
from fixtures.shoots import write_photo
from fixtures.windows import analysed, photo_id, running, there
from ui.widgets.search_field import SearchField

pytestmark = pytest.mark.usefixtures("measured_here")


def search(qtbot: QtBot, program: Program, text: str) -> SearchField:
    space = program.window.space
    qtbot.keyClick(space.grid, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = there(space.findChild(SearchField))
    field.clear()
    qtbot.keyClicks(field, text)
    return field


def shown(program: Program) -> set[str]:
    shoot, space = program.session.shoot, program.window.space
    return {shoot.photos[photo_id].path.name for photo_id in space.model.frames()}


@pytest.fixture
def folder(shoot_folder: Path) -> Path:
    write_photo(shoot_folder / "Z.jpg", data.chelsea())
    return shoot_folder


def test_what_a_photo_shows_is_found_and_the_line_below_says_why(qtbot: QtBot, folder: Path) -> None:
    with running() as program:
        analysed(qtbot, program, folder)
        qtbot.waitUntil(lambda: bool(program.session.shoot.things))
        field = search(qtbot, program, "cat")
        qtbot.waitUntil(lambda: shown(program) == {"Z.jpg"})
        line = program.window.space.why_line
        qtbot.waitUntil(lambda: "it shows: cat" in line.text())
        assert "it shows: cat" in line.toolTip()
        qtbot.keyClick(field, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: len(shown(program)) == 14)
        assert "it shows" not in line.text()
        assert program.window.focusWidget() is program.window.space.grid


def test_fields_and_minus_narrow(qtbot: QtBot, folder: Path) -> None:
    with running() as program:
        analysed(qtbot, program, folder)
        search(qtbot, program, "-cat is:burst after:10:04 before:10:06")
        qtbot.waitUntil(lambda: shown(program) == {"D.jpg", "E.jpg"})


def test_what_is_no_query_is_said_and_changes_nothing(qtbot: QtBot, folder: Path) -> None:
    with running() as program:
        analysed(qtbot, program, folder)
        search(qtbot, program, "name:a.jpg")
        qtbot.waitUntil(lambda: shown(program) == {"A.jpg"})
        field = search(qtbot, program, "name:a.jpg rating:many")
        qtbot.waitUntil(lambda: "does not know “many”" in field.accessibleDescription())
        assert field.toolTip() == field.accessibleDescription()
        assert shown(program) == {"A.jpg"}
        qtbot.keyClicks(field, " ")
        for _ in "many ":
            qtbot.keyClick(field, Qt.Key.Key_Backspace)
        qtbot.keyClicks(field, "0")
        qtbot.waitUntil(lambda: field.accessibleDescription() == "")
        qtbot.waitUntil(lambda: shown(program) == {"A.jpg"})


def test_words_of_the_shoot_are_completed(qtbot: QtBot, folder: Path) -> None:
    with running() as program:
        analysed(qtbot, program, folder)
        photos = program.session.shoot.photos.values()
        assert {photo.camera_name for photo in photos} == {"Testcam 1"}
        field = search(qtbot, program, "-is:pick testc")
        popup = there(program.window.space.findChild(SearchField))._popup
        assert popup.isVisible()
        qtbot.keyClick(popup, Qt.Key.Key_Down)
        qtbot.keyClick(popup, Qt.Key.Key_Return)
        assert field.text() == '-is:pick "Testcam 1" '
        qtbot.waitUntil(lambda: len(shown(program)) == 14)
        assert photo_id(program, "Z.jpg") in program.session.shoot.photos
