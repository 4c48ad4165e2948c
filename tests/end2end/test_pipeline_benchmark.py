"""The benchmark's made-up shoots are what cameras write, and its figures are those of the real pipeline."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.pipeline import made_up, opening, stages
from core.ingest.exif_reader import read_metadata
from core.ingest.scanner import scan
from core.types import TimeSource


def test_made_up_photos_have_times_and_small_pictures(tmp_path: Path) -> None:
    made_up.write_shoot(tmp_path / "shoot", 6, 0.1)
    found = scan([tmp_path / "shoot"], recursive=True, cancelled=lambda: False)
    reads = [read_metadata(file) for file in found.files]
    start = datetime(2025, 6, 14, 9)
    assert [read.photo.taken_at for read in reads] == [
        start + timedelta(seconds=seconds) for seconds in (0, 0, 1, 1, 90, 90)
    ]
    assert {read.photo.time_source for read in reads} == {TimeSource.EXIF}
    assert {read.photo.camera for read in reads} == {"Made Up 1"}
    assert all(read.preview for read in reads)


def test_opening_is_measured_on_all_photos(tmp_path: Path) -> None:
    figures = opening.measure(48, tmp_path / "many")
    assert figures["photos"] == 48
    assert 0 < figures["first preview"] <= figures["first screen"] <= figures["all read and grouped by time"]
    assert figures["peak memory of all processes, MB"] > 50


def test_the_stages_add_up_to_the_whole(tmp_path: Path) -> None:
    figures = stages.measure(made_up.write_shoot(tmp_path, 4, 2))
    others = {"whole", "decode only", "decode only / whole", "result pickled and back"}
    parts = sum(value for name, value in figures.items() if name not in others)
    assert {"decode", "find_faces", "_embed"} <= figures.keys()
    assert figures["whole"] / 2 < parts < 1.1 * figures["whole"]
    assert figures["decode only / whole"] == pytest.approx(figures["decode only"] / figures["whole"])
