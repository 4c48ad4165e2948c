"""The outermost boxes of JPEG XL and JPEG 2000 files: their metadata, and whether the file ends too early.

Both keep a bare codestream, or boxes as in ISO base media files (ISO/IEC 18181-2, 15444-1 annex I). Nothing of the
picture is read. Metadata that JPEG XL keeps compressed by Brotli are left out.
"""

import os
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

_MOST_BOXES = 256
_LARGEST = 2**24  # bytes: far more than any metadata has
_UUID = 16
_XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_EXIF_UUIDS = (b"JpgTiffExif->JP2", bytes.fromhex("0537cdab9d0c4431a72afa561f2a113e"))
_CODESTREAM_2000, _END_2000 = b"jp2c", b"\xff\xd9"
_BARE_2000, _BARE_XL = b"\xff\x4f\xff\x51", b"\xff\x0a"


class _Box(NamedTuple):
    kind: bytes
    start: int  # of its content
    end: int  # as it says; may lie behind the file's


def exif_in_boxes(stream: BinaryIO) -> bytes:
    """Return the TIFF structure of a JPEG XL or JPEG 2000 file, b"" where there is none.

    Args:
        stream: the whole file; its position is changed.

    Raises:
        OSError: the file cannot be read any further.
    """
    for box in _boxes(stream):
        if box.kind == b"Exif":  # behind the offset of the structure
            content = _content(stream, box)
            return content[4 + int.from_bytes(content[:4], "big") :]
        if box.kind == b"uuid" and _content(stream, box, _UUID) in _EXIF_UUIDS:
            return _content(stream, box)[_UUID:].removeprefix(b"Exif\0\0")
    return b""


def xmp_in_boxes(stream: BinaryIO) -> bytes | None:
    """Return the XMP packet of a JPEG XL or JPEG 2000 file, None where there is none.

    Args:
        stream: the whole file; its position is changed.

    Raises:
        OSError: the file cannot be read any further.
    """
    for box in _boxes(stream):
        if box.kind == b"uuid" and _content(stream, box, _UUID) == _XMP_UUID:
            return _content(stream, box)[_UUID:]
        if box.kind == b"xml ":
            return _content(stream, box)
    return None


def ends_early(stream: BinaryIO) -> bool:
    """Tell whether a JPEG XL or JPEG 2000 file ends before its boxes or its codestream do, as far as these tell.

    Args:
        stream: the whole file; its position is changed.

    Raises:
        OSError: the file cannot be read any further.
    """
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    head = stream.read(4)
    if head.startswith(_BARE_XL):
        return False
    if head == _BARE_2000:
        return not _ends_with(stream, size)
    boxes = list(_boxes(stream))
    streams = [box for box in boxes if box.kind == _CODESTREAM_2000]
    if any(box.end > size for box in boxes) or (streams and not _ends_with(stream, streams[-1].end)):
        return True
    return not any(box.kind in (_CODESTREAM_2000, b"jxlc", b"jxlp") for box in boxes)


def _ends_with(stream: BinaryIO, end: int) -> bool:
    stream.seek(max(0, end - len(_END_2000)))
    return stream.read(len(_END_2000)) == _END_2000


def _boxes(stream: BinaryIO) -> Iterator[_Box]:
    """Yield the outermost boxes in order; none of a bare codestream."""
    size = stream.seek(0, os.SEEK_END)
    at = 0
    for _ in range(_MOST_BOXES):
        stream.seek(at)
        head = stream.read(16)
        if len(head) < 8 or head.startswith((_BARE_XL, _BARE_2000)):
            return
        length, start = int.from_bytes(head[:4], "big"), at + 8
        if length == 1:
            length, start = int.from_bytes(head[8:16], "big"), at + 16
        end = at + length if length else size  # 0 reaches to the file's end
        if end < start:
            return
        yield _Box(head[4:8], start, end)
        at = end


def _content(stream: BinaryIO, box: _Box, most: int = _LARGEST) -> bytes:
    stream.seek(box.start)
    return stream.read(min(most, box.end - box.start))
