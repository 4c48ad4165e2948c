"""The languages in the settings: those whose folders lie there, and no list of them anywhere else."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

import core.language
from app.dress import spoken
from core.language import languages, set_language, spoken_language, tr
from ui.dialogs.settings_dialog import SettingsDialog
from ui.preferences import Preferences


@pytest.fixture
def esperanto(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One more language beside those that ship: a folder with its words."""
    for code in (*languages()[1:], "eo"):
        (tmp_path / code / "LC_MESSAGES").mkdir(parents=True)
    words = Catalog(locale="eo")
    words.add("English", "Esperanto")
    words.add("Undo", "Malfari")
    compiled = io.BytesIO()
    write_mo(compiled, words)
    (tmp_path / "eo" / "LC_MESSAGES" / "shortlist.mo").write_bytes(compiled.getvalue())
    before = spoken_language()
    monkeypatch.setattr(core.language, "_LOCALES", tmp_path)
    yield
    monkeypatch.undo()
    set_language(before)


def language_box(dialog: SettingsDialog) -> QComboBox:
    return next(box for box in dialog.findChildren(QComboBox) if box.accessibleName() == tr("Language"))


def names(box: QComboBox) -> list[str]:
    return [box.itemText(row) for row in range(box.count())]


def test_the_settings_offer_every_language_there_is_by_its_own_name(qtbot: QtBot) -> None:
    dialog = SettingsDialog(Preferences())
    qtbot.addWidget(dialog)
    assert {"English", "Deutsch", "Français"} <= set(names(language_box(dialog)))
    assert language_box(dialog).count() == len(languages()) + 1, "and that of the computer"


@pytest.mark.usefixtures("esperanto")
def test_a_language_whose_folder_lies_there_is_offered_and_spoken(qtbot: QtBot) -> None:
    dialog = SettingsDialog(Preferences())
    qtbot.addWidget(dialog)
    told: list[Preferences] = []
    dialog.preferences_chosen.connect(told.append)
    box = language_box(dialog)
    qtbot.keyClicks(box, "Esp")  # as in any list: to the entry that begins so
    assert box.currentText() == "Esperanto"
    box.activated.emit(box.currentIndex())
    set_language(spoken(told[-1].language))
    assert tr("Undo") == "Malfari"
    assert tr("Redo") == "Redo", "what nobody translated yet is said in English"
