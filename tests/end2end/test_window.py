"""The window on a made-up shoot: import, review by keyboard, override, undo, close, reopen, export."""

from pathlib import Path
from weakref import ref

import pytest
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.garbage import set_aside
from app.pipeline_thread import PipelineThread
from core.export.kinds import ExportKind, Selection
from core.export.request import ExportRequest
from core.sidecar.xmp_reader import read_packet
from core.types import ClusterKind, Flag, Label
from fixtures.buttons import button
from fixtures.windows import (
    analysed,
    drop,
    dropped,
    exported,
    flags,
    in_front,
    photo_id,
    press,
    running,
    there,
)

pytestmark = pytest.mark.usefixtures("measured_here")


def test_a_whole_evening(qtbot: QtBot, shoot_folder: Path, tmp_path: Path) -> None:
    with running() as first:
        dropped(qtbot, first, shoot_folder)
        space, shoot = first.window.space, first.session.shoot
        assert space.current_photo() is not None

        space.go_to(photo_id(first, "A.jpg"))
        press(first, "accept_suggestion")
        assert [flags(first)[name] for name in ("A.jpg", "B.jpg", "C.jpg")] == [
            Flag.REJECT,
            Flag.PICK,
            Flag.REJECT,
        ]

        other = shoot.cluster_of(photo_id(first, "D.jpg"))
        loser = next(pid for pid in other.photo_ids if pid != other.suggested_pick)
        space.go_to(loser)
        press(first, "choose_instead")
        assert shoot.decision(loser).flag is Flag.PICK
        assert shoot.decision(other.suggested_pick or loser).flag is Flag.REJECT

        space.go_to(photo_id(first, "L.jpg"))
        press(first, "loupe")
        assert space.views.in_loupe
        for command in ("pick", "rate_4", "label_blue"):
            press(first, command)
        press(first, "undo")
        decision = shoot.decision(photo_id(first, "L.jpg"))
        assert (decision.flag, decision.rating, decision.label) == (Flag.PICK, 4, None)
        press(first, "redo")
        assert shoot.decision(photo_id(first, "L.jpg")).label is Label.BLUE
        decided = flags(first)

    with running() as again:
        dropped(qtbot, again, shoot_folder)
        assert flags(again) == decided, "a later run overwrites no decision"
        assert again.session.shoot.finished is not None
        assert again.session.shoot.finished.computed == 0
        press(again, "undo")
        assert again.session.shoot.decision(photo_id(again, "L.jpg")).label is not Label.BLUE, "undo survives"

        out = tmp_path / "out"
        exported(qtbot, again, ExportRequest(ExportKind.XMP, Selection(), out))
        facts = read_packet((out / "L.xmp").read_bytes())
        assert (facts.flag, facts.rating) == (Flag.PICK, 4)
        assert read_packet((out / "A.xmp").read_bytes()).flag is Flag.REJECT


