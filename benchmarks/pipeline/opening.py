"""How soon a large shoot is on screen, the first time, the second, and with ten photos more."""

import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from app.bootstrap import Services
from benchmarks.pipeline import made_up
from benchmarks.pipeline.machine import fresh_home, watching_memory, with_workers
from core.persistence.analysis_cache import MadeBy
from core.pipeline import events
from core.pipeline.runner import Dependencies, run
from core.pipeline.workers import EMBEDDING_VERSION, MEASURES_VERSION, measure_photo
from core.settings import Settings
from core.types import Embedding, Photo

_SCREEN = 40  # photos on the first screen of the grid
_ADDED = 10
_SMALL = 0.25  # megapixels: what is opened here is never decoded


def measure(count: int, folder: Path) -> dict[str, float]:
    """Seconds and peak memory of opening ``count`` small photos that are written into ``folder``."""
    made_up.write_shoot(folder, count, _SMALL)
    settings = Settings()
    figures: dict[str, float] = {}
    with fresh_home() as services, watching_memory() as peak:
        dependencies = with_workers(services, settings, 2)
        figures |= _first_opening(folder, settings, dependencies)
        photos = _fill(services, dependencies, folder, settings)
        again = _seconds(folder, settings, dependencies)
        figures["second opening, all grouped"] = again
        made_up.write_shoot(folder, _ADDED, _SMALL, first=count)
        figures[f"opening with {_ADDED} more"] = _seconds(folder, settings, dependencies)
        alone = made_up.write_shoot(folder.with_name("alone"), _ADDED, _SMALL, first=count)
        figures[f"those {_ADDED} alone"] = _seconds(alone, settings, dependencies)
    figures["photos"] = len(photos)
    figures["peak memory of all processes, MB"] = peak.bytes / 1e6
    return figures


def _first_opening(folder: Path, settings: Settings, dependencies: Dependencies) -> dict[str, float]:
    """From the drop of the folder to the first picture, to the first screen, and to all names and times."""
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

    run([folder], settings, dependencies, cancel, take)
    return figures


def _fill(
    services: Services, dependencies: Dependencies, folder: Path, settings: Settings
) -> tuple[Photo, ...]:
    """Keeps measures of all photos as if they had been analysed: one photo's, with a look by burst."""
    found: list[events.PhotosFound] = []
    cancel = threading.Event()

    def take(event: events.Event) -> None:
        if isinstance(event, events.PhotosFound):
            found.append(event)
        elif isinstance(event, events.ClustersUpdated):
            cancel.set()

    run([folder], settings, dependencies, cancel, take)
    photos = found[-1].photos
    models = dependencies.models
    measures = f"{models.fingerprint}/{MEASURES_VERSION}"
    made_by = MadeBy(measures, models.embedder_sha256, EMBEDDING_VERSION, models.identity_sha256)
    measured = measure_photo(photos[0], models)
    services.thumbnails.put_many((photo, measured.thumbnail or b"") for photo in photos)
    analysis, size = measured.analysis, len(measured.analysis.embedding.vector)
    random = np.random.default_rng(0)
    looks = random.normal(size=(len(photos) // 4 + 1, size)).astype(np.float32)
    services.measures.put_analyses(
        (
            (
                photo,
                replace(
                    analysis,
                    photo_id=photo.id,
                    embedding=Embedding(
                        looks[index // 4] + random.normal(scale=0.2, size=size).astype(np.float32),
                        models.embedder_sha256,
                    ),
                ),
            )
            for index, photo in enumerate(photos)
        ),
        made_by,
    )
    return photos


def _seconds(folder: Path, settings: Settings, dependencies: Dependencies) -> float:
    start = time.perf_counter()
    run([folder], settings, dependencies, threading.Event(), lambda event: None)
    return time.perf_counter() - start
