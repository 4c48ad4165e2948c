"""What the benchmarks run on: a home of their own, and an eye on memory."""

import os
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psutil

from app.bootstrap import Services, local_workers, open_services
from app.paths import places
from core.pipeline.context import Dependencies
from core.settings import Settings

_LOOK_EVERY = 0.1  # seconds


@contextmanager
def fresh_home() -> Iterator[Services]:
    """Open empty caches, thrown away afterwards; the user's own are never touched."""
    former = os.environ.get("SHORTLIST_HOME")
    with tempfile.TemporaryDirectory() as home:
        os.environ["SHORTLIST_HOME"] = home
        try:
            with open_services(places()) as services:
                yield services
        finally:
            if former is None:
                del os.environ["SHORTLIST_HOME"]
            else:
                os.environ["SHORTLIST_HOME"] = former


def with_workers(services: Services, settings: Settings, workers: int) -> Dependencies:
    """Return the program's own parts, on so many workers."""
    dependencies = services.dependencies(settings)
    return replace(
        dependencies,
        pool=lambda: local_workers(workers, settings, dependencies.models),
        in_flight=2 * workers,
    )


@dataclass
class Peak:
    """What watching saw, and what it cost.

    Attributes:
        bytes: the most memory, over this process and its children.
        watching: seconds of the processor that looking took: a hundredth of a second each time, for a large process.
    """

    bytes: int = 0
    watching: float = 0.0


@contextmanager
def watching_memory() -> Iterator[Peak]:
    """Sum the memory of all processes ten times a second; pages they share count once, where the system tells."""
    peak, over = Peak(), threading.Event()
    this = psutil.Process()

    def look() -> None:
        while not over.wait(_LOOK_EVERY):
            peak.bytes = max(peak.bytes, sum(map(_resident, [this, *this.children(recursive=True)])))
            peak.watching = time.thread_time()

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield peak
    finally:
        over.set()
        thread.join()


def _resident(process: psutil.Process) -> int:
    try:
        whole = process.memory_full_info() if sys.platform == "linux" else process.memory_info()
        return int(getattr(whole, "pss", whole.rss))
    except psutil.Error:  # ended in the meantime
        return 0


def processor_seconds(*, children_only: bool = False) -> float:
    """Return the processor time of this process and of those it started that have ended.

    The clock's time depends on other programs.
    """
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = children.ru_utime + children.ru_stime
    return used if children_only else used + time.process_time()


def photos_in(folder: Path) -> list[Path]:
    """Return the files of a shoot, in order of name."""
    return sorted(path for path in folder.rglob("*") if path.is_file())
