"""Reading what a photo file says about itself, from one opening of the file."""

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

from core.errors import PhotoError
from core.files import RefusedFileError, open_file
from core.ingest.burst_id import burst_id
from core.ingest.camera_time import CameraTime
from core.ingest.capture_time import NO_TIMES, PacketTimes, capture_time, iptc_blocks
from core.ingest.content import content_digest
from core.ingest.embedded_preview import fit_to_show
from core.ingest.exif_tags import ExifTags, read_tags
from core.ingest.films import film_facts
from core.ingest.formats import Content, Kind, content_of, kind_of
from core.ingest.heif_items import HeifError, turned_by
from core.ingest.iptc import iptc_words
from core.ingest.jpeg_segments import frame_size, read_header
from core.ingest.raw_pictures import raw_pictures, small_picture
from core.ingest.scanner import ScannedFile, photo_id
from core.language import say
from core.types import NO_AIM, Aim, Photo, Shot, TimeSource, WrittenWords

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


def read_metadata(
    file: ScannedFile, packet: PacketTimes = NO_TIMES, packet_orientation: int | None = None
) -> MetadataRead:
    """Read time, camera, exposure and embedded preview; what a file does not say has a fallback.

    Args:
        file: which one.
        packet: the times in its XMP packet.
        packet_orientation: how that turns it, which counts where its Exif data do not say.

    Raises:
        PhotoError: the file is empty or cannot be read.
    """
    try:
        with open_file(file.path) as stream:
            if kind_of(file.path) is Kind.VIDEO:
                return MetadataRead(_film(file, stream), None)
            head = read_header(stream)
            tags = read_tags(stream, head) if head else ExifTags({})
            time = capture_time(stream, head, tags, packet)
            words = _written(stream, head, tags)
            thumbnail, sensor = _thumbnail(file, stream, head, tags)
            content = content_digest(stream, file.path)
            aim = _aim(head, tags, stream)
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
    photo = replace(_photo(file, head, tags, time, packet_orientation), content=content, words=words, aim=aim)
    size = (photo.width, photo.height) if photo.width else sensor
    return MetadataRead(photo, fit_to_show(thumbnail, photo.orientation, size) if thumbnail else None)


def _film(file: ScannedFile, stream: BinaryIO) -> Photo:
    """Read what a film says; one that says nothing has the time of its file.

    Raises:
        PhotoError: the file is empty.
    """
    by_file = _time_of_file(file)
    facts = film_facts(stream, by_file.wall if by_file else None)
    if not stream.seek(0, os.SEEK_END):
        raise PhotoError(file.path, say("The file is empty (0 bytes)."))
    time = facts.time or by_file
    return Photo(
        id=photo_id(file.path),
        path=file.path,
        taken_at=time.wall if time else None,
        time_source=TimeSource.EXIF if facts.time else TimeSource.FILE,
        utc_offset_minutes=time.offset if time else None,
        camera=facts.camera,
        camera_name=facts.camera,
        size_bytes=file.size_bytes,
        mtime_ns=file.mtime_ns,
        content=content_digest(stream, file.path),
        is_film=True,
    )


def _written(stream: BinaryIO, head: bytes, tags: ExifTags) -> WrittenWords:
    """Return what IPTC records say of what the picture shows."""
    blocks = iptc_blocks(stream, head, tags) if head else ()
    return next(filter(None, map(iptc_words, blocks)), WrittenWords())


def _thumbnail(
    file: ScannedFile, stream: BinaryIO, head: bytes, tags: ExifTags
) -> tuple[bytes, tuple[int, int]]:
    """Return the small picture in a file, b"" where there is none; and the sensor's size, if a RAW tells it.

    The size is width and height in pixels.
    """
    if content_of(head) is not Content.TIFF or kind_of(file.path) is not Kind.RAW:
        return tags.thumbnail, (0, 0)
    pictures = raw_pictures(stream)
    return small_picture(stream, pictures) or tags.thumbnail, pictures.size


