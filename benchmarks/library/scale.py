"""What a library of a hundred thousand frames costs: to open, to search, in memory."""

import os
import resource
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.all_shoots import search_all_shoots
from app.bootstrap import open_services
from app.paths import places
from core.cancelling import never
from core.library.heads import fit, heads_of, unit
from core.library.library import ShootLibrary
from core.looks.looks import find_looks
from core.persistence.analysis_cache import AnalysisCache
from core.persistence.library_rows import KnownFrame
from core.persistence.library_store import LibraryStore
from core.persistence.made_by import MadeBy
from core.pipeline.all_looks import find_all_looks
from core.shoot.query import parse
from core.types import Photo, PhotoId, Shot, TimeSource, WrittenWords

MADE_BY = MadeBy("measures", "weights")
_BATCH = 5000
_WIDTH = 1280
_SEARCHES = 40
_COUNT = 50


def made_up(frames: int, seed: int) -> NDArray[np.float32]:
    """Return looks of bursts within scenes whose directions fall off as those of real looks; shape (frames, 1280)."""
    random = np.random.default_rng(seed)
    spread = np.arange(1, _WIDTH + 1, dtype=np.float32) ** -0.7
    scenes = np.random.default_rng(0).normal(size=(4000, _WIDTH)).astype(np.float32)
    chosen = scenes[random.integers(0, len(scenes), frames)]
    chosen = chosen + 0.6 * random.normal(size=chosen.shape).astype(np.float32)
    looks: NDArray[np.float32] = (chosen * spread + 0.15).astype(np.float32)
    return looks


def make(path: Path, frames: int) -> None:
    """Write a library of made-up frames."""
    store = LibraryStore.open(path)
    embedder = store.new_embedder(MADE_BY.embedder_sha256, MADE_BY.embedding_version)
    basis = fit(unit(made_up(4096, 1)))
    for start in range(0, frames, _BATCH):
        looks = unit(made_up(min(_BATCH, frames - start), 2 + start))
        known = [_frame(path.parent, start + number) for number in range(len(looks))]
        store.put(known, looks, heads_of(looks, basis), embedder)
        if not start:
            store.put_basis(embedder, basis, 4096, np.empty(0, np.int64), np.empty((0, 0), np.float32))
    store.close()


def measure(frames: int) -> tuple[dict[str, float], dict[str, tuple[float, ...]]]:
    """Return seconds and bytes, and what ``ask`` prints of each query.

    It is opened and searched in a process of its own, so that its memory is its own.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "library.sqlite"
        start = time.perf_counter()
        make(path, frames)
        made = time.perf_counter() - start
        code = f"from benchmarks.library.scale import search; from pathlib import Path; search(Path({str(path)!r}))"
        printed = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout
        figures = dict(
            zip(("load", "search", "slowest", "memory", "right"), map(float, printed.split()), strict=True)
        )
        code = f"from benchmarks.library.scale import ask; ask({frames})"
        home = {**os.environ, "SHORTLIST_HOME": folder}
        printed = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=home
        ).stdout
        asked = {
            text: tuple(map(float, line.split()))
            for text, line in zip(ASKED, printed.splitlines(), strict=True)
        }
        return {"made": made, "on disk": float(path.stat().st_size), **figures}, asked


def sort_by_look(frames: int) -> dict[str, float]:
    """Return the seconds by the clock that the looks of everything known take, found and remembered."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "library.sqlite"
        make(path, frames)
        store, cache = LibraryStore.open(path), AnalysisCache.open(Path(folder) / "measures.sqlite")
        start = time.perf_counter()
        find_all_looks(store, MADE_BY, cache)
        found = time.perf_counter() - start
        start = time.perf_counter()
        again = find_all_looks(store, MADE_BY, cache)
        find_looks(again.tree, tuple(again.numbers), {}, 0.5)
        remembered = time.perf_counter() - start
        store.close()
        cache.close()
    return {"frames": float(len(again.numbers)), "found": found, "again": remembered}


ASKED = ("name:img_012345", "keyword:rare", "lens:85 -rare", "cat", "dog", "people:3 after:2020-01-01")


def ask(frames: int) -> None:
    """Print for each query the seconds to the first photos and to all of them, and how many were found."""
    with open_services(places()) as services:
        assert services.library.file.count() == frames
        for text in ASKED:
            start, first, found = time.perf_counter(), 0.0, 0
            for hits in search_all_shoots(parse(text), services, never):
                found += len(hits)
                first = first or (time.perf_counter() - start if hits else 0.0)
            whole = time.perf_counter() - start
            print(first or whole, whole, found)


def search(path: Path) -> None:
    """Print seconds to load, of a search in the median and at worst, peak bytes, and the share of right answers."""
    library = ShootLibrary(path)
    asked = made_up(_SEARCHES, 77)
    start = time.perf_counter()
    library.turn_on()
    library.numbers_near(asked[0], MADE_BY, _COUNT)
    load = time.perf_counter() - start
    times, found = [], []
    for look in asked:
        start = time.perf_counter()
        numbers, _ = library.numbers_near(look, MADE_BY, _COUNT)
        library.file.frames(numbers.tolist())
        times.append(time.perf_counter() - start)
        found.append(set(numbers.tolist()))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    right = _share_right(library.file, asked, found)
    library.close()
    print(load, sorted(times)[len(times) // 2], max(times), memory, right)


def _share_right(store: LibraryStore, asked: NDArray[np.float32], found: list[set[int]]) -> float:
    """Compare with all looks, one after the other."""
    embedder = store.embedder(MADE_BY.embedder_sha256, MADE_BY.embedding_version)
    numbers, looks = store.looks(embedder)
    cosines = unit(asked) @ looks.T
    nearest: Any = np.argpartition(-cosines, _COUNT, axis=1)[:, :_COUNT]
    shares = [
        len(set(numbers[row].tolist()) & mine) / _COUNT for row, mine in zip(nearest, found, strict=True)
    ]
    return float(np.mean(shares))


def _frame(folder: Path, number: int) -> KnownFrame:
    path = folder / f"shoot{number // 1000:04}" / f"IMG_{number:06}.JPG"
    photo = Photo(
        PhotoId(str(number)),
        path,
        taken_at=datetime(2019, 1, 1) + timedelta(minutes=30 * number),
        time_source=TimeSource.EXIF,
        camera_name="Canon EOS R5",
        content=f"{number:032x}",
        shot=Shot(focal_length=(35.0, 50.0, 85.0, 200.0)[number % 4], lens="RF24-105mm F4 L IS USM"),
        words=WrittenWords(("wedding", "vienna", *(["rare"] if number % 997 == 0 else [])), ("First dance",)),
    )
    things = ("dog",) if number % 10 == 0 else ("flower",) if number % 3 else ()
    return KnownFrame(0, photo, path.parent, folder, 6000, 4000, 3.0, number, number % 5, things)
