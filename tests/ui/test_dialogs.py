"""The dialogs: problems, about."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QListWidget, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from core.pipeline.events import PhotoFailed
from fixtures.buttons import button
from fixtures.windows import there
from ui.dialogs import problems_dialog
from ui.dialogs.about_dialog import AboutDialog, Notice
from ui.dialogs.problems_dialog import ProblemsDialog

# The offscreen screen has no window manager for least sizes and stacking, and says so.
pytestmark = pytest.mark.qt_log_ignore(r"propagateSizeHints\(\)", r"raise\(\)")


def click(qtbot: QtBot, target: QWidget) -> None:
    qtbot.mouseClick(target, Qt.MouseButton.LeftButton)


# Problems


@pytest.fixture
def problems(qtbot: QtBot) -> ProblemsDialog:
    dialog = ProblemsDialog()
    qtbot.addWidget(dialog)
    dialog.add(PhotoFailed(1, Path("/card/IMG_1.JPG"), "The file is empty (0 bytes)."))
    dialog.add(PhotoFailed(1, Path("/card/two/IMG_2.CR2"), "The file ends in the middle of the picture."))
    return dialog


def test_problems_are_counted_and_copied_as_text(qtbot: QtBot, problems: ProblemsDialog) -> None:
    assert problems.count() == 2
    assert problems.summary().startswith("2 files are damaged or cannot be used")
    click(qtbot, button(problems, "Copy as text"))
    assert QGuiApplication.clipboard().text() == (
        "/card/IMG_1.JPG\tThe file is empty (0 bytes).\n"
        "/card/two/IMG_2.CR2\tThe file ends in the middle of the picture.\n"
    )


def test_the_folder_of_the_chosen_file_is_opened(
    qtbot: QtBot, problems: ProblemsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []

    class Desktop:
        openUrl = staticmethod(opened.append)  # noqa: N815 Qt's name

    monkeypatch.setattr(problems_dialog, "QDesktopServices", Desktop)
    open_folder = button(problems, "Open folder")
    assert not open_folder.isEnabled()
    problems._list.selectRow(1)
    click(qtbot, open_folder)
    assert opened == [QUrl.fromLocalFile("/card/two")]


def test_another_shoot_begins_without_problems(problems: ProblemsDialog) -> None:
    problems.set_left_out((("video", 3),))
    assert "3 × video" in problems._left_out.text()
    problems.clear()
    assert problems.count() == 0
    assert problems.summary() == "All files could be read."
    assert button(problems, "Copy as text").isHidden()
    assert problems._list.isHidden()
    problems.present()
    assert problems.height() < 200, "nothing is shown in no more room than it takes"
    assert problems._left_out.text() == ""


def test_the_list_does_not_stand_in_the_way_of_the_photos(problems: ProblemsDialog) -> None:
    problems.present()
    assert problems.isVisible()
    assert not problems.isModal()


# About


def test_about_tells_versions_and_each_part_s_licence(qtbot: QtBot) -> None:
    parts = [
        Notice("Shortlist", "1.2.3", "MIT", lambda: "Permission is hereby granted"),
        Notice("YuNet", "", "Apache-2.0", lambda: "Apache License"),
    ]
    dialog = AboutDialog("1.2.3", "Python 3.11 on a test", parts)
    qtbot.addWidget(dialog)
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert "Shortlist 1.2.3" in words
    assert "Python 3.11 on a test" in words
    shown = there(dialog.findChild(QPlainTextEdit))
    assert "Permission is hereby granted" in shown.toPlainText()
    there(dialog.findChild(QListWidget)).setCurrentRow(1)
    assert shown.toPlainText() == "YuNet\nApache-2.0\n\nApache License"
