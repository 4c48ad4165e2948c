"""Stars in Exif data: Windows keeps them in two tags of its own, and some cameras in their maker notes.

They are nobody's decision here: read where nothing else says how many, and written only to keep Windows's tags from
contradicting what was decided. They are never added where they are missing, and a maker's notes are never written.
"""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from core.sidecar.percent import percent_of_stars, stars_of_percent
from core.sidecar.splices import Splice

_RATING, _PERCENT = 0x4746, 0x4749  # of the main directory; registered by Microsoft
_EXIF_DIRECTORY, _MAKER_NOTE = 0x8769, 0x927C
_ORDERS = {b"II": "<", b"MM": ">"}  # whatever follows: makers have marks of their own
_NUMBERS = {1: "B", 3: "H", 4: "I"}  # whole numbers, by kind
_ENTRY = 12  # bytes
_MOST_ENTRIES = 1024
_FUJI, _FUJI_RATING = b"FUJIFILM", 0x1431  # always little-endian, with offsets from the note's start
_SONY, _SONY_RATING = b"SONY", 0x2002  # in the order of the whole; its directory stands 12 bytes in


@dataclass(frozen=True, slots=True)
class _Entry:
    tag: int
    kind: int
    count: int
    at: int  # where its value stands, or the offset of that
    order: str
    offset: int  # that one, as a number

    @property
    def number(self) -> int | None:
        """The value, where it is one whole number."""
        code = _NUMBERS.get(self.kind)
        if code is None or self.count != 1:
            return None
        inline = struct.pack(f"{self.order}I", self.offset)
        return int(struct.unpack_from(f"{self.order}{code}", inline)[0])

    def replaced(self, number: int) -> Splice:
        """Return the splice that gives it another value of the same size."""
        value = struct.pack(f"{self.order}{_NUMBERS[self.kind]}", number)
        return Splice(self.at, self.at + len(value), value)


@dataclass(frozen=True, slots=True)
class StarsTag:
    """A tag of Windows's that has to change.

    Attributes:
        name: for people.
        before, after: its value.
        splice: of equal length.
    """

    name: str
    before: int
    after: int
    splice: Splice


def camera_stars(stream: BinaryIO, start: int = 0) -> int | None:
    """Return 1 to 5 stars of Windows's rating, else of its percentage, else of a maker's notes; None without any.

    Args:
        stream: a file; its position is changed.
        start: where a TIFF structure begins in it.

    Raises:
        OSError: the file cannot be read any further.
    """
    main = _main_directory(stream, start)
    ratings = [entry.number for entry in main if entry.tag == _RATING]
    percents = [stars_of_percent(entry.number) for entry in main if entry.tag == _PERCENT]
    found = (*map(_stars, ratings), *percents, *map(_stars, _of_maker(stream, start, main)))
    return next((stars for stars in found if stars is not None), None)


def windows_stars(stream: BinaryIO, start: int, stars: int) -> tuple[StarsTag, ...]:
    """Return those of Windows's tags in the Exif data that say another number of stars; none that is missing.

    Args:
        stream: a file; its position is changed.
        start: where a TIFF structure begins in it.
        stars: 0 to 5.

    Raises:
        OSError: the file cannot be read any further.
    """
    wanted = {_RATING: ("Exif Rating", stars), _PERCENT: ("Exif RatingPercent", percent_of_stars(stars))}
    found = [(entry, *wanted[entry.tag]) for entry in _main_directory(stream, start) if entry.tag in wanted]
    return tuple(
        StarsTag(name, before, after, entry.replaced(after))
        for entry, name, after in found
        if (before := entry.number) not in (None, after)
    )


def _stars(number: int | None) -> int | None:
    return number if number is not None and 1 <= number <= 5 else None


def _main_directory(stream: BinaryIO, start: int) -> tuple[_Entry, ...]:
    stream.seek(start)
    head = stream.read(8)
    order = _ORDERS.get(head[:2], "")
    if not order or len(head) < 8:
        return ()
    return tuple(_directory(stream, start + struct.unpack(f"{order}I", head[4:])[0], order))


def _directory(stream: BinaryIO, at: int, order: str) -> Iterator[_Entry]:
    stream.seek(at)
    (count,) = struct.unpack(f"{order}H", stream.read(2).ljust(2, b"\0"))
    data = stream.read(_ENTRY * min(count, _MOST_ENTRIES))
    for index in range(len(data) // _ENTRY):
        tag, kind, values, offset = struct.unpack_from(f"{order}HHII", data, _ENTRY * index)
        yield _Entry(tag, kind, values, at + 2 + _ENTRY * index + 8, order, offset)


def _of_maker(stream: BinaryIO, start: int, main: Iterable[_Entry]) -> Iterator[int | None]:
    """Yield the stars in the notes of the makers whose tag for them is known.

    Of several directories or notes the first counts.
    """
    details = next((entry for entry in main if entry.tag == _EXIF_DIRECTORY), None)
    if details is None:
        return
    entries = _directory(stream, start + details.offset, details.order)
    note = next((entry for entry in entries if entry.tag == _MAKER_NOTE), None)
    if note is None:
        return
    at = start + note.offset
    stream.seek(at)
    head = stream.read(12)
    if head.startswith(_FUJI) and len(head) == 12:
        entries, wanted = _directory(stream, at + struct.unpack("<I", head[8:])[0], "<"), _FUJI_RATING
    elif head.startswith(_SONY):
        entries, wanted = _directory(stream, at + 12, note.order), _SONY_RATING
    else:
        return
    yield from (entry.number for entry in entries if entry.tag == wanted)