def test_brackets_are_not_culled(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        dropped(qtbot, program, shoot_folder)
        shoot = program.session.shoot
        bracket = shoot.cluster_of(photo_id(program, "J.jpg"))
        assert bracket.kind is ClusterKind.BRACKET
        program.window.space.go_to(bracket.photo_ids[0])
        press(program, "accept_suggestion")
        assert all(shoot.decision(pid).flag is None for pid in bracket.photo_ids)
        press(program, "choose_instead")
        assert [shoot.decision(pid).flag for pid in bracket.photo_ids] == [Flag.PICK, None, None]
        program.window.space.go_to(bracket.photo_ids[0])
        press(program, "pick_group")
        assert {shoot.decision(pid).flag for pid in bracket.photo_ids} == {Flag.PICK}


def test_cancel_answers_and_what_was_found_stays(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        drop(program, shoot_folder)
        qtbot.waitUntil(lambda: bool(program.session.shoot.photos), timeout=20_000)
        program.session.cancel()
        qtbot.waitUntil(lambda: not program.session.is_running, timeout=20_000)
        assert len(program.session.shoot.photos) == 13


def test_an_empty_and_a_missing_folder_say_so(qtbot: QtBot, tmp_path: Path) -> None:
    with running() as program:
        (tmp_path / "empty").mkdir()
        drop(program, tmp_path / "empty")
        qtbot.waitUntil(lambda: "no photos in empty" in program.window.messages.text(), timeout=10_000)
        drop(program, tmp_path / "missing")
        qtbot.waitUntil(lambda: "missing" in program.window.messages.text(), timeout=10_000)


def test_a_file_that_is_no_photo_is_refused_and_the_open_shoot_stays(
    qtbot: QtBot, shoot_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "note.txt").write_text("hello")
    (tmp_path / "list.csv").write_text("a;b")
    with running() as program:
        dropped(qtbot, program, shoot_folder)
        drop(program, tmp_path / "note.txt")
        assert program.window.messages.text() == "note.txt is no photo that can be opened here."
        drop(program, tmp_path / "note.txt", tmp_path / "list.csv")
        assert program.window.messages.text() == "None of these 2 files is a photo that can be opened here."
        assert program.session.sources == (shoot_folder,)
        assert program.window.space.isVisible()
        assert len(program.session.shoot.photos) == 13


@pytest.fixture
def other(shoot_folder: Path, tmp_path: Path) -> Path:
    """Another shoot, of one photo."""
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "Z.jpg").write_bytes((shoot_folder / "A.jpg").read_bytes())
    return folder


def test_opening_another_folder_drops_the_events_of_the_first(
    qtbot: QtBot, shoot_folder: Path, other: Path
) -> None:
    with running() as program:
        drop(program, shoot_folder)
        dropped(qtbot, program, other)
        assert set(flags(program)) == {"Z.jpg"}


def test_a_shoot_that_makes_way_for_another_leaves_the_memory(
    qtbot: QtBot, shoot_folder: Path, other: Path
) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        for view in ("loupe", "compare", "survey", "face_panel", "grid"):
            press(program, view)
        set_aside()  # as whatever comes of a shoot is
        former = ref(program.session.shoot)
        analysed(qtbot, program, other)
        qtbot.waitUntil(lambda: former() is None)  # once what is being found out of it has ended
        qtbot.waitUntil(lambda: not program.session.findChildren(PipelineThread))


def test_subfolders_are_a_choice_that_is_remembered(qtbot: QtBot, shoot_folder: Path) -> None:
    below = shoot_folder / "below"
    below.mkdir()
    for path in shoot_folder.glob("*.jpg"):
        if path.name != "A.jpg":
            path.rename(below / path.name)
    with running() as program:
        program.window.welcome.set_include_subfolders(False)
        dropped(qtbot, program, shoot_folder)
        assert set(flags(program)) == {"A.jpg"}
    with running() as again:
        assert not again.window.welcome.include_subfolders
        again.window.welcome.set_include_subfolders(True)
        dropped(qtbot, again, shoot_folder)
        assert len(flags(again)) == 13


def test_a_contest_is_decided_in_compare_and_in_survey(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        dropped(qtbot, program, shoot_folder)
        space, shoot = program.window.space, program.session.shoot
        first, other = photo_id(program, "A.jpg"), photo_id(program, "C.jpg")
        space.go_to(first)
        press(program, "compare")
        assert [pane.photo_id for pane in space.big.compare.panes()] == [photo_id(program, "B.jpg"), first]
        space.step(1)
        assert space.current_photo() == other, "the champion is stepped over"
        press(program, "challenger_wins")
        press(program, "keep_winners")
        assert [flags(program)[name] for name in ("A.jpg", "B.jpg", "C.jpg")] == [
            Flag.REJECT,
            Flag.REJECT,
            Flag.PICK,
        ]

        assert space.current_cluster() is not shoot.cluster_of(first), "on to the next open burst"
        press(program, "survey")
        frames = list(there(space.current_cluster()).photo_ids)
        space.go_to(frames[0])
        press(program, "reject")
        assert [pane.photo_id for pane in space.big.survey.panes()] == frames[1:]
        while len(space.big.survey.panes()) > 1:
            press(program, "put_aside")
        left = space.big.survey.panes()[0].photo_id
        press(program, "keep_winners")
        assert [pid for pid in frames if shoot.decision(pid).flag is Flag.PICK] == [left]


def test_from_a_face_to_the_photo_at_single_pixels_and_back(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        dropped(qtbot, program, shoot_folder)
        space = program.window.space
        space.go_to(photo_id(program, "F.jpg"))
        press(program, "face_panel")
        qtbot.waitUntil(lambda: space.big.faces.current_face() is not None)
        face = space.big.faces.current_face()
        assert face is not None
        space.step(1)
        press(program, "look")
        assert space.views.in_loupe
        assert space.current_photo() == photo_id(program, "G.jpg")
        place = there(space.big.loupe.active_pane).place
        assert place.scale == 1.0
        assert abs(place.x - face.box.x - face.box.width / 2) < 0.05
        for command in ("info", "histogram", "clipping", "peaking", "faces", "zoom", "zoom_double"):
            press(program, command)
        press(program, "grid")
        assert space.views.in_grid


def test_the_second_window_follows_the_active_photo_and_leaves_the_keys_alone(
    qtbot: QtBot, shoot_folder: Path
) -> None:
    with running() as program:
        dropped(qtbot, program, shoot_folder)
        space = program.window.space
        press(program, "second_window")
        space.go_to(photo_id(program, "L.jpg"))
        assert there(space.second.loupe.active_pane).photo_id == photo_id(program, "L.jpg")
        qtbot.waitUntil(lambda: program.prefetcher.picture(photo_id(program, "L.jpg")) is not None)
        qtbot.waitUntil(lambda: program.window.isActiveWindow() and not space.second.isActiveWindow())
        press(program, "second_window")
        assert not space.second.isVisible()


def test_the_grid_follows_the_loupe_when_it_is_seen_again(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        dropped(qtbot, program, shoot_folder)
        space = program.window.space
        space.grid.set_current_photo(photo_id(program, "B.jpg"))
        burst = there(space.current_cluster())
        press(program, "loupe")
        space.step(1)
        assert space.current_photo() == photo_id(program, "C.jpg")
        assert not space.model.is_expanded(burst.id), "the grid is left alone while it is hidden"
        press(program, "reject")
        assert flags(program)["C.jpg"] is Flag.REJECT
        press(program, "grid")
        assert space.model.is_expanded(burst.id)
        assert space.grid.current_photo() == photo_id(program, "C.jpg")

        press(program, "loupe")
        press(program, "filter_picks")
        assert space.current_photo() != photo_id(program, "C.jpg"), "what is filtered out is not looked at"


def test_return_ends_a_search_and_decides_nothing(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        dropped(qtbot, program, shoot_folder)
        space = program.window.space
        program.window.activateWindow()
        press(program, "search")
        field = program.window.focusWidget()
        qtbot.keyClicks(field, "A.jpg")
        qtbot.waitUntil(lambda: space.current_photo() == photo_id(program, "A.jpg"))
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert space.grid.hasFocus()
        assert set(flags(program).values()) == {None}


def test_the_next_shoot_is_looked_for_beside_the_last(
    qtbot: QtBot, shoot_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_in: list[str] = []

    def choose(_parent: object, _title: str, start: str) -> str:
        looked_in.append(start)
        return str(shoot_folder) if len(looked_in) == 1 else ""

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", choose)
    with running() as program:
        program.window.choose_folder()
        assert program.session.sources == (shoot_folder,)
        program.window.choose_folder()
    pictures = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
    first = pictures if pictures.is_dir() else Path.home()
    assert looked_in == [str(first), str(shoot_folder.parent)]


def test_a_folder_to_write_to_is_looked_for_beside_the_shoot(
    qtbot: QtBot, shoot_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_in: list[str] = []

    def choose(_parent: object, _title: str, start: str) -> str:
        looked_in.append(start)
        return ""

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", choose)
    with running() as program:
        dropped(qtbot, program, shoot_folder)
        press(program, "export")
        qtbot.mouseClick(button(program.export.dialog, "Choose…"), Qt.MouseButton.LeftButton)
        program.export.dialog.reject()
    assert looked_in == [str(shoot_folder.parent)]


def test_who_takes_a_choice_back_is_at_the_frame_that_was_chosen(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        dropped(qtbot, program, shoot_folder)
        space, shoot = program.window.space, program.session.shoot
        bursts = [each for each in shoot.clusters_in_order() if each.kind is ClusterKind.BURST]
        chosen = bursts[0].photo_ids[-1]
        space.go_to(chosen)
        press(program, "loupe")
        press(program, "choose_instead")
        assert space.current_photo() not in bursts[0].photo_ids, "it went on"
        for command in ("undo", "redo"):
            press(program, command)
            assert space.current_photo() == chosen, command
            space.go_to(bursts[1].photo_ids[0])


def test_a_key_that_does_nothing_here_says_where_it_works(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        window = program.window
        in_front(qtbot, window)
        qtbot.keyClick(there(window.focusWidget()), Qt.Key.Key_P)
        assert window.messages.text() == "Pick  ·  Only while a shoot is open."
        dropped(qtbot, program, shoot_folder)
        qtbot.keyClick(window.space.grid, Qt.Key.Key_K)
        assert window.messages.text() == "Focus peaking  ·  Only in: loupe, compare, survey."
        window.messages.leave_shoot()
        qtbot.keyClick(window.space.grid, Qt.Key.Key_Q)
        press(program, "loupe")
        qtbot.keyClick(window.space.views.front, Qt.Key.Key_K)
        assert window.messages.text() == "", "no command, and one that works here"
