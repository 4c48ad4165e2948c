"""The table of commands, its keys on a window, and the sheet that shows them."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from core.language import languages, set_language, spoken_language, tr
from ui.commands.command import Where
from ui.commands.key_words import KeyWords
from ui.commands.keymap import Keymap, conflicts, key_names, keys_markdown, sequences
from ui.commands.table import BY_ID, COMMANDS
from ui.shortcut_overlay import ShortcutOverlay
from ui.theme import DARK


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.resize(1280, 800)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    window.setFocus()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def given(window: QWidget) -> list[str]:
    """The ids of the commands given by key on the window."""
    commands: list[str] = []
    window.keymap = Keymap(window, lambda command: commands.append(command.id))  # type: ignore[attr-defined]
    window.keymap.set_screen(Where.GRID)  # type: ignore[attr-defined]
    return commands


def test_no_two_commands_share_an_id_and_no_key_is_given_twice_on_one_screen() -> None:
    assert len(BY_ID) == len(COMMANDS)
    assert conflicts(COMMANDS) == []


def test_a_key_given_twice_is_a_conflict_only_where_the_screens_overlap() -> None:
    pick = BY_ID["pick"]
    grid = replace(pick, id="one", keys=("K",), where=Where.GRID)
    assert conflicts([grid, replace(grid, id="two", where=Where.LOUPE)]) == []
    anywhere = replace(grid, id="two", where=Where.EVERYWHERE)
    assert conflicts([grid, anywhere]) == [(grid, anywhere, "K")]


def test_a_table_with_a_conflict_is_refused(window: QWidget) -> None:
    twin = replace(BY_ID["pick"], id="twin")
    with pytest.raises(ValueError, match="P is given to both 'pick' and 'twin'"):
        Keymap(window, lambda _: None, [BY_ID["pick"], twin])


def test_every_key_of_the_table_is_one_that_qt_knows() -> None:
    for command in COMMANDS:
        for written, sequence in zip(command.keys, sequences(command), strict=True):
            assert sequence.count() == 1, written
            assert sequence[0].key() != Qt.Key.Key_unknown, written  # type: ignore[index]  # PySide's stubs lack it
            assert sequence.toString() == written


def test_lightroom_s_keys_are_the_default() -> None:
    expected = {"pick": "P", "reject": "X", "unflag": "U", "rate_0": "0", "rate_5": "5"}
    expected |= {"label_red": "6", "label_yellow": "7", "label_green": "8", "label_blue": "9"}
    expected |= {"grid": "G", "loupe": "E", "zoom": "Z", "full_screen": "F", "undo": "Ctrl+Z"}
    assert {command_id: BY_ID[command_id].keys[0] for command_id in expected} == expected
    assert BY_ID["label_purple"].keys == ()


@pytest.mark.parametrize(
    ("press", "command"),
    [
        (Qt.Key.Key_P, "pick"),
        (Qt.Key.Key_3, "rate_3"),
        (Qt.Key.Key_Return, "accept_suggestion"),
        (Qt.Key.Key_Enter, "accept_suggestion"),
        (Qt.Key.Key_F6, "filmstrip"),
        (Qt.Key.Key_Plus, "larger_cells"),
        (Qt.Key.Key_Question, "shortcuts"),
    ],
)
def test_a_key_gives_its_command(
    qtbot: QtBot, window: QWidget, given: list[str], press: Qt.Key, command: str
) -> None:
    qtbot.keyClick(window, press)
    assert given == [command]


def test_the_number_pad_gives_stars_too(qtbot: QtBot, window: QWidget, given: list[str]) -> None:
    qtbot.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.KeypadModifier)
    assert given == ["rate_4"]


def test_a_screen_hears_only_its_own_commands(qtbot: QtBot, window: QWidget, given: list[str]) -> None:
    keymap = window.keymap  # type: ignore[attr-defined]
    keymap.set_screen(Where.WELCOME)
    qtbot.keyClick(window, Qt.Key.Key_P)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert given == []
    keymap.set_screen(Where.LOUPE)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.keyClick(window, Qt.Key.Key_S)
    assert given == ["grid"]


def test_keys_that_views_hear_themselves_have_no_action(window: QWidget, given: list[str]) -> None:
    with pytest.raises(KeyError):
        window.keymap.action(BY_ID["zoom_hold"])  # type: ignore[attr-defined]


def test_letters_typed_into_a_field_stay_letters(qtbot: QtBot, window: QWidget, given: list[str]) -> None:
    field = QLineEdit(window)
    field.show()
    field.setFocus()
    qtbot.keyClicks(field, "px5")
    assert (field.text(), given) == ("px5", [])


def test_the_markdown_table_names_every_command_that_has_a_key() -> None:
    table = keys_markdown()
    rows = table.splitlines()
    assert all(row.startswith(("| ", "|--")) for row in rows)
    for command in COMMANDS:
        row = f"| {command.title} | {command.help} |"
        assert (row in table) is bool(command.keys), command.id
    assert "| `+` `=` | Larger cells |" in table
    assert "`Ctrl+Shift+Z` `Ctrl+Y`" in table


def test_return_and_enter_are_one_key_to_people() -> None:
    assert key_names(BY_ID["choose_instead"]) == ("Shift+Enter",)


# The sheet


@pytest.fixture
def sheet(window: QWidget, given: list[str]) -> ShortcutOverlay:
    return ShortcutOverlay(DARK, window)


def test_the_sheet_covers_the_window_and_fits_into_1280_by_800(
    window: QWidget, sheet: ShortcutOverlay, qtbot: QtBot
) -> None:
    sheet.toggle()
    qtbot.waitUntil(lambda: sheet.geometry() == window.rect())
    assert sheet._scroll.verticalScrollBar().maximum() == 0
    assert sheet._scroll.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("language", languages())
def test_the_sheet_fits_into_1280_by_800_in_every_language(
    window: QWidget, given: list[str], qtbot: QtBot, language: str
) -> None:
    before = spoken_language()
    set_language(language)
    try:
        sheet = ShortcutOverlay(DARK, window)
        sheet.toggle()
        qtbot.waitUntil(lambda: sheet.geometry() == window.rect())
        assert sheet._scroll.verticalScrollBar().maximum() == 0
        assert sheet._scroll.horizontalScrollBar().maximum() == 0
    finally:
        set_language(before)


@pytest.mark.parametrize("language", languages())
def test_menus_and_fields_of_qt_call_the_keys_as_the_sheet_does(qtbot: QtBot, language: str) -> None:
    before = spoken_language()
    application = QApplication.instance()
    assert application is not None
    words = KeyWords()
    application.installTranslator(words)
    set_language(language)
    try:
        for command in COMMANDS:
            shown = [key.toString(QKeySequence.SequenceFormat.NativeText) for key in sequences(command)]
            native = dict.fromkeys(re.sub(r"-$", "−", name) for name in shown)
            assert tuple(native) == key_names(command), command.id
        assert QCoreApplication.translate("QKeySequenceEdit", "Press shortcut") == tr("Press a key")
    finally:
        application.removeTranslator(words)
        set_language(before)


def test_the_sheet_scrolls_in_a_small_window(window: QWidget, sheet: ShortcutOverlay, qtbot: QtBot) -> None:
    sheet.toggle()
    window.resize(400, 300)
    bar = sheet._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    qtbot.keyClick(sheet, Qt.Key.Key_PageDown)
    assert bar.value() > 0


@pytest.mark.parametrize(
    "close",
    [
        lambda qtbot, sheet: qtbot.keyClick(sheet, Qt.Key.Key_Escape),
        lambda qtbot, sheet: qtbot.keyClick(sheet, Qt.Key.Key_Question),
        lambda qtbot, sheet: qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton),
    ],
)
def test_escape_question_mark_and_a_click_close_the_sheet(
    qtbot: QtBot, window: QWidget, sheet: ShortcutOverlay, close: Callable[[QtBot, QWidget], None]
) -> None:
    sheet.toggle()
    assert sheet.isVisible()
    close(qtbot, sheet)
    assert not sheet.isVisible()
    assert window.hasFocus()


def test_nothing_behind_the_sheet_is_decided(qtbot: QtBot, sheet: ShortcutOverlay, given: list[str]) -> None:
    sheet.toggle()
    for key in (Qt.Key.Key_P, Qt.Key.Key_X, Qt.Key.Key_Tab, Qt.Key.Key_Return):
        qtbot.keyClick(sheet, key)
    assert given == []
    assert sheet.isVisible()


def test_what_does_not_work_here_says_where_it_does(window: QWidget) -> None:
    keymap = Keymap(window, lambda _: None)
    keymap.set_screen(Where.GRID)
    zoom, pick = keymap.action(BY_ID["zoom"]), keymap.action(BY_ID["pick"])
    assert not zoom.isEnabled()
    assert zoom.toolTip().endswith("Only in: loupe, compare, survey.")
    assert "Only" not in pick.toolTip()
    keymap.set_screen(Where.WELCOME)
    assert pick.toolTip().endswith("Only while a shoot is open.")
    keymap.set_keys(COMMANDS)
    assert pick.toolTip().endswith("Only while a shoot is open.")
    keymap.set_screen(Where.LOUPE)
    assert "Only" not in zoom.toolTip()


def test_a_command_goes_on_telling_the_key_that_the_user_gave_it(window: QWidget) -> None:
    keymap = Keymap(window, lambda _: None)
    keymap.set_screen(Where.GRID)
    keymap.set_keys([replace(each, keys=("F8",)) if each.id == "pick" else each for each in COMMANDS])
    pick = keymap.action(BY_ID["pick"])
    assert pick.toolTip() == "Keeps the photo. (F8)"
    keymap.set_screen(Where.LOUPE)
    assert pick.toolTip() == "Keeps the photo. (F8)"
