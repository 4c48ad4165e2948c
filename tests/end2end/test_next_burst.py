"""Shift+N where there is no burst to go to: what it says is true of the shoot."""

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.window import Program
from fixtures.shoots import scene
from fixtures.windows import analysed, running, shown, wait_until_analysed
from ui.commands import table
from ui.export.export_dialog import ExportDialog

pytestmark = [
    pytest.mark.qt_log_ignore(r"propagateSizeHints\(\)", r"raise\(\)"),
    pytest.mark.usefixtures("measured_here"),
]


@pytest.fixture
def one_photo(tmp_path: Path) -> Path:
    folder = tmp_path / "shoot"
    folder.mkdir()
    Image.fromarray(scene(1)).save(folder / "a.jpg")
    return folder


def press(qtbot: QtBot, program: Program) -> str:
    """Press Shift+N in the grid and return what is said."""
    qtbot.keyClick(program.window.space.grid, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    return program.window.messages.text()


def test_a_shoot_of_single_frames_has_no_burst(qtbot: QtBot, one_photo: Path) -> None:
    with running() as program:
        analysed(qtbot, program, one_photo)
        assert "No burst was found in this shoot." in press(qtbot, program)


def test_nothing_is_called_decided_while_bursts_may_yet_be_found(qtbot: QtBot, one_photo: Path) -> None:
    with running() as program:
        program.session.open([one_photo])
        qtbot.waitUntil(lambda: bool(program.session.shoot.photos), timeout=30_000)
        said = press(qtbot, program)
        assert "still being measured" in said or program.session.shoot.finished
        assert "decided" not in said
        wait_until_analysed(qtbot, program)


def test_after_the_last_burst_it_is_said_what_is_left_and_the_export_is_offered(
    qtbot: QtBot, shoot_folder: Path
) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        shoot, window = program.session.shoot, program.window
        press(qtbot, program)
        while shoot.tally.open_bursts:
            before = shoot.tally.open_bursts
            assert "Every burst is decided" not in window.messages.text()
            window.do(table.CHOOSE_INSTEAD)
            assert shoot.tally.open_bursts == before - 1
        left = shoot.tally.undecided()
        assert left
        assert (
            window.messages.text()
            == f"Every burst is decided. {left} photos are undecided; Ctrl+4 shows them."
        )
        offered = next(
            each
            for each in window.messages.findChildren(QPushButton)
            if each.text() == "Export…" and each.isVisible()
        )
        qtbot.mouseClick(offered, Qt.MouseButton.LeftButton)
        assert shown(program, ExportDialog).isVisible()
        shown(program, ExportDialog).close()
