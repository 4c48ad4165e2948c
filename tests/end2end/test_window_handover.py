"""Photos into other hands, in the real window: opened elsewhere, dragged out of every view, put on the clipboard."""

import json
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.controllers import handover_controller
from app.window import Program
from core.handover import OtherProgram
from core.types import Flag
from fixtures.windows import analysed, dropped, photo_id, press, running, shown, there
from ui.dialogs.open_in_dialog import OpenInDialog
from ui.widgets.drop_overlay import dropped_paths

pytestmark = pytest.mark.usefixtures("measured_here")

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def program(qtbot: QtBot, shoot_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    (shoot_folder / "A.xmp").write_text('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>', "utf-8")
    monkeypatch.setattr(
        handover_controller, "found_programs", lambda: (OtherProgram("darktable", ("no-such",)),)
    )
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        yield program


@pytest.fixture
def dragged(program: Program, monkeypatch: pytest.MonkeyPatch) -> list[QMimeData]:
    """What was dragged out: no desktop is there to drop it on."""
    found: list[QMimeData] = []
    monkeypatch.setattr(handover_controller, "drag", lambda _source, data, _picture: found.append(data))
    return found


def recorder(folder: Path) -> Path:
    """A program that writes down what it was given, each word in JSON."""
    script = folder / "record me"
    script.write_text(
        "#!/usr/bin/env python3\nimport json, os, sys\n"
        f"with open({str(folder / 'part')!r}, 'w') as file:\n    json.dump(sys.argv[1:], file)\n"
        f"os.rename({str(folder / 'part')!r}, {str(folder / 'given')!r})\n",
        "utf-8",
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return script


def names(data: QMimeData) -> list[str]:
    return [Path(url.toLocalFile()).name for url in data.urls()]


def drag(widget: QWidget, start: QPoint) -> None:
    QTest.mousePress(widget, LEFT, NONE, start)
    QTest.mouseMove(widget, start + QPoint(15, 15))
    QTest.mouseMove(widget, start + QPoint(60, 60))
    QTest.mouseRelease(widget, LEFT, NONE, start + QPoint(60, 60))


@pytest.mark.skipif(os.name == "nt", reason="the program that records is a script")
def test_the_picks_are_opened_in_a_command_of_the_users_in_their_order(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    ids = [photo_id(program, name) for name in ("F.jpg", "A.jpg")]
    program.session.review.set_flag(ids, Flag.PICK)
    press(program, "open_in")
    dialog = shown(program, OpenInDialog)
    name, command = dialog.findChildren(QLineEdit)
    qtbot.keyClicks(name, "Recorder")
    qtbot.keyClicks(command, f'"{recorder(tmp_path)}" --first {{files}} --last')
    qtbot.keyClick(command, Qt.Key.Key_Return)
    dialog._photos.setCurrentIndex(1)
    assert dialog._photos.currentText() == "all 2 picks"
    buttons = {button.text(): button for button in dialog.findChildren(QPushButton)}
    qtbot.mouseClick(buttons["Open"], LEFT)
    qtbot.waitUntil((tmp_path / "given").exists)
    given = json.loads((tmp_path / "given").read_text("utf-8"))
    assert given[0] == "--first"
    assert [Path(one).name for one in given[1:-1]] == ["A.jpg", "F.jpg"]
    assert "2 photos handed to Recorder" in program.window.messages.text()
    press(program, "open_in")
    again = shown(program, OpenInDialog)
    assert there(again.findChild(QListWidget)).currentItem().text() == "Recorder", "it is offered first again"
    qtbot.mouseClick(next(b for b in again.findChildren(QPushButton) if b.text() == "Remove"), LEFT)
    assert there(again.findChild(QListWidget)).count() == 1


def test_a_program_that_cannot_be_started_is_said(qtbot: QtBot, program: Program) -> None:
    press(program, "open_in")
    qtbot.keyClick(there(shown(program, OpenInDialog).findChild(QListWidget)), Qt.Key.Key_Return)
    assert "no-such" in program.window.messages.text()


def test_a_file_that_is_gone_is_said_and_nothing_started(
    qtbot: QtBot, program: Program, shoot_folder: Path
) -> None:
    program.window.space.go_to(photo_id(program, "F.jpg"))
    (shoot_folder / "F.jpg").unlink()
    press(program, "open_in")
    qtbot.keyClick(there(shown(program, OpenInDialog).findChild(QListWidget)), Qt.Key.Key_Return)
    assert "F.jpg" in program.window.messages.text()


def test_selected_photos_are_dragged_out_of_the_grid_with_all_that_belongs_to_them(
    program: Program, dragged: list[QMimeData]
) -> None:
    grid = program.window.space.grid
    program.window.space.go_to(photo_id(program, "A.jpg"))
    drag(grid.viewport(), grid.visualRect(grid.currentIndex()).center())
    assert [names(data) for data in dragged] == [["A.jpg", "A.xmp"]]
    assert dragged[0].text().endswith("A.jpg")
    assert bytes(dragged[0].data("x-special/gnome-copied-files").data()).startswith(b"copy\nfile:///")


def test_a_drag_from_a_photo_that_is_not_selected_draws_a_band(
    program: Program, dragged: list[QMimeData]
) -> None:
    grid = program.window.space.grid
    program.window.space.go_to(program.window.space.model.photo_at(0))
    drag(grid.viewport(), grid.visualRect(grid.model().index(1, 0)).center())
    assert dragged == []


def test_a_click_on_one_of_several_selected_photos_leaves_it_alone_selected(program: Program) -> None:
    grid = program.window.space.grid
    for row, modifier in ((0, NONE), (1, Qt.KeyboardModifier.ShiftModifier)):
        QTest.mouseClick(
            grid.viewport(), LEFT, modifier, grid.visualRect(grid.model().index(row, 0)).center()
        )
    assert len(grid.selected_photos()) == 2
    QTest.mouseClick(grid.viewport(), LEFT, NONE, grid.visualRect(grid.model().index(0, 0)).center())
    assert grid.selected_photos() == [program.window.space.model.photo_at(0)]


def test_the_photo_is_dragged_out_of_the_loupe_where_it_is_seen_whole(
    program: Program, dragged: list[QMimeData]
) -> None:
    space = program.window.space
    space.go_to(photo_id(program, "A.jpg"))
    press(program, "loupe")
    pane = space.big.loupe._panes[0]
    drag(pane, pane.rect().center())
    assert [names(data) for data in dragged] == [["A.jpg", "A.xmp"]]
    assert not pane.is_zoomed, "it was no click"


def test_a_frame_is_dragged_out_of_the_filmstrip_and_stays_where_it_is(
    program: Program, dragged: list[QMimeData]
) -> None:
    space = program.window.space
    space.go_to(photo_id(program, "F.jpg"))
    press(program, "loupe")
    strip = space.filmstrip
    drag(strip.viewport(), strip.visualRect(strip.currentIndex()).center())
    assert [names(data) for data in dragged] == [["F.jpg"]]
    assert space.current_photo() == photo_id(program, "F.jpg")


class OwnDrag(QDragEnterEvent):
    """A drag that began in this window."""

    def source(self) -> QObject:
        return self.began_in

    began_in: QObject


def test_photos_dragged_out_of_the_window_are_not_opened_in_it(
    program: Program, dragged: list[QMimeData]
) -> None:
    window, shoot = program.window, program.session.shoot
    program.handover._carry([photo_id(program, "A.jpg")])
    event = OwnDrag(QPoint(9, 9), Qt.DropAction.CopyAction, dragged[0], LEFT, NONE)
    event.began_in = window
    event.ignore()
    window.dragEnterEvent(event)
    assert not event.isAccepted()
    window.dropEvent(event)
    assert program.session.shoot is shoot


def test_files_and_paths_are_put_on_the_clipboard(program: Program, shoot_folder: Path) -> None:
    program.window.space.go_to(photo_id(program, "A.jpg"))
    press(program, "copy_files")
    data = QApplication.clipboard().mimeData()
    assert names(data) == ["A.jpg", "A.xmp"]
    assert data.text() == str(shoot_folder / "A.jpg")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is text")
def test_a_name_that_is_no_text_is_opened_by_a_drop_and_handed_on_as_it_is(
    qtbot: QtBot, shoot_folder: Path, tmp_path: Path
) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/sch\xf6n #1%"))
    folder.mkdir()
    name = os.fsdecode(b"caf\xe9.jpg")
    (shoot_folder / "A.jpg").rename(folder / name)
    with running() as program:
        dropped(qtbot, program, folder)
        assert program.session.sources == (folder,)
        program.window.space.go_to(photo_id(program, name))
        assert program.session.title == "sch\N{REPLACEMENT CHARACTER}n #1%"
        spoken = program.window.space.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        assert spoken.startswith("caf\N{REPLACEMENT CHARACTER}.jpg")
        press(program, "copy_files")
        data = QApplication.clipboard().mimeData()
        assert dropped_paths(data) == [folder / name]
        assert b"/sch%F6n%20%231%25/caf%E9.jpg" in bytes(data.data("text/uri-list").data())
        assert data.text() == f"{tmp_path}/sch\\udcf6n #1%/caf\\udce9.jpg"