def _photo(
    file: ScannedFile, head: bytes, tags: ExifTags, time: CameraTime | None, packet_orientation: int | None
) -> Photo:
    width, height = _size(file, head, tags)
    source = TimeSource.EXIF if time is not None else TimeSource.FILE
    time = time or _time_of_file(file)
    name = _camera_name(tags)
    return Photo(
        id=photo_id(file.path),
        path=file.path,
        taken_at=time.wall if time else None,
        time_source=source,
        utc_offset_minutes=time.offset if time else None,
        camera=_serial(tags) or name,
        camera_name=name,
        orientation=_orientation(file, head, tags, packet_orientation),
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
            focus_bracket=tags.shifts_focus,
        ),
    )


def _time_of_file(file: ScannedFile) -> CameraTime | None:
    """Return when a file was changed, by this computer's clock, which knows its offset."""
    try:
        here = datetime.fromtimestamp(file.mtime_ns / 1e9, UTC).astimezone()
        offset = here.utcoffset()
    except (OverflowError, OSError, ValueError):
        return None
    return CameraTime(
        here.replace(tzinfo=None), round(offset / timedelta(minutes=1)) if offset is not None else None
    )


def _aim(head: bytes, tags: ExifTags, stream: BinaryIO) -> Aim:
    """Return where the camera focused, in the picture as its decoder gives it."""
    if content_of(head) is Content.JPEG_XL:
        return tags.aim.turned(tags.integer("Orientation", ifd="Image"))
    if not tags.aim.areas or content_of(head) not in (Content.HEIF, Content.AVIF):
        return tags.aim
    try:
        return tags.aim.turned(turned_by(stream))
    except HeifError:
        return NO_AIM


def _orientation(file: ScannedFile, head: bytes, tags: ExifTags, packet_orientation: int | None) -> int:
    """Return the orientation, 1 to 8; 1 for HEIF, AVIF and JPEG XL.

    Those are turned by properties of their own, which their decoders obey.
    """
    content = content_of(head)
    if content in (Content.HEIF, Content.AVIF, Content.JPEG_XL):
        return 1
    value = tags.integer("Orientation", ifd="Image")
    # A TIFF's decoder obeys its tags.
    if not value and (content is not Content.TIFF or kind_of(file.path) is Kind.RAW):
        value = packet_orientation or 1
    return value if 1 <= value <= 8 else 1


def _size(file: ScannedFile, head: bytes, tags: ExifTags) -> tuple[int, int]:
    """Return width and height in pixels as stored, where they can be had without opening the file with a decoder."""
    content = content_of(head)
    if content is Content.JPEG:
        return frame_size(head)
    if content is Content.PNG:
        return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    if content in (Content.TIFF, Content.CR3, Content.RAF, Content.CRW):
        # The main directory of a RAW often describes its thumbnail.
        ifd, names = "EXIF", ("ExifImageWidth", "ExifImageLength")
        if kind_of(file.path) is not Kind.RAW:
            ifd, names = "Image", ("ImageWidth", "ImageLength")
        elif content in (Content.CR3, Content.CRW):
            ifd = "Image"
        width, height = (tags.integer(name, ifd=ifd) for name in names)
        return (width, height) if width and height else (0, 0)
    return 0, 0


def _camera_name(tags: ExifTags) -> str:
    """Return maker and model, the maker once: "Canon EOS R5", not "Canon Canon EOS R5"."""
    make, model = tags.text("Make"), tags.text("Model")
    first = make.split(" ")[0].casefold()
    return model if not make or (first and model.casefold().startswith(first)) else f"{make} {model}".strip()


def _serial(tags: ExifTags) -> str:
    """Return the body's serial number, "" where the camera leaves it blank or all zeros."""
    serial = tags.text("BodySerialNumber")
    return serial if serial.strip("0 ") else ""


def _positive(number: float | None) -> float | None:
    """Return a measured quantity, None where it is 0, by which cameras mean "not known"."""
    return number if number is not None and number > 0 else None
