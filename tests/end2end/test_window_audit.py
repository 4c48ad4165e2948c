"""An audit in the real window: from the message after accepting many, key by key, to what is proved and taken back."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from app import excepthook
from app.window import Program
from core.errors import StoreError
from core.language import say
from core.persistence.session_store import SessionStore
from core.review.audit.doubt import Reach
from core.types import Flag
from fixtures.windows import analysed, flags, photo_id, press, running, shown, there
from ui.commands.command import Where
from ui.dialogs.accept_dialog import AcceptDialog
from ui.dialogs.bound_dialog import BoundDialog
from ui.dialogs.sample_dialog import SampleDialog

pytestmark = pytest.mark.usefixtures("measured_here")


def accept_all(qtbot: QtBot, program: Program) -> int:
    """Accepts every suggestion, the doubtful ones too; returns how many frames that rejected."""
    program.session.review.accept_all(list(program.session.shoot.clusters_in_order()))
    return sum(flag is Flag.REJECT for flag in flags(program).values())


def begin(qtbot: QtBot, program: Program, size: int | None = None) -> None:
    press(program, "check_sample")
    dialog = shown(program, SampleDialog)
    if size is not None:
        qtbot.keyClicks(there(dialog.findChild(QSpinBox)), str(size))  # in the place of what is selected
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert program.window.where is Where.AUDIT


def button(parent: QWidget, start: str) -> QPushButton:
    return next(each for each in parent.findChildren(QPushButton) if each.text().startswith(start))


def key(qtbot: QtBot, program: Program, which: Qt.Key) -> None:
    qtbot.keyClick(program.window.space.views.front, which)


def result(program: Program) -> BoundDialog:
    return shown(program, BoundDialog)


def test_the_message_after_accepting_many_leads_to_the_sample(qtbot: QtBot, program: Program) -> None:
    press(program, "accept_shoot")
    dialog = shown(program, AcceptDialog)
    dialog._others_too.setChecked(True)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not program.window.messages._timer.isActive(), "it stays: there is something to choose from"
    qtbot.mouseClick(button(program.window.messages, "Check a sample"), Qt.MouseButton.LeftButton)
    shown(program, SampleDialog)


def test_the_message_goes_with_the_next_decision(qtbot: QtBot, program: Program) -> None:
    press(program, "accept_shoot")
    qtbot.keyClick(shown(program, AcceptDialog), Qt.Key.Key_Return)
    assert "suggestion" in program.window.messages.text()
    program.window.space.go_to(photo_id(program, "L.jpg"))
    press(program, "pick")
    assert program.window.messages.text() == ""


def test_all_rightly_rejected_ends_with_what_that_proves(qtbot: QtBot, program: Program) -> None:
    count = accept_all(qtbot, program)
    before = flags(program)
    begin(qtbot, program)
    view = program.window.space.big.audit
    for number in range(1, count + 1):
        current = there(program.window.space.current_photo())
        assert program.session.shoot.decision(current).flag is Flag.REJECT
        assert view.bar.text() == f"{number} of {count}"
        panes = [pane.photo_id for pane in view.panes()]
        assert panes == [current, *program.session.shoot.keepers_beside(current)[:1]]
        assert len(panes) == 2, "what was kept is beside it"
        key(qtbot, program, Qt.Key.Key_X)
    words = f"0 of {count} worth keeping: you looked at all of your {count} rejects."
    assert result(program).text() == words
    qtbot.keyClick(result(program), Qt.Key.Key_Return)
    assert program.window.where is Where.GRID
    assert flags(program) == before, "answers change no flag"


def test_part_of_them_bounds_the_rest(qtbot: QtBot, program: Program) -> None:
    count = accept_all(qtbot, program)
    begin(qtbot, program, count - 1)
    for _ in range(count - 1):
        key(qtbot, program, Qt.Key.Key_X)
    assert result(program).text().startswith(f"0 of {count - 1}: with 95% confidence fewer than ")
    assert result(program).text().endswith(f"% of your {count} rejects are keepers.")


def test_what_is_in_doubt_is_taken_back_in_one_undo(qtbot: QtBot, program: Program) -> None:
    count = accept_all(qtbot, program)
    before = flags(program)
    begin(qtbot, program)
    doubted = program.session.shoot.photos[there(program.window.space.current_photo())].path.name
    key(qtbot, program, Qt.Key.Key_P)
    for _ in range(count - 1):
        key(qtbot, program, Qt.Key.Key_X)
    assert result(program).text().startswith(f"1 of {count} worth")
    qtbot.keyClick(result(program), Qt.Key.Key_Return)
    assert flags(program) == {**before, doubted: Flag.UNFLAGGED}
    assert program.window.where is Where.GRID
    qtbot.keyClick(program.window.space.grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert flags(program) == before


def test_doubt_may_reach_the_whole_burst_and_says_how_many_that_are(qtbot: QtBot, program: Program) -> None:
    count = accept_all(qtbot, program)
    begin(qtbot, program)
    for _ in range(count):
        key(
            qtbot,
            program,
            Qt.Key.Key_P
            if program.session.shoot.cluster_of(there(program.window.space.current_photo())).photo_ids[-1]
            == program.window.space.current_photo()
            else Qt.Key.Key_X,
        )
    dialog = result(program)
    offered = [dialog._reach.value_at(at) for at in range(dialog._reach.count())]
    assert offered[0] is Reach.FRAMES
    assert offered == [reach for reach in Reach if reach in offered], "those that reach farther come later"


def test_esc_keeps_the_answers_and_the_sample_is_gone_on_with_after_a_restart(
    qtbot: QtBot, shoot_folder: Path
) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        count = accept_all(qtbot, program)
        begin(qtbot, program)
        first = program.window.space.current_photo()
        key(qtbot, program, Qt.Key.Key_P)
        second = program.window.space.current_photo()
        assert second != first
        key(qtbot, program, Qt.Key.Key_Escape)
        assert program.window.where is Where.GRID
        assert program.window.messages.text() == f"1 of {count} are checked; the answers are kept."
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        press(program, "check_sample")
        dialog = shown(program, SampleDialog)
        assert button(dialog, "Go on with it").text() == f"Go on with it (1 of {count})"
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
        assert program.window.space.current_photo() == second
        key(qtbot, program, Qt.Key.Key_Left)
        assert program.window.space.current_photo() == first
        assert program.window.space.big.audit.bar.text() == f"1 of {count} You said: worth keeping"
        key(qtbot, program, Qt.Key.Key_Right)
        key(qtbot, program, Qt.Key.Key_Right)
        assert program.window.space.current_photo() == second, "nothing is skipped"


def test_an_answer_can_be_given_anew(qtbot: QtBot, program: Program) -> None:
    count = accept_all(qtbot, program)
    begin(qtbot, program)
    key(qtbot, program, Qt.Key.Key_P)
    key(qtbot, program, Qt.Key.Key_Left)
    for _ in range(count):
        key(qtbot, program, Qt.Key.Key_X)
    assert result(program).text().startswith(f"0 of {count} worth")


def test_a_key_shows_the_reject_alone_and_the_kept_frame_again(qtbot: QtBot, program: Program) -> None:
    accept_all(qtbot, program)
    begin(qtbot, program)
    view = program.window.space.big.audit
    assert len(view.panes()) == 2
    key(qtbot, program, Qt.Key.Key_C)
    assert [pane.photo_id for pane in view.panes()] == [program.window.space.current_photo()]
    assert view.panes()[0].width() > view.width() // 2
    key(qtbot, program, Qt.Key.Key_C)
    assert len(view.panes()) == 2


def test_nothing_is_decided_by_the_keys_of_other_screens(qtbot: QtBot, program: Program) -> None:
    accept_all(qtbot, program)
    before = flags(program)
    begin(qtbot, program)
    for which in (Qt.Key.Key_U, Qt.Key.Key_3, Qt.Key.Key_6, Qt.Key.Key_N):
        key(qtbot, program, which)
    assert program.window.where is Where.AUDIT
    assert flags(program) == before


def test_what_the_user_rejected_is_not_checked(qtbot: QtBot, program: Program) -> None:
    press(program, "reject")
    press(program, "check_sample")
    assert program.window.findChild(SampleDialog) is None
    assert program.window.messages.text().startswith("There is nothing to check")


def test_a_finished_sample_says_what_it_proved_and_what_came_since(qtbot: QtBot, program: Program) -> None:
    bursts = [each for each in program.session.shoot.clusters_in_order() if each.suggested_pick]
    program.session.review.accept_all(bursts[:1])
    first = sum(flag is Flag.REJECT for flag in flags(program).values())
    begin(qtbot, program)
    for _ in range(first):
        key(qtbot, program, Qt.Key.Key_X)
    qtbot.keyClick(result(program), Qt.Key.Key_Return)
    since = accept_all(qtbot, program) - first
    press(program, "check_sample")
    dialog = shown(program, SampleDialog)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert f"0 of {first} worth keeping: you looked at" in said
    assert f"{since} frame" in said


def test_the_grid_is_where_it_was(qtbot: QtBot, program: Program) -> None:
    accept_all(qtbot, program)
    qtbot.keyClick(program.window.space.grid, Qt.Key.Key_End)
    here = program.window.space.current_photo()
    begin(qtbot, program)
    key(qtbot, program, Qt.Key.Key_Escape)
    assert program.window.space.current_photo() == here
    assert program.window.space.filter_bar.isVisible()


def test_a_sample_that_cannot_be_kept_is_not_shown_and_the_reason_is(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk may be full at any button, not only at a key."""
    accept_all(qtbot, program)

    def refuse(*_: object) -> None:
        raise StoreError(say("The disk is full."))

    monkeypatch.setattr(SessionStore, "keep_audit", refuse)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # put back after the test
    excepthook.install(program.window.messages.show_error)
    press(program, "check_sample")
    qtbot.keyClick(shown(program, SampleDialog), Qt.Key.Key_Return)
    assert program.window.messages.text() == "The disk is full."
    assert program.window.where is Where.GRID
