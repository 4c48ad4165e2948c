"""Photos a second of the whole analysis, beside what the fastest decoder alone does in the same processes."""

import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, wait
from pathlib import Path

import numpy as np
import pillow_heif
import rawpy
import simplejpeg
from numpy.typing import NDArray

from benchmarks.pipeline.machine import fresh_home, photos_in, watching_memory, with_workers
from core.cancelling import never
from core.ingest.decoder import decode
from core.ingest.formats import Kind, kind_of
from core.ingest.jpeg_segments import frame_size, is_lossless
from core.ingest.raw_pictures import raw_pictures
from core.pipeline import events
from core.pipeline.pool import WorkerPool
from core.pipeline.runner import run
from core.settings import Settings

_TIMEOUT = 120.0  # seconds a photo
_ROUNDS = 3


def decode_only(path: Path) -> tuple[int, ...]:
    """Decode a file to full-size RGB and throw it away, of a RAW its largest preview; return its shape."""
    is_raw = kind_of(path) is Kind.RAW
    if is_raw or path.suffix.lower() in (".jpg", ".jpeg"):
        data = _raw_preview(path) if is_raw else path.read_bytes()
        decoded: NDArray[np.uint8] = simplejpeg.decode_jpeg(data, fastdct=True, fastupsample=True)
        return decoded.shape
    if path.suffix.lower() == ".heic":
        return pillow_heif.open_heif(path).to_pillow().size
    return decode(path).rgb.shape


def _raw_preview(path: Path) -> bytes:
    """Read the largest JPEG in a RAW, straight from the file where its directories tell the place, else by LibRaw."""
    with path.open("rb") as stream:
        pictures = [picture for picture in raw_pictures(stream).shown if picture.is_jpeg]
        for picture in sorted(pictures, key=lambda each: -each.length):
            stream.seek(picture.offset)
            data = stream.read(picture.length)
            if all(frame_size(data)) and not is_lossless(data):
                return data
    with rawpy.imread(str(path)) as raw:
        return bytes(raw.extract_thumb().data)


def decoding_rate(paths: Sequence[Path], workers: int) -> float:
    """Return the photos a second of ``decode_only``, the start of the processes not counted."""
    pool = WorkerPool(workers, _TIMEOUT)
    try:
        _all(pool, decode_only, paths[: 2 * workers])
        start = time.perf_counter()
        _all(pool, decode_only, paths)
        return len(paths) / (time.perf_counter() - start)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def analysis(folder: Path, workers: int) -> dict[str, float]:
    """Time the whole job on a folder never seen before.

    Returns:
        Photos a second from the first measured batch to the last, seconds to the first and to the end, and the
        peak memory of all processes in megabytes.
    """
    arrivals: list[tuple[float, int]] = []
    start = time.perf_counter()

    def take(event: events.Event) -> None:
        if isinstance(event, events.PhotosAnalyzed):
            arrivals.append((time.perf_counter() - start, len(event.analyses)))

    settings = Settings()
    with fresh_home() as services, watching_memory() as peak:
        dependencies = with_workers(services, settings, workers)
        run([folder], settings, dependencies, never, take)
        seconds = time.perf_counter() - start
    (first, at_first), (last, _) = arrivals[0], arrivals[-1]
    later = sum(count for _, count in arrivals) - at_first
    return {
        "rate": later / (last - first),
        "first after s": first,
        "whole run s": seconds,
        "peak MB": peak.bytes / 1e6,
    }


def measure(folder: Path, workers: Sequence[int] = (1, 2)) -> dict[str, float]:
    """Return rates and their ratios, the medians of several rounds; on a noisy machine one round tells little.

    In each round decoding and analysis take turns, so that a busy moment is unfair to neither.
    """
    paths = photos_in(folder)
    rounds = [_round(folder, paths, workers) for _ in range(_ROUNDS)]
    return {"photos": len(paths)} | {
        what: statistics.median(figures[what] for figures in rounds) for what in rounds[0]
    }


def _round(folder: Path, paths: Sequence[Path], workers: Sequence[int]) -> dict[str, float]:
    figures: dict[str, float] = {}
    for count in workers:
        before = decoding_rate(paths, count)
        whole = analysis(folder, count)
        decoding = (before + decoding_rate(paths, count)) / 2
        figures |= {
            f"decode only, {count} workers, photos/s": decoding,
            f"analysis, {count} workers, photos/s": whole["rate"],
            f"analysis / decode only, {count} workers": whole["rate"] / decoding,
            f"first photo analysed after s, {count} workers": whole["first after s"],
            f"peak memory of all processes, {count} workers, MB": whole["peak MB"],
        }
    one, two = (figures[f"analysis, {count} workers, photos/s"] for count in (workers[0], workers[-1]))
    figures[f"{workers[-1]} workers / {workers[0]}"] = two / one
    return figures


def _all(pool: Executor, work: Callable[[Path], object], paths: Sequence[Path]) -> None:
    futures: list[Future[object]] = [pool.submit(work, path) for path in paths]
    wait(futures)
    for future in futures:
        future.result()
