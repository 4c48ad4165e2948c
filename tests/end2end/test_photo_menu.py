"""A right click on the photos offers what can be done with them, and does it to what was clicked."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.window import Program
from core.types import Flag
from fixtures.shoots import scene, write_photo
from fixtures.windows import running, there
from ui.commands import table
from ui.views.photo_pane import PhotoPane

pytestmark = pytest.mark.usefixtures("measured_here")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(3):
        write_photo(tmp_path / f"{number}.jpg", scene(number, (320, 240)))
    return tmp_path


def opened(qtbot: QtBot, program: Program, folder: Path) -> None:
    program.session.open([folder])
    qtbot.waitUntil(lambda: len(program.session.shoot.photos) == 3, timeout=20_000)
    program.session.cancel()  # the measures do not matter here
    qtbot.waitUntil(lambda: program.session.shoot.finished is not None, timeout=60_000)


def right_click(qtbot: QtBot, at: QWidget, point: QPoint) -> QMenu | None:
    """The menu that opens; the platform of the tests does not send the second event by itself."""
    qtbot.mouseClick(at, Qt.MouseButton.RightButton, pos=point)
    where = at.mapToGlobal(point)
    QApplication.sendEvent(at, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, where))
    menu = QApplication.activePopupWidget()
    return menu if isinstance(menu, QMenu) else None


def test_the_photo_that_is_clicked_is_the_one_it_is_done_to(qtbot: QtBot, folder: Path) -> None:
    with running() as program:
        opened(qtbot, program, folder)
        grid, action = program.window.space.grid, program.window.keymap.action
        last = grid.model().index(2, 0)
        menu = there(right_click(qtbot, grid.viewport(), grid.visualRect(last).center()))
        assert action(table.GRID) not in menu.actions(), "nothing that does nothing here"
        assert action(table.LOUPE) in menu.actions()
        qtbot.keyClick(menu, Qt.Key.Key_Down)
        qtbot.keyClick(menu, Qt.Key.Key_Return)
        shoot = program.session.shoot
        picked = [
            photo.path.name for photo in shoot.photos.values() if shoot.decision(photo.id).flag is Flag.PICK
        ]
        assert picked == ["2.jpg"]


def test_of_two_that_are_compared_the_clicked_one_becomes_active(qtbot: QtBot, folder: Path) -> None:
    with running() as program:
        opened(qtbot, program, folder)
        space = program.window.space
        space.grid.selectAll()
        program.window.do(table.COMPARE)
        panes = [pane for pane in space.views.findChildren(PhotoPane) if pane.isVisible()]
        assert len(panes) == 2
        for pane in panes:
            menu = there(right_click(qtbot, pane, pane.rect().center()))
            menu.close()
            assert space.current_photo() == pane.photo_id


def test_beside_the_photos_and_on_the_first_page_there_is_no_such_menu(qtbot: QtBot, folder: Path) -> None:
    with running() as program:
        window = program.window
        assert right_click(qtbot, window.welcome.viewport(), QPoint(5, 5)) is None
        opened(qtbot, program, folder)
        assert right_click(qtbot, window.progress, window.progress.rect().center()) is None
