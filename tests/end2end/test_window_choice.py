"""A client's choice in the real window: pasted, seen, taken over in one undo, and shown with the client's words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.window import Program
from core.types import Flag
from fixtures.windows import flags, photo_id, press, shown, there
from ui.dialogs.choice_dialog import ClientsChoiceDialog

pytestmark = pytest.mark.usefixtures("measured_here")


def pasted(qtbot: QtBot, program: Program, text: str) -> ClientsChoiceDialog:
    press(program, "clients_choice")
    dialog = shown(program, ClientsChoiceDialog)
    there(dialog.findChild(QPlainTextEdit)).setPlainText(text)
    qtbot.waitUntil(lambda: not dialog._reading.isActive())
    return dialog


def take(dialog: ClientsChoiceDialog) -> QPushButton:
    return next(one for one in dialog.findChildren(QPushButton) if one.text().startswith("Take over"))


def test_a_list_is_understood_shown_and_taken_over_in_one_undo(qtbot: QtBot, program: Program) -> None:
    before = flags(program)
    dialog = pasted(qtbot, program, "A.jpg; F.jpg and the one with the hat\nZZ_0999.jpg")
    assert "2 photos are chosen. 1 name needs a look." in dialog.text()
    assert "ZZ_0999.jpg: No photo" in dialog.text()
    assert "the one with the hat" in dialog.text()
    assert flags(program) == before, "nothing is decided yet"
    qtbot.mouseClick(take(dialog), Qt.MouseButton.LeftButton)
    after = flags(program)
    assert (after["A.jpg"], after["F.jpg"]) == (Flag.PICK, Flag.PICK)
    assert {name: flag for name, flag in after.items() if flag != before[name]}.keys() == {"A.jpg", "F.jpg"}
    assert set(program.window.space.model.frames()) == {
        photo_id(program, name) for name in ("A.jpg", "F.jpg")
    }
    press(program, "undo")
    assert flags(program) == before


def test_what_is_typed_at_the_last_moment_is_taken_over_too(qtbot: QtBot, program: Program) -> None:
    before = flags(program)
    dialog = pasted(qtbot, program, "A.jpg; ")
    field = there(dialog.findChild(QPlainTextEdit))
    qtbot.keyClicks(field, "F.jpg; ")
    qtbot.mouseClick(take(dialog), Qt.MouseButton.LeftButton)
    assert flags(program) == before, "not what was understood before the last words"
    qtbot.waitUntil(take(dialog).isEnabled)
    qtbot.mouseClick(take(dialog), Qt.MouseButton.LeftButton)
    assert {name for name, flag in flags(program).items() if flag is Flag.PICK} >= {"A.jpg", "F.jpg"}


def test_the_clients_words_stand_at_the_photos(qtbot: QtBot, program: Program) -> None:
    dialog = pasted(qtbot, program, "Shortlist · W\n✍ Anna\n♥ A.jpg — <b>large</b>, please\n· F.jpg — who?")
    assert "Anna: 1 photo is chosen." in dialog.text()
    assert "F.jpg: who? (only a word)" in dialog.text()
    qtbot.mouseClick(take(dialog), Qt.MouseButton.LeftButton)
    assert flags(program)["F.jpg"] is None
    listed = program.window.space.filters.listed
    assert "Client's choice: 2 photos" in listed.text()
    why = program.window.space.model.criteria.listed
    assert why is not None
    assert why.why[photo_id(program, "A.jpg")] == "Anna: <b>large</b>, please"


def test_a_table_can_give_its_own_stars(qtbot: QtBot, program: Program) -> None:
    dialog = pasted(qtbot, program, "Filename,Rating\nA.jpg,4\nF.jpg,2\n")
    box = there(dialog.findChild(QComboBox))
    while box.currentText() != "the stars and labels the client gave":
        qtbot.keyClick(box, Qt.Key.Key_Up)
    qtbot.mouseClick(take(dialog), Qt.MouseButton.LeftButton)
    shoot = program.session.shoot
    assert [shoot.decision(photo_id(program, name)).rating for name in ("A.jpg", "F.jpg")] == [4, 2]


def test_a_file_that_is_cut_short_is_said_and_nothing_can_be_taken(qtbot: QtBot, program: Program) -> None:
    dialog = pasted(qtbot, program, '{"shortlist": "choice", "photos": [{"name": "A.jpg"')
    assert "not all of it" in dialog.text()
    assert not take(dialog).isEnabled()
