"""So many of the best, in the real window: proposed in the grid with reasons, done on request, undone in one step."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from app.window import Program
from core.shoot.shoot import Filter
from core.types import ClusterKind, Flag, Label, PhotoId
from fixtures.windows import in_front, photo_id, press, shown, there
from ui.dialogs.best_dialog import BestDialog

pytestmark = pytest.mark.usefixtures("measured_here")


def propose(qtbot: QtBot, program: Program, count: int, then: str = "") -> list[PhotoId]:
    """Asks by the dialog; returns what the grid shows."""
    press(program, "best_of")
    dialog = shown(program, BestDialog)
    number = there(dialog.findChild(QSpinBox))
    qtbot.keyClicks(number, str(count))  # in the place of what is selected
    if then:
        box = there(dialog.findChild(QComboBox))
        while box.currentText() != then:
            qtbot.keyClick(box, Qt.Key.Key_Down)
    with qtbot.waitSignal(program.best._asking.answered):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    in_front(qtbot, program.window)  # a desktop does so when a dialog closes
    return list(program.window.space.model.frames())


def offered(program: Program) -> QPushButton:
    return program.window.space.filters.listed._action


def test_the_proposal_is_shown_in_the_grid_and_decides_nothing(qtbot: QtBot, program: Program) -> None:
    photo_ids = propose(qtbot, program, 4)
    assert len(photo_ids) == 4
    shoot = program.session.shoot
    assert len({shoot.cluster_of(one).id for one in photo_ids}) == 4, "never two of a burst"
    assert "Proposal: 4 photos" in program.window.space.filters.listed.text()
    assert not any(shoot.decision(one).flag for one in shoot.photos)
    assert not offered(program).isVisible(), "nothing was asked for"


def test_each_photo_says_why_it_is_in(qtbot: QtBot, program: Program) -> None:
    photo_ids = propose(qtbot, program, 4)
    numbers = set()
    for one in photo_ids:
        program.window.space.go_near(one)
        words = program.window.space.filters.listed.text().splitlines()[1]
        assert words.startswith("Number ")
        assert len(words.partition(": ")[2]) > 3
        numbers.add(words.split(":")[0])
    assert len(numbers) == 4


@pytest.mark.parametrize("then", ["pick them", "give them 4 stars", "Green label"])
def test_what_was_asked_for_is_done_at_a_button_and_undone_in_one_step(
    qtbot: QtBot, program: Program, then: str
) -> None:
    shoot = program.session.shoot

    def done() -> set[PhotoId]:
        decided = {one: shoot.decision(one) for one in shoot.photos}
        return {
            one
            for one, decision in decided.items()
            if decision.flag is Flag.PICK or decision.stars == 4 or decision.label is Label.GREEN
        }

    photo_ids = propose(qtbot, program, 3, then)
    assert done() == set()
    qtbot.mouseClick(offered(program), Qt.MouseButton.LeftButton)
    assert done() == set(photo_ids)
    qtbot.keyClick(program.window.space.grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert done() == set()


def test_the_users_own_pick_comes_first_and_a_reject_never(qtbot: QtBot, program: Program) -> None:
    space = program.window.space
    own, other = photo_id(program, "C.jpg"), photo_id(program, "L.jpg")
    space.go_to(other)
    press(program, "reject")
    space.go_to(own)
    press(program, "pick")
    assert propose(qtbot, program, 1) == [own]
    assert "you chose it yourself" in space.filters.listed.text()
    assert other not in propose(qtbot, program, 100)


def test_fewer_than_asked_for_are_said_to_be_all(qtbot: QtBot, program: Program) -> None:
    photo_ids = propose(qtbot, program, 500)
    clusters = program.session.shoot.clusters
    assert len(photo_ids) == len(clusters)
    assert {each.kind for each in clusters.values()} == set(ClusterKind)
    assert program.window.messages.text().startswith(f"There are only {len(photo_ids)} to choose from")


def test_all_photos_come_back_by_the_segment_and_by_the_key(qtbot: QtBot, program: Program) -> None:
    space = program.window.space
    for back in ("segment", "key"):
        propose(qtbot, program, 2)
        assert not space.filter_bar._segments[Filter.ALL].isChecked(), "these are not all"
        if back == "segment":
            qtbot.mouseClick(space.filter_bar._segments[Filter.ALL], Qt.MouseButton.LeftButton)
        else:
            qtbot.keyClick(space.grid, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
        assert len(space.model.frames()) == len(program.session.shoot.photos)
        assert space.filter_bar._segments[Filter.ALL].isChecked()
        assert not space.filters.listed.isVisible()


def test_what_was_offered_for_one_proposal_is_not_for_the_next(qtbot: QtBot, program: Program) -> None:
    propose(qtbot, program, 2, "pick them")
    assert offered(program).isVisible()
    propose(qtbot, program, 3)
    assert not offered(program).isVisible()


def test_a_message_never_offers_to_undo_something_else(qtbot: QtBot, program: Program) -> None:
    propose(qtbot, program, 2, "pick them")
    qtbot.mouseClick(offered(program), Qt.MouseButton.LeftButton)
    assert program.window.messages.text() == "Pick 2 frames: done."
    qtbot.keyClick(program.window.space.grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert program.window.messages.text() == ""
