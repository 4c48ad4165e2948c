"""How soon a large shoot is on screen, the first time, the second, and with ten photos more."""

import shutil
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from app.bootstrap import Services
from app.cli.headless import collecting_seldom
from benchmarks.pipeline import made_up
from benchmarks.pipeline.machine import (
    Peak,
    fresh_home,
    photos_in,
    processor_seconds,
    watching_memory,
    with_workers,
)
from core.cancelling import never
from core.ingest.scanner import scan
from core.pipeline import events
from core.pipeline.context import Dependencies
from core.pipeline.runner import made_by, run
from core.pipeline.workers import measure_photo
from core.settings import Settings
from core.types import Embedding, Photo

_SCREEN = 40  # photos on the first screen of the grid
_ADDED = 10
_DIFFERENT = 20  # bursts that are measured; the others are given the measures of these
_SMALL = 0.25  # megapixels: most of what is opened here is never decoded
_MORE, _ALONE = f"opening with {_ADDED} more", f"those {_ADDED} alone"
_A_FOLDER = 5000  # files of one folder, at a camera's most


def measure(count: int, folder: Path, added_megapixels: float = 24, workers: int = 2) -> dict[str, float]:
    """Return seconds and peak memory of opening ``count`` small photos written into ``folder``, and then a few more.

    The peak is of the runs after the first reading, ten large photos measured by the workers among them. Those ten
    are measured alone before and after, for the first run always pays for what later ones find in memory.
    """
    made_up.write_shoot(folder, count, _SMALL)
    settings = Settings()
    figures: dict[str, float] = {}
    with fresh_home() as services, collecting_seldom():
        dependencies = replace(with_workers(services, settings, workers), regroups=False)
        figures |= _first_opening(folder, settings, dependencies)
        photos = _fill(services, dependencies, folder, settings)
        more = made_up.write_shoot(folder.with_name("more"), _ADDED, added_megapixels, first=count)
        again = Path(shutil.copytree(more, folder.with_name("more again")))
        with watching_memory() as peak:

            def timed(what: str, folder: Path) -> dict[str, float]:
                return _timed(what, folder, settings, dependencies, peak)

            figures |= timed("grouped for the first time", folder)
            figures |= timed("second opening", folder)
            before = timed(_ALONE, more)
            for file in photos_in(more):
                shutil.copy(file, folder)
            figures |= timed(_MORE, folder)
            figures |= {what: (before[what] + after) / 2 for what, after in timed(_ALONE, again).items()}
    used = {what: figures[f"{what}, s of processor"] for what in ("second opening", _MORE, _ALONE)}
    figures[f"{_ADDED} more / those alone"] = used[_MORE] / used[_ALONE]
    figures["the same without opening"] = (used[_MORE] - used["second opening"]) / used[_ALONE]
    figures["photos"] = len(photos)
    figures["peak memory of all processes, MB"] = peak.bytes / 1e6
    return figures


def scanning(count: int, folder: Path) -> dict[str, float]:
    """Return the seconds until so many files in folders of 5,000, half of them RAWs, are listed and paired by name."""
    for number in range(count):
        subfolder = folder / f"{number // _A_FOLDER:04}"
        if number % _A_FOLDER == 0:
            subfolder.mkdir(parents=True)
        name = f"MADE{number // 2:06}.{'JPG' if number % 2 else 'CR2'}"
        (subfolder / name).touch()
    start, processor = time.perf_counter(), time.process_time()
    found = scan([folder], recursive=True, cancelled=never)
    return {
        "files": len(found.files),
        "scan, s": time.perf_counter() - start,
        "scan, s of processor": time.process_time() - processor,
    }


def _first_opening(folder: Path, settings: Settings, dependencies: Dependencies) -> dict[str, float]:
    """Time the drop of the folder to the first picture, to the first screen, and to all names and times."""
    figures: dict[str, float] = {}
    shown = 0
    cancel = threading.Event()
    start = time.perf_counter()

    def take(event: events.Event) -> None:
        nonlocal shown
        now = time.perf_counter() - start
        if isinstance(event, events.PreviewsReady):
            shown += len(event.previews)
            figures.setdefault("first preview", now)
            if shown >= _SCREEN:
                figures.setdefault("first screen", now)
        elif isinstance(event, events.ClustersUpdated):
            figures.setdefault("all read and grouped by time", now)
            cancel.set()  # the analysis is another benchmark's

    run([folder], settings, dependencies, cancel.is_set, take)
    return figures


def _fill(
    services: Services, dependencies: Dependencies, folder: Path, settings: Settings
) -> tuple[Photo, ...]:
    """Keep measures of all photos as if they had been analysed: those of a few, with a look by burst."""
    found: list[events.PhotosFound] = []
    cancel = threading.Event()

    def take(event: events.Event) -> None:
        if isinstance(event, events.PhotosFound):
            found.append(event)
        elif isinstance(event, events.ClustersUpdated):
            cancel.set()

    run([folder], settings, dependencies, cancel.is_set, take)
    assert dependencies.pool is not None
    photos = found[-1].photos
    models = dependencies.models
    made = made_by(models)
    firsts = photos[:: len(photos) // min(_DIFFERENT, len(photos) // 4)]
    pool = dependencies.pool()
    try:  # in a worker, so that this process stays as small as the program's own
        bursts = [pool.submit(measure_photo, photo, models).result() for photo in firsts]
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    measured = [bursts[index // 4 % len(bursts)] for index in range(len(photos))]
    services.thumbnails.put_many(
        (photo, each.thumbnail or b"") for photo, each in zip(photos, measured, strict=True)
    )
    size = len(measured[0].analysis.embedding.vector)
    random = np.random.default_rng(0)
    looks = random.normal(size=(len(photos) // 4 + 1, size)).astype(np.float32)
    services.measures.put_analyses(
        (
            (
                photo,
                replace(
                    measured[index].analysis,
                    photo_id=photo.id,
                    embedding=Embedding(
                        looks[index // 4] + random.normal(scale=0.2, size=size).astype(np.float32),
                        models.embedder_sha256,
                    ),
                ),
            )
            for index, photo in enumerate(photos)
        ),
        made,
    )
    return photos


def _timed(
    what: str, folder: Path, settings: Settings, dependencies: Dependencies, peak: Peak
) -> dict[str, float]:
    """Return the seconds of one run until all is shown: by the clock, and of the processor over all processes."""
    start, processor = time.perf_counter(), processor_seconds() - peak.watching
    run([folder], settings, dependencies, never, lambda _event: None)
    return {
        f"{what}, s": time.perf_counter() - start,
        f"{what}, s of processor": processor_seconds() - peak.watching - processor,
    }
