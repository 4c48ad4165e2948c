"""The keyboard in the real window: it is the photos', comes back to them from everywhere, and Tab walks the rest."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.window import Program
from core.pipeline.events import Progress, Stage
from core.shoot.shoot import Filter

pytestmark = pytest.mark.usefixtures("measured_here")


def focused(program: Program) -> QWidget | None:
    return program.window.focusWidget()


def press(qtbot: QtBot, program: Program, key: Qt.Key) -> None:
    """On what has the keyboard."""
    qtbot.keyClick(program.window.focusWidget() or program.window, key)


def tabs_until(qtbot: QtBot, program: Program, words: str) -> None:
    """Press Tab until a button that says this has the keyboard."""
    for _ in range(30):
        press(qtbot, program, Qt.Key.Key_Tab)
        button = focused(program)
        if isinstance(button, QPushButton) and button.text().startswith(words):
            return
    raise AssertionError(f"Tab never comes to {words}")


def assert_the_arrows_are_the_photos(qtbot: QtBot, program: Program) -> None:
    space = program.window.space
    qtbot.waitUntil(lambda: focused(program) is space.views.front)
    for key, step in ((Qt.Key.Key_Right, 1), (Qt.Key.Key_Left, -1)):
        before = space.grid.currentIndex().row()
        press(qtbot, program, key)
        assert space.grid.currentIndex().row() == before + step
    press(qtbot, program, Qt.Key.Key_End)
    assert space.grid.currentIndex().row() == space.model.rowCount() - 1
    press(qtbot, program, Qt.Key.Key_Home)
    assert space.grid.currentIndex().row() == 0


def test_tab_walks_the_window_round_and_escape_goes_home(qtbot: QtBot, program: Program) -> None:
    space = program.window.space
    strip = space.filmstrip.isVisible()
    seen = []
    for _ in range(30):
        press(qtbot, program, Qt.Key.Key_Tab)
        seen.append(focused(program))
        if seen[-1] is space.grid:
            break
    assert seen[-1] is space.grid, "once round"
    assert len(seen) == len(set(seen)) >= 5
    assert all(each is not None and each.isVisible() for each in seen)
    assert space.filmstrip.isVisible() is strip
    press(qtbot, program, Qt.Key.Key_Tab)
    assert focused(program) is not space.grid
    press(qtbot, program, Qt.Key.Key_Escape)
    assert_the_arrows_are_the_photos(qtbot, program)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_the_keys_that_press_are_those_of_the_control_with_the_focus(
    qtbot: QtBot, program: Program, key: Qt.Key
) -> None:
    space = program.window.space
    tabs_until(qtbot, program, "All")
    press(qtbot, program, Qt.Key.Key_Right)
    press(qtbot, program, key)
    assert space.model.criteria.show is Filter.PICKS
    assert space.views.in_grid, "Space shows no photo large"
    assert all(decision.flag is None for decision in program.session.shoot.decisions.values())
    press(qtbot, program, Qt.Key.Key_Escape)
    assert focused(program) is space.grid


def test_a_click_on_a_photo_takes_the_keys_back(qtbot: QtBot, program: Program) -> None:
    space = program.window.space
    for view, place in (
        (space.filmstrip.viewport(), QPoint(40, 40)),
        (space.grid.viewport(), QPoint(40, 80)),
    ):
        press(qtbot, program, Qt.Key.Key_Tab)
        assert focused(program) is not space.grid
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
        assert focused(program) is space.grid


def test_what_vanishes_under_the_keyboard_gives_it_back(qtbot: QtBot, program: Program) -> None:
    window = program.window
    window.hints.present("A hint")
    button = window.hints.findChild(QPushButton)
    assert button is not None
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert focused(program) is button
    press(qtbot, program, Qt.Key.Key_Return)
    assert not window.hints.isVisible()
    assert_the_arrows_are_the_photos(qtbot, program)
    cancel = next(each for each in window.progress.findChildren(QPushButton) if each.text() == "Cancel")
    window.show_progress(Progress(1, Stage.ANALYSIS, 1, 2))
    cancel.setFocus(Qt.FocusReason.TabFocusReason)
    window.progress.reset()
    assert_the_arrows_are_the_photos(qtbot, program)
