"""Every number that the window says of a shoot, after every kind of change: none contradicts another."""

import re
import threading
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app import bootstrap
from app.bootstrap import Services
from app.window import Program
from core.errors import ModelError
from core.language import say
from core.pipeline.context import Dependencies
from core.pipeline.events import Progress, Stage
from core.settings import GroupingRules, Settings
from core.shoot.shoot import Filter
from core.types import ClusterKind, Flag
from fixtures.patience import PATIENCE
from fixtures.runs import Interrupted
from fixtures.windows import analysed, running, wait_until_analysed
from ui.commands.table import BY_ID

pytestmark = pytest.mark.usefixtures("measured_here")


def numbers(text: str) -> list[int]:
    return [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?![.\d])", text)]


def assert_all_numbers_agree(program: Program) -> None:
    """Counts once more by hand, from groups and decisions, and reads what is written in the window."""
    shoot, window = program.session.shoot, program.window
    decided = {each: shoot.decision(each).flag for each in shoot.photos}
    groups = [cluster for cluster in shoot.clusters.values() if len(cluster.photo_ids) > 1]
    inside = [each for cluster in groups for each in cluster.photo_ids]
    left = [each for each, flag in decided.items() if flag not in (Flag.PICK, Flag.REJECT)]
    is_open = [
        cluster
        for cluster in groups
        if cluster.kind is ClusterKind.BURST
        and all(decided[each] is not Flag.PICK for each in cluster.photo_ids)
        and any(each in left for each in cluster.photo_ids)
    ]
    chips = {which: numbers(window.space.filter_bar.segment_text(which)) for which in Filter}
    assert chips == {
        Filter.ALL: [len(shoot.photos)],
        Filter.PICKS: [list(decided.values()).count(Flag.PICK)],
        Filter.REJECTS: [list(decided.values()).count(Flag.REJECT)],
        Filter.UNDECIDED: [len(left)],
        Filter.GROUPS: [len(inside)],
        Filter.OPEN: [len([each for each in inside if each in left])],
    }
    photos, in_groups, *_ = window.progress.text().split("  ·  ")
    assert numbers(photos) == [len(shoot.photos)]
    assert numbers(in_groups) == [len(inside), len(groups)]
    foot = next(
        each.text()
        for each in window.progress.findChildren(QLabel)
        if each.accessibleDescription() == "Left to decide"
    )
    assert numbers(foot) == [*([len(is_open)] if is_open else []), len(left)]
    panel = " ".join(each.text() for each in window.space.grouping_panel.findChildren(QLabel))
    assert numbers(panel) == [len(inside), len(groups), len(shoot.scenes)]


def test_the_numbers_agree_after_merge_split_slider_decision_and_undo(
    qtbot: QtBot, shoot_folder: Path
) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        space, shoot = program.window.space, program.session.shoot
        assert_all_numbers_agree(program)
        seen = {shoot.tally.groups}
        space.go_to(list(shoot.clusters_in_order())[1].photo_ids[0])
        for command in (
            "merge_groups",
            "split_group",
            "belong_together",
            "accept_suggestion",
            "pick",
            "reject",
            "undo",
            "undo",
            "redo",
            "group_automatically",
        ):
            program.window.keymap.action(BY_ID[command]).trigger()
            assert_all_numbers_agree(program)
            seen.add(shoot.tally.groups)
        for looseness in (0.0, 1.0):
            space.grouping_panel.rules_chosen.emit(GroupingRules(burst_looseness=looseness))
            qtbot.waitUntil(lambda looseness=looseness: shoot.rules.burst_looseness == looseness)  # type: ignore[misc]
            assert_all_numbers_agree(program)
        assert len(seen) > 1, "something was to be counted anew"


def test_a_cancelled_measuring_is_taken_up_again_where_the_user_is(
    qtbot: QtBot, shoot_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = threading.Event()
    monkeypatch.setattr(bootstrap, "local_workers", lambda *_: Interrupted(4, lambda: goes_on.wait(PATIENCE)))
    with running() as program:
        program.session.open([shoot_folder])
        qtbot.waitUntil(lambda: bool(program.session.shoot.photos), timeout=20_000)
        shoot, strip = program.session.shoot, program.window.progress
        cancel, go_on = (
            next(each for each in strip.findChildren(QPushButton) if each.text() == words)
            for words in ("Cancel", "Go on measuring")
        )
        qtbot.waitUntil(cancel.isVisible, timeout=20_000)
        cancel.click()
        goes_on.set()
        qtbot.waitUntil(lambda: shoot.finished is not None, timeout=60_000)
        assert shoot.finished is not None
        assert shoot.finished.cancelled
        known = len(shoot.analyses)
        assert known < 13
        assert strip.text().startswith(f"Stopped early: {13 - known} photos are not measured")
        told: list[Progress] = []
        show = strip.show_progress

        def note(progress: Progress) -> None:
            told.append(progress)
            show(progress)

        monkeypatch.setattr(strip, "show_progress", note)
        here = list(shoot.photos)[5]
        program.window.space.go_to(here)
        program.window.do(BY_ID["loupe"])
        program.window.keymap.action(BY_ID["pick"]).trigger()
        program.window.space.go_to(here)
        assert go_on.isVisible()
        go_on.click()
        qtbot.waitUntil(lambda: len(shoot.analyses) == 13 and shoot.finished is not None, timeout=120_000)
        measuring = [(each.done, each.total) for each in told if each.stage is Stage.ANALYSIS]
        assert measuring[0] == (known, 13), "it begins where the other one ended"
        assert measuring[-1] == (13, 13)
        assert program.session.shoot is shoot
        assert shoot.decision(here).flag is Flag.PICK
        assert (program.window.space.current_photo(), program.window.space.views.in_loupe) == (here, True)
        assert not go_on.isVisible()
        assert_all_numbers_agree(program)
        program.window.keymap.action(BY_ID["resume"]).trigger()
        assert program.window.messages.text() == "Every photo is measured."


def test_what_cannot_be_used_is_listed_once_after_going_on(qtbot: QtBot, shoot_folder: Path) -> None:
    (shoot_folder / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no photo" + bytes(3000))
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        problems = program.window.problems.count()
        assert problems == 1
        finished = program.session.shoot.finished
        assert finished is not None
        stopped = program.session.shoot.finished = replace(finished, cancelled=True)
        program.window.resume_requested.emit()
        assert program.session.shoot.finished is not stopped
        qtbot.waitUntil(lambda: program.session.shoot.finished is not None, timeout=60_000)
        assert program.window.problems.count() == len(program.session.shoot.failures) == problems


def test_a_measuring_that_broke_off_can_be_taken_up_again(
    qtbot: QtBot, shoot_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = Services.dependencies

    def no_workers() -> Executor:
        raise ModelError(say("The models are missing."))

    def broken(self: Services, settings: Settings) -> Dependencies:
        return replace(sound(self, settings), pool=no_workers)

    with running() as program:
        strip, messages = program.window.progress, program.window.messages
        go_on = next(each for each in strip.findChildren(QPushButton) if each.text() == "Go on measuring")
        with monkeypatch.context() as patched:
            patched.setattr(Services, "dependencies", broken)
            program.session.open([shoot_folder])
            qtbot.waitUntil(lambda: messages.text() == "The models are missing.", timeout=20_000)
        assert len(program.session.shoot.photos) == 13
        qtbot.waitUntil(lambda: not program.session.is_running, timeout=20_000)
        qtbot.mouseClick(go_on, Qt.MouseButton.LeftButton)
        wait_until_analysed(qtbot, program)
        assert len(program.session.shoot.analyses) == 13
        assert not go_on.isVisible()
