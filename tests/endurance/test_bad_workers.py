"""A worker that crashes, hangs or wants all memory costs the photo it was at, by name; the rest goes on."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.bootstrap import open_services
from app.paths import places
from core.cancelling import never
from core.pipeline.pool import WorkerPool
from core.pipeline.runner import run
from core.settings import Settings
from core.shoot.shoot import Shoot
from fixtures.bad_models import CRASHES, FINE, HANGS, SWELLS, BadModels
from fixtures.shoots import write_photo

REASONS = {CRASHES: "crashed", HANGS: "took too long", SWELLS: "not enough memory"}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps a process to its bound of memory")
def test_bad_files_in_a_row_cost_themselves_alone(tmp_path: Path, is_long: bool, counts: Any) -> None:
    row = [FINE, CRASHES, CRASHES, CRASHES, SWELLS, FINE]
    if is_long:  # what hangs costs as long as it is waited for
        row = [*row * 5, HANGS, HANGS, HANGS, FINE]
    for number, colour in enumerate(row):
        write_photo(tmp_path / f"{number:03}.jpg", np.full((48, 64, 3), colour, np.uint8))
    shoot = Shoot()
    with open_services(places()) as services:
        settings = Settings(identity=False)
        dependencies = replace(
            services.dependencies(settings),
            models=BadModels(),
            pool=lambda: WorkerPool(workers=2, timeout=20.0),
        )
        run([tmp_path], settings, dependencies, never, shoot.apply)
    failed = {failure.path.name: failure.reason for failure in shoot.failures}
    expected = {f"{number:03}.jpg": REASONS[colour] for number, colour in enumerate(row) if colour != FINE}
    assert failed.keys() == expected.keys()
    assert all(words in failed[name] for name, words in expected.items())
    assert len(shoot.analyses) == row.count(FINE)
    counts.add(tried=len(row), contained=len(failed), survived=len(shoot.analyses))
