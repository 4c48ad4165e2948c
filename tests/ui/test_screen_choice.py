"""Choosing the screen's colours."""

from pathlib import Path

import pytest
from PySide6.QtGui import QColorSpace
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from ui.dialogs.screen_choice import ScreenChoice


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    path = tmp_path / "studio.icc"
    path.write_bytes(bytes(QColorSpace(QColorSpace.NamedColorSpace.ProPhotoRgb).iccProfile().data()))
    return path


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    sentences: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda _parent, _title, words: sentences.append(words))
    return sentences


def pick(choice: ScreenChoice, index: int) -> None:
    choice.setCurrentIndex(index)
    choice.activated.emit(index)


def test_a_profile_is_chosen_by_its_file_and_shown_by_its_name(
    qtbot: QtBot, profile: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    choice = ScreenChoice("")
    qtbot.addWidget(choice)
    assert choice.currentText() == "sRGB"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(profile), ""))
    with qtbot.waitSignal(choice.chosen) as chosen:
        pick(choice, choice.count() - 1)
    assert chosen.args == [str(profile)]
    assert choice.currentText() == "studio.icc"
    assert told == []


def test_a_file_that_is_no_profile_is_named_and_changes_nothing(
    qtbot: QtBot, tmp_path: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "holiday.icc").write_text("no profile")
    choice = ScreenChoice("display-p3")
    qtbot.addWidget(choice)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "holiday.icc"), ""))
    with qtbot.assertNotEmitted(choice.chosen):
        pick(choice, choice.count() - 1)
    assert "holiday.icc is not" in told[0]
    assert choice.currentText() == "Display P3"


def test_leaving_the_file_dialog_keeps_the_choice(
    qtbot: QtBot, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    choice = ScreenChoice("adobe-rgb")
    qtbot.addWidget(choice)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    pick(choice, choice.count() - 1)
    assert choice.currentText() == "Adobe RGB"
    assert told == []
