"""The XMP segment of a JPEG file (XMP specification, part 3, 1.1.3).

A new or longer packet comes right after JFIF and Exif and before any multi-picture index: that index counts from
its own place (CIPA DC-007, 5.2.2), so what is inserted before it does it no harm. Everything else is copied.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from core.language import say
from core.sidecar.splices import Splice
from core.sidecar.xmp_packet import PacketError

_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_JFIF, _JFXX, _EXIF, _MPF = b"JFIF\0", b"JFXX\0", b"Exif\0", b"MPF\0"
_APP0, _APP1, _APP2 = 0xE0, 0xE1, 0xE2
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9
_MOST_MARKERS = 20_000  # with extended metadata in it, a header has hundreds
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_TIFF_AT = 6  # where the TIFF structure starts within an Exif payload
_CHUNK = 2**20

LARGEST_PACKET = 0xFFFF - 2 - len(_XMP)


@dataclass(frozen=True, slots=True)
class _Segment:
    """One segment: ``start`` at its marker, ``end`` after its payload; ``begins`` is the payload's beginning."""

    marker: int
    start: int
    payload: int
    end: int
    begins: bytes

    def holds(self, marker: int, *names: bytes) -> bool:
        return self.marker == marker and self.begins.startswith(names)


class JpegSlot:
    """The packet's place, found by reading the segments' first bytes only: the picture itself is not read.

    Args:
        stream: the whole file.
        start: where the JPEG begins in it.

    Raises:
        PacketError: it is no sound JPEG.
    """

    largest = LARGEST_PACKET

    def __init__(self, stream: BinaryIO, start: int = 0) -> None:
        self._stream = stream
        self._segments = tuple(_segments(stream, start))
        found = [segment for segment in self._segments if segment.holds(_APP1, _XMP)]
        self._xmp = found[0] if found else None
        self.is_sole = len(found) <= 1
        exif = next((one for one in self._segments if one.holds(_APP1, _EXIF)), None)
        self.exif = None if exif is None else exif.payload + _TIFF_AT
        self.packet = self._read(self._xmp.payload + len(_XMP), self._xmp.end) if self._xmp else None

    def put(self, packet: bytes) -> tuple[Splice, ...]:
        """See ``PacketSlot``."""
        if self.packet is not None and self._xmp is not None and len(packet) == len(self.packet):
            return (Splice(self._xmp.payload + len(_XMP), self._xmp.end, packet),)
        index = next((one.start for one in self._segments if one.holds(_APP2, _MPF)), None)
        segment = struct.pack(">BBH", 0xFF, _APP1, 2 + len(_XMP) + len(packet)) + _XMP + packet
        if self._xmp is not None:
            start, end = self._xmp.start, self._xmp.end
            if index is not None and index < start:
                raise PacketError(
                    say(
                        "Its XMP stands behind the index of the further pictures in it and cannot grow there; "
                        "use a sidecar instead."
                    )
                )
        else:
            heads = [
                one.end
                for one in self._segments
                if (one.holds(_APP0, _JFIF, _JFXX) or one.holds(_APP1, _EXIF))
                and (index is None or one.start < index)
            ]
            start = end = max(heads, default=2)
        self._check_nothing_is_pointed_at()
        return (Splice(start, end, segment),)

    def with_exif(self, splices: tuple[Splice, ...]) -> tuple[Splice, ...]:
        """See ``PacketSlot``."""
        return splices

    def _check_nothing_is_pointed_at(self) -> None:
        """Refuse a pointer in a maker note to a preview behind the picture, counted from the Exif data's start.

        Raises:
            PacketError: such a pointer would lead astray.
        """
        exif = next((one for one in self._segments if one.holds(_APP1, _EXIF)), None)
        if exif is None:
            return
        block = self._read(exif.payload, exif.end)
        for at in self._pictures_behind():
            offset = at - exif.payload - _TIFF_AT
            if offset < 2**32 and (struct.pack("<I", offset) in block or struct.pack(">I", offset) in block):
                raise PacketError(
                    say(
                        "Its maker notes point to a picture behind the photo, which must not be moved; "
                        "use a sidecar instead."
                    )
                )

    def _pictures_behind(self) -> Iterator[int]:
        """Yield where further JPEG pictures start behind the header; their first bytes never occur within a scan."""
        at = self._segments[-1].end if self._segments else 2
        self._stream.seek(at)
        before = b""
        while chunk := self._stream.read(_CHUNK):
            window = before + chunk
            found = window.find(b"\xff\xd8\xff")
            while found >= 0:
                yield at - len(before) + found
                found = window.find(b"\xff\xd8\xff", found + 1)
            at += len(chunk)
            before = window[-2:]

    def _read(self, start: int, end: int) -> bytes:
        self._stream.seek(start)
        return self._stream.read(end - start)


def _segments(stream: BinaryIO, start: int) -> Iterator[_Segment]:
    """Yield the segments before the scan of the JPEG that begins there.

    Raises:
        PacketError: they do not lead to a scan.
    """
    stream.seek(start)
    if stream.read(2) != b"\xff\xd8":
        raise PacketError(say("It is not a JPEG file, whatever its name says."))
    at = start + 2
    for _ in range(_MOST_MARKERS):
        stream.seek(at)
        head = stream.read(4 + len(_XMP))
        if len(head) < 4 or head[0] != 0xFF:
            raise PacketError(say("It is a damaged JPEG file."))
        marker = head[1]
        if marker in (_START_OF_SCAN, _END_OF_IMAGE):
            return
        if marker == 0xFF:  # a fill byte
            at += 1
        elif marker in _STANDALONE:
            at += 2
        else:
            end = at + 2 + int.from_bytes(head[2:4], "big")
            if end < at + 4:
                raise PacketError(say("It is a damaged JPEG file."))
            yield _Segment(marker, at, at + 4, end, head[4:])
            at = end
    raise PacketError(say("It is a damaged JPEG file."))
