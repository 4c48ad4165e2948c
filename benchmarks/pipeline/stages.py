"""Where a worker's time goes, in milliseconds a photo: what Python's profiler sees under ``measure_photo``.

Processor time, not the clock's: other programs slow the clock's down, but not the work.
"""

import cProfile
import pickle
import pstats
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.pipeline.throughput import decode_only
from core.cancelling import never
from core.ingest.exif_reader import read_metadata
from core.ingest.scanner import scan
from core.pipeline import workers
from core.pipeline.pool import WorkerPool
from core.types import Photo
from models.local import LocalModels

_TIMEOUT = 3600.0  # seconds for all photos together
_SAID = {("sharpness", "__init__"): "sharpness: SharpnessMap"}  # a profiler lists a class by its __init__
_WITHIN = {  # what the longest stage is made of, by module and function
    ("face_search", "detect"): "  faces found",
    ("face_landmarker", "read"): "  eyes and smiles read",
    ("face_identity", "embed"): "  people told apart",
}
_LEAST = 0.05  # milliseconds; less is not shown


def measure(folder: Path) -> dict[str, float]:
    """Return the milliseconds a photo by the functions that ``measure_photo`` calls, in a worker of the program."""
    pool = WorkerPool(1, _TIMEOUT)
    try:
        figures: dict[str, float] = pool.submit(_measured, _photos(folder)).result()
        return figures
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _measured(photos: Sequence[Photo]) -> dict[str, float]:
    factory = LocalModels()
    for photo in photos[:2]:  # loads the models and allocates the memory
        measured = workers.measure_photo(photo, factory)
    whole = _milliseconds(lambda photo: workers.measure_photo(photo, factory), photos)
    profile = cProfile.Profile(time.process_time)
    profile.enable()
    for photo in photos:
        workers.measure_photo(photo, factory)
    profile.disable()
    decoding = _milliseconds(lambda photo: decode_only(photo.path), photos)
    travelling = _milliseconds(lambda _: pickle.loads(pickle.dumps(measured)), photos)
    return {
        "whole": whole,
        **_stages(profile, len(photos)),
        "decode only": decoding,
        "decode only / whole": decoding / whole,
        "result pickled and back": travelling,
    }


def _milliseconds(work: Callable[[Photo], object], photos: Sequence[Photo]) -> float:
    start = time.process_time()
    for photo in photos:
        work(photo)
    return 1000 * (time.process_time() - start) / len(photos)


def _stages(profile: cProfile.Profile, photos: int) -> dict[str, float]:
    """Return the cumulative time of each function that ``measure_photo`` itself calls, longest first, and of faces."""
    table: dict[Any, Any] = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    called, within = {}, {}
    for (file, _, name), (_, _, _, cumulative, callers) in table.items():
        module = Path(file).stem
        if (module, name) in _WITHIN:
            within[_WITHIN[module, name]] = 1000 * cumulative / photos
        for caller, spent in callers.items():
            if caller[2] == workers.measure_photo.__name__:
                called[_SAID.get((module, name), f"{module}: {name}")] = 1000 * spent[3] / photos
    longest_first = sorted(called.items(), key=lambda pair: -pair[1])
    return {stage: spent for stage, spent in longest_first if spent >= _LEAST} | within


def _photos(folder: Path) -> Sequence[Photo]:
    found = scan([folder], recursive=True, cancelled=never)
    return [read_metadata(file).photo for file in found.files if not file.is_film]
