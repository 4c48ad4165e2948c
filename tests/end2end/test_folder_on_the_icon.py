"""A folder dropped on the program's icon: the event that macOS sends to the application, and the window's answer."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.application import Application
from fixtures.shoots import write_shoot
from fixtures.windows import running, wait_until_analysed
from ui.commands.table import BY_ID

pytestmark = pytest.mark.usefixtures("measured_here")


def hand_over(*paths: Path) -> None:
    """As Qt does it there: one event a file, sent to the application."""
    app = QCoreApplication.instance()
    assert app is not None
    for path in paths:
        QCoreApplication.sendEvent(app, QFileOpenEvent(QUrl.fromLocalFile(str(path))))


def test_it_is_opened_and_the_window_comes_forward(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        program.window.setWindowState(Qt.WindowState.WindowMinimized)
        hand_over(shoot_folder)
        qtbot.waitUntil(lambda: program.session.sources == (shoot_folder,))
        assert not program.window.isMinimized()
        wait_until_analysed(qtbot, program)
        assert {photo.path.parent for photo in program.session.shoot.photos.values()} == {shoot_folder}


def test_folders_dropped_together_are_one_shoot_and_take_the_place_of_the_open_one(
    qtbot: QtBot, shoot_folder: Path, tmp_path: Path
) -> None:
    folders = (tmp_path / "one", tmp_path / "two")
    for folder in folders:
        write_shoot(folder)
    with running() as program:
        program.session.open([shoot_folder])
        hand_over(*folders)
        qtbot.waitUntil(lambda: program.session.sources == folders)
        wait_until_analysed(qtbot, program)
        parents = {photo.path.parent for photo in program.session.shoot.photos.values()}
        assert parents <= set(folders)
        assert parents


def test_what_is_no_file_is_left_to_others(qtbot: QtBot) -> None:
    app = QCoreApplication.instance()
    assert isinstance(app, Application)
    with running() as program:
        QCoreApplication.sendEvent(app, QFileOpenEvent(QUrl("https://example.org/photos")))
        QCoreApplication.processEvents()
        assert program.session.sources == ()


def test_it_waits_for_a_dialog_that_belongs_to_the_open_shoot(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        program.window.keymap.action(BY_ID["settings"]).trigger()
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        hand_over(shoot_folder)
        QCoreApplication.processEvents()
        assert program.session.sources == ()
        dialog.close()
        qtbot.waitUntil(lambda: program.session.sources == (shoot_folder,))
        wait_until_analysed(qtbot, program)


def test_the_next_window_takes_it_once_the_former_is_closed(qtbot: QtBot, shoot_folder: Path) -> None:
    with running():
        pass
    with running() as program:
        hand_over(shoot_folder)
        qtbot.waitUntil(lambda: program.session.sources == (shoot_folder,))
        wait_until_analysed(qtbot, program)
