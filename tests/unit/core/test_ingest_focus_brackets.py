"""A camera's own word that it shifts its focus is read out of the maker notes of the files it writes."""

import struct
from pathlib import Path

import pytest
from PIL import Image

from core.ingest.exif_reader import read_metadata
from core.ingest.scanner import ScannedFile
from core.types import Shot
from fixtures.shoots import EXIF_IFD

MAKE, MAKER_NOTE = 0x010F, 0x927C
SHORT, LONG, IFD = 3, 4, 13
CANON_INFO = 0x4053


def directory(*entries: tuple[int, int, int, bytes]) -> bytes:
    """A directory of tag, kind, count and the four bytes of a value or its offset."""
    body = b"".join(struct.pack("<HHI", *entry[:3]) + entry[3].ljust(4, b"\0") for entry in entries)
    return struct.pack("<H", len(entries)) + body + bytes(4)


def panasonic(mode: int) -> bytes:
    return b"Panasonic\0\0\0" + directory(
        (0x001F, SHORT, 1, b"\1"), (0x002A, SHORT, 1, struct.pack("<H", mode))
    )


def olympus(start: bytes, *drive: int) -> bytes:
    """Offsets count from the note's start."""
    head = start + b"II\3\0"
    settings = len(head) + len(directory((0, 0, 0, b"")))
    values = settings + len(directory((0, 0, 0, b"")))
    return (
        head
        + directory((0x2020, IFD, 1, struct.pack("<I", settings)))
        + directory((0x0600, SHORT, len(drive), struct.pack("<I", values)))
        + struct.pack(f"<{len(drive)}H", *drive)
    )


def canon(enabled: int) -> bytes:
    return directory((CANON_INFO, LONG, 8, b"")) + struct.pack("<8I", 32, enabled, 20, 4, 0, 0, 0, 0)


def write(path: Path, make: str, note: bytes) -> Path:
    exif = Image.Exif()
    exif.endian = "<"  # as the notes above
    exif[MAKE] = make
    exif.get_ifd(EXIF_IFD)[MAKER_NOTE] = note
    Image.new("RGB", (64, 48)).save(path, exif=exif)
    data = bytearray(path.read_bytes())
    if make == "Canon":  # its offsets count from the start of the Exif data
        tiff, entry = data.index(b"Exif\0\0") + 6, data.index(struct.pack("<HHI", CANON_INFO, LONG, 8))
        values = data.index(struct.pack("<I", 32), entry + 8)
        data[entry + 8 : entry + 12] = struct.pack("<I", values - tiff)
        path.write_bytes(data)
    return path


def shot_of(path: Path) -> Shot:
    status = path.stat()
    return read_metadata(ScannedFile(path, status.st_size, status.st_mtime_ns)).photo.shot


@pytest.mark.parametrize(
    ("make", "note", "shifts"),
    [
        ("Panasonic", panasonic(3), True),
        ("Panasonic", panasonic(1), False),
        ("Panasonic", panasonic(2), False),  # of the exposure
        ("OLYMPUS CORPORATION", olympus(b"OLYMPUS\0", 5, 1, 64), True),
        ("OM Digital Solutions", olympus(b"OM SYSTEM\0\0\0", 5, 3, 64, 0, 4), True),
        ("OLYMPUS CORPORATION", olympus(b"OLYMPUS\0", 5, 1, 1), False),  # of the exposure
        ("OLYMPUS CORPORATION", olympus(b"OLYMPUS\0", 1, 1, 0), False),
        ("Canon", canon(1), True),
        ("Canon", canon(0), False),
        ("NIKON", b"Nikon\0\2\x10\0\0", False),
    ],
    ids=lambda value: None if isinstance(value, str | bool) else value[:4].hex(),
)
def test_a_focus_bracket_is_told_by_the_makers_that_write_it_plainly(
    tmp_path: Path, make: str, note: bytes, shifts: bool
) -> None:
    assert shot_of(write(tmp_path / "a.jpg", make, note)).focus_bracket is shifts


@pytest.mark.parametrize("kept", [13, 16, 30, 44])
def test_a_maker_note_that_ends_too_early_says_nothing_and_costs_nothing_else(
    tmp_path: Path, kept: int
) -> None:
    path = tmp_path / "a.jpg"
    exif = Image.Exif()
    exif[MAKE] = "OLYMPUS CORPORATION"
    details = exif.get_ifd(EXIF_IFD)
    details[MAKER_NOTE] = olympus(b"OLYMPUS\0", 5, 1, 64)[:kept]
    details[0x8827] = 400
    Image.new("RGB", (64, 48)).save(path, exif=exif)
    shot = shot_of(path)
    assert (shot.iso, shot.focus_bracket) == (400, False)
