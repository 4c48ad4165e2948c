"""The filter panel in the real window: what is chosen in its controls is what is seen."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QLabel
from pytestqt.qtbot import QtBot

from app.window import Program
from core.shoot.asked import EyesAsked, Focus
from core.shoot.criteria import Criteria
from core.types import ClusterKind, Flag, PhotoId
from fixtures.buttons import button
from fixtures.windows import analysed, flags, running
from ui.widgets.filter_panel import FilterPanel
from ui.widgets.grouping_panel import GroupingPanel
from ui.widgets.people_panel import PeoplePanel

pytestmark = pytest.mark.usefixtures("measured_here")

KINDS = (ClusterKind.BURST, ClusterKind.BRACKET, ClusterKind.SINGLE)


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("Kind of group", [Criteria(kind=kind) for kind in KINDS]),
        ("Sharpness", [Criteria(focus=focus) for focus in Focus]),
        ("Eyes", [Criteria(eyes=eyes) for eyes in EyesAsked]),
    ],
)
def test_choosing_in_the_panel_shows_the_photos_that_are_meant(
    qtbot: QtBot, shoot_folder: Path, name: str, choices: list[Criteria]
) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        space, shoot = program.window.space, program.session.shoot
        qtbot.keyClick(space.grid, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        panel = space.findChild(FilterPanel)
        assert panel is not None
        assert panel.isVisible()
        control = next(each for each in panel.findChildren(QComboBox) if each.accessibleName() == name)
        seen = set()
        for criteria in choices:
            qtbot.keyClick(control, Qt.Key.Key_Down)
            meant = [photo_id for photo_id in shoot.photos if criteria.passes(photo_id, shoot)]
            assert set(space.model.frames()) == set(meant)
            seen.update(meant)
        assert seen or name == "Eyes", "of this shoot some photos are of each kind"
        panel.close()


@pytest.mark.parametrize(
    ("kind", "key", "modifier"),
    [
        (FilterPanel, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier),
        (PeoplePanel, Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier),
        (GroupingPanel, Qt.Key.Key_G, Qt.KeyboardModifier.ShiftModifier),
    ],
)
def test_the_key_that_opens_a_panel_closes_it(
    qtbot: QtBot, shoot_folder: Path, kind: type[QFrame], key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        window = program.window
        for _ in range(2):
            qtbot.keyClick(window.space.grid, key, modifier)
            panel = next(each for each in window.findChildren(kind) if each.isVisible())
            qtbot.keyClick(panel.focusWidget() or panel, key, modifier)
            assert not panel.isVisible()


def is_picked(program: Program, photo: PhotoId) -> bool:
    return program.session.shoot.decision(photo).flag is Flag.PICK


def selected_in_foot(program: Program) -> list[str]:
    labels = program.window.progress.findChildren(QLabel)
    return [each.text() for each in labels if each.isVisible() and "selected" in each.text()]


def test_what_was_selected_under_a_filter_is_not_decided_under_the_next(
    qtbot: QtBot, shoot_folder: Path
) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        grid = program.window.space.grid
        qtbot.keyClick(grid, Qt.Key.Key_4, control)
        qtbot.keyClick(grid, Qt.Key.Key_A, control)
        assert selected_in_foot(program) == [f"{grid.model().rowCount()} photos selected"]
        qtbot.keyClick(grid, Qt.Key.Key_X)
        rejected = [name for name, flag in flags(program).items() if flag is Flag.REJECT]
        assert len(rejected) == grid.model().rowCount()
        active = grid.current_photo()
        qtbot.keyClick(grid, Qt.Key.Key_1, control)
        assert selected_in_foot(program) == []
        qtbot.keyClick(grid, Qt.Key.Key_P)
        picked = [photo for photo in program.session.shoot.photos if is_picked(program, photo)]
        assert picked == [active]


def test_a_decision_on_several_says_how_many_and_what_it_left_in_stacks(
    qtbot: QtBot, shoot_folder: Path
) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        grid, shoot = program.window.space.grid, program.session.shoot
        cells, hidden = grid.model().rowCount(), len(shoot.photos) - grid.model().rowCount()
        assert hidden > 1
        qtbot.keyClick(grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClick(grid, Qt.Key.Key_X)
        said = program.window.messages.text()
        assert said.startswith(f"Reject {cells} frames: done.")
        assert said.endswith(f" {hidden} more frames in closed stacks stay as they are.")
        qtbot.mouseClick(button(program.window.messages, "Undo"), Qt.MouseButton.LeftButton)
        assert Flag.REJECT not in flags(program).values()
        qtbot.keyClick(grid, Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
        qtbot.keyClick(grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClick(grid, Qt.Key.Key_X)
        assert program.window.messages.text() == f"Reject {len(shoot.photos)} frames: done."
