"""The metadata of PNG and WebP files, found by walking their chunks; nothing of the picture is read."""

import re
import zlib
from collections.abc import Collection, Iterator
from itertools import islice
from typing import BinaryIO

_MOST_CHUNKS = 100_000  # of the smallest kind that programs write, this many are a gigabyte
_LARGEST = 2**24  # bytes: far more than any metadata has
_MOST_TRIES = 4  # kinds of chunk that mean the same
_TEXT_BYTES = 400  # of a text: dates are shorter
_EXIF_PREFIX = b"Exif\0\0"

_PNG_START = 8
_PNG_TEXTS = frozenset({b"zTXt", b"tEXt", b"iTXt"})
_PNG_METADATA = _PNG_TEXTS | {b"eXIf", b"cICP"}
_OLD_EXIF = re.compile(rb"Raw profile type (?:exif|APP1)\0")
_OLD_IPTC = re.compile(rb"Raw profile type (?:iptc|8bim)\0")
_OLD_HEADER_LINES = 3  # an empty one, the name, the length; then hexadecimal digits

_WEBP_START = 12


def png_exif(stream: BinaryIO) -> bytes:
    """Return the TIFF structure of a PNG file, b"" where there is none.

    It is in the chunk ``eXIf`` (PNG specification, third edition, 11.3.4.5); ImageMagick used to write it as text.

    Args:
        stream: the whole file.
    """
    found = (
        content
        for kind, content in _png_chunks(stream)
        if kind == b"eXIf" or (kind in _PNG_TEXTS and _OLD_EXIF.match(content))
    )
    for content in islice(found, _MOST_TRIES):
        block = _old_profile(content) if _OLD_EXIF.match(content) else content
        if block:
            return block.removeprefix(_EXIF_PREFIX)
    return b""


def png_iptc(stream: BinaryIO) -> bytes:
    """Return Photoshop's image resources or the bare IPTC records of a PNG file, kept as text; b"" without.

    Args:
        stream: the whole file.
    """
    found = (content for _, content in _png_chunks(stream) if _OLD_IPTC.match(content))
    return next(filter(None, map(_old_profile, islice(found, _MOST_TRIES))), b"")


def png_texts(stream: BinaryIO, wanted: Collection[str]) -> Iterator[str]:
    """Yield the beginnings of some texts of a PNG file (PNG specification, third edition, 11.3.3).

    Args:
        stream: the whole file.
        wanted: their keywords, in small letters.
    """
    for kind, content in _png_chunks(stream):
        keyword, _, text = content.partition(b"\0")
        if kind not in _PNG_TEXTS or keyword.decode("latin-1").lower() not in wanted:
            continue
        if kind == b"zTXt":
            text = _unpacked(text[1:], _TEXT_BYTES)
        elif kind == b"iTXt":
            is_packed, text = text[:1] == b"\1", text[2:].split(b"\0", 2)[-1]
            text = _unpacked(text, _TEXT_BYTES) if is_packed else text
        yield text[:_TEXT_BYTES].decode("utf-8", "replace")


def png_colour_codes(stream: BinaryIO) -> tuple[int, int] | None:
    """Return primaries and transfer by the numbers of ITU-T H.273; None where they are not told.

    They are in the chunk ``cICP`` (PNG specification, third edition, 11.3.2.6).

    Args:
        stream: the whole file.
    """
    codes = next((content for kind, content in _png_chunks(stream) if kind == b"cICP"), b"")
    return (codes[0], codes[1]) if len(codes) == 4 else None


def _png_chunks(stream: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks of metadata, as (kind, content)."""
    at = _PNG_START
    for _ in range(_MOST_CHUNKS):
        stream.seek(at)
        head = stream.read(8)
        kind, size = head[4:], int.from_bytes(head[:4], "big")
        if len(head) < 8 or kind == b"IEND":
            return
        if size <= _LARGEST and kind in _PNG_METADATA:
            yield kind, stream.read(size)
        at += 12 + size


def webp_exif(stream: BinaryIO) -> bytes:
    """Return the TIFF structure of a WebP file, b"" where there is none.

    Args:
        stream: the whole file.
    """
    return webp_chunk(stream, b"EXIF").removeprefix(_EXIF_PREFIX)


def webp_chunk(stream: BinaryIO, wanted: bytes) -> bytes:
    """Read a chunk of metadata of a WebP file, which comes after the picture.

    See the WebP container specification, "Metadata".

    Args:
        stream: the whole file.
        wanted: the chunk's four letters.

    Returns:
        Its content; b"" where there is none, or one too large to be what it says.
    """
    at = _WEBP_START
    for _ in range(_MOST_CHUNKS):
        stream.seek(at)
        head = stream.read(8)
        size = int.from_bytes(head[4:], "little")
        if len(head) < 8:
            break
        if head[:4] == wanted:
            return stream.read(size) if size <= _LARGEST else b""
        at += 8 + size + size % 2
    return b""


def _old_profile(content: bytes) -> bytes:
    """Decode the text chunk of ImageMagick and ExifTool, packed or not, with the bytes as hexadecimal digits."""
    text = content.partition(b"\0")[2]
    if text[:1] == b"\0":  # the way of packing; digits never begin so
        text = _unpacked(text[1:], _LARGEST)
    try:
        return bytes.fromhex(b"".join(text.split(b"\n")[_OLD_HEADER_LINES:]).decode("ascii"))
    except ValueError:
        return b""


def _unpacked(data: bytes, most: int) -> bytes:
    """Unpack what zlib made small, as far as ``most`` bytes; b"" where it is damaged."""
    try:
        return zlib.decompressobj().decompress(data, most)
    except zlib.error:
        return b""
