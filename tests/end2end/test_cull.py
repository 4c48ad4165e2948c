"""The whole job without a screen, on made-up photos and with the real weights.

Worker processes measure where what comes back from them is looked at.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import onnxruntime
import pytest

from app.__main__ import main
from app.cli import doctor
from app.exit_codes import EXIT_NOTHING, EXIT_OK, EXIT_SOME_FAILED, EXIT_USAGE
from benchmarks.pipeline.made_up import write_shoot
from core.sidecar.xmp_reader import read_packet
from core.types import Flag
from fixtures.shoots import scene, write_photo
from models import providers


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def records(out: Path) -> dict[str, dict[str, Any]]:
    listed = json.loads((out / "shortlist.json").read_text("utf-8"))
    photos = listed["photos"] if isinstance(listed, dict) else listed
    return {Path(record["path"]).name: record for record in photos}


def test_from_folder_to_list(shoot_folder: Path, tmp_path: Path) -> None:
    before = digests(shoot_folder)
    assert main(["cull", str(shoot_folder), "--export", "json", "--out", str(tmp_path / "out")]) == EXIT_OK
    found = records(tmp_path / "out")
    groups: dict[str, set[str]] = {}
    for name, record in found.items():
        groups.setdefault(record["cluster"], set()).add(name)
    assert {"A.jpg", "B.jpg", "C.jpg"} in groups.values()
    assert {"D.jpg", "E.jpg"} in groups.values()
    assert {"F.jpg", "G.jpg", "H.jpg"} in groups.values()
    assert {"I.jpg", "J.jpg", "K.jpg"} in groups.values()
    assert found["B.jpg"]["suggested"], "the sharp frame of the burst"
    assert "Sharpest of 3" in found["B.jpg"]["reasons"]
    assert found["I.jpg"]["cluster_kind"] == "bracket"
    assert not any(found[name]["suggested"] for name in ("I.jpg", "J.jpg", "K.jpg", "L.jpg", "M.jpg"))
    assert digests(shoot_folder) == before, "originals are never touched"


@pytest.mark.usefixtures("measured_here")
def test_a_burst_of_raws_is_judged_by_their_previews(tmp_path: Path) -> None:
    shoot = write_shoot(tmp_path / "shoot", 3, 2, ".dng")
    before = digests(shoot)
    assert main(["cull", str(shoot), "--export", "json", "--out", str(tmp_path / "out")]) == EXIT_OK
    found = records(tmp_path / "out").values()
    assert len({record["cluster"] for record in found}) == 1
    assert sum(record["suggested"] for record in found) == 1
    assert all({"eyes", "sharpness"} <= record["terms"].keys() for record in found), "the face is seen"
    assert digests(shoot) == before


@pytest.mark.usefixtures("measured_here")
def test_sidecars_and_a_dry_run_that_writes_nothing(
    shoot_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    command = ["cull", str(shoot_folder), "--export", "xmp", "--out", str(out), "--reject-rest"]
    assert main([*command, "--dry-run"]) == EXIT_OK
    assert not out.exists()
    promised = {
        Path(line.removeprefix("create: ")).name
        for line in capsys.readouterr().out.splitlines()
        if line.startswith("create:")
    }
    assert main(command) == EXIT_OK
    assert {path.name for path in out.iterdir()} == promised
    assert read_packet((out / "B.xmp").read_bytes()).flag is Flag.PICK
    assert read_packet((out / "A.xmp").read_bytes()).flag is Flag.REJECT
    assert not (out / "L.xmp").exists(), "nobody decided about a single frame"
    assert not (out / "I.xmp").exists(), "brackets are never culled"


@pytest.mark.usefixtures("measured_here")
def test_the_second_time_nothing_is_computed(shoot_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for expected in ("13", "0"):
        assert main(["cull", str(shoot_folder)]) == EXIT_OK
        lines = capsys.readouterr().out.splitlines()
        assert [line.split()[-1] for line in lines if "analysed now" in line] == [expected]


def test_bad_files_are_named_and_the_rest_goes_on(
    shoot_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shoot_folder / "empty.jpg").write_bytes(b"")
    (shoot_folder / "text.jpg").write_text("this is no picture")
    whole = (shoot_folder / "A.jpg").read_bytes()
    (shoot_folder / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    (shoot_folder / "notes.txt").write_text("left out and counted")
    assert main(["cull", str(shoot_folder)]) == EXIT_SOME_FAILED
    captured = capsys.readouterr()
    for name in ("empty.jpg", "text.jpg", "cut.jpg"):
        (line,) = [line for line in captured.err.splitlines() if name in line]
        assert len(line.split(": ", 1)[1]) > 10, "a reason stands behind the name"
    assert "left out: not a photo" in captured.out
    assert "analysed now" in captured.out


def test_nothing_to_do(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert main(["cull", str(empty)]) == EXIT_NOTHING
    assert main(["cull", str(tmp_path / "missing")]) == EXIT_NOTHING


@pytest.mark.usefixtures("measured_here")
def test_copies_need_a_folder_and_hold_the_picks(shoot_folder: Path, tmp_path: Path) -> None:
    assert main(["cull", str(shoot_folder), "--export", "copy"]) == EXIT_USAGE
    out = tmp_path / "picks"
    assert main(["cull", str(shoot_folder), "--export", "copy", "--out", str(out)]) == EXIT_OK
    assert (out / "B.jpg").read_bytes() == (shoot_folder / "B.jpg").read_bytes()
    assert not (out / "A.jpg").exists()


def test_one_photo(tmp_path: Path) -> None:
    write_photo(tmp_path / "only.png", scene(1))
    assert main(["cull", str(tmp_path)]) == EXIT_OK


def test_doctor_says_which_devices_there_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cuda, directml = "CUDAExecutionProvider", "DmlExecutionProvider"
    monkeypatch.delenv(providers.WISH_VARIABLE, raising=False)
    monkeypatch.setattr(providers, "_without_device", set())
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: [cuda, directml])
    monkeypatch.setattr(doctor, "open_session", lambda *_, **__: providers.try_no_more(cuda))
    assert main(["doctor"]) == EXIT_OK
    assert "CPU, or where that is quicker Dml; not CUDA, which has no device" in capsys.readouterr().out


def test_doctor_finds_this_machine_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == EXIT_OK
    said = capsys.readouterr().out
    assert "BROKEN" not in said
    assert "efficientnet_lite0.onnx is as it was made" in said
    assert "decisions.sqlite" in said
