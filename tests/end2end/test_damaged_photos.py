"""Files that a failing card left damaged: named, marked, never suggested, and never rejected unseen."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.__main__ import main
from app.exit_codes import EXIT_OK, EXIT_SOME_FAILED
from app.pictures import LargePictures
from app.window import Program
from benchmarks.pipeline import made_up_raw
from core.sidecar.xmp_reader import read_packet
from core.types import Flag
from fixtures.damaged import Damaging, break_head, cut, damage, swapped, zeroed
from fixtures.shoots import blurred, scene, shifted, write_photo
from fixtures.windows import analysed, photo_id, running
from ui.commands.table import BY_ID
from ui.dialogs.accept_dialog import AcceptDialog
from ui.marks.roles import Role

pytestmark = pytest.mark.usefixtures("measured_here")

START = datetime(2025, 6, 14, 10, 0, 0)
NAMES = ("A.jpg", "B.jpg", "C.jpg", "D.jpg")


def write_burst(folder: Path, *, raws: bool = False) -> Path:
    """A burst of four of which the third is by far the sharpest."""
    folder.mkdir()
    for number, name in enumerate(NAMES):
        sharp = shifted(scene(5, (1200, 800)), 2 * number)
        picture = sharp if name == "C.jpg" else blurred(sharp, 2 + number / 2)
        taken_at = START + timedelta(seconds=number / 2)
        path = write_photo(folder / name, picture, taken_at)
        if raws:
            raw = made_up_raw.raw(picture, path.read_bytes(), "Testcam 1", taken_at)
            path.with_suffix(".dng").write_bytes(raw)
    return folder


def culled(folder: Path, out: Path, expected: int) -> Mapping[str, dict[str, Any]]:
    assert main(["cull", str(folder), "--export", "json", "--out", str(out)]) == expected
    listed = json.loads((out / "shortlist.json").read_text("utf-8"))["photos"]
    return {Path(record["path"]).name: record for record in listed}


def suggested(found: Mapping[str, dict[str, Any]]) -> list[str]:
    return [name for name, record in found.items() if record["suggested"]]


@pytest.mark.parametrize("damaging", [zeroed, swapped, cut])
def test_a_damaged_frame_is_named_and_not_suggested_however_sharp(
    damaging: Damaging, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shoot = write_burst(tmp_path / "shoot")
    assert suggested(culled(shoot, tmp_path / "sound", EXIT_OK)) == ["C.jpg"]
    damage(shoot / "C.jpg", damaging)
    capfd.readouterr()
    for time in ("measured", "kept"):
        found = culled(shoot, tmp_path / time, EXIT_SOME_FAILED)
        assert len({record["cluster"] for record in found.values()}) == 1
        (best,) = suggested(found)
        assert best != "C.jpg"
        assert "of 4" not in " ".join(found[best]["reasons"])
        told = "The file ends too early" if damaging is cut else "A part of the picture is damaged."
        assert f"C.jpg: {told}" in " ".join(capfd.readouterr().err.split())
    assert main(["cull", str(shoot), "--export", "xmp", "--reject-rest"]) == EXIT_SOME_FAILED
    assert not (shoot / "C.xmp").exists(), "nobody could judge it"
    flags = [read_packet((shoot / f"{name}.xmp").read_bytes()).flag for name in "ABD"]
    assert Counter(flags) == {Flag.PICK: 1, Flag.REJECT: 2}


def test_of_damaged_frames_alone_one_is_suggested(tmp_path: Path) -> None:
    shoot = write_burst(tmp_path / "shoot")
    for name in NAMES:
        damage(shoot / name)
    assert len(suggested(culled(shoot, tmp_path / "out", EXIT_SOME_FAILED))) == 1


@pytest.mark.parametrize("damaging", [zeroed, cut, None])
def test_a_frame_with_a_sound_raw_is_judged_by_that(
    damaging: Damaging | None, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shoot = write_burst(tmp_path / "shoot", raws=True)
    if damaging is None:
        break_head(shoot / "C.jpg")
    else:
        damage(shoot / "C.jpg", damaging)
    found = culled(shoot, tmp_path / "out", EXIT_SOME_FAILED)
    assert suggested(found) == ["C.jpg"]
    assert not any("original" in reason.lower() for reason in found["C.jpg"]["reasons"])
    told = " ".join(capfd.readouterr().err.split())
    assert "The RAW file of the same frame is shown and measured in its place." in told


def test_the_raw_counts_as_long_as_it_is_there(tmp_path: Path) -> None:
    shoot = write_burst(tmp_path / "shoot", raws=True)
    damage(shoot / "C.jpg", zeroed)
    raw = shoot / "C.dng"
    assert suggested(culled(shoot, tmp_path / "out", EXIT_SOME_FAILED)) == ["C.jpg"]
    raw.rename(tmp_path / "C.dng")
    for _ in range(2):
        assert suggested(culled(shoot, tmp_path / "out", EXIT_SOME_FAILED)) != ["C.jpg"]
    (tmp_path / "C.dng").rename(raw)
    for _ in range(2):
        assert suggested(culled(shoot, tmp_path / "out", EXIT_SOME_FAILED)) == ["C.jpg"]


def test_a_burst_of_which_a_frame_is_lost_later_keeps_a_suggestion(tmp_path: Path) -> None:
    shoot = write_burst(tmp_path / "shoot")
    assert suggested(culled(shoot, tmp_path / "out", EXIT_OK)) == ["C.jpg"]
    break_head(shoot / "A.jpg")
    assert suggested(culled(shoot, tmp_path / "out", EXIT_SOME_FAILED)) == ["C.jpg"]


def press(program: Program, command_id: str) -> None:
    action = program.window.keymap.action(BY_ID[command_id])
    assert action.isEnabled()
    action.trigger()


def flags(program: Program) -> str:
    marks = {Flag.PICK: "+", Flag.REJECT: "-", None: "."}
    shoot = program.session.shoot
    return "".join(marks[shoot.decision(photo_id(program, name)).flag] for name in NAMES)


def accept_all(qtbot: QtBot, program: Program) -> None:
    press(program, "accept_shoot")
    (dialog,) = program.window.findChildren(AcceptDialog)
    accept = next(button for button in dialog.findChildren(QPushButton) if button.isDefault())
    qtbot.mouseClick(accept, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("break_it", [break_head, damage])
def test_no_command_rejects_what_could_not_be_looked_at(
    break_it: object, qtbot: QtBot, tmp_path: Path
) -> None:
    shoot = write_burst(tmp_path / "shoot")
    break_it(shoot / "B.jpg")  # type: ignore[operator]
    seen_by_user = break_it is damage  # as far as it can be shown
    with running() as program:
        analysed(qtbot, program, shoot)
        space, broken = program.window.space, photo_id(program, "B.jpg")
        assert program.window.problems.count() == 1
        cluster = program.session.shoot.cluster_of(broken)
        assert len(cluster.photo_ids) == 4
        assert cluster.suggested_pick == photo_id(program, "C.jpg")
        space.go_to(broken)
        press(program, "accept_suggestion")
        assert flags(program) == "-.+-"
        press(program, "undo")
        accept_all(qtbot, program)
        assert flags(program) == "-.+-"
        press(program, "undo")
        space.go_to(photo_id(program, "A.jpg"))
        press(program, "choose_instead")
        assert flags(program) == ("+---" if seen_by_user else "+.--")
        press(program, "undo")
        space.go_to(photo_id(program, "D.jpg"))
        press(program, "survey")
        for name in NAMES[:3]:
            space.go_to(photo_id(program, name))
            press(program, "put_aside")
        press(program, "keep_winners")
        assert flags(program) == ("---+" if seen_by_user else "-.-+")
        press(program, "undo")
        press(program, "grid")
        space.go_to(broken)
        press(program, "reject")
        assert flags(program) == ".-..", "who says so means it"


def test_a_damaged_photo_is_marked_where_it_is_seen(qtbot: QtBot, tmp_path: Path) -> None:
    shoot = write_burst(tmp_path / "shoot")
    damage(shoot / "B.jpg")
    with running() as program:
        analysed(qtbot, program, shoot)
        model = program.window.space.grid.model()
        press(program, "toggle_all_stacks")
        cells = {
            index.data(Role.PHOTO_ID): index
            for row in range(model.rowCount())
            if (index := model.index(row, 0)).data(Role.PHOTO_ID)
        }
        for name in NAMES:
            cell = cells[photo_id(program, name)]
            assert cell.data(Role.MEASURES).damaged == (name == "B.jpg")
            assert ("is damaged" in cell.data(Qt.ItemDataRole.ToolTipRole)) == (name == "B.jpg")
            assert ("damaged" in cell.data(Qt.ItemDataRole.AccessibleTextRole)) == (name == "B.jpg")


def test_the_loupe_shows_the_raw_in_the_place_of_a_damaged_jpeg(qtbot: QtBot, tmp_path: Path) -> None:
    shoot = write_burst(tmp_path / "shoot", raws=True)
    sound = np.asarray(blurred(shifted(scene(5, (1200, 800)), 2), 2.5), np.int16)
    damage(shoot / "B.jpg", swapped)
    with running() as program:
        analysed(qtbot, program, shoot)
        shown = LargePictures(program.pictures).load(photo_id(program, "B.jpg"), None)
        assert np.abs(shown.rgb.astype(np.int16) - sound).mean() < 6
