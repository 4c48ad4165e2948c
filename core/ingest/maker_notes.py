"""The maker note of a TIFF structure as a directory: where each maker's begins, and from where its offsets count.

Named and numbered as in ExifTool's documentation of tags. No native code and nothing unbounded: this runs in the
program itself.
"""

import struct
from collections.abc import Mapping
from enum import StrEnum
from typing import BinaryIO, NamedTuple

_ORDERS = {b"II": "<", b"MM": ">"}  # whatever follows: makers have marks of their own
_EXIF_DIRECTORY, _MAKER, _MAKER_NOTE = 0x8769, 0x010F, 0x927C

_ENTRY, _MOST_ENTRIES = 12, 512
_NUMBERS = {1: "B", 3: "H", 4: "I", 6: "b", 7: "B", 8: "h", 9: "i", 13: "I"}
_FRACTIONS = {5: "I", 10: "i"}  # pairs of a numerator and a denominator
_MOST_BYTES = 2**15  # of one value: the focus areas of a mirrorless body with a thousand of them


class Maker(StrEnum):
    """Who wrote a maker note."""

    CANON = "Canon"
    FUJIFILM = "Fujifilm"
    NIKON = "Nikon"
    OLYMPUS = "Olympus"  # and OM System
    PANASONIC = "Panasonic"
    PENTAX = "Pentax"
    SONY = "Sony"


class _Start(NamedTuple):
    """How a maker's note begins."""

    maker: Maker
    magic: bytes
    length: int  # bytes before the directory, or before what leads to it
    own_base: bool  # offsets count from the note's start, else from that of the TIFF structure


# The directory follows at once, but where ``_open`` says otherwise.
_STARTS = (
    _Start(Maker.PANASONIC, b"Panasonic\0\0\0", 12, own_base=False),
    _Start(Maker.OLYMPUS, b"OLYMPUS\0", 12, own_base=True),
    _Start(Maker.OLYMPUS, b"OM SYSTEM\0\0\0", 16, own_base=True),
    _Start(Maker.NIKON, b"Nikon\0\2", 10, own_base=True),
    _Start(Maker.FUJIFILM, b"FUJIFILM", 8, own_base=True),
    _Start(Maker.PENTAX, b"AOC\0", 6, own_base=False),
    _Start(Maker.PENTAX, b"PENTAX \0", 10, own_base=True),
    _Start(Maker.SONY, b"SONY ", 12, own_base=False),
)
_PLAIN = {b"canon": Maker.CANON, b"sony": Maker.SONY}  # by the maker's name: a directory without a beginning
_LONGEST_START = 16
# Of Canon: the head of a TIFF structure, and where the note was in it.
_FOOTERS, _FOOTER = ((b"II*\0", b"MM\0*"), 8)


class Entry(NamedTuple):
    """An entry of a directory, not yet read."""

    kind: int
    length: int  # in values
    place: int  # of the four bytes that hold the value or its offset


class MakerNote:
    """What a maker's directory says; asking for what it does not say is no error.

    Args:
        maker: whose it is.
        stream: where it is read from.
        order: of bytes, as ``struct`` writes it; "" for a note that is no directory.
        base: from where its offsets count.
        entries: by tag.
    """

    def __init__(
        self, maker: Maker, stream: BinaryIO, order: str, base: int, entries: Mapping[int, Entry]
    ) -> None:
        self.maker = maker
        self.order = order
        self._stream = stream
        self._base = base
        self._entries = entries

    def numbers(self, tag: int) -> tuple[int, ...]:
        """Return the whole numbers of a tag; none where it holds anything else."""
        entry = self._entries.get(tag)
        code = _NUMBERS.get(entry.kind, "") if entry is not None else ""
        return self._unpacked(entry, code, 1)

    def fractions(self, tag: int) -> tuple[tuple[int, int], ...]:
        """Return the fractions of a tag as numerators and denominators; none where it holds anything else."""
        entry = self._entries.get(tag)
        code = _FRACTIONS.get(entry.kind, "") if entry is not None else ""
        values = self._unpacked(entry, code, 2)
        return tuple(zip(values[::2], values[1::2], strict=True))

    def data(self, tag: int) -> bytes:
        """Return the bytes of a tag that means nothing to TIFF; none where it holds anything else."""
        return bytes(self.numbers(tag)) if self._is_of(tag, (1, 7)) else b""

    def below(self, tag: int) -> "MakerNote":
        """Return the directory that a tag leads to; an empty one where it leads nowhere."""
        entry = self._entries.get(tag)
        at = _offset(self._stream, entry, self.order) if entry is not None else 0
        entries = directory(self._stream, self._base + at, self.order) if at else {}
        return MakerNote(self.maker, self._stream, self.order, self._base, entries)

    def _is_of(self, tag: int, kinds: tuple[int, ...]) -> bool:
        return tag in self._entries and self._entries[tag].kind in kinds

    def _unpacked(self, entry: Entry | None, code: str, times: int) -> tuple[int, ...]:
        if entry is None or not code:
            return ()
        size = struct.calcsize(code) * times * entry.length
        if size > _MOST_BYTES:
            return ()
        at = entry.place if size <= 4 else self._base + _offset(self._stream, entry, self.order)
        return struct.unpack(f"{self.order}{entry.length * times}{code}", read_at(self._stream, at, size))


