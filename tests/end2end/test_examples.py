"""The examples of ``docs/examples`` run as their page says, one after the other on a made-up shoot."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.sidecar.xmp_reader import read_packet
from core.types import Flag
from fixtures.shoots import write_shoot

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs" / "examples"
Example = Callable[..., list[str]]


@pytest.fixture(scope="module")
def shoot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all examples, which only read it: the first measures it, the others are given what it kept."""
    folder = tmp_path_factory.mktemp("examples") / "shoot"
    write_shoot(folder)
    return folder


@pytest.fixture
def example(shoot: Path) -> Example:
    kept = shoot.parent / "measures"

    def run(name: str, *more: Path) -> list[str]:
        command: list[str | Path] = [sys.executable, "-m", f"docs.examples.{name}", shoot, kept, *more]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
        return done.stdout.splitlines()

    return run


def test_measure_tells_every_photo_s_measures(example: Example) -> None:
    said = {line.partition(":")[0]: line for line in example("measure")}
    assert sorted(said) == [f"{letter}.jpg" for letter in "ABCDEFGHIJKLM"]
    assert "faces 1" in said["F.jpg"]
    assert "faces 0" in said["A.jpg"]


def test_group_tells_bursts_and_brackets(example: Example) -> None:
    said = [line.strip() for line in example("group")]
    assert "burst: A.jpg B.jpg C.jpg" in said
    assert "bracket: I.jpg J.jpg K.jpg" in said
    assert "single: L.jpg" in said


def test_pick_tells_the_best_frame_and_why(example: Example) -> None:
    said = example("pick")
    assert len(said) == 3, "one a burst"
    assert re.fullmatch(r"B\.jpg \((clear|leaning|close)\): .*Sharpest of 3.*", said[0])


def test_export_writes_sidecars_and_a_list(example: Example, shoot: Path, tmp_path: Path) -> None:
    before = sorted(path.name for path in shoot.iterdir())
    out = tmp_path / "out"
    example("export", out)
    flags = {path.stem: read_packet(path.read_bytes()).flag for path in out.glob("*.xmp")}
    assert (flags["B"], flags["A"], flags["C"]) == (Flag.PICK, Flag.REJECT, Flag.REJECT)
    assert str(shoot / "B.jpg") in (out / "shortlist-paths.txt").read_text().splitlines()
    assert sorted(path.name for path in shoot.iterdir()) == before, "the photos' folder is only read"


def test_every_example_is_on_the_page_and_the_page_s_scripts_are_there() -> None:
    told = set(re.findall(r"docs\.examples\.(\w+)", (EXAMPLES / "README.md").read_text("utf-8")))
    assert told == {path.stem for path in EXAMPLES.glob("*.py")} - {"engine"}
