"""Whether a camera says that it shifts its focus from frame to frame: Exif has no tag for it, three makers have.

Canon's, Olympus's (OM System's) and Panasonic's maker notes, named and numbered as in ExifTool's tables. Nikon's
word lies in an encrypted part, Sony's and Fujifilm's are not known.
"""

import struct
from typing import BinaryIO, NamedTuple

_ORDERS = {b"II": "<", b"MM": ">"}  # whatever follows: makers have marks of their own
_EXIF_DIRECTORY, _MAKER, _MAKER_NOTE = 0x8769, 0x010F, 0x927C
_PANASONIC = b"Panasonic\0\0\0"
_OLYMPUS, _OM_SYSTEM = (
    b"OLYMPUS\0",
    b"OM SYSTEM\0\0\0",
)  # behind it the order and a version, then the directory
_CANON = b"Canon"

_BURST_MODE, _FOCUS_BURST = 0x002A, 3  # Panasonic's BurstMode
_CAMERA_SETTINGS, _DRIVE_MODE = (
    0x2020,
    0x0600,
)  # Olympus's DriveMode: mode, number of the shot, bits of the mode
_BRACKETS, _FOCUS_BIT = 5, 1 << 6
_BRACKETING_INFO = 0x4053  # Canon's FocusBracketingInfo: its own length, then 1 where focus is shifted

_ENTRY, _MOST_ENTRIES = 12, 512
_NUMBERS = {3: "H", 4: "I", 8: "h", 9: "i"}
_MOST_NUMBERS = 32


class _Entry(NamedTuple):
    kind: int
    length: int
    place: int  # of the four bytes that hold the value or its offset


def shifts_focus(stream: BinaryIO) -> bool:
    """Return whether the maker note of a TIFF structure says that the frame is of a focus bracket.

    Args:
        stream: begins with the structure; its position is changed.

    Raises:
        OSError: the file cannot be read any further.
    """
    order, main = _main(stream)
    maker = main.get(_MAKER)
    details = _directory(stream, _offset(stream, main.get(_EXIF_DIRECTORY), order), order)
    note = details.get(_MAKER_NOTE)
    if maker is None or note is None:
        return False
    at = _offset(stream, note, order)
    head = _read(stream, at, 16)
    if head.startswith(_PANASONIC):
        mode = _numbers(stream, _directory(stream, at + 12, order).get(_BURST_MODE), order, 0)
        return mode == (_FOCUS_BURST,)
    for name in (_OLYMPUS, _OM_SYSTEM):
        if head.startswith(name):
            return _olympus(stream, at, len(name))
    if _read(stream, _offset(stream, maker, order), len(_CANON)) == _CANON:
        return _canon(stream, at, order)
    return False


def canon_shifts_focus(stream: BinaryIO) -> bool:
    """Return whether the maker note of a CR3 says so, which is a TIFF structure of its own."""
    order, _ = _main(stream)
    return bool(order) and _canon(stream, struct.unpack(f"{order}I", _read(stream, 4, 4))[0], order)


def _olympus(stream: BinaryIO, note: int, name: int) -> bool:
    """Ask Olympus's note, whose offsets count from the note's own start."""
    order = _ORDERS.get(_read(stream, note + name, 2), "")
    main = _directory(stream, note + name + 4, order)
    settings = _directory(stream, note + _offset(stream, main.get(_CAMERA_SETTINGS), order), order)
    drive = _numbers(stream, settings.get(_DRIVE_MODE), order, note)
    return len(drive) > 2 and drive[0] == _BRACKETS and bool(drive[2] & _FOCUS_BIT)


def _canon(stream: BinaryIO, directory: int, order: str) -> bool:
    info = _numbers(stream, _directory(stream, directory, order).get(_BRACKETING_INFO), order, 0)
    return len(info) > 1 and info[1] == 1


def _main(stream: BinaryIO) -> tuple[str, dict[int, _Entry]]:
    """Read the order of bytes, "" where this is no TIFF structure, and the main directory."""
    head = _read(stream, 0, 8)
    order = _ORDERS.get(head[:2], "")
    if not order:
        return "", {}
    return order, _directory(stream, struct.unpack(f"{order}I", head[4:])[0], order)


def _directory(stream: BinaryIO, at: int, order: str) -> dict[int, _Entry]:
    """Read a directory by tag; empty where ``order`` or ``at`` says that there is none."""
    if not order or not at:
        return {}
    (count,) = struct.unpack(f"{order}H", _read(stream, at, 2))
    data = _read(stream, at + 2, _ENTRY * min(count, _MOST_ENTRIES))
    entries = {}
    for start in range(0, len(data), _ENTRY):
        tag, kind, values = struct.unpack_from(f"{order}HHI", data, start)
        entries[tag] = _Entry(kind, values, at + 2 + start + 8)
    return entries


def _offset(stream: BinaryIO, entry: _Entry | None, order: str) -> int:
    """Return what an entry points to; 0 where there is no entry."""
    return 0 if entry is None else int(struct.unpack(f"{order}I", _read(stream, entry.place, 4))[0])


def _numbers(stream: BinaryIO, entry: _Entry | None, order: str, base: int) -> tuple[int, ...]:
    """Read the whole numbers of an entry whose offset counts from ``base``; none where it holds anything else."""
    if entry is None or entry.kind not in _NUMBERS or entry.length > _MOST_NUMBERS:
        return ()
    layout = struct.Struct(f"{order}{entry.length}{_NUMBERS[entry.kind]}")
    at = entry.place if layout.size <= 4 else base + _offset(stream, entry, order)
    return layout.unpack(_read(stream, at, layout.size))


def _read(stream: BinaryIO, at: int, length: int) -> bytes:
    """Read bytes from a place, zeros behind the end."""
    stream.seek(at)
    return stream.read(length).ljust(length, b"\0")
