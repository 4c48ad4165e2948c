"""What two RAW formats older than Exif's way of writing it say: Canon's CRW and Sigma's X3F.

CRW is CIFF, "Camera Image File Format" 1.0 of 1997: a directory at the file's end that leads to others.
The directory of an X3F is at the end too; its properties are text (after ExifTool's tables of both).
"""

import os
import struct
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import BinaryIO

Facts = dict[str, str | float | bytes]
"""What was found, named as in Exif; ``JPEGThumbnail`` are a small picture's bytes."""

_EXIF_DATE = "%Y:%m:%d %H:%M:%S"
_TURNS = {0: 1, 90: 6, 180: 3, 270: 8}  # degrees clockwise, as Exif writes them
_MOST_ENTRIES, _MOST_FOLDERS = 1024, 16
_LARGEST = 2**18  # bytes of one value

_NAME, _KIND, _IN_DIRECTORY = 0x3FFF, 0x3800, 0x4000  # bits of a CRW's tags
_CRW_FOLDERS = frozenset({0x2800, 0x3000})  # the kinds that lead to a directory
_ZONE_IS_SET = 0x80000000

_X3F_MOST_PROPERTIES = 1000


def crw_facts(stream: BinaryIO) -> Facts:
    """Read time, camera, size and turn of a CRW, as far as they are there.

    Args:
        stream: the whole file; its position is changed.

    Raises:
        OSError: the file cannot be read any further.
    """
    stream.seek(0)
    head = stream.read(14)
    order = "<" if head[:2] == b"II" else ">"
    start = struct.unpack(f"{order}I", head[2:6].ljust(4, b"\0"))[0]
    facts: Facts = {}
    for tag, value in _crw_entries(stream, order, start, stream.seek(0, os.SEEK_END)):
        with suppress(struct.error):  # the value is cut off
            facts.update(_crw_words(tag, value, order))
    # Other cameras keep something else than the body's number there.
    if "EOS" not in str(facts.get("Model", "")):
        facts.pop("BodySerialNumber", None)
    return facts


