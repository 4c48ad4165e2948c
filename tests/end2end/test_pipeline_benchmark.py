"""The benchmark's made-up shoots are what cameras write, and its figures are those of the real pipeline."""

import sys
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import rawpy

from benchmarks.pipeline import made_up, opening, others, stages, throughput
from core.cancelling import never
from core.ingest.decoder import decode
from core.ingest.exif_reader import read_metadata
from core.ingest.formats import Kind, kind_of
from core.ingest.scanner import scan
from core.types import TimeSource


@pytest.mark.parametrize("suffix", [".jpg", ".heic", ".dng"])
def test_made_up_photos_have_times_and_small_pictures(tmp_path: Path, suffix: str) -> None:
    made_up.write_shoot(tmp_path / "shoot", 6, 0.1, suffix)
    found = scan([tmp_path / "shoot"], recursive=True, cancelled=never)
    reads = [read_metadata(file) for file in found.files]
    start = datetime(2025, 6, 14, 9)
    assert [read.photo.taken_at for read in reads] == [
        start + timedelta(seconds=seconds) for seconds in (0, 0, 1, 1, 90, 90)
    ]
    assert {read.photo.time_source for read in reads} == {TimeSource.EXIF}
    assert {read.photo.camera for read in reads} == {"Made Up 1"}
    assert all(read.preview for read in reads)


def test_a_made_up_raw_is_one_for_all_who_read_it(tmp_path: Path) -> None:
    (path,) = made_up.write_shoot(tmp_path, 1, 2, ".dng").iterdir()
    taken = made_up.picture(2, 0)
    assert kind_of(path) is Kind.RAW
    with rawpy.imread(str(path)) as raw:
        sensor = raw.postprocess(half_size=True, use_camera_wb=True, no_auto_bright=True, gamma=(2.2, 0))
    for way, pixels in (("preview", decode(path).rgb[::2, ::2]), ("sensor", sensor)):
        difference = pixels.astype(np.float64) - taken[::2, ::2]
        assert np.abs(difference).mean() < 8, way  # the grain's halves of sides differ by as much
    (jpeg,) = made_up.write_shoot(tmp_path / "jpeg", 1, 2).iterdir()
    assert (decode(path).rgb == decode(jpeg).rgb).all()
    assert throughput.decode_only(path) == decode(path).rgb.shape == taken.shape


def test_opening_is_measured_on_all_photos(tmp_path: Path) -> None:
    figures = opening.measure(48, tmp_path / "many", added_megapixels=0.25, workers=1)
    assert figures["photos"] == 48
    more, alone = (figures[f"{what}, s of processor"] for what in ("opening with 10 more", "those 10 alone"))
    assert figures["10 more / those alone"] == pytest.approx(more / alone)
    assert min(alone, more, figures["second opening, s of processor"]) > 0
    assert 0 < figures["first preview"] <= figures["first screen"] <= figures["all read and grouped by time"]
    assert figures["peak memory of all processes, MB"] > 50


def test_the_scan_lists_every_file(tmp_path: Path) -> None:
    figures = opening.scanning(120, tmp_path)
    assert figures["files"] == 120
    assert figures["scan, s"] > 0


def test_other_programs_are_asked_in_their_own_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = "import os, sys; print(len(os.listdir(sys.argv[1])), os.environ['HOME'])"
    program = others.Program(
        "a count",
        lambda python, folder, out, workers: [str(python), "-c", counts, str(folder)],
        lambda said, out: int(said.split()[0]) if said.split()[1] == str(out.parent) else 0,
    )
    monkeypatch.setattr(others, "PROGRAMS", {"shortlist": program, "counter": program})
    shoot = made_up.write_shoot(tmp_path / "shoot", 3, 0.1)
    figures = others.measure(shoot, tmp_path / "scratch", {"counter": Path(sys.executable)})
    assert list(figures) == [
        f"{name}{what}"
        for name in ("shortlist", "counter")
        for what in (", photos/s (a count)", ", ms of processor a photo")
    ]
    assert all(value > 0 for value in figures.values())
    assert sorted(path.name for path in shoot.iterdir()) == [f"MADE{number:06}.jpg" for number in range(3)]


def test_a_program_that_fails_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = others.Program(
        "nothing", lambda python, *_: [str(python), "-c", "raise SystemExit(3)"], lambda said, out: len(said)
    )
    monkeypatch.setattr(others, "PROGRAMS", {"shortlist": broken})
    with pytest.raises(RuntimeError, match="failed"):
        others.measure(made_up.write_shoot(tmp_path / "shoot", 1, 0.1), tmp_path / "scratch", {})


def test_the_stages_add_up_to_the_whole(tmp_path: Path) -> None:
    figures = stages.measure(made_up.write_shoot(tmp_path, 4, 2))
    others = {"whole", "decode only", "decode only / whole", "result pickled and back"}
    parts = sum(value for name, value in figures.items() if name not in others and name[0] != " ")
    assert {"frame: decode_frame", "faces: find_faces", "layout: measure", "  faces found"} <= figures.keys()
    assert figures["  faces found"] < figures["faces: find_faces"]
    assert figures["whole"] / 2 < parts < 2 * figures["whole"]
    assert figures["decode only / whole"] == pytest.approx(figures["decode only"] / figures["whole"])
