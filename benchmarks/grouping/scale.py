"""What grouping costs: ``python -m benchmarks.grouping.scale [PHOTOS]`` on made-up measures.

Bursts of about three frames, places of about twenty, as many corners as a real photo has. Times are CPU seconds,
so that a busy machine does not change them much; memory is the peak of the process, measures included.
"""

import argparse
import resource
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from core.grouping.evidence import Alignments
from core.grouping.group import Grouper
from core.settings import GroupingRules
from core.types import Analysis, Embedding, Exposure, Layout, Photo, PhotoId, Sharpness, TimeSource

_DIMENSIONS, _CORNERS = 1280, 256
_SLIDER = (0.6, 0.4, 0.55, 0.5)


def shoot(count: int) -> Iterator[tuple[Photo, Analysis]]:
    """Yield photos with measures, in order of capture; the same for the same count."""
    random = np.random.default_rng(0)
    now = datetime(2026, 1, 1, 8)
    place = view = np.zeros(_DIMENSIONS, np.float32)
    for index in range(count):
        if index == 0 or random.random() < 0.35:  # another view, and now and then another place
            now += timedelta(seconds=float(random.exponential(25)))
            if index == 0 or random.random() < 0.15:
                place = random.normal(size=_DIMENSIONS).astype(np.float32)
            view = 0.7 * place + 0.7 * random.normal(size=_DIMENSIONS).astype(np.float32)
            corners = random.integers(0, 256, (_CORNERS, 32), dtype=np.uint8)
            points = random.integers(0, 50_000, (_CORNERS, 2)).astype(np.uint16)
            phash = int(random.integers(0, 2**63))
        if random.random() < 0.0005:
            now += timedelta(hours=10)
        now += timedelta(seconds=float(random.exponential(1.2)))
        photo_id = PhotoId(f"{index:06d}")
        own = corners.copy()
        changed = random.random(_CORNERS) < 0.4
        own[changed] = random.integers(0, 256, (int(changed.sum()), 32), dtype=np.uint8)
        vector = (view + 0.45 * random.normal(size=_DIMENSIONS)).astype(np.float32)
        layout = Layout(points.copy(), own, np.ones((12, 12), np.float16))
        yield (
            Photo(
                photo_id, Path(f"/{photo_id}.jpg"), taken_at=now, time_source=TimeSource.EXIF, camera="one"
            ),
            Analysis(
                photo_id,
                6000,
                4000,
                Sharpness(1.0),
                Exposure(0.4, 0, 0, 1),
                (),
                Embedding(vector, "made up"),
                phash ^ int(random.integers(0, 1024)),
                layout,
            ),
        )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grouping.scale", description=__doc__)
    parser.add_argument("photos", nargs="?", type=int, default=5_000)
    pairs = list(shoot(parser.parse_args().photos))
    photos, analyses = [photo for photo, _ in pairs], {photo.id: analysis for photo, analysis in pairs}
    print(f"{len(photos)} photos; their measures take {_peak():.2f} GiB")
    alignments = Alignments()
    start = time.process_time()
    grouper = Grouper(photos, analyses, alignments)
    grouping = grouper.group(GroupingRules())
    print(f"first grouping {time.process_time() - start:.2f} s, {len(alignments)} pairs laid over each other")
    print(f"{len(grouping.clusters)} groups, {len(grouping.scenes)} scenes, peak {_peak():.2f} GiB")
    start = time.process_time()
    Grouper(photos, analyses, alignments).group(GroupingRules())
    print(f"again, pairs known {time.process_time() - start:.2f} s")
    grouper.prepare()
    for looseness in _SLIDER:
        start = time.process_time()
        grouper.group(GroupingRules(burst_looseness=looseness))
        print(f"slider at {looseness}: {1000 * (time.process_time() - start):.0f} ms")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2  # Linux counts in KiB


if __name__ == "__main__":
    main()
