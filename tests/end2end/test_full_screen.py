"""A photo that fills the screen has the room that bars take elsewhere, and every key brings back what it needs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.window import Program
from fixtures.windows import analysed, in_front, photo_id, running

pytestmark = pytest.mark.usefixtures("measured_here")

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def program(qtbot: QtBot, shoot_folder: Path) -> Iterator[Program]:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        program.window.resize(1280, 800)
        in_front(qtbot, program.window)
        program.window.space.go_to(photo_id(program, "A.jpg"))
        program.window.space.grid.setFocus()
        yield program


def press(qtbot: QtBot, program: Program, key: Qt.Key, *, control: bool = False) -> None:
    modifier = CONTROL if control else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(QApplication.focusWidget() or program.window.space.views.front, key, modifier)


def bars(program: Program) -> tuple[bool, bool]:
    """Whether menus and filters are seen."""
    return program.window.menuBar().isVisible(), program.window.space.filter_bar.isVisible()


def test_a_large_photo_that_fills_the_screen_has_the_room_of_the_bars(qtbot: QtBot, program: Program) -> None:
    press(qtbot, program, Qt.Key.Key_F)
    assert program.window.isFullScreen()
    assert bars(program) == (True, True)  # the grid is looked through by them
    press(qtbot, program, Qt.Key.Key_E)
    assert bars(program) == (False, False)
    view = program.window.space.views.front
    qtbot.waitUntil(lambda: view.mapTo(program.window, view.rect().topLeft()).y() == 0)
    press(qtbot, program, Qt.Key.Key_Right)
    assert program.window.space.current_photo() == photo_id(program, "B.jpg")  # keys need no menu
    press(qtbot, program, Qt.Key.Key_F)
    assert bars(program) == (True, True)
    press(qtbot, program, Qt.Key.Key_F)
    press(qtbot, program, Qt.Key.Key_G)
    assert bars(program) == (True, True)


def test_what_narrows_the_photos_is_seen_even_where_they_fill_the_screen(
    qtbot: QtBot, program: Program
) -> None:
    press(qtbot, program, Qt.Key.Key_F)
    press(qtbot, program, Qt.Key.Key_E)
    press(qtbot, program, Qt.Key.Key_4, control=True)
    assert bars(program) == (False, True)
    press(qtbot, program, Qt.Key.Key_4, control=True)
    assert bars(program) == (False, False)
    press(qtbot, program, Qt.Key.Key_F, control=True)
    assert bars(program) == (False, True)
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    press(qtbot, program, Qt.Key.Key_Escape)
    press(qtbot, program, Qt.Key.Key_C)
    assert bars(program) == (False, False)
