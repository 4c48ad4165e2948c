"""The metadata items and the colours of a HEIF or AVIF file, found through its directory; only ever read.

Libraries that decode these formats read the whole file for them, which over a network is seconds a photo, and they
are native code, which a damaged file may bring down together with the program. The boxes are those of
ISO/IEC 14496-12, 8.11 (item information, locations, references).
"""

import os
from collections.abc import Iterator, Mapping
from enum import Enum, auto
from itertools import islice
from typing import BinaryIO

_LARGEST_DIRECTORY = 2**22  # bytes: phones write some kilobytes
_LARGEST_ITEM = 2**24  # bytes: far more than any metadata have
_MOST_BOXES = 10_000  # outside the directory, where there are a handful
_CODED = frozenset({b"hvc1", b"av01"})
_MOST_ITEMS = 1024  # of which the pieces are looked up: a phone's picture has some fifty tiles
_XMP_TYPE = b"application/rdf+xml"

_ORIENTATIONS = (1, 8, 3, 6)  # of Exif, by quarter turns against the clock (ISO/IEC 23008-12, 6.5.10)

_Boxes = Mapping[bytes, bytes]


class HeifError(ValueError):
    """The file's boxes make no sense."""


class Metadata(Enum):
    """Which metadata of a picture."""

    EXIF = auto()
    XMP = auto()


def metadata_item(stream: BinaryIO, wanted: Metadata) -> bytes | None:
    """Read the Exif data or the XMP packet that describes the main picture; None where there is none.

    Args:
        stream: the whole file.
        wanted: which of the two. Of Exif, the TIFF structure alone is given.

    Raises:
        HeifError: the file's boxes make no sense.
    """
    directory = _directory(stream)
    return _item_of(directory, stream, wanted) if directory else None


def colour_codes(stream: BinaryIO) -> tuple[int, int] | None:
    """Return primaries and transfer of the main picture by the numbers of ITU-T H.273; None where not told.

    Args:
        stream: the whole file.

    Raises:
        HeifError: the file's boxes make no sense.
    """
    own, all_of_them = _properties(stream)
    told = [body for kind, body in own if kind == b"colr"]
    if not told:  # those of the tiles it is put together from
        told = [body for kind, body in all_of_them if kind == b"colr"]
    codes = next((body for body in told if body.startswith(b"nclx") and len(body) >= 8), None)
    return (int.from_bytes(codes[4:6], "big"), int.from_bytes(codes[6:8], "big")) if codes else None


def turned_by(stream: BinaryIO) -> int:
    """Return how the main picture is turned for showing, as Exif's orientation: 1, 3, 6 or 8.

    Args:
        stream: the whole file.

    Raises:
        HeifError: the file's boxes make no sense.
    """
    own, _ = _properties(stream)
    turns = next((body[0] & 3 for kind, body in own if kind == b"irot" and body), 0)
    return _ORIENTATIONS[turns]


def _properties(stream: BinaryIO) -> tuple[list[tuple[bytes, bytes]], list[tuple[bytes, bytes]]]:
    """Return the properties of the main picture by kind, and those of all pictures; none where there are none."""
    directory = _directory(stream)
    properties = dict(_boxes(directory.get(b"iprp", b""))) if directory else {}
    all_of_them = list(_boxes(properties.get(b"ipco", b"")))
    numbers = dict(_associations(properties.get(b"ipma", b"")))
    main = numbers.get(_main_item(directory.get(b"pitm", b"")), ()) if numbers else ()
    return [all_of_them[n - 1] for n in main if 0 < n <= len(all_of_them)], all_of_them


def coded_parts(stream: BinaryIO) -> Iterator[tuple[int, int]]:
    """Yield offset and length of each piece of coded data: of pictures, their tiles and smaller versions.

    Args:
        stream: the whole file; its position is changed.

    Raises:
        HeifError: the file's boxes make no sense.
    """
    directory = _directory(stream)
    for item, kind, _ in islice(_entries(directory.get(b"iinf", b"")), _MOST_ITEMS):
        if kind in _CODED:
            for in_directory, offset, length in _pieces(directory.get(b"iloc", b""), item):
                if not in_directory:
                    yield offset, length


def _directory(stream: BinaryIO) -> _Boxes:
    """Return the boxes of the file's directory; none where it has none."""
    size = stream.seek(0, os.SEEK_END)
    at = 0
    for _ in range(_MOST_BOXES):
        if at + 8 > size:
            break
        stream.seek(at)
        head = stream.read(16)
        kind, header, end = _box_at(head, 0, size - at)
        if kind == b"meta":
            if end > _LARGEST_DIRECTORY:
                raise HeifError("its directory is too large")
            stream.seek(at + header + 4)
            return dict(_boxes(stream.read(end - header - 4)))
        at += end
    return {}


