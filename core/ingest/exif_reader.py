"""Reads what a photo file says about itself, from one opening of the file."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from core.errors import PhotoError
from core.files import RefusedFileError, open_file
from core.ingest.burst_id import burst_id
from core.ingest.camera_time import parse_offset, parse_time
from core.ingest.embedded_preview import fit_to_show
from core.ingest.exif_tags import HEAD_BYTES, ExifTags, read_tags
from core.ingest.formats import Content, Kind, content_of, kind_of
from core.ingest.jpeg_segments import frame_size
from core.ingest.raw_pictures import raw_pictures, small_picture
from core.ingest.scanner import ScannedFile, photo_id
from core.language import say
from core.types import Photo, Shot, TimeSource

# Date tags in order of trust, each with its sub-second and offset (CIPA DC-008, 4.6.5).
_TIMES = (
    ("DateTimeOriginal", "SubSecTimeOriginal", "OffsetTimeOriginal"),
    ("DateTimeDigitized", "SubSecTimeDigitized", "OffsetTimeDigitized"),
    ("DateTime", "SubSecTime", "OffsetTime"),
)
_ORIENTATION = re.compile(rb"""tiff:Orientation(?:\s*=\s*["']|>)([1-8])""")  # all that some PNGs have, in XMP
_AUTO_BRACKET = 2  # of ExposureMode (CIPA DC-008, 4.6.5)
_LONGEST_NAME = 80  # characters of a lens; anything longer is no name


@dataclass(frozen=True, slots=True)
class MetadataRead:
    """What one file told.

    Attributes:
        preview: the embedded thumbnail as an upright JPEG, None where there is none worth showing.
    """

    photo: Photo
    preview: bytes | None


def read_metadata(file: ScannedFile) -> MetadataRead:
    """Reads time, camera, exposure and embedded preview; what a file does not say has a fallback.

    Raises:
        PhotoError: the file is empty or cannot be read.
    """
    try:
        with open_file(file.path) as stream:
            head = stream.read(HEAD_BYTES)
            tags = read_tags(stream, head) if head else ExifTags({})
            thumbnail, sensor = _thumbnail(file, stream, head, tags)
    except FileNotFoundError as error:
        raise PhotoError(file.path, say("It is not there any more; it was moved or deleted.")) from error
    except PermissionError as error:
        raise PhotoError(file.path, say("You are not allowed to read it; check its permissions.")) from error
    except RefusedFileError as error:
        raise PhotoError(file.path, error.sentence) from error
    except OSError as error:
        raise PhotoError(
            file.path, say("It cannot be read ({cause}); check the disk.", cause=error.strerror or str(error))
        ) from error
    if not head:
        raise PhotoError(file.path, say("The file is empty (0 bytes)."))
    photo = _photo(file, head, tags)
    size = (photo.width, photo.height) if photo.width else sensor
    return MetadataRead(photo, fit_to_show(thumbnail, photo.orientation, size) if thumbnail else None)


def _thumbnail(
    file: ScannedFile, stream: BinaryIO, head: bytes, tags: ExifTags
) -> tuple[bytes, tuple[int, int]]:
    """The small picture in a file, b"" where there is none; and the sensor's width and height, if a RAW tells them."""
    if content_of(head) is not Content.TIFF or kind_of(file.path) is not Kind.RAW:
        return tags.thumbnail, (0, 0)
    pictures = raw_pictures(stream)
    return small_picture(stream, pictures) or tags.thumbnail, pictures.size


def _photo(file: ScannedFile, head: bytes, tags: ExifTags) -> Photo:
    width, height = _size(file, head, tags)
    taken_at, offset, source = _time(file, tags)
    name = _camera_name(tags)
    return Photo(
        id=photo_id(file.path),
        path=file.path,
        taken_at=taken_at,
        time_source=source,
        utc_offset_minutes=offset,
        camera=_serial(tags) or name,
        camera_name=name,
        orientation=_orientation(head, tags),
        width=width,
        height=height,
        size_bytes=file.size_bytes,
        mtime_ns=file.mtime_ns,
        shot=Shot(
            exposure_time=_positive(tags.number("ExposureTime")),
            f_number=_positive(tags.number("FNumber")),
            iso=tags.integer("ISOSpeedRatings") or None,
            focal_length=_positive(tags.number("FocalLength")),
            exposure_bias=tags.number("ExposureBiasValue"),
            burst_id=burst_id(head),
            auto_bracket=tags.integer("ExposureMode") == _AUTO_BRACKET,
            lens=tags.text("LensModel")[:_LONGEST_NAME].strip("-. "),  # some write dashes for none
        ),
    )


def _time(file: ScannedFile, tags: ExifTags) -> tuple[datetime | None, int | None, TimeSource]:
    for date, sub_second, offset in _TIMES:
        taken_at = parse_time(tags.text(date), tags.text(sub_second))
        if taken_at is not None:
            return taken_at, parse_offset(tags.text(offset)), TimeSource.EXIF
    try:
        return datetime.fromtimestamp(file.mtime_ns / 1e9), None, TimeSource.FILE
    except (OverflowError, OSError, ValueError):
        return None, None, TimeSource.FILE


def _orientation(head: bytes, tags: ExifTags) -> int:
    """1 for HEIF and AVIF: they are turned by properties of their own, which their decoders obey."""
    if content_of(head) in (Content.HEIF, Content.AVIF):
        return 1
    value = tags.integer("Orientation", ifd="Image")
    if not value and content_of(head) is Content.PNG and (said := _ORIENTATION.search(head)):
        value = int(said.group(1))
    return value if 1 <= value <= 8 else 1


def _size(file: ScannedFile, head: bytes, tags: ExifTags) -> tuple[int, int]:
    """Pixels as stored, where they can be had without opening the file with a decoder."""
    content = content_of(head)
    if content is Content.JPEG:
        return frame_size(head)
    if content is Content.PNG:
        return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    if content in (Content.TIFF, Content.CR3, Content.RAF):
        # The main directory of a RAW often describes its thumbnail.
        ifd, names = "EXIF", ("ExifImageWidth", "ExifImageLength")
        if kind_of(file.path) is not Kind.RAW:
            ifd, names = "Image", ("ImageWidth", "ImageLength")
        elif content is Content.CR3:
            ifd = "Image"
        width, height = (tags.integer(name, ifd=ifd) for name in names)
        return (width, height) if width and height else (0, 0)
    return 0, 0


def _camera_name(tags: ExifTags) -> str:
    """Maker and model, the maker once: "Canon EOS R5", not "Canon Canon EOS R5"."""
    make, model = tags.text("Make"), tags.text("Model")
    first = make.split(" ")[0].casefold()
    return model if not make or (first and model.casefold().startswith(first)) else f"{make} {model}".strip()


def _serial(tags: ExifTags) -> str:
    """The body's serial number, "" where the camera leaves it blank or all zeros."""
    serial = tags.text("BodySerialNumber")
    return serial if serial.strip("0 ") else ""


def _positive(number: float | None) -> float | None:
    """A measured quantity; cameras write 0 for "not known"."""
    return number if number is not None and number > 0 else None
