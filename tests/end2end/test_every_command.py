"""Every command in the real window: somebody does it, its real keys reach it, and it is refused where nobody does."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from app import window as app_window
from app.bootstrap import open_services
from app.paths import places
from app.preferences import keep_preferences, load_preferences
from app.window import Program, kept_choices
from fixtures.windows import in_front, running, shown
from ui.commands import table
from ui.commands.command import Command, Where
from ui.commands.keymap import sequences
from ui.commands.table import COMMANDS
from ui.dialogs.sample_dialog import SampleDialog
from ui.preferences import Preferences

pytestmark = pytest.mark.usefixtures("measured_here")

OPENED_BY = {
    Where.GRID: table.GRID,
    Where.LOUPE: table.LOUPE,
    Where.COMPARE: table.COMPARE,
    Where.SURVEY: table.SURVEY,
    Where.FACES: table.FACE_PANEL,
    Where.AUDIT: table.CHECK_SAMPLE,
}
GIVEN = [command for command in COMMANDS if not command.by_view]


def go_to(qtbot: QtBot, program: Program, screen: Where) -> None:
    """Shows a screen, with nothing else open, and the keyboard at its view."""
    window = program.window
    for other in QApplication.topLevelWidgets():
        if other.isVisible() and other is not window:
            other.close()
    window.do(table.AUDIT_LEAVE)
    window.do(table.GRID)
    if screen is Where.AUDIT:
        program.session.review.accept_all(list(program.session.shoot.clusters_in_order()))
    if screen is not Where.GRID:
        window.do(OPENED_BY[screen])
    if screen is Where.AUDIT:
        qtbot.keyClick(shown(program, SampleDialog), Qt.Key.Key_Return)
    assert window.where is screen
    window.activateWindow()
    window.space.views.front.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.space.views.front)


def press(qtbot: QtBot, program: Program, key: QKeySequence) -> None:
    """On what has the keyboard."""
    qtbot.keySequence(program.window.focusWidget() or program.window, key)


def test_every_command_is_done_by_somebody(qtbot: QtBot) -> None:
    with running() as program:
        program.window.commands.check()
        for command in GIVEN:
            with pytest.raises(ValueError, match=f"'{command.id}' has a handler already"):
                program.window.commands.bind(command, lambda: None)


def test_the_program_does_not_start_where_nobody_does_a_command(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_window, "SummaryController", lambda window, session: None)
    with open_services(places()) as services:
        program = Program.__new__(Program)
        with pytest.raises(ValueError, match="Nobody does these commands: summary"):
            Program.__init__(program, services)
        program.window.close()
        program.window.deleteLater()


def test_keys_of_a_command_that_is_not_there_are_kept_not_used_and_logged(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    theirs = {"of_a_newer_shortlist": ("P",), "move": ("F9",)}
    kept = kept_choices(places())
    keep_preferences(kept, Preferences(keys={**theirs, "pick": ("ctrl+p", "K"), "problems": ("Ctrl+P",)}))
    with running() as program:
        assert "of_a_newer_shortlist, move" in caplog.text
        keymap = program.window.keymap
        assert keymap.action(table.PICK).shortcut().toString() == "Ctrl+P"
        assert keymap.action(table.PROBLEMS).shortcuts() == []
        program.settings.change(auto_advance=True)  # writes all of them anew
    after = load_preferences(kept_choices(places()))
    assert after.auto_advance
    assert {name: after.keys[name] for name in theirs} == theirs


@pytest.mark.parametrize("screen", OPENED_BY, ids=lambda screen: screen.name)
def test_each_key_gives_its_command_on_each_screen(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch, screen: Where
) -> None:
    go_to(qtbot, program, screen)
    given: list[Command] = []
    monkeypatch.setattr(program.window.commands, "do", given.append)
    for command in GIVEN:
        for key in sequences(command):
            given.clear()
            press(qtbot, program, key)
            heard = [each.id for each in given]
            if screen in command.where:
                assert heard == [command.id], f"{key.toString()} on {screen}"
            else:
                assert command.id not in heard, f"{key.toString()} on {screen}"


def test_the_welcome_screen_hears_what_works_everywhere_and_nothing_else(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The buttons hear Space and Return.
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    with running() as program:
        in_front(qtbot, program.window)
        given: list[Command] = []
        monkeypatch.setattr(program.window.commands, "do", given.append)
        for command in GIVEN:
            for key in sequences(command):
                given.clear()
                press(qtbot, program, key)
                expected = [command.id] if Where.WELCOME in command.where else []
                assert [each.id for each in given] == expected, key.toString()


def test_each_command_is_done_at_its_key(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it does, it does without an error, and once."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    window, given = program.window, []
    do = window.commands.do

    def noted(command: Command) -> None:
        given.append(command.id)
        do(command)

    ends = (table.CLOSE_FOLDER, table.QUIT)
    for command in sorted((each for each in GIVEN if each.keys), key=lambda each: each in ends):
        if command is not table.QUIT:
            go_to(qtbot, program, next(screen for screen in OPENED_BY if screen in command.where))
        monkeypatch.setattr(window.commands, "do", noted)
        press(qtbot, program, sequences(command)[0])
        monkeypatch.setattr(window.commands, "do", do)
        assert given == [command.id]
        given.clear()
    assert not window.isVisible(), "the last one quits"


STEPPING = [screen for screen in OPENED_BY if screen is not Where.AUDIT]  # which goes on by answers


@pytest.mark.parametrize("screen", STEPPING, ids=lambda screen: screen.name)
def test_the_arrows_step_on_every_screen(qtbot: QtBot, program: Program, screen: Where) -> None:
    go_to(qtbot, program, screen)
    space = program.window.space
    before = space.current_photo()
    press(qtbot, program, QKeySequence(Qt.Key.Key_Right))
    if space.current_photo() == before:  # it stood at the end
        press(qtbot, program, QKeySequence(Qt.Key.Key_Left))
    assert space.current_photo() != before


def test_a_command_without_a_key_stands_in_a_menu(qtbot: QtBot) -> None:
    with running() as program:
        menus = [each.menu() for each in program.window.menuBar().actions()]
        listed = {action for menu in menus if isinstance(menu, QMenu) for action in menu.actions()}
        for command in GIVEN:
            if not command.keys:
                assert program.window.keymap.action(command) in listed, command.id