def _crw_entries(stream: BinaryIO, order: str, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Yield the values in the part of a file between two places, and in the parts that its directory leads to."""
    parts = [(start, end)]
    for first, last in parts:  # grows during the loop
        stream.seek(max(last - 4, 0))
        stream.seek(first + struct.unpack(f"{order}I", stream.read(4).ljust(4, b"\0"))[0])
        count = struct.unpack(f"{order}H", stream.read(2).ljust(2, b"\0"))[0]
        entries = stream.read(10 * min(count, _MOST_ENTRIES))
        for at in range(0, len(entries) - 9, 10):
            tag, length, offset = struct.unpack_from(f"{order}HII", entries, at)
            if tag & _IN_DIRECTORY:
                yield tag & _NAME, entries[at + 2 : at + 10]
            elif tag & _KIND in _CRW_FOLDERS:
                if len(parts) < _MOST_FOLDERS:
                    parts.append((first + offset, first + offset + length))
            elif length <= _LARGEST:
                stream.seek(first + offset)
                yield tag & _NAME, stream.read(length)


def _crw_words(tag: int, value: bytes, order: str) -> Facts:
    """Return what one value says; nothing where it is of no interest."""
    match tag:
        case 0x080A:  # maker and model
            make, _, model = value.partition(b"\0")
            return {"Make": make.decode("latin-1"), "Model": model.split(b"\0")[0].decode("latin-1")}
        case 0x1810:  # the picture
            width, height, _, turn = struct.unpack_from(f"{order}IIfi", value)
            return {
                "ExifImageWidth": width,
                "ExifImageLength": height,
                "Orientation": _TURNS.get(turn % 360, 1),
            }
        case 0x180E:  # the time
            seconds, zone, is_set = struct.unpack_from(f"{order}IiI", value.ljust(12, b"\0"))
            facts = _date(seconds)
            if is_set & _ZONE_IS_SET and zone % 60 == 0:
                sign, minutes = "-" if zone < 0 else "+", abs(zone) // 60
                facts["OffsetTimeOriginal"] = f"{sign}{minutes // 60:02}:{minutes % 60:02}"
            return facts
        case 0x180B:  # the body's number
            return {"BodySerialNumber": str(struct.unpack_from(f"{order}I", value)[0])}
        case 0x2008:  # a small picture
            return {"JPEGThumbnail": value} if value.startswith(b"\xff\xd8\xff") else {}
    return {}


def x3f_facts(stream: BinaryIO) -> Facts:
    """Read time, camera, exposure and turn of an X3F, as far as its properties tell them.

    Args:
        stream: the whole file; its position is changed.

    Raises:
        OSError: the file cannot be read any further.
    """
    said: dict[str, str] = {}
    for place, length in _x3f_sections(stream, b"PROP"):
        said.update(_x3f_properties(stream, place, length))
    facts: Facts = _date(_whole(said.get("TIME", "")))
    for name, own in (("Make", "CAMMANUF"), ("Model", "CAMMODEL"), ("BodySerialNumber", "CAMSERIAL")):
        if own in said:
            facts[name] = said[own]
    for name, own in (("FNumber", "APERTURE"), ("ISOSpeedRatings", "ISO"), ("FocalLength", "FLENGTH")):
        if (number := _number(said.get(own, ""))) is not None:
            facts[name] = number
    if (microseconds := _number(said.get("EXPTIME", ""))) is not None:
        facts["ExposureTime"] = microseconds / 1e6
    facts["Orientation"] = _TURNS.get(_whole(said.get("ROTATION", "")) % 360, 1)
    return facts


def x3f_pictures(stream: BinaryIO) -> Iterator[int]:
    """Yield where the JPEGs in an X3F begin; those of newer cameras have Exif data.

    Args:
        stream: the whole file; its position is changed.

    Raises:
        OSError: the file cannot be read any further.
    """
    for kind in (b"IMA2", b"IMAG"):
        for place, _ in _x3f_sections(stream, kind):
            stream.seek(place)
            head = stream.read(31)
            if head.startswith(b"SECi") and head.endswith(b"\xff\xd8\xff"):
                yield place + 28


def _x3f_sections(stream: BinaryIO, wanted: bytes) -> list[tuple[int, int]]:
    """Return place and length of the sections of a kind."""
    end = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, end - 4))
    stream.seek(int.from_bytes(stream.read(4), "little"))
    head = stream.read(12)
    if not head.startswith(b"SECd"):
        return []
    entries = stream.read(12 * min(int.from_bytes(head[8:], "little"), _MOST_ENTRIES))
    found = []
    for at in range(0, len(entries) - 11, 12):
        place, length, kind = struct.unpack_from("<II4s", entries, at)
        if kind == wanted:
            found.append((place, length))
    return found


def _x3f_properties(stream: BinaryIO, place: int, length: int) -> Iterator[tuple[str, str]]:
    """Yield names and values: their places, counted in characters, then the characters in UTF-16."""
    stream.seek(place)
    section = stream.read(min(length, _LARGEST))
    if not section.startswith(b"SECp") or len(section) < 24:
        return
    count = min(int.from_bytes(section[8:12], "little"), _X3F_MOST_PROPERTIES)
    characters = section[24 + 8 * count :]
    for at in range(24, min(24 + 8 * count, len(section) - 7), 8):
        name, value = struct.unpack_from("<II", section, at)
        yield _text(characters, name), _text(characters, value)


def _text(characters: bytes, at: int) -> str:
    return characters[2 * at : 2 * at + 400].decode("utf-16-le", "replace").split("\0")[0]


def _date(seconds: int) -> Facts:
    """Return the time on the wall's clock, which both formats count as computers count UTC."""
    return (
        {"DateTimeOriginal": datetime.fromtimestamp(seconds, UTC).strftime(_EXIF_DATE)} if seconds > 0 else {}
    )


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _whole(text: str) -> int:
    number = _number(text)
    return int(number) if number is not None and 0 <= number < 2**32 else 0
