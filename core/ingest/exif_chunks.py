"""The Exif data of PNG and WebP files, found by walking their chunks; nothing of the picture is read."""

import re
import zlib
from typing import BinaryIO

_MOST_CHUNKS = 100_000  # of the smallest kind programs write, these are a gigabyte
_LARGEST = 2**24  # bytes: far more than any metadata have
_EXIF_PREFIX = b"Exif\0\0"

_PNG_START = 8
_OLD_PROFILE = re.compile(rb"Raw profile type (?:exif|APP1)\0")
_OLD_HEADER_LINES = 3  # an empty one, the name, the length; then hexadecimal digits

_WEBP_START = 12


def png_exif(stream: BinaryIO) -> bytes:
    """The TIFF structure of a PNG file, b"" where there is none.

    It is in the chunk ``eXIf`` (PNG specification, third edition, 11.3.4.5); ImageMagick used to write it as text.

    Args:
        stream: the whole file.
    """
    at = _PNG_START
    for _ in range(_MOST_CHUNKS):
        stream.seek(at)
        head = stream.read(8)
        kind, size = head[4:], int.from_bytes(head[:4], "big")
        if len(head) < 8 or kind == b"IEND":
            break
        if size <= _LARGEST and kind in (b"eXIf", b"zTXt", b"tEXt"):
            content = stream.read(size)
            block = content if kind == b"eXIf" else _old_profile(kind, content)
            if block:
                return block.removeprefix(_EXIF_PREFIX)
        at += 12 + size
    return b""


def webp_exif(stream: BinaryIO) -> bytes:
    """The TIFF structure of a WebP file, b"" where there is none.

    Args:
        stream: the whole file.
    """
    return webp_chunk(stream, b"EXIF").removeprefix(_EXIF_PREFIX)


def webp_chunk(stream: BinaryIO, wanted: bytes) -> bytes:
    """A chunk of metadata of a WebP file, which comes after the picture (WebP container specification, "Metadata").

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


def _old_profile(kind: bytes, content: bytes) -> bytes:
    """ImageMagick's: a text chunk with the bytes as hexadecimal digits."""
    if _OLD_PROFILE.match(content) is None:
        return b""
    text = content.partition(b"\0")[2]
    try:
        if kind == b"zTXt":
            text = zlib.decompressobj().decompress(text[1:], _LARGEST)
        return bytes.fromhex(b"".join(text.split(b"\n")[_OLD_HEADER_LINES:]).decode("ascii"))
    except (zlib.error, ValueError):
        return b""
