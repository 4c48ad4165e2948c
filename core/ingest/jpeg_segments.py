"""The header of a JPEG file, segment by segment (ITU-T T.81, annex B)."""

from collections.abc import Iterator
from typing import BinaryIO

HEAD_BYTES = 128 * 1024
"""Read of a JPEG at first, in one go: in most files the whole header, which holds an Exif segment of 64 KB at most."""

_EXIF = b"Exif\0\0"
_ICC = b"ICC_PROFILE\0"
_EXTENDED_XMP = b"http://ns.adobe.com/xmp/extension/\0"
_PHOTOSHOP = b"Photoshop 3.0\0"
_APP0, _APP1, _APP2, _APP13, _APP15 = 0xE0, 0xE1, 0xE2, 0xED, 0xEF
_METADATA = frozenset({_APP0, _APP1, _APP2, _APP13})  # of what programs may add, all that is read here
_TABLES = 0xDB
_TABLE_VALUES = 64
_BLOCK = 8  # pixels along each side of the transform
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9
_MOST_MARKERS = 20_000  # with extended metadata in it, a header has hundreds
_MOST_METADATA = 2**22  # bytes of a header that are kept: depth maps and the like may fill more
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # SOF markers; the three are tables
_IN_ORDER = frozenset({0xC0, 0xC1})  # baseline and extended: one scan from the first row to the last
_LOSSLESS = frozenset({0xC3, 0xC7, 0xCB, 0xCF})


def segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the segments before the picture's data, as (marker, payload), as far as ``data`` holds them whole.

    What ends the header comes last, without its payload.
    """
    for marker, start, end in _places(data):
        yield marker, data[start:end]


def _places(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield where the payloads of the segments begin and end, as (marker, start, end)."""
    at = 2
    for _ in range(_MOST_MARKERS):
        if at + 4 > len(data) or data[at] != 0xFF:
            return
        marker = data[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
        elif marker in _STANDALONE:
            at += 2
        elif marker in (_START_OF_SCAN, _END_OF_IMAGE):
            yield marker, at, at
            return
        else:
            end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
            if end > len(data) or end < at + 4:
                return
            yield marker, at + 4, end
            at = end


def read_header(stream: BinaryIO, at: int = 0) -> bytes:
    """Read what comes before the picture's data, from wherever in the file it lies.

    Some phones put hundreds of kilobytes of their own before the Exif segment: where the first bytes do not hold
    the whole header, it is walked segment by segment, and what nobody reads is left out.

    Args:
        stream: the whole file; its position is changed.
        at: where the JPEG begins.

    Returns:
        A JPEG's beginning for ``segments`` and all that is built upon it; as it is in the file where it is short.

    Raises:
        OSError: the file cannot be read any further.
    """
    stream.seek(at)
    head = stream.read(HEAD_BYTES)
    if len(head) < HEAD_BYTES or not head.startswith(b"\xff\xd8") or _ends(head):
        return head
    kept, left, place = [head[:2]], _MOST_METADATA, at + 2
    for _ in range(_MOST_MARKERS):
        stream.seek(place)
        start = stream.read(4 + len(_EXTENDED_XMP))
        if len(start) < 4 or start[0] != 0xFF or start[1] in (_START_OF_SCAN, _END_OF_IMAGE):
            break
        if start[1] == 0xFF:  # fill byte
            place += 1
        elif start[1] in _STANDALONE:
            place += 2
        else:
            size = 2 + int.from_bytes(start[2:4], "big")
            is_added = _APP0 <= start[1] <= _APP15
            if size >= 4 and (not is_added or _is_read(start)) and size <= left:
                left -= size
                kept.append((start + stream.read(max(0, size - len(start))))[:size])
            place += size
    return b"".join(kept)


def _is_read(start: bytes) -> bool:
    """Tell whether anything here reads a segment that a program added: all but depth maps and the like."""
    return start[1] in _METADATA and not start[4:].startswith(_EXTENDED_XMP)


def _ends(data: bytes) -> bool:
    """Tell whether these bytes hold the whole header."""
    return any(marker in (_START_OF_SCAN, _END_OF_IMAGE) for marker, _ in segments(data))


def exif_block(data: bytes) -> bytes:
    """Return the TIFF structure within the Exif segment, b"" where there is none."""
    for marker, payload in segments(data):
        if marker == _APP1 and payload.startswith(_EXIF):
            return payload[len(_EXIF) :]
    return b""


def photoshop_resources(data: bytes) -> bytes:
    """Put Photoshop's image resources together from their segments, b"" where there are none."""
    parts = (
        payload[len(_PHOTOSHOP) :]
        for marker, payload in segments(data)
        if marker == _APP13 and payload.startswith(_PHOTOSHOP)
    )
    return b"".join(parts)


def frame_size(data: bytes) -> tuple[int, int]:
    """Return width and height as stored, (0, 0) where the header does not come to them."""
    for marker, payload in segments(data):
        if marker in _FRAMES and len(payload) >= 5:
            return int.from_bytes(payload[3:5], "big"), int.from_bytes(payload[1:3], "big")
    return 0, 0


def with_rows(data: bytes, rows: int) -> bytes | None:
    """Return a JPEG that says it has no more than so many rows: a decoder then leaves what is below undecoded.

    None where that cannot be said of it: its rows are not kept one after the other, or their number not in front.
    """
    for marker, start, end in _places(data):
        if marker in _FRAMES:
            height = int.from_bytes(data[start + 1 : start + 3], "big")
            if marker not in _IN_ORDER or end - start < 5 or not 0 < rows < height:
                return None
            return b"".join((data[: start + 1], rows.to_bytes(2, "big"), memoryview(data)[start + 3 :]))
    return None


def block_size(data: bytes) -> tuple[int, int]:
    """Return width and height in pixels of the blocks that are kept together, (0, 0) where not told.

    After ITU-T T.81, A.2.
    """
    for marker, payload in segments(data):
        if marker in _FRAMES and len(payload) >= 6 + 3 * payload[5] > 6:
            samplings = payload[7 : 7 + 3 * payload[5] : 3]
            if payload[5] == 1:  # of one colour alone there is nothing to interleave
                return _BLOCK, _BLOCK
            return _BLOCK * max(each >> 4 for each in samplings), _BLOCK * max(
                each & 15 for each in samplings
            )
    return 0, 0


def is_lossless(data: bytes) -> bool:
    """Tell whether the picture is kept without loss, which libjpeg cannot decode at a smaller scale."""
    frame = next((marker for marker, _ in segments(data) if marker in _FRAMES), None)
    return frame in _LOSSLESS


def icc_profile(data: bytes) -> bytes | None:
    """Put the embedded profile together from its chunks (ICC.1:2022, annex B.4), None where there is none."""
    chunks = sorted(
        (payload[len(_ICC)], payload[len(_ICC) + 2 :])
        for marker, payload in segments(data)
        if marker == _APP2 and payload.startswith(_ICC) and len(payload) > len(_ICC) + 2
    )
    return b"".join(chunk for _, chunk in chunks) or None


def luma_quantisation(data: bytes) -> float:
    """Return the mean step of the luma's quantisation table, 1 (hardly any loss) and more; 0 without a table."""
    for marker, payload in segments(data):
        while marker == _TABLES and payload:
            wide, table = payload[0] >> 4, payload[0] & 15
            length = _TABLE_VALUES * (2 if wide else 1)
            steps, payload = payload[1 : 1 + length], payload[1 + length :]
            if table == 0 and len(steps) == length:
                return sum(steps[1::2] if wide else steps) / _TABLE_VALUES + (
                    256 * sum(steps[::2]) / _TABLE_VALUES if wide else 0
                )
    return 0.0