def maker_note(stream: BinaryIO) -> MakerNote | None:
    """Find the maker note of a TIFF structure; None where there is none of a maker that is known.

    Args:
        stream: begins with the structure; its position is changed.

    Raises:
        OSError: the file cannot be read any further.
    """
    order, main = _main(stream)
    maker = main.get(_MAKER)
    details = directory(stream, _offset(stream, main.get(_EXIF_DIRECTORY), order), order)
    note = details.get(_MAKER_NOTE)
    if note is None:
        return None
    at = _offset(stream, note, order)
    head = read_at(stream, at, _LONGEST_START)
    for start in _STARTS:
        if head.startswith(start.magic):
            return _open(stream, start, at, head, order)
    name = b"" if maker is None else read_at(stream, _offset(stream, maker, order), 5).lower()
    plain = next((found for known, found in _PLAIN.items() if name.startswith(known)), None)
    if plain is None:
        return None
    order = _own_order(stream, at, order)
    base = _moved_by(stream, at, note.length, order) if plain is Maker.CANON else 0
    return MakerNote(plain, stream, order, base, directory(stream, at, order))


def canon_note(stream: BinaryIO) -> MakerNote:
    """Return the maker note of a CR3, which is the main directory of a TIFF structure of its own."""
    order, main = _main(stream)
    return MakerNote(Maker.CANON, stream, order, 0, main)


def directory(stream: BinaryIO, at: int, order: str) -> dict[int, Entry]:
    """Read a directory by tag; empty where ``order`` or ``at`` says that there is none."""
    if not order or not at:
        return {}
    (count,) = struct.unpack(f"{order}H", read_at(stream, at, 2))
    data = read_at(stream, at + 2, _ENTRY * min(count, _MOST_ENTRIES))
    entries = {}
    for start in range(0, len(data), _ENTRY):
        tag, kind, values = struct.unpack_from(f"{order}HHI", data, start)
        entries[tag] = Entry(kind, values, at + 2 + start + 8)
    return entries


def read_at(stream: BinaryIO, at: int, length: int) -> bytes:
    """Read bytes from a place, zeros behind the end."""
    stream.seek(max(0, at))
    return stream.read(length).ljust(length, b"\0")


def _open(stream: BinaryIO, start: _Start, at: int, head: bytes, order: str) -> MakerNote:
    """Open a note whose beginning was recognised."""
    base = at if start.own_base else 0
    place = at + start.length
    match start.maker:
        case Maker.OLYMPUS:
            order = _ORDERS.get(head[start.length - 4 : start.length - 2], "")
        case Maker.PENTAX:
            order = _ORDERS.get(head[start.length - 2 : start.length], order)
        case Maker.NIKON:  # a TIFF structure of its own
            base = place
            order = _ORDERS.get(read_at(stream, base, 2), "")
            place = base + (struct.unpack(f"{order}I", read_at(stream, base + 4, 4))[0] if order else 0)
        case Maker.FUJIFILM:
            order = "<"
            place = base + int.from_bytes(head[8:12], "little")
    order = _own_order(stream, place, order)
    return MakerNote(start.maker, stream, order, base, directory(stream, place, order))


def _own_order(stream: BinaryIO, place: int, order: str) -> str:
    """Return the order of bytes of a directory: a program that writes all else anew in another one leaves a note be."""
    count = read_at(stream, place, 2)
    other = "<" if order == ">" else ">"
    return min(order, other, key=lambda each: struct.unpack(f"{each}H", count)[0]) if order else order


def _moved_by(stream: BinaryIO, at: int, length: int, order: str) -> int:
    """Return how far a Canon note was moved by a program that left its offsets be: its end says where it was."""
    end = read_at(stream, at + length - _FOOTER, _FOOTER) if length > _FOOTER else b""
    if end[:4] not in _FOOTERS:
        return 0
    return at - int(struct.unpack(f"{order}I", end[4:])[0])


def _main(stream: BinaryIO) -> tuple[str, dict[int, Entry]]:
    """Read the order of bytes, "" where this is no TIFF structure, and the main directory."""
    head = read_at(stream, 0, 8)
    order = _ORDERS.get(head[:2], "")
    if not order:
        return "", {}
    return order, directory(stream, struct.unpack(f"{order}I", head[4:])[0], order)


def _offset(stream: BinaryIO, entry: Entry | None, order: str) -> int:
    """Return what an entry points to; 0 where there is no entry."""
    return 0 if entry is None else int(struct.unpack(f"{order}I", read_at(stream, entry.place, 4))[0])
