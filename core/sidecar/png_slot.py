"""The XMP chunk of a PNG file (XMP specification, part 3, 1.1.5; PNG specification, 5.3)."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from core.language import say
from core.sidecar.splices import Splice, apply
from core.sidecar.xmp_packet import PacketError

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MOST_CHUNKS = 250_000  # of the smallest kind that programs write, this many are two gigabytes
_KEYWORD = b"XML:com.adobe.xmp\0"
_HEAD = _KEYWORD + b"\0\0\0\0"  # not compressed, no language, no translated keyword
_EXIF_PREFIX = b"Exif\0\0"
_OLD_KEYWORDS = (b"Raw profile type xmp\0",)


@dataclass(frozen=True, slots=True)
class _Chunk:
    """One chunk: ``start`` at its length, ``end`` after its checksum; ``begins`` is its data's beginning."""

    kind: bytes
    start: int
    end: int
    begins: bytes


class PngSlot:
    """The packet's place, found by reading the chunks' first bytes only.

    Args:
        stream: the whole file.

    Raises:
        PacketError: it is no sound PNG, or its packet is in a form that cannot be edited.
    """

    largest = 2**24  # far less than the format's 2 GB

    def __init__(self, stream: BinaryIO) -> None:
        chunks = tuple(_chunks(stream))
        if any(
            one.kind in (b"tEXt", b"zTXt", b"iTXt") and one.begins.startswith(_OLD_KEYWORDS) for one in chunks
        ):
            raise PacketError(say("Its XMP is in ImageMagick's old form; use a sidecar instead."))
        found = [one for one in chunks if one.kind == b"iTXt" and one.begins.startswith(_KEYWORD)]
        self._stream = stream
        self._exif = next((one for one in chunks if one.kind == b"eXIf"), None)
        self.exif = None
        if self._exif is not None:  # some write JPEG's prefix as well
            self.exif = self._exif.start + 8 + len(_EXIF_PREFIX) * self._exif.begins.startswith(_EXIF_PREFIX)
        self.is_sole = len(found) <= 1
        self._pixels = next((one.start for one in chunks if one.kind == b"IDAT"), None)
        self._chunk = found[0] if found else None
        self.packet: bytes | None = None
        if self._chunk is not None:
            if self._chunk.end - self._chunk.start > self.largest:
                raise PacketError(say("Its XMP is far too large."))
            stream.seek(self._chunk.start + 8)
            data = stream.read(self._chunk.end - self._chunk.start - 12)
            self._head = _head_of(data)
            self.packet = data[len(self._head) :]

    def put(self, packet: bytes) -> tuple[Splice, ...]:
        """See ``PacketSlot``."""
        if self._chunk is not None:
            return (Splice(self._chunk.start, self._chunk.end, _make_chunk(self._head + packet)),)
        if self._pixels is None:
            raise PacketError(say("It is a damaged PNG file."))
        return (Splice(self._pixels, self._pixels, _make_chunk(_HEAD + packet)),)

    def with_exif(self, splices: tuple[Splice, ...]) -> tuple[Splice, ...]:
        """See ``PacketSlot``."""
        if self._exif is None or not splices:
            return ()
        start, end = self._exif.start + 4, self._exif.end - 4
        self._stream.seek(start)
        changed = apply(self._stream.read(end - start), tuple(one.moved(-start) for one in splices))
        return (*splices, Splice(end, end + 4, struct.pack(">I", zlib.crc32(changed))))


def _head_of(data: bytes) -> bytes:
    """Return keyword, flags, language and translated keyword of the XMP chunk's data.

    Raises:
        PacketError: the packet is compressed, or the chunk is damaged.
    """
    at = len(_KEYWORD)
    if data[at : at + 2] != b"\0\0":
        raise PacketError(
            say("Its XMP is compressed and cannot be edited without loss; use a sidecar instead.")
        )
    language = data.find(b"\0", at + 2)
    translated = data.find(b"\0", language + 1)
    if language < 0 or translated < 0:
        raise PacketError(say("It is a damaged PNG file."))
    return data[: translated + 1]


def _make_chunk(data: bytes) -> bytes:
    body = b"iTXt" + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def _chunks(stream: BinaryIO) -> Iterator[_Chunk]:
    """Yield all chunks up to the end of the picture.

    Raises:
        PacketError: they do not lead there.
    """
    stream.seek(0)
    if stream.read(len(_SIGNATURE)) != _SIGNATURE:
        raise PacketError(say("It is not a PNG file, whatever its name says."))
    at = len(_SIGNATURE)
    for _ in range(_MOST_CHUNKS):
        stream.seek(at)
        head = stream.read(8 + len(_OLD_KEYWORDS[0]))
        if len(head) < 8:
            raise PacketError(say("It is a damaged PNG file."))
        kind = head[4:8]
        end = at + 12 + int.from_bytes(head[:4], "big")
        yield _Chunk(kind, at, end, head[8:])
        if kind == b"IEND":
            return
        at = end
    raise PacketError(say("It is a damaged PNG file."))
