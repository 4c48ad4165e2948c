"""How long it takes to tell what a RAW of 24 MP itself holds: ``python -m benchmarks.raw_truth [FILE...]``.

Without files it makes one up, with photosites of 8 bits in tiles without compression; a camera's compressed files cost
LibRaw more. The bound is 400 ms on an idle machine, where both columns agree.
"""

import argparse
import io
import tempfile
import time
from datetime import datetime
from pathlib import Path

import numpy as np
from PIL import Image
from rich.console import Console
from rich.table import Table

from benchmarks.pipeline.made_up_raw import raw
from core.ingest.raw_truth import raw_truth
from core.types import Photo, PhotoId

_SIZE = (6000, 4000)
_TIMES = 7


def made_up(folder: Path) -> Path:
    """Write a RAW of 24 MP with a tenth of it blown, and return its path."""
    width, height = _SIZE
    picture = np.repeat(np.linspace(0, 240, width).astype(np.uint8)[None, :, None], height, axis=0)
    picture = np.repeat(picture, 3, axis=2)
    picture[: height // 10] = 255
    preview = io.BytesIO()
    Image.fromarray(picture).save(preview, "JPEG", quality=90)
    path = folder / "24mp.dng"
    path.write_bytes(raw(picture, preview.getvalue(), "Made up", datetime(2025, 6, 14)))
    return path


def main() -> None:
    """Print the median of wall and of processor time by file."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.raw_truth", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    files = parser.parse_args().files
    table = Table("file", "ms", "processor ms", "lost", box=None)
    with tempfile.TemporaryDirectory() as folder:
        for path in files or [made_up(Path(folder))]:
            photo = Photo(PhotoId("a"), path.resolve())
            wall, processor, lost = [], [], 0.0
            for _ in range(_TIMES):
                began, cost = time.perf_counter(), time.process_time()
                found = raw_truth(photo)
                wall.append(1000 * (time.perf_counter() - began))
                processor.append(1000 * (time.process_time() - cost))
                lost = found.lost if found is not None else 0.0
            row = f"{np.median(wall):.0f}", f"{np.median(processor):.0f}", f"{lost:.3f}"
            table.add_row(path.name, *row)
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
