"""The settings: what is chosen is told at once, keys never end up given twice, and all of it is kept."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QCheckBox, QComboBox, QKeySequenceEdit, QSlider
from pytestqt.qtbot import QtBot

from app.preferences import keep_preferences, load_preferences
from core.settings import Weights
from core.types import TermName
from fixtures.buttons import button
from ui.commands.keymap import conflicts
from ui.commands.presets import Preset, with_keys
from ui.commands.table import COMMANDS
from ui.dialogs.key_editor import KeyEditor
from ui.dialogs.settings_dialog import SettingsDialog
from ui.dialogs.weights_page import WeightsPage
from ui.preferences import Preferences
from ui.theme import ThemeName

REMAPPABLE = [command.id for command in COMMANDS if not command.by_view]
KEYS = st.sampled_from(["P", "X", "1", "Ctrl+1", "Space", "Left", "F9", "Return", "Ctrl+Z"])


def keys_of(preset: Preset, own: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {command.id: command.keys for command in with_keys(preset, own)}


# Presets and own keys


@pytest.mark.parametrize("preset", Preset)
def test_no_preset_gives_a_key_twice_or_leaves_a_decision_without_one(preset: Preset) -> None:
    table = with_keys(preset, {})
    assert conflicts(table) == []
    assert all(
        command.keys for command in table if command.id in ("pick", "reject", "unflag", "rate_5", "undo")
    )


def test_lightroom_s_preset_is_the_table_itself() -> None:
    assert with_keys(Preset.LIGHTROOM, {}) == COMMANDS


def test_photo_mechanic_tags_by_t_and_gives_stars_by_ctrl() -> None:
    keys = keys_of(Preset.PHOTO_MECHANIC, {})
    assert (keys["pick"][0], keys["rate_3"], keys["label_red"]) == ("T", ("Ctrl+3",), ("1",))
    assert keys["reject"] == ("X",)


def test_the_user_s_own_key_is_taken_from_whatever_had_it() -> None:
    keys = keys_of(Preset.LIGHTROOM, {"reject": ("P",), "unheard_of": ("Q",)})
    assert keys["reject"] == ("P",)
    assert keys["pick"] == ()
    assert keys["unflag"] == ("U",)


@given(st.sampled_from(Preset), st.dictionaries(st.sampled_from(REMAPPABLE), st.lists(KEYS, max_size=2)))
def test_whatever_the_user_sets_no_key_is_given_twice(preset: Preset, own: dict[str, list[str]]) -> None:
    table = with_keys(preset, {name: tuple(dict.fromkeys(keys)) for name, keys in own.items()})
    assert conflicts(table) == []
    assert [command.id for command in table] == [command.id for command in COMMANDS]
    fixed = {command.id: command.keys for command in COMMANDS if command.by_view}
    assert {command.id: command.keys for command in table if command.by_view} == fixed


@pytest.fixture
def editor(qtbot: QtBot) -> KeyEditor:
    editor = KeyEditor(Preset.LIGHTROOM, {})
    qtbot.addWidget(editor)
    editor.show()
    return editor


def enter(editor: KeyEditor, key: str) -> None:
    field = editor.findChild(QKeySequenceEdit)
    assert field is not None
    field.setKeySequence(QKeySequence(key))


def test_a_free_key_is_set_without_a_word(qtbot: QtBot, editor: KeyEditor) -> None:
    editor.choose("label_purple")
    enter(editor, "Ctrl+9")
    assert editor.text() == ""
    with qtbot.waitSignal(editor.keys_chosen) as chosen:
        qtbot.mouseClick(button(editor, "Set key"), Qt.MouseButton.LeftButton)
    assert chosen.args == [Preset.LIGHTROOM, {"label_purple": ("Ctrl+9",)}]


def test_a_taken_key_names_its_owner_and_is_given_away_only_then(qtbot: QtBot, editor: KeyEditor) -> None:
    editor.choose("reject")
    enter(editor, "P")
    assert "“Pick”" in editor.text()
    with qtbot.waitSignal(editor.keys_chosen) as chosen:
        qtbot.mouseClick(button(editor, "Set key"), Qt.MouseButton.LeftButton)
    assert chosen.args == [Preset.LIGHTROOM, {"pick": (), "reject": ("P",)}]
    with qtbot.waitSignal(editor.keys_chosen) as chosen:
        qtbot.mouseClick(button(editor, "Reset all"), Qt.MouseButton.LeftButton)
    assert chosen.args == [Preset.LIGHTROOM, {}]


def test_reset_leaves_the_keys_of_commands_that_are_not_there(qtbot: QtBot) -> None:
    editor = KeyEditor(Preset.LIGHTROOM, {"of_a_newer_shortlist": ("Ctrl+9",)})
    qtbot.addWidget(editor)
    reset = button(editor, "Reset all")
    assert not reset.isEnabled(), "nothing that is seen was changed"
    editor.choose("label_purple")
    enter(editor, "Ctrl+9")
    qtbot.mouseClick(button(editor, "Set key"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(editor.keys_chosen) as chosen:
        qtbot.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert chosen.args == [Preset.LIGHTROOM, {"of_a_newer_shortlist": ("Ctrl+9",)}]


def test_the_arrow_keys_stay_the_views_own(editor: KeyEditor) -> None:
    editor.choose("pick")
    enter(editor, "Left")
    assert "choose another key" in editor.text()
    assert not button(editor, "Set key").isEnabled()


# Weights


def test_sliders_say_their_shares_and_tell_the_weights(qtbot: QtBot) -> None:
    page = WeightsPage(Weights())
    qtbot.addWidget(page)
    shares = {name: int(page.share_text(name).removesuffix(" %")) for name in page.terms}
    assert 98 <= sum(shares.values()) <= 102
    smile = next(slider for slider in page.findChildren(QSlider) if slider.accessibleName() == "Smile")
    with qtbot.waitSignal(page.weights_chosen) as chosen:
        smile.setValue(0)
    assert chosen.args == [Weights(smile=0.0)]
    assert page.share_text(TermName.SMILE) == "0 %"
    assert int(page.share_text(TermName.SHARPNESS).removesuffix(" %")) > shares[TermName.SHARPNESS]
    for slider in page.findChildren(QSlider):
        slider.setValue(0)
    assert page.weights() == Weights(), "nothing cannot rank"


# The dialog


def test_every_change_is_told_as_a_whole(qtbot: QtBot) -> None:
    dialog = SettingsDialog(Preferences(hints_seen=frozenset({"grid"})))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    told: list[Preferences] = []
    dialog.preferences_chosen.connect(told.append)
    boxes = {box.text(): box for box in dialog.findChildren(QCheckBox)}
    boxes["Go to the next photo after each decision"].click()
    themes = next(box for box in dialog.findChildren(QComboBox) if box.accessibleName() == "Theme")
    themes.setCurrentIndex(1)
    themes.activated.emit(1)
    assert (told[-1].auto_advance, told[-1].theme) == (True, ThemeName.LIGHT)
    assert told[-1].hints_seen == {"grid"}
    hints = boxes["Show hints for what is new to you"]
    hints.click()
    hints.click()
    assert told[-1].hints
    assert told[-1].hints_seen == frozenset(), "turned on again, hints begin anew"


def test_looks_are_chosen_in_the_dialog(qtbot: QtBot) -> None:
    dialog = SettingsDialog(Preferences())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    told: list[Preferences] = []
    dialog.preferences_chosen.connect(told.append)
    for name, key in (("Theme", "H"), ("Text size", "1")):
        box = next(box for box in dialog.findChildren(QComboBox) if box.accessibleName() == name)
        qtbot.keyClick(box, key)  # as in any list: the next entry that begins with it
        box.activated.emit(box.currentIndex())
    next(box for box in dialog.findChildren(QCheckBox) if box.text() == "Nothing moves by itself").click()
    assert (told[-1].theme, told[-1].text_size, told[-1].still) == (ThemeName.CONTRAST, 115, True)


# On disk


def test_choices_survive_a_restart(tmp_path: Path) -> None:
    chosen = Preferences(
        auto_advance=True,
        hints=False,
        hints_seen=frozenset({"grid", "loupe"}),
        theme=ThemeName.CONTRAST,
        text_size=145,
        still=True,
        screen="display-p3",
        language="de",
        preset=Preset.PHOTO_MECHANIC,
        keys={"pick": ("K", "Ctrl+K"), "reject": ()},
        weights=Weights(sharpness=0.9, seen=0.2, whole=0.0, eyes=0.1, smile=0.0, exposure=0.3),
    )
    path = str(tmp_path / "preferences.ini")
    keep_preferences(QSettings(path, QSettings.Format.IniFormat), chosen)
    assert load_preferences(QSettings(path, QSettings.Format.IniFormat)) == chosen


def test_keys_on_disk_count_however_they_are_spelled_and_nonsense_does_not(tmp_path: Path) -> None:
    written = {
        "pick": ["ctrl+k", "Ctrl+K", "no such key"],
        "reject": "X",
        "unflag": 5,
        "redo": None,
        "undo": ["", ["U"], 7],
    }
    path = str(tmp_path / "preferences.ini")
    kept = QSettings(path, QSettings.Format.IniFormat)
    kept.setValue("keys", json.dumps(written))
    kept.setValue("hints_seen", json.dumps([["grid"], "loupe", 3]))
    chosen = load_preferences(kept)
    assert chosen.keys == {"pick": ("Ctrl+K",), "undo": ()}
    assert chosen.hints_seen == {"loupe"}


def test_nonsense_on_disk_is_the_default(tmp_path: Path) -> None:
    path = tmp_path / "preferences.ini"
    path.write_text(
        "[General]\ntheme=pink\npreset=none\nkeys={\nhints_seen=3\n[weights]\neyes=0\nsharpness=0\n"
        "smile=0\nexposure=0\n"
    )
    assert load_preferences(QSettings(str(path), QSettings.Format.IniFormat)) == Preferences()
