"""The directories of a TIFF file (TIFF 6.0, section 2), of a RAW built upon it, and those below them.

Only whole numbers are read, and only so much of anything: no file sends its reader around in circles.
"""

import struct
from collections.abc import Collection, Iterator, Mapping
from typing import BinaryIO

Numbers = Mapping[int, tuple[int, ...]]
"""Values by tag. Of what is kept elsewhere as bytes of no meaning to TIFF, its offset and its length."""

_ORDERS = {b"II": "<", b"MM": ">"}  # whatever follows: makers have marks of their own
_BELOW = 0x014A  # SubIFDs
_NUMBERS = {1: "B", 3: "H", 4: "I", 13: "I"}  # whole numbers, by kind
_UNDEFINED = 7
_INLINE = 4  # bytes of values that stand in the entry itself
_ENTRY = 12  # bytes
_MOST_DIRECTORIES, _MOST_ENTRIES, _MOST_VALUES = 32, 1024, 16


def directories(
    stream: BinaryIO, wanted: Collection[int], most_values: int = _MOST_VALUES
) -> Iterator[Numbers]:
    """Read the directories in order, behind each those below it; none where the file is no TIFF.

    Args:
        stream: the whole file; its position is changed.
        wanted: the tags that are of interest.
        most_values: tags with more are left out.

    Raises:
        OSError: the file cannot be read any further.
    """
    stream.seek(0)
    head = stream.read(8)
    order = _ORDERS.get(head[:2], "")
    if not order or len(head) < 8:
        return
    waiting = list(struct.unpack(f"{order}I", head[4:]))
    seen = {0}
    while waiting and len(seen) <= _MOST_DIRECTORIES:
        at = waiting.pop(0)
        if at in seen:
            continue
        seen.add(at)
        numbers, following = _directory(stream, at, order, {_BELOW, *wanted}, most_values)
        waiting = [*numbers.get(_BELOW, ()), following, *waiting]
        yield numbers


def _directory(
    stream: BinaryIO, at: int, order: str, wanted: Collection[int], most_values: int
) -> tuple[Numbers, int]:
    """Read the wanted numbers of one directory, and the offset of the next one, 0 behind the last."""
    stream.seek(at)
    (count,) = struct.unpack(f"{order}H", stream.read(2).ljust(2, b"\0"))
    length = _ENTRY * min(count, _MOST_ENTRIES)
    data = stream.read(length + 4)
    if len(data) < length:
        return {}, 0
    numbers = {}
    for entry in range(0, length, _ENTRY):
        tag, kind, values = struct.unpack_from(f"{order}HHI", data, entry)
        if tag in wanted:
            place = data[entry + 8 : entry + _ENTRY]
            few = values <= most_values or kind == _UNDEFINED
            numbers[tag] = _values(stream, kind, values, place, order) if few else ()
    (following,) = struct.unpack(f"{order}I", data[length:].ljust(4, b"\0"))
    return numbers, following if count <= _MOST_ENTRIES else 0


def _values(stream: BinaryIO, kind: int, count: int, inline: bytes, order: str) -> tuple[int, ...]:
    """Read the values of one entry; none where they are no whole numbers."""
    (offset,) = struct.unpack(f"{order}I", inline)
    if kind == _UNDEFINED:
        return offset, count
    code = _NUMBERS.get(kind)
    if code is None:
        return ()
    layout = struct.Struct(f"{order}{count}{code}")
    if layout.size > _INLINE:
        stream.seek(offset)
        inline = stream.read(layout.size)
    return layout.unpack_from(inline) if len(inline) >= layout.size else ()
