"""The XMP packet of a HEIF or AVIF file, found through its directory of items; only ever read.

Libraries that decode these formats read the whole file for it, which over a network is seconds a photo. The boxes
are those of ISO/IEC 14496-12, 8.11 (item information, locations, references).
"""

import os
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from core.sidecar.xmp_packet import PacketError

_XMP_TYPE = b"application/rdf+xml"
_LARGEST = 2**24  # bytes, of the directory and of a packet: far more than any has

_Boxes = Mapping[bytes, bytes]


def heif_packet(stream: BinaryIO) -> bytes | None:
    """The packet that describes the main picture; None where there is none.

    Args:
        stream: the whole file.

    Raises:
        PacketError: the file's boxes make no sense.
    """
    size = stream.seek(0, os.SEEK_END)
    at = 0
    while at + 8 <= size:
        stream.seek(at)
        head = stream.read(16)
        kind, header, end = _box_at(head, 0, size - at)
        if kind == b"meta":
            if end > _LARGEST:
                raise PacketError("It is a damaged HEIF file.")
            stream.seek(at + header + 4)
            return _packet_of(dict(_boxes(stream.read(end - header - 4))), stream)
        at += end
    return None


def _packet_of(meta: _Boxes, stream: BinaryIO) -> bytes | None:
    """By the directory: which item is the packet, and where its pieces lie."""
    packets = list(_packet_items(meta.get(b"iinf", b"")))
    described = dict(_descriptions(meta.get(b"iref", b"")))
    main = _main_item(meta.get(b"pitm", b""))
    # Depth maps and the like may have packets of their own.
    item = next((one for one in packets if main in described.get(one, (main,))), None)
    if item is None:
        return None
    parts = []
    for in_directory, offset, length in _pieces(meta.get(b"iloc", b""), item):
        if length > _LARGEST:
            raise PacketError("It is a damaged HEIF file.")
        if in_directory:
            parts.append(meta.get(b"idat", b"")[offset : offset + length])
        else:
            stream.seek(offset)
            parts.append(stream.read(length))
    return b"".join(parts) or None


def _packet_items(iinf: bytes) -> Iterator[int]:
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
        if entry.take(4) == b"mime":
            _name, _, rest = entry.rest().partition(b"\0")
            if rest.partition(b"\0")[0] == _XMP_TYPE:
                yield item


def _descriptions(iref: bytes) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Which items an item describes."""
    if not iref:
        return
    fields = _Fields(iref)
    width = 2 if fields.version() == 0 else 4
    for kind, body in _boxes(fields.rest()):
        if kind == b"cdsc":
            entry = _Fields(body)
            item = entry.number(width)
            yield item, tuple(entry.number(width) for _ in range(entry.number(2)))


def _main_item(pitm: bytes) -> int:
    fields = _Fields(pitm)
    return fields.number(2 if fields.version() == 0 else 4)


def _pieces(iloc: bytes, wanted: int) -> Iterator[tuple[bool, int, int]]:
    """Of one item: whether the piece lies in the directory itself, its offset and length."""
    fields = _Fields(iloc)
    version = fields.version()
    widths = fields.number(2)
    offset_width, length_width, base_width, index_width = (widths >> shift & 15 for shift in (12, 8, 4, 0))
    for _ in range(fields.number(2 if version < 2 else 4)):
        item = fields.number(2 if version < 2 else 4)
        method = fields.number(2) & 15 if version else 0
        fields.number(2)
        base = fields.number(base_width)
        for _ in range(fields.number(2)):
            fields.number(index_width if version else 0)
            offset, length = fields.number(offset_width), fields.number(length_width)
            if item == wanted and method in (0, 1):
                yield method == 1, base + offset, length


class _Fields:
    """Reads numbers off the start of a box's body."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def version(self) -> int:
        """Of a full box; its flags are passed over."""
        return self.number(4) >> 24

    def number(self, width: int) -> int:
        return int.from_bytes(self.take(width), "big")

    def take(self, width: int) -> bytes:
        taken = self._data[self._at : self._at + width]
        if len(taken) < width:
            raise PacketError("It is a damaged HEIF file.")
        self._at += width
        return taken

    def rest(self) -> bytes:
        return self._data[self._at :]


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The boxes of some bytes, by kind, with their bodies."""
    at = 0
    while at + 8 <= len(data):
        kind, header, end = _box_at(data, at, len(data) - at)
        yield kind, data[at + header : at + end]
        at += end


def _box_at(data: bytes, at: int, left: int) -> tuple[bytes, int, int]:
    """Kind, length of the header, and length of the whole of a box of which at most ``left`` bytes are there."""
    size, header = int.from_bytes(data[at : at + 4], "big"), 8
    if size == 1:
        size, header = int.from_bytes(data[at + 8 : at + 16], "big"), 16
    elif size == 0:
        size = left
    if not header <= size <= left:
        raise PacketError("It is a damaged HEIF file.")
    return data[at + 4 : at + 8], header, size
