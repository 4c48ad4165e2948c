"""What decisions in files cost, with everything on the disk at the end: ``python -m benchmarks.metadata [COUNT]``.

Sidecars are new, then edited (ours, and another program's, which gets its backup). Photos are embedded into in
place, and copied with a larger packet. The disk's own speed stands beside it: as many bare writes of a few bytes
with fsync, and as many bare copies. Reading in is timed with the files in memory: it is the parsing that counts.
"""

import argparse
import io
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image
from rich.console import Console
from rich.table import Table

from core.sidecar.file_marks import embedded_marks
from core.sidecar.jpeg_slot import JpegSlot
from core.sidecar.packet_slot import put_edited, wrapped
from core.sidecar.photo_embed import plan_embed, write_embed
from core.sidecar.splices import apply
from core.sidecar.xmp_edit import XmpEdit, edit_packet, new_packet
from core.sidecar.xmp_writer import load_sidecar, read_sidecar, write_sidecar
from core.types import Flag, Label

_FIRST = XmpEdit(Flag.PICK, 3, Label.GREEN)
_SECOND = XmpEdit(Flag.REJECT, 1, Label.RED)
_PHOTO_BYTES = 8_000_000


def sample_photo(packet: bool) -> bytes:
    """Make a JPEG of 8 MB, with a packet that has room or with none."""
    out = io.BytesIO()
    noise = np.random.default_rng(1).integers(0, 256, (512, 512, 3), np.uint8)
    Image.fromarray(noise).save(out, "JPEG", quality=90)
    data = out.getvalue().ljust(_PHOTO_BYTES, b"\0")
    return (
        apply(data, put_edited(JpegSlot(io.BytesIO(data)), wrapped(new_packet(_FIRST)))) if packet else data
    )


def _seconds(work: Callable[[Path], object], files: list[Path]) -> float:
    begin = time.perf_counter()
    for file in files:
        work(file)
    return time.perf_counter() - begin


def _edit_sidecar(path: Path) -> None:
    before = load_sidecar(path)
    write_sidecar(path, edit_packet(before.data, _SECOND), before)


def _bare_write(path: Path) -> None:
    with path.open("r+b", buffering=0) as file:
        file.seek(700)
        file.write(b"5")
        os.fsync(file.fileno())


def _bare_copy(path: Path) -> None:
    copy = path.with_suffix(".copy")
    shutil.copyfile(path, copy)
    with copy.open("rb") as file:
        os.fsync(file.fileno())
    copy.unlink()


def measure(folder: Path, count: int) -> dict[str, float]:
    """Return the seconds for each kind of work on ``count`` files."""
    sidecars = [folder / f"{number:05}.xmp" for number in range(count)]
    theirs = [folder / f"{number:05}-theirs.xmp" for number in range(count)]
    foreign = new_packet(_FIRST).replace(b"Shortlist", b"Adobe XMP Core 7.0")
    for path in theirs:
        path.write_bytes(foreign)
    figures = {
        "new sidecars": _seconds(lambda path: write_sidecar(path, new_packet(_FIRST), None), sidecars),
        "edited sidecars of ours": _seconds(_edit_sidecar, sidecars),
        "edited sidecars of others, with backup": _seconds(_edit_sidecar, theirs),
    }
    figures["sidecars read in"] = _seconds(read_sidecar, sidecars)
    photos = [folder / f"{number:05}.jpg" for number in range(count)]
    data = sample_photo(packet=True)
    for path in photos:
        path.write_bytes(data)
    os.sync()
    figures["embeds in place"] = _seconds(lambda path: write_embed(plan_embed(path, _SECOND)), photos)
    figures["the disk: one byte and fsync"] = _seconds(_bare_write, photos)
    figures["photos read in"] = _seconds(embedded_marks, photos)
    few = photos[: max(1, count // 10)]
    data = sample_photo(packet=False)
    for path in few:
        path.write_bytes(data)
    os.sync()
    scale = count / len(few)
    figures["embeds that copy the photo"] = scale * _seconds(
        lambda path: write_embed(plan_embed(path, _SECOND)), few
    )
    figures["the disk: copy and fsync"] = scale * _seconds(_bare_copy, few)
    return figures


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.metadata", description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=1000, help="files of each kind")
    parser.add_argument("--folder", type=Path, help="a folder on the disk to be measured")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        figures = measure(Path(folder), options.count)
    table = Table(
        "work", "seconds", "ms a file", title=f"{options.count} files, each 8 MB where it is a photo"
    )
    for work, seconds in figures.items():
        table.add_row(work, f"{seconds:.2f}", f"{1000 * seconds / options.count:.2f}")
    Console().print(table)


if __name__ == "__main__":
    main()
