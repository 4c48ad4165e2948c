"""When a photo was taken, by whichever of a file's words for it is to be trusted most."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, Literal

from core.ingest import jpeg_segments
from core.ingest.camera_time import CameraTime, parse_time
from core.ingest.exif_chunks import png_iptc, png_texts
from core.ingest.exif_tags import ExifTags
from core.ingest.formats import Content, content_of
from core.ingest.iptc import iptc_time

_PNG_TIMES = frozenset({"creation time", "exif:datetimeoriginal", "date:original"})


@dataclass(frozen=True, slots=True)
class PacketTimes:
    """The times in an XMP packet.

    Attributes:
        taken: when the picture was taken.
        digitized: when its file was made, by the camera or by the scanner.
    """

    taken: CameraTime | None = None
    digitized: CameraTime | None = None


NO_TIMES = PacketTimes()


def capture_time(stream: BinaryIO, head: bytes, tags: ExifTags, packet: PacketTimes) -> CameraTime | None:
    """Find the moment a photo was taken; None where its file does not tell it.

    What names the taking comes before what names the making of the file, Exif before the others. Where the most
    trusted has no offset from UTC, that of another word for the same wall's time counts.

    Args:
        stream: the whole file; its position is changed.
        head: what ``jpeg_segments.read_header`` gives.
        tags: its Exif data.
        packet: what its XMP says.

    Raises:
        OSError: the file cannot be read any further.
    """
    found: CameraTime | None = None
    for time in _told(stream, head, tags, packet):
        if found is None:
            found = time
        if found.offset is None and _is_same(found, time):
            found = replace(found, offset=time.offset)
        if found.offset is not None:
            break
    return found


def _told(stream: BinaryIO, head: bytes, tags: ExifTags, packet: PacketTimes) -> Iterator[CameraTime]:
    """Yield all times in order of trust (those of Exif by CIPA DC-008, 4.6.5)."""
    original = _exif(tags, "DateTimeOriginal", "SubSecTimeOriginal", "OffsetTimeOriginal")
    digitized = _exif(tags, "DateTimeDigitized", "SubSecTimeDigitized", "OffsetTimeDigitized")
    changed = _exif(tags, "DateTime", "SubSecTime", "OffsetTime")
    elsewhere = (None, None) if original else (_iptc(stream, head, tags), _png(stream, head))
    for time in (original, packet.taken, elsewhere[0], digitized, packet.digitized, elsewhere[1], changed):
        if time is not None:
            yield time


def _is_same(one: CameraTime, other: CameraTime) -> bool:
    """Tell whether two times are the same except for their fraction of a second."""
    return one.wall.replace(microsecond=0) == other.wall.replace(microsecond=0)


def _exif(tags: ExifTags, date: str, sub_second: str, offset: str) -> CameraTime | None:
    time = parse_time(tags.text(date), tags.text(sub_second), tags.text(offset))
    if time is not None and time.offset is None and (hours := tags.number("TimeZoneOffset")) is not None:
        # Of TIFF/EP, whole hours.
        return replace(time, offset=round(hours * 60)) if abs(hours) <= 14 else time
    return time


def _iptc(stream: BinaryIO, head: bytes, tags: ExifTags) -> CameraTime | None:
    return next(filter(None, map(iptc_time, iptc_blocks(stream, head, tags))), None)


def iptc_blocks(stream: BinaryIO, head: bytes, tags: ExifTags) -> tuple[bytes, ...]:
    """Return what may be a file's IPTC records; a TIFF's tag is read in either order of bytes."""
    match content_of(head):
        case Content.JPEG:
            return (jpeg_segments.photoshop_resources(head),)
        case Content.PNG:
            return (png_iptc(stream),)
        case Content.TIFF:
            return _tiff_iptc(tags.numbers("IPTC/NAA"))
    return ()


def _tiff_iptc(numbers: list[int]) -> tuple[bytes, ...]:
    """Return the bytes of a TIFF's tag, of which most programs say that it holds numbers of four bytes."""
    if not all(0 <= number < 2**32 for number in numbers):
        return ()
    width = 1 if max(numbers, default=0) < 256 else 4
    orders: tuple[Literal["little", "big"], ...] = ("little", "big")
    return tuple(b"".join(number.to_bytes(width, order) for number in numbers) for order in orders)


def _png(stream: BinaryIO, head: bytes) -> CameraTime | None:
    if content_of(head) is not Content.PNG:
        return None
    return next(filter(None, map(parse_time, png_texts(stream, _PNG_TIMES))), None)
