"""Files made or damaged to bring their readers down: none crashes, hangs or swells the program itself."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fixtures.hostile import hostile_files
from fixtures.real_photos import PHOTOS
from fixtures.seeds import seed

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="bounds memory as Linux does")


def fuzzed(out: Path, *arguments: str) -> dict[str, Any]:
    """Runs ``fixtures.fuzz`` apart from this process; see there."""
    done = subprocess.run(
        [sys.executable, "-m", "fixtures.fuzz", *arguments, "--out", str(out)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests")))},
        capture_output=True,
        text=True,
        check=True,
    )
    outcome: dict[str, Any] = json.loads(done.stdout)
    return outcome


def test_files_made_to_do_harm_are_refused_or_read(tmp_path: Path, counts: Any) -> None:
    given = tmp_path / "given"
    given.mkdir()
    for name, data in hostile_files().items():
        (given / name).write_bytes(data)
    outcome = fuzzed(tmp_path / "out", "--given", str(given))
    counts.add(tried=outcome["tried"], steps=outcome["steps"], contained=len(outcome["crashes"]))
    assert not outcome["findings"]
    assert not outcome["crashes"], "decoders take these; what crashes them is left to the next test"


def test_files_damaged_by_chance_are_refused_or_read(tmp_path: Path, is_long: bool, counts: Any) -> None:
    begin = seed()
    folders = [PHOTOS / name for name in ("formats", "xmp_sidecars") if is_long and (PHOTOS / name).is_dir()]
    how = ["--cases", "100000" if is_long else "200", "--seed", str(begin), "--from", *map(str, folders)]
    outcome = fuzzed(tmp_path / "out", *how)
    print(f"\n{outcome['steps']:,} readings of {outcome['tried']:,} files, {outcome['refused']:,} refused")
    counts.add(tried=outcome["tried"], steps=outcome["steps"], contained=len(outcome["crashes"]))
    assert not outcome["findings"], f"seed {begin}; see python -m fixtures.fuzz --only"
