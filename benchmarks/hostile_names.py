"""Thousands of files with hostile names, copied and exported: ``python -m benchmarks.hostile_names [COUNT]``.

Names with line breaks and leading dashes, names that Windows keeps for devices, of 255 bytes, with combining marks in
both forms, that differ in case alone, and bytes that are no text; each many times in folders of their own. They go
under their own names, and under templates that call many alike. Every content must arrive, under a name of its own,
with nothing written over; else it ends with 1. The last column tells what twice as many files take.
"""

import argparse
import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from core.export.carry_out import carry_out
from core.export.kinds import Choice, ExportKind, Selection
from core.export.request import ExportRequest, Material, plan_export
from core.ingest.frame_names import folded
from core.ingest.scanner import photo_id
from core.naming.facts import KnownOfShoot
from core.naming.names import NameTemplate, Naming
from core.offload.cards import read_card
from core.offload.carry_out import offload
from core.offload.names import as_on_card, by_template
from core.offload.plan import ToCopy, plan_offload
from core.types import Photo

_STEMS = (
    *(
        b"-rf",
        b"--help",
        b"IMG\n1",
        b"IMG\r1",
        b"con",
        b"NUL",
        b"com1.x",
        b"a ",
        b"a...",
        b"$(id)",
        b"*?<>|",
        b"~",
    ),
    *("é".encode(), "e\u0301".encode(), "É".encode(), b"img_1", b"IMG_1", b"Img_1", "ß".encode(), b"SS"),
    *(
        b"caf\xe9",
        b"\xff\xfe",
        "\u202egpj".encode(),
        b"x" * 251,
        ("鳥" * 83).encode(),
        b"IMG_1-2",
        b"IMG_1_01",
    ),
)
_FOREIGN = ("IMG_1.jpg", "_.jpg", "x-2.jpg", "NUL_.jpg")  # lie in the target already, and stay
_TEMPLATES = ("", "{shoot}_{counter:04}", "{name}", "x", "{name}/{shoot}")


def write_shoot(folder: Path, count: int) -> list[Photo]:
    """Write so many photos, no two alike, each fourth with a sidecar; return them."""
    photos = []
    for number in range(count):
        at = os.fsencode(folder) + b"/%04d" % (number // len(_STEMS))
        Path(os.fsdecode(at)).mkdir(parents=True, exist_ok=True)
        path = Path(os.fsdecode(at + b"/" + _STEMS[number % len(_STEMS)] + b".jpg"))
        path.write_bytes(b"picture %d" % number)
        if number % 4 == 0 and len(os.fsencode(path.name)) < 250:
            path.with_name(f"{path.name}.xmp").write_bytes(b"sidecar %d" % number)
        os.utime(path, (number * 10, number * 10))
        status = path.stat()
        photos.append(Photo(photo_id(path), path, size_bytes=status.st_size, mtime_ns=status.st_mtime_ns))
    return photos


def contents(folder: Path) -> dict[str, str]:
    """Return what lies below a folder, by path."""
    return {
        str(path): hashlib.blake2b(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith("shortlist-checksums")
    }


def exported(photos: list[Photo], template: str, out: Path) -> int:
    """Export under names by a template; return how many files were refused."""
    naming = Naming(NameTemplate.parse(template), "shoot") if template else None
    request = ExportRequest(ExportKind.COPY, Selection(Choice.ALL), out, naming=naming)
    return len(carry_out(list(plan_export(request, Material(photos, {})))).refused)


def copied(photos: list[Photo], template: str, out: Path) -> int:
    """Copy from a card under names by a template; return how many files are missing."""
    card = read_card(Path(os.path.commonpath([photo.path for photo in photos])), photos)
    known = KnownOfShoot({}, (), title="shoot")
    naming = (
        by_template(Naming(NameTemplate.parse(template), "shoot"), card.frames, known)
        if template
        else as_on_card
    )
    result = offload(plan_offload([card], [out], {}, ToCopy.ALL, naming), out.parent / "lock")
    return result.missing


def troubles(before: dict[str, str], foreign: dict[str, str], out: Path) -> Iterator[str]:
    """Say what was lost, written over, or would meet on another disk."""
    after = contents(out)
    if lost := set(before.values()) - set(after.values()):
        yield f"{len(lost)} contents are lost"
    if changed := [path for path, digest in foreign.items() if after.get(path) != digest]:
        yield f"{len(changed)} foreign files are changed"
    ours = [path for path in after if path not in foreign]
    if len({folded(path) for path in ours}) != len(ours):
        yield "names meet where case does not count"


def seconds(
    photos: list[Photo], how: Callable[[list[Photo], str, Path], int], template: str, found: list[str]
) -> float:
    """Do it once, look at all of it, and return the processor's seconds."""
    folder = Path(os.path.commonpath([photo.path for photo in photos]))
    before = contents(folder)
    with tempfile.TemporaryDirectory() as place:
        out = Path(place, "out")
        out.mkdir()
        for name in _FOREIGN:
            (out / name).write_bytes(b"foreign " + name.encode())
        foreign = contents(out)
        started = time.process_time()
        refused = how(photos, template, out)
        taken = time.process_time() - started
        found += [f"{how.__name__} {template!r}: {each}" for each in troubles(before, foreign, out)]
        found += [f"{how.__name__} {template!r}: {refused} refused"] if refused else []
    if contents(folder) != before:
        found.append(f"{how.__name__} {template!r}: the originals are changed")
    return taken


def main() -> int:
    """Print a table; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=10_000)
    count = parser.parse_args().count
    table = Table(title="Hostile names: seconds of the processor", title_justify="left")
    for words in ("way", "template", f"{count // 2:,} files", f"{count:,} files", "times"):
        table.add_column(words)
    found: list[str] = []
    with tempfile.TemporaryDirectory() as place:
        shoots = [write_shoot(Path(place, str(each)), each) for each in (count // 2, count)]
        for how in (exported, copied):
            for template in _TEMPLATES:
                half, whole = (seconds(photos, how, template, found) for photos in shoots)
                table.add_row(
                    how.__name__,
                    template or "own names",
                    f"{half:.1f}",
                    f"{whole:.1f}",
                    f"{whole / half:.2f}",
                )
    Console().print(table)
    Console().print("\n".join(found) if found else "Every content arrived, and nothing was written over.")
    return bool(found)


if __name__ == "__main__":
    raise SystemExit(main())
