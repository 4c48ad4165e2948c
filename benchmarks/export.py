"""What an export costs as a whole, journal and all: ``python -m benchmarks.export [COUNT]``.

Plan, export and undo of new sidecars, of edited ones that another program made, of those with a metadata template of
twelve fields, of decisions embedded into JPEGs of 8 MB, of moves, and of new names where the photos are, all of them
different or all of them the same. The disk's own speed stands beside it: as many files written anew with fsync of
file and folder.
"""

import argparse
import os
import tempfile
import time
from contextlib import closing
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.metadata import sample_photo
from core.export.carry_out import export
from core.export.kinds import ExportKind, Selection
from core.export.metadata_template import MetadataTemplate
from core.export.request import ExportRequest, Material, plan_export
from core.export.store import ExportStore
from core.export.undo import undo
from core.export.xmp import XmpChoices
from core.naming.names import NameTemplate, Naming
from core.sidecar.atomic_file import write_whole
from core.sidecar.xmp_edit import XmpEdit, new_packet
from core.types import Decision, Flag, Photo, PhotoId

_THEIRS = new_packet(XmpEdit(rating=2)).replace(b"Shortlist", b"Adobe XMP Core 7.0")

_TEMPLATE = MetadataTemplate(
    {
        word: f"{word} of {{shoot}}, {{counter:04}}"
        for word in (
            *("creator", "copyright", "usage", "credit", "email", "phone"),
            *("event", "city", "country", "headline", "caption", "keywords"),
        )
    }
)


def _shoot(folder: Path, count: int, suffix: str, content: bytes, sidecar: bytes | None = None) -> Material:
    """Make photos that are all picked; their content matters only where decisions are embedded into it."""
    folder.mkdir()
    photos = []
    for number in range(count):
        path = folder / f"IMG_{number:05}{suffix}"
        path.write_bytes(content)
        if sidecar is not None:
            path.with_suffix(".xmp").write_bytes(sidecar)
        photos.append(Photo(PhotoId(path.name), path))
    os.sync()
    return Material(photos, {photo.id: Decision(photo.id, Flag.PICK, 4) for photo in photos})


def _timed(request: ExportRequest, material: Material, folder: Path) -> tuple[float, float, float]:
    """Return the seconds to plan, to export and to undo."""
    with closing(ExportStore.open(folder / "exports.sqlite")) as store:
        marks = [time.perf_counter()]
        plan = list(plan_export(request, material))
        marks.append(time.perf_counter())
        done = export(plan, store, "benchmark")
        marks.append(time.perf_counter())
        record = store.last()
        assert record is not None
        assert not done.refused
        assert not undo(store, record).refused
        marks.append(time.perf_counter())
    return marks[1] - marks[0], marks[2] - marks[1], marks[3] - marks[2]


def measure(folder: Path, count: int) -> dict[str, tuple[float, float, float]]:
    """Return the seconds to plan, export and undo each kind of work on ``count`` files."""
    bare = folder / "bare"
    begin = time.perf_counter()
    for number in range(count):
        write_whole(bare / f"{number}.xmp", _THEIRS)
    figures = {"the disk: as many files, fsync": (0.0, time.perf_counter() - begin, 0.0)}
    xmp = ExportRequest(ExportKind.XMP)
    embed = ExportRequest(ExportKind.XMP, xmp=XmpChoices(embed=True))
    move = ExportRequest(ExportKind.MOVE, Selection(), folder / "moved")
    new = _shoot(folder / "new", count, ".CR2", b"raw")
    figures["new sidecars"] = _timed(xmp, new, folder)
    theirs = _shoot(folder / "theirs", count, ".CR2", b"raw", _THEIRS)
    figures["sidecars of others, with backup"] = _timed(xmp, theirs, folder)
    words = ExportRequest(ExportKind.XMP, xmp=XmpChoices(metadata=_TEMPLATE))
    figures["sidecars of others, with a metadata template"] = _timed(words, theirs, folder)
    jpegs = _shoot(folder / "jpegs", count, ".JPG", sample_photo(packet=True))
    figures["embeds in place, 8 MB each"] = _timed(embed, jpegs, folder)
    figures["moves, 8 MB each"] = _timed(move, jpegs, folder)
    for work, template in (("new names", "{shoot}/{name}_{counter:05}"), ("one name for all", "{shoot}")):
        naming = Naming(NameTemplate.parse(template), "Regatta")
        figures[work] = _timed(ExportRequest(ExportKind.RENAME, Selection(), naming=naming), jpegs, folder)
    return figures


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.export", description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=1000, help="files of each kind")
    parser.add_argument("--folder", type=Path, help="a folder on the disk to be measured")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        figures = measure(Path(folder), options.count)
    table = Table("work", "plan, s", "export, s", "undo, s", title=f"{options.count} files")
    for work, seconds in figures.items():
        table.add_row(work, *(f"{one:.2f}" if one else "" for one in seconds))
    Console().print(table)


if __name__ == "__main__":
    main()
