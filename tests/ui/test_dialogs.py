"""The dialogs: problems, export, about."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from core.pipeline.events import PhotoFailed
from core.sidecar.sidecar_names import SidecarNaming
from ui.dialogs import problems_dialog
from ui.dialogs.about_dialog import AboutDialog
from ui.dialogs.export_dialog import ExportDialog, ExportKind, ExportRequest
from ui.dialogs.problems_dialog import ProblemsDialog

# The offscreen screen has no window manager for least sizes and stacking, and says so.
pytestmark = pytest.mark.qt_log_ignore(r"propagateSizeHints\(\)", r"raise\(\)")

OUT = Path("/somewhere/picks")


def button(widget: QWidget, text: str) -> QPushButton:
    return next(each for each in widget.findChildren(QPushButton) if each.text() == text)


def radio(widget: QWidget, text: str) -> QRadioButton:
    return next(each for each in widget.findChildren(QRadioButton) if each.text().startswith(text))


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
    assert problems.summary().startswith("2 files cannot be used")
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
    assert "3 video" in problems._left_out.text()
    problems.clear()
    assert problems.count() == 0
    assert problems.summary() == "All files could be read."
    assert not button(problems, "Copy as text").isEnabled()
    assert problems._left_out.text() == ""


def test_the_list_does_not_stand_in_the_way_of_the_photos(problems: ProblemsDialog) -> None:
    problems.present()
    assert problems.isVisible()
    assert not problems.isModal()


# Export


@pytest.fixture
def chosen() -> list[Path | None]:
    """What the folder chooser answers, in turn."""
    return [OUT]


@pytest.fixture
def asked() -> list[ExportRequest]:
    """The previews that were asked for."""
    return []


@pytest.fixture
def export(qtbot: QtBot, chosen: list[Path | None], asked: list[ExportRequest]) -> ExportDialog:
    dialog = ExportDialog(choose_folder=lambda: chosen.pop(0))
    qtbot.addWidget(dialog)
    dialog.preview_requested.connect(asked.append)
    dialog.show()
    return dialog


def shown(dialog: ExportDialog) -> str:
    return dialog.findChild(QPlainTextEdit).toPlainText()


def test_a_preview_comes_before_anything_can_be_exported(
    qtbot: QtBot, export: ExportDialog, asked: list[ExportRequest]
) -> None:
    go = button(export, "Export")
    assert not go.isEnabled()
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == [ExportRequest.usual(ExportKind.XMP)]
    export.show_preview("2 sidecars would be written", ["IMG_1.xmp", "IMG_2.xmp"])
    assert shown(export) == "IMG_1.xmp\nIMG_2.xmp"
    with qtbot.waitSignal(export.export_requested) as requested:
        click(qtbot, go)
    assert requested.args == [asked[0]]


def test_with_nothing_to_write_there_is_nothing_to_export(export: ExportDialog) -> None:
    export.show_preview("No photo is decided yet", [])
    assert not button(export, "Export").isEnabled()


def test_lightroom_s_limit_is_said_plainly(export: ExportDialog) -> None:
    words = " ".join(label.text() for label in export.findChildren(QLabel))
    assert "Lightroom reads sidecars of RAW files only" in words


@pytest.mark.parametrize("kind", ["Copies", "Hard links"])
def test_copies_and_links_need_a_folder(
    qtbot: QtBot, export: ExportDialog, asked: list[ExportRequest], kind: str
) -> None:
    radio(export, kind).click()
    assert not radio(export, "Beside the photos").isEnabled()
    qtbot.wait(200)
    assert asked == []
    click(qtbot, button(export, "Choose…"))
    qtbot.waitUntil(lambda: bool(asked))
    assert asked[-1].out_dir == OUT


def test_choosing_no_folder_changes_nothing(
    qtbot: QtBot, export: ExportDialog, chosen: list[Path | None]
) -> None:
    chosen[:] = [None]
    radio(export, "Copies").click()
    click(qtbot, button(export, "Choose…"))
    assert export.request() == ExportRequest.usual(ExportKind.COPY)
    assert not button(export, "Export").isEnabled()


def test_lists_go_beside_the_shoot_or_into_a_folder(qtbot: QtBot, export: ExportDialog) -> None:
    radio(export, "Table (CSV)").click()
    assert export.request() == ExportRequest.usual(ExportKind.CSV)
    radio(export, "In a folder").click()
    assert export.request() == replace(ExportRequest.usual(ExportKind.CSV), out_dir=OUT)


@pytest.mark.parametrize(
    "request_",
    [
        replace(ExportRequest.usual(ExportKind.XMP), out_dir=OUT, naming=SidecarNaming.FULL),
        replace(ExportRequest.usual(ExportKind.LINK), out_dir=OUT),
        ExportRequest.usual(ExportKind.JSON),
    ],
)
def test_the_choices_of_the_last_time_come_back(export: ExportDialog, request_: ExportRequest) -> None:
    export.choose(request_)
    assert export.request() == request_


def test_quick_changes_ask_for_one_preview_only(
    qtbot: QtBot, export: ExportDialog, asked: list[ExportRequest]
) -> None:
    for kind in ("Table", "Data", "Table", "Data"):
        radio(export, kind).click()
    qtbot.waitUntil(lambda: bool(asked))
    qtbot.wait(200)
    assert asked == [ExportRequest.usual(ExportKind.JSON)]


def test_a_running_export_cannot_be_changed_or_closed_but_stopped(qtbot: QtBot, export: ExportDialog) -> None:
    export.show_preview("2 files", ["a", "b"])
    click(qtbot, button(export, "Export"))
    export.show_progress(1, 2)
    assert not radio(export, "Copies").isEnabled()
    export.close()
    assert export.isVisible()
    with qtbot.waitSignal(export.cancel_requested):
        qtbot.keyClick(export, Qt.Key.Key_Escape)
    assert export.isVisible()


def test_the_result_names_what_was_refused(qtbot: QtBot, export: ExportDialog) -> None:
    export.show_preview("2 files", ["a", "b"])
    click(qtbot, button(export, "Export"))
    export.show_result("1 sidecar written, 1 refused", ["IMG_2.xmp: It is not valid XML."])
    assert shown(export) == "IMG_2.xmp: It is not valid XML."
    assert not button(export, "Export").isEnabled()
    click(qtbot, button(export, "Close"))
    assert not export.isVisible()


def test_opened_again_it_looks_again(qtbot: QtBot, export: ExportDialog, asked: list[ExportRequest]) -> None:
    qtbot.waitUntil(lambda: len(asked) == 1)
    export.reject()
    export.show()
    qtbot.waitUntil(lambda: len(asked) == 2)


# About


def test_about_tells_version_and_licences(qtbot: QtBot) -> None:
    dialog = AboutDialog("1.2.3", None, [("DINOv2", "Apache-2.0")])
    qtbot.addWidget(dialog)
    assert any(label.text() == "Shortlist 1.2.3" for label in dialog.findChildren(QLabel))
    assert dialog.findChild(QPlainTextEdit).toPlainText() == "DINOv2: Apache-2.0"
