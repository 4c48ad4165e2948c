"""Where a worker's time goes, in milliseconds a photo: what Python's profiler sees under ``measure_photo``.

Processor time, not the clock's: other programs slow the clock's down, but not the work.
"""

import cProfile
import pickle
import pstats
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.pipeline.throughput import decode_only
from core.ingest.exif_reader import read_metadata
from core.ingest.scanner import scan
from core.pipeline import workers
from core.types import Photo
from models.local import LocalModels

_SAID = {"__init__": "SharpnessMap"}  # a profiler knows classes by their making


def measure(folder: Path) -> dict[str, float]:
    """Milliseconds a photo by the functions that ``measure_photo`` calls, and for the way between processes."""
    photos = _photos(folder)
    factory = LocalModels()
    measured = workers.measure_photo(photos[0], factory)  # loads the models
    profile = cProfile.Profile(time.process_time)
    start = time.process_time()
    profile.enable()
    for photo in photos:
        measured = workers.measure_photo(photo, factory)
    profile.disable()
    whole = 1000 * (time.process_time() - start) / len(photos)
    figures = {"whole": whole, **_callees(profile, len(photos))}
    start = time.process_time()
    for photo in photos:
        decode_only(photo.path)
    figures["decode only"] = 1000 * (time.process_time() - start) / len(photos)
    figures["decode only / whole"] = figures["decode only"] / whole
    start = time.process_time()
    for _ in range(100):
        pickle.loads(pickle.dumps(measured))
    figures["result pickled and back"] = 10 * (time.process_time() - start)
    return figures


def _callees(profile: cProfile.Profile, photos: int) -> dict[str, float]:
    """Cumulative time of each function called by ``measure_photo`` itself, longest first."""
    table: dict[Any, Any] = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    found = {
        _SAID.get(name, name): 1000 * callers[caller][3] / photos
        for (_, _, name), (_, _, _, _, callers) in table.items()
        for caller in callers
        if caller[2] == workers.measure_photo.__name__
    }
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def _photos(folder: Path) -> Sequence[Photo]:
    found = scan([folder], recursive=True, cancelled=lambda: False)
    return [read_metadata(file).photo for file in found.files if not file.is_companion_only]
