"""Directories of TIFF files (TIFF 6.0, section 2) for made-up photos, little-endian."""

import struct
from collections.abc import Iterable, Sequence
from itertools import accumulate

ASCII, SHORT, LONG, RATIONAL, SIGNED_RATIONAL, BYTE = 2, 3, 4, 5, 10, 1
HEADER = struct.pack("<2sHI", b"II", 42, 8)
"""Of a file whose first directory comes right behind it."""

_SIZES = {BYTE: 1, ASCII: 1, SHORT: 2, LONG: 4, RATIONAL: 8, SIGNED_RATIONAL: 8}  # bytes of a value

Entry = tuple[int, int, bytes | int]
"""Tag, kind of its values, and one whole number, or the values as they are written."""


def directory(at: int, entries: Sequence[Entry], following: int = 0) -> bytes:
    """Make one directory with the longer values behind it; its length does not depend on numbers within it.

    Args:
        at: its offset.
        entries: in order of tags.
        following: the offset of the next directory, 0 where there is none.
    """
    behind = at + 2 + 12 * len(entries) + 4
    rows, values = b"", b""
    for tag, kind, value in entries:
        if isinstance(value, int):
            rows += struct.pack("<HHII", tag, kind, 1, value)
        elif len(value) <= 4:
            rows += struct.pack("<HHI", tag, kind, len(value) // _SIZES[kind]) + value.ljust(4, b"\0")
        else:
            rows += struct.pack("<HHII", tag, kind, len(value) // _SIZES[kind], behind + len(values))
            values += value + b"\0" * (len(value) % 2)
    return struct.pack("<H", len(entries)) + rows + struct.pack("<I", following) + values


def numbers(kind: int, *values: int) -> bytes:
    """Make the values of one entry; of rationals, numerators and denominators in turn."""
    code = {BYTE: "B", SHORT: "H", LONG: "I", RATIONAL: "I", SIGNED_RATIONAL: "i"}[kind]
    return struct.pack(f"<{len(values)}{code}", *values)


def one_after_another(start: int, lengths: Iterable[int]) -> list[int]:
    """Return where parts begin, each at an even offset, as TIFF demands, and where the last one ends."""
    return list(accumulate((length + length % 2 for length in lengths), initial=start))
