"""Folders the system hands over to the running program."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QUrl
from PySide6.QtGui import QFileOpenEvent
from pytestqt.qtbot import QtBot

from app.handed_over import HandedOver


def test_folders_that_come_together_are_one_shoot(qtbot: QtBot, tmp_path: Path) -> None:
    app, parent = QObject(), QObject()
    handed_over = HandedOver(app, parent)
    folders = [tmp_path / "one", tmp_path / "two"]
    with qtbot.waitSignal(handed_over.arrived) as arrived:
        for folder in folders:
            event = QFileOpenEvent(QUrl.fromLocalFile(str(folder)))
            QCoreApplication.sendEvent(app, event)
    assert arrived.args == [folders]


def test_what_is_no_file_is_left_to_others(qtbot: QtBot) -> None:
    app, parent = QObject(), QObject()
    handed_over = HandedOver(app, parent)
    with qtbot.assertNotEmitted(handed_over.arrived, wait=50):
        QCoreApplication.sendEvent(app, QFileOpenEvent(QUrl("https://example.org/photos")))
