"""How soon a proof gallery is there in a browser, and what it takes to make: ``python -m benchmarks.proofs [COUNT]``.

Made-up photos of 2 MP, each another, at the usual size. "Seen" is when every picture on the first screen is there, from
the moment the address is given; the browser is Chromium without a window, started before, with an empty cache.
"""

import argparse
import tempfile
import time
from contextlib import closing
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.browser import DESK, PHONE, browser
from core.export.carry_out import export
from core.export.proofs import ProofChoices, plan_proofs
from core.export.store import ExportStore
from core.ingest.frame import frame_reduced
from core.ingest.pixels import encode_jpeg
from core.ingest.thumbnail import SIDE, thumbnail
from core.scaling import resize
from core.types import Photo, PhotoId

_SEEN = """[...document.querySelectorAll("main img")].filter(one => one.getBoundingClientRect().top < innerHeight)
    .every(one => one.complete && one.naturalWidth)"""


def _shoot(folder: Path, count: int) -> list[Photo]:
    """Make photos that compress as badly as leaves do."""
    random, photos = np.random.default_rng(0), []
    for number in range(count):
        coarse = random.integers(0, 256, (120, 180, 3), np.uint8)
        path = folder / f"IMG_{number:05}.jpg"
        path.write_bytes(encode_jpeg(resize(coarse, 1800, 1200), 90))
        photos.append(Photo(PhotoId(path.name), path))
    return photos


def _opened(page: Path, size: tuple[int, int]) -> tuple[float, float, int]:
    """Return the seconds until the page is loaded and until it is seen, and how many pictures it took."""
    with tempfile.TemporaryDirectory() as folder, browser(Path(folder), size) as window:
        start = time.perf_counter()
        window.open(page)
        loaded = time.perf_counter() - start
        window.until(_SEEN)
        seen = time.perf_counter() - start
        pictures = "return [...document.images].filter(one => one.complete && one.naturalWidth).length"
        return loaded, seen, int(window.run(pictures))


def main() -> None:
    """Make a gallery and open it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=1_000)
    count = parser.parse_args().count
    table = Table("what", "seconds", title=f"proofs of {count:,} photos")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        photos = _shoot(folder, count)
        small = {photo.id: thumbnail(frame_reduced(photo, SIDE)) for photo in photos}
        start = time.perf_counter()
        plan = list(plan_proofs(folder / "out", "Proofs", photos, ProofChoices(), lambda one: small[one.id]))
        planned = time.perf_counter()
        with closing(ExportStore.open(folder / "exports.sqlite")) as store:
            assert not export(plan, store, "benchmark").refused
        table.add_row("plan it", f"{planned - start:.2f}")
        table.add_row("make it", f"{time.perf_counter() - planned:.1f}")
        for name, size in (("phone", PHONE), ("desk", DESK)):
            loaded, seen, pictures = _opened(plan[-1].path, size)
            table.add_row(f"{name}, {size[0]} x {size[1]}: loaded", f"{loaded:.2f}")
            table.add_row(f"{name}, {size[0]} x {size[1]}: first screen seen", f"{seen:.2f}")
            table.add_row(f"{name}: pictures loaded by then", f"{pictures:,}")
    Console().print(table)


if __name__ == "__main__":
    main()