def _item_of(meta: _Boxes, stream: BinaryIO, wanted: Metadata) -> bytes | None:
    """Read an item by the directory: which one it is, and where its pieces lie."""
    items = list(_items(meta.get(b"iinf", b""), wanted))
    described = dict(_descriptions(meta.get(b"iref", b"")))
    main = _main_item(meta.get(b"pitm", b""))
    # Depth maps and the like may have metadata of their own.
    item = next((one for one in items if main in described.get(one, (main,))), None)
    if item is None:
        return None
    parts, left, size = [], _LARGEST_ITEM, stream.seek(0, os.SEEK_END)
    for in_directory, offset, length in _pieces(meta.get(b"iloc", b""), item):
        left -= length
        if left < 0 or offset > size:
            raise HeifError("its metadata are too large, or lie outside the file")
        if in_directory:
            parts.append(meta.get(b"idat", b"")[offset : offset + length])
        else:
            stream.seek(offset)
            parts.append(stream.read(length))
    content = b"".join(parts)
    if wanted is Metadata.EXIF:  # it begins with the offset of the TIFF structure (ISO/IEC 23008-12, A.2.1)
        content = content[4 + int.from_bytes(content[:4], "big") :]
    return content or None


def _items(iinf: bytes, wanted: Metadata) -> Iterator[int]:
    """Yield the metadata items of a kind."""
    for item, kind, described in _entries(iinf):
        match kind:
            case b"Exif" if wanted is Metadata.EXIF:
                yield item
            case b"mime" if wanted is Metadata.XMP:
                _name, _, rest = described.partition(b"\0")
                if rest.partition(b"\0")[0] == _XMP_TYPE:
                    yield item


def _entries(iinf: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield each item's number, its kind, and what else is said of it."""
    if not iinf:
        return
    fields = _Fields(iinf)
    version = fields.version()
    fields.number(2 if version == 0 else 4)
    for kind, body in _boxes(fields.rest()):
        entry = _Fields(body)
        version = entry.version()
        if kind != b"infe" or version < 2:
            continue
        item = entry.number(2 if version == 2 else 4)
        entry.number(2)
        yield item, entry.take(4), entry.rest()


def _descriptions(iref: bytes) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield which items an item describes."""
    if not iref:
        return
    fields = _Fields(iref)
    width = 2 if fields.version() == 0 else 4
    for kind, body in _boxes(fields.rest()):
        if kind == b"cdsc":
            entry = _Fields(body)
            item = entry.number(width)
            yield item, tuple(entry.number(width) for _ in range(entry.number(2)))


def _associations(ipma: bytes) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield by item the numbers of its properties, counted from 1 (ISO/IEC 23008-12, 9.3.1)."""
    if not ipma:
        return
    fields = _Fields(ipma)
    head = fields.number(4)
    version, is_wide = head >> 24, head & 1
    for _ in range(fields.number(4)):
        item = fields.number(4 if version else 2)
        count = fields.number(1)
        yield (
            item,
            tuple(fields.number(2) & 0x7FFF if is_wide else fields.number(1) & 0x7F for _ in range(count)),
        )


def _main_item(pitm: bytes) -> int:
    fields = _Fields(pitm)
    return fields.number(2 if fields.version() == 0 else 4)


def _pieces(iloc: bytes, wanted: int) -> Iterator[tuple[bool, int, int]]:
    """Yield the pieces of one item: whether each lies in the directory itself, its offset and length."""
    fields = _Fields(iloc)
    version = fields.version()
    widths = fields.number(2)
    offset_width, length_width, base_width, index_width = (widths >> shift & 15 for shift in (12, 8, 4, 0))
    index_width = index_width if version else 0
    for _ in range(fields.number(2 if version < 2 else 4)):
        item = fields.number(2 if version < 2 else 4)
        method = fields.number(2) & 15 if version else 0
        fields.number(2)
        base = fields.number(base_width)
        count = fields.number(2)
        if item != wanted:
            fields.take(count * (index_width + offset_width + length_width))
            continue
        for _ in range(count if method in (0, 1) else 0):
            fields.number(index_width)
            offset, length = fields.number(offset_width), fields.number(length_width)
            yield method == 1, base + offset, length
        return


class _Fields:
    """Reads numbers off the start of a box's body."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def version(self) -> int:
        """Read the version of a full box; its flags are passed over."""
        return self.number(4) >> 24

    def number(self, width: int) -> int:
        return int.from_bytes(self.take(width), "big")

    def take(self, width: int) -> bytes:
        taken = self._data[self._at : self._at + width]
        if len(taken) < width:
            raise HeifError("a box ends too early")
        self._at += width
        return taken

    def rest(self) -> bytes:
        return self._data[self._at :]


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the boxes of some bytes, by kind, with their bodies."""
    at = 0
    while at + 8 <= len(data):
        kind, header, end = _box_at(data, at, len(data) - at)
        yield kind, data[at + header : at + end]
        at += end


def _box_at(data: bytes, at: int, left: int) -> tuple[bytes, int, int]:
    """Return kind, length of the header, and length of the whole of a box that has at most ``left`` bytes."""
    size, header = int.from_bytes(data[at : at + 4], "big"), 8
    if size == 1:
        size, header = int.from_bytes(data[at + 8 : at + 16], "big"), 16
    elif size == 0:
        size = left
    if not header <= size <= left:
        raise HeifError("a box is larger than what it is in")
    return data[at + 4 : at + 8], header, size
