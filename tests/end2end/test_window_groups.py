"""Groups made by hand, in the real window: they hold over a restart, and the command line obeys them."""

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel
from pytestqt.qtbot import QtBot

from app.__main__ import main
from core.settings import GroupingRules
from core.sidecar.xmp_reader import read_packet
from core.types import ClusterKind, Flag
from fixtures.windows import dropped, photo_id, press, running
from ui.commands.table import BY_ID

pytestmark = pytest.mark.usefixtures("measured_here")


def test_what_the_user_calls_a_group_holds_over_a_restart(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as first:
        dropped(qtbot, first, shoot_folder)
        shoot, space = first.session.shoot, first.window.space
        bracket, burst = (shoot.cluster_of(photo_id(first, name)).photo_ids for name in ("J.jpg", "A.jpg"))
        assert shoot.cluster_of(burst[0]).kind is ClusterKind.BURST
        space.go_to(bracket[1])
        press(first, "this_is_a_burst")
        called = shoot.cluster_of(bracket[0])
        assert (called.kind, called.photo_ids) == (ClusterKind.BURST, bracket)
        assert called.suggested_pick in bracket, "it can be culled"
        space.go_to(burst[0])
        press(first, "belong_together")
        assert (shoot.cluster_of(burst[0]).kind, shoot.cluster_of(burst[0]).suggested_pick) == (
            ClusterKind.BRACKET,
            None,
        )
        press(first, "accept_suggestion")
        assert all(shoot.decision(each).flag is None for each in burst), "never culled to one"
        press(first, "undo")
        assert shoot.cluster_of(burst[0]).kind is ClusterKind.BURST
        press(first, "redo")
    with running() as second:
        dropped(qtbot, second, shoot_folder)
        shoot = second.session.shoot
        for _ in range(2):
            assert shoot.cluster_of(bracket[0]).kind is ClusterKind.BURST
            assert shoot.cluster_of(bracket[0]).suggested_pick in bracket
            assert shoot.cluster_of(burst[0]).kind is ClusterKind.BRACKET
            second.window.space.grouping_panel.rules_chosen.emit(GroupingRules(burst_looseness=0.0))
            qtbot.waitUntil(lambda: second.session.shoot.rules.burst_looseness == 0.0)
        second.window.space.go_to(bracket[0])
        press(second, "group_automatically")
        assert shoot.cluster_of(bracket[0]).kind is ClusterKind.BRACKET


def test_the_command_line_culls_by_what_the_user_calls_a_group(
    qtbot: QtBot, shoot_folder: Path, tmp_path: Path
) -> None:
    with running() as program:
        dropped(qtbot, program, shoot_folder)
        space = program.window.space
        space.go_to(photo_id(program, "A.jpg"))
        press(program, "belong_together")
        space.go_to(photo_id(program, "J.jpg"))
        called = {program.session.shoot.photos[each].path.stem for each in space.current_cluster().photo_ids}  # type: ignore[union-attr]
        press(program, "this_is_a_burst")
    out = tmp_path / "out"
    assert main(["cull", str(shoot_folder), "--export", "xmp", "--out", str(out), "--reject-rest"]) == 0
    written = {path.stem: read_packet(path.read_bytes()).flag for path in out.iterdir()}
    assert not written.keys() & {"A", "B", "C"}, "they are kept together"
    flags = [written[name] for name in called]
    assert (flags.count(Flag.PICK), flags.count(Flag.REJECT)) == (1, len(called) - 1)


def test_a_part_of_a_bracket_is_never_culled_by_the_command_line(
    qtbot: QtBot, shoot_folder: Path, tmp_path: Path
) -> None:
    with running() as program:
        dropped(qtbot, program, shoot_folder)
        space = program.window.space
        bracket = program.session.shoot.cluster_of(photo_id(program, "J.jpg"))
        space.go_to(bracket.photo_ids[1])
        press(program, "split_group")
    out = tmp_path / "out"
    assert main(["cull", str(shoot_folder), "--export", "xmp", "--out", str(out), "--reject-rest"]) == 0
    assert not {path.stem for path in out.iterdir()} & {"I", "J", "K"}


def test_single_frames_chosen_together_belong_together(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        dropped(qtbot, program, shoot_folder)
        shoot, space = program.session.shoot, program.window.space
        singles = [c.photo_ids[0] for c in shoot.clusters.values() if c.kind is ClusterKind.SINGLE][:2]
        space.go_to(singles[0])
        press(program, "this_is_a_burst")
        assert shoot.cluster_of(singles[0]).kind is ClusterKind.SINGLE, "one frame is no burst"
        for each in singles:
            index = space.model.index(space.model.row_of(each))
            space.grid.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
        press(program, "belong_together")
        assert shoot.cluster_of(singles[0]).photo_ids == tuple(singles)
        assert shoot.cluster_of(singles[0]).kind is ClusterKind.BRACKET


def test_groups_made_by_hand_outlast_the_program(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as first:
        dropped(qtbot, first, shoot_folder)
        space = first.window.space
        burst = first.session.shoot.cluster_of(photo_id(first, "A.jpg"))
        space.go_to(burst.photo_ids[1])
        first.window.keymap.action(BY_ID["split_group"]).trigger()
        assert [len(c.photo_ids) for c in first.session.shoot.clusters_in_order()][:2] == [1, 2]
        assert space.current_photo() == burst.photo_ids[1], "the active photo stays active"
        first.window.keymap.action(BY_ID["undo"]).trigger()
        assert first.session.shoot.cluster_of(burst.photo_ids[0]).photo_ids == burst.photo_ids
        first.window.keymap.action(BY_ID["redo"]).trigger()
    with running() as second:
        dropped(qtbot, second, shoot_folder)
        assert second.session.shoot.cluster_of(burst.photo_ids[0]).photo_ids == burst.photo_ids[:1]
        second.window.space.go_to(burst.photo_ids[1])
        second.window.keymap.action(BY_ID["merge_groups"]).trigger()
        assert second.session.shoot.cluster_of(burst.photo_ids[0]).photo_ids == burst.photo_ids
        second.window.space.grouping_panel.rules_chosen.emit(GroupingRules(burst_looseness=0.0))
        qtbot.waitUntil(lambda: second.session.shoot.rules.burst_looseness == 0.0)
        assert second.session.shoot.cluster_of(burst.photo_ids[0]).photo_ids == burst.photo_ids
        assert second.settings.preferences.grouping.burst_looseness == 0.0


def test_frames_that_only_stand_beside_a_single_one_lose_nothing(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        dropped(qtbot, program, shoot_folder)
        space, shoot = program.window.space, program.session.shoot
        single = photo_id(program, "L.jpg")
        assert shoot.cluster_of(single).kind is ClusterKind.SINGLE
        space.go_to(single)
        press(program, "compare")
        champion = space.big.compare.winners()[0]
        press(program, "keep_winners")
        assert [pid for pid in shoot.photos if shoot.decision(pid).flag is Flag.PICK] == [champion]
        rejected = {pid for pid in shoot.photos if shoot.decision(pid).flag is Flag.REJECT}
        assert rejected <= set(shoot.cluster_of(champion).photo_ids)
