"""The XMP tag of a TIFF or DNG file (XMP specification, part 3, 1.1.4; TIFF 6.0, section 2).

What does not fit in place is appended to the file, and the entry or the directory that leads to it is pointed
there. So nothing that is in the file moves: offsets within maker notes, which nobody but their maker knows, stay
true. The former packet or directory remains in the file, with nothing that leads to it.
"""

import os
import struct
from dataclasses import dataclass
from typing import BinaryIO

from core.language import say
from core.sidecar.splices import Splice
from core.sidecar.xmp_packet import PacketError

_XMP_TAG = 700
_BYTE, _UNDEFINED = 1, 7
_ENTRY = 12  # bytes
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}  # bytes, by kind
_LAST_OFFSET = 2**32 - 1
_MOST_ENTRIES = 4096

_PLAIN = {b"II*\0": "<", b"MM\0*": ">"}
_OF_MAKERS = {b"IIU\0": "<", b"IIRO": "<", b"IIRS": "<", b"MMOR": ">"}  # Panasonic's and Olympus's RAW


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of the directory, at its own offset."""

    at: int
    tag: int
    kind: int
    count: int
    value: int  # or its offset


class TiffSlot:
    """The packet's place in the first picture, found by reading the first directory only.

    Args:
        stream: the whole file.

    Raises:
        PacketError: it is no sound TIFF.
    """

    exif = 0
    largest = 2**24  # far less than the format's 4 GB

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._size = stream.seek(0, os.SEEK_END)
        stream.seek(0)
        head = stream.read(8)
        self._order = {**_PLAIN, **_OF_MAKERS}.get(head[:4], "")
        if not self._order or len(head) < 8:
            raise PacketError(say("It is not a TIFF file, or one of a kind that cannot be edited."))
        (self._directory,) = struct.unpack(f"{self._order}I", head[4:])
        self._entries = self._read_entries()
        found = [entry for entry in self._entries if entry.tag == _XMP_TAG]
        self._xmp = found[0] if found else None
        self.is_sole = len(found) <= 1
        self.packet = self._read_packet(self._xmp) if self._xmp else None

    def put(self, packet: bytes) -> tuple[Splice, ...]:
        """See ``PacketSlot``."""
        if self._xmp is not None and len(packet) == self._xmp.count:
            return (Splice(self._xmp.value, self._xmp.value + len(packet), packet),)
        if any(self._ends(entry) > self._size for entry in self._entries):
            # What is appended would become that entry's value.
            raise PacketError(say("It is a damaged TIFF file."))
        start = self._size + self._size % 2  # on a word boundary, as TIFF demands of values and directories
        gap = b"\0" * (start - self._size)
        end = start + len(packet) + len(packet) % 2
        if end + 2 + _ENTRY * (len(self._entries) + 1) + 4 > _LAST_OFFSET:
            raise PacketError(say("It is too large a TIFF file to take more; use a sidecar instead."))
        added = gap + packet + b"\0" * (len(packet) % 2)
        where = struct.pack(f"{self._order}II", len(packet), start)
        if self._xmp is not None:
            return (
                Splice(self._xmp.at + 4, self._xmp.at + _ENTRY, where),
                Splice(self._size, self._size, added),
            )
        entry = struct.pack(f"{self._order}HH", _XMP_TAG, _BYTE) + where
        pointer = struct.pack(f"{self._order}I", end)
        return (Splice(4, 8, pointer), Splice(self._size, self._size, added + self._directory_with(entry)))

    def with_exif(self, splices: tuple[Splice, ...]) -> tuple[Splice, ...]:
        """See ``PacketSlot``."""
        return splices

    def _directory_with(self, entry: bytes) -> bytes:
        """Return the first directory with one more entry, in order of tags."""
        before = sum(one.tag < _XMP_TAG for one in self._entries)
        start = self._directory + 2
        middle = start + _ENTRY * before
        end = start + _ENTRY * len(self._entries)
        self._stream.seek(start)
        data = self._stream.read(end + 4 - start)  # with the offset of the next directory
        count = struct.pack(f"{self._order}H", len(self._entries) + 1)
        return count + data[: middle - start] + entry + data[middle - start :]

    def _read_entries(self) -> tuple[_Entry, ...]:
        self._stream.seek(self._directory)
        count_bytes = self._stream.read(2)
        count = struct.unpack(f"{self._order}H", count_bytes)[0] if len(count_bytes) == 2 else 0
        data = self._stream.read(_ENTRY * count + 4)
        if not 0 < count <= _MOST_ENTRIES or len(data) < _ENTRY * count + 4:
            raise PacketError(say("It is a damaged TIFF file."))
        return tuple(
            _Entry(
                self._directory + 2 + _ENTRY * index,
                *struct.unpack_from(f"{self._order}HHII", data, _ENTRY * index),
            )
            for index in range(count)
        )

    def _ends(self, entry: _Entry) -> int:
        """Return the offset behind an entry's value."""
        size = _SIZES.get(entry.kind, 1) * entry.count
        return entry.value + size if size > 4 else entry.at + _ENTRY

    def _read_packet(self, entry: _Entry) -> bytes:
        if entry.kind not in (_BYTE, _UNDEFINED) or entry.count <= 4 or entry.count > self.largest:
            raise PacketError(say("Its XMP tag is damaged."))
        self._stream.seek(entry.value)
        packet = self._stream.read(entry.count)
        if len(packet) < entry.count:
            raise PacketError(say("Its XMP tag is damaged."))
        return packet


def is_plain_tiff(head: bytes) -> bool:
    """Tell whether the first bytes are those of TIFF itself (or DNG), not of a maker's RAW or of BigTIFF."""
    return head[:4] in _PLAIN
