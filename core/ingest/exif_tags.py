"""Exif data out of any container: find the TIFF structures in a file and have exifread read them."""

import io
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO, TypeVar, cast

import exifread

from core.ingest import jpeg_segments
from core.ingest.exif_chunks import png_exif, webp_exif
from core.ingest.focus_areas import aim
from core.ingest.focus_brackets import shifts_focus
from core.ingest.formats import Content, content_of
from core.ingest.heif_items import HeifError, Metadata, metadata_item
from core.ingest.jpeg_boxes import exif_in_boxes
from core.ingest.maker_notes import MakerNote, canon_note, maker_note
from core.ingest.old_raws import Facts, crw_facts, x3f_facts, x3f_pictures
from core.ingest.rationed import Rationed, RationError
from core.types import NO_AIM, Aim

_TIFF_HEADERS = (b"MM\0*", b"II*\0")
_RAF_JPEG = 84  # where a RAF names the offset of its JPEG, big-endian
_MOST_READS = 100_000  # exifread makes one for every number: some thousands a file
_MOST_PICTURES = 4  # of an X3F that are looked into
_Answer = TypeVar("_Answer")
_MOST_BYTES = 2**25  # a RAW's thumbnail may be its full-size preview


class ExifTags:
    """What one file says about itself; asking for what it does not say is no error.

    Args:
        tags: exifread's, by "IFD name".
        thumbnail: an embedded small JPEG as stored, b"" where there is none.
        note: what its maker says beyond Exif.
    """

    def __init__(self, tags: Mapping[str, Any], thumbnail: bytes = b"", note: "_Noted | None" = None) -> None:
        self._tags = tags
        self._note = note or _Noted()
        self.thumbnail = thumbnail or bytes(tags.get("JPEGThumbnail", b""))

    @property
    def shifts_focus(self) -> bool:
        """Whether the camera was set to shift its focus from frame to frame."""
        return self._note.shifts_focus

    @property
    def aim(self) -> Aim:
        """Where the camera focused, in the picture as stored."""
        return self._note.aim

    def __bool__(self) -> bool:
        return bool(self._tags)

    def text(self, name: str) -> str:
        """Return a tag as text without padding, "" where there is none."""
        values = self._values(name)
        if isinstance(values, bytes):
            values = values.decode("latin-1")
        return values.replace("\0", " ").strip() if isinstance(values, str) else ""

    def number(self, name: str) -> float | None:
        """Return the first value of a tag, None where there is none, or none that is finite."""
        values = self._values(name)
        if isinstance(values, str | bytes):
            return None
        while isinstance(values, list | tuple):
            if not values:
                return None
            values = values[0]
        try:
            number = float(values)
        except (TypeError, ValueError, ZeroDivisionError, OverflowError):
            return None
        return number if math.isfinite(number) else None

    def integer(self, name: str, *, ifd: str = "") -> int:
        """Return the first value of a tag as a whole number of at least 0, 0 where there is none."""
        number = self.number(f"{ifd} {name}" if ifd else name)
        return int(number) if number is not None and number >= 0 else 0

    def numbers(self, name: str) -> list[int]:
        """Return all values of a tag of whole numbers, none where it is something else."""
        values = self._values(name)
        values = list(values) if isinstance(values, list | tuple | bytes) else []
        return values if all(isinstance(value, int) for value in values) else []

    def _values(self, name: str) -> Any:
        """Return a tag's values by full name, else from the Exif directory, else from the main one.

        The main one is where those of a CR3 are read to.
        """
        for key in (name, f"EXIF {name}", f"Image {name}"):
            if key in self._tags:
                return getattr(self._tags[key], "values", None)
        return None


def read_tags(stream: BinaryIO, head: bytes) -> ExifTags:
    """Read the Exif data of an open file; empty where there is none or it makes no sense.

    Its place in the file is found here, and exifread reads the TIFF structure that is there: by itself it does not
    see those of CR3, RAF, the HEIF of some cameras and Exif segments in unusual places. No native code is at work,
    for this runs in the program itself, which a damaged file must not bring down. What CRW and X3F say is named as in
    Exif.

    Args:
        stream: the whole file; its position is changed.
        head: what ``jpeg_segments.read_header`` gives.

    Raises:
        OSError: the file cannot be read any further.
    """
    match content_of(head):
        case Content.JPEG:
            return _parse(jpeg_segments.exif_block(head))
        case Content.RAF:
            # Every RAF carries a full-size JPEG with the Exif data in it.
            at = int.from_bytes(head[_RAF_JPEG : _RAF_JPEG + 4], "big")
            return _parse(jpeg_segments.exif_block(jpeg_segments.read_header(stream, at)))
        case Content.CR3:
            return _cr3(head)
        case Content.TIFF:
            return _parse(stream)
        case Content.PNG:
            return _parse(png_exif(stream))
        case Content.WEBP:
            return _parse(webp_exif(stream))
        case Content.HEIF | Content.AVIF:
            return _parse(_heif_exif(stream))
        case Content.JPEG_XL | Content.JPEG_2000:
            return _parse(exif_in_boxes(stream))
        case Content.CRW:
            return _named(crw_facts, stream)
        case Content.X3F:
            return _x3f(stream)
        case Content.UNKNOWN:  # Minolta's MRW has a TIFF structure some bytes in
            starts = [at for header in _TIFF_HEADERS if (at := head.find(header)) >= 0]
            return _parse(head[min(starts) :]) if starts else ExifTags({})


def _parse(source: bytes | BinaryIO) -> ExifTags:
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    if source == b"":
        return ExifTags({})
    try:
        rationed = Rationed(stream, _MOST_READS, _MOST_BYTES)
        tags = exifread.process_file(cast(BinaryIO, rationed), details=False)
        return _with_note(tags, maker_note, cast(BinaryIO, rationed))
    except OSError:
        raise
    except Exception:  # noqa: BLE001 - whatever it stumbles over, the file has no Exif data of use
        return ExifTags({})


@dataclass(frozen=True, slots=True)
class _Noted:
    """What is taken from a maker note."""

    shifts_focus: bool = False
    aim: Aim = NO_AIM


def _with_note(
    tags: Mapping[str, Any],
    read: Callable[[BinaryIO], MakerNote | None],
    stream: BinaryIO,
    thumbnail: bytes = b"",
) -> ExifTags:
    """Add what a maker note says; one that makes no sense costs nothing else that the file tells."""
    told = ExifTags(tags, thumbnail)
    note = _asked(lambda: read(stream), None)
    shifts = note is not None and _asked(lambda: shifts_focus(note), False)
    size = told.integer("ExifImageWidth"), told.integer("ExifImageLength")
    area = told.numbers("SubjectArea")
    aimed = _asked(lambda: aim(note, told.text("Model"), area, size), NO_AIM)
    return ExifTags(tags, thumbnail, _Noted(shifts, aimed))


def _asked(question: Callable[[], _Answer], otherwise: _Answer) -> _Answer:
    try:
        return question()
    except OSError:
        raise
    except Exception:  # noqa: BLE001 - whatever it stumbles over
        return otherwise


def _heif_exif(stream: BinaryIO) -> bytes:
    try:
        return metadata_item(stream, Metadata.EXIF) or b""
    except HeifError:
        return b""


@dataclass(frozen=True, slots=True)
class _Value:
    """A value as exifread keeps it."""

    values: str | float | bytes


def _named(read: Callable[[BinaryIO], Facts], stream: BinaryIO) -> ExifTags:
    """Read what a RAW of an old kind says, as if it were Exif data."""
    try:
        facts = read(cast(BinaryIO, Rationed(stream, _MOST_READS, _MOST_BYTES)))
    except RationError:
        return ExifTags({})
    thumbnail = facts.pop("JPEGThumbnail", b"")
    tags = {f"Image {name}": _Value(value) for name, value in facts.items()}
    return ExifTags(tags, thumbnail if isinstance(thumbnail, bytes) else b"")


def _x3f(stream: BinaryIO) -> ExifTags:
    """Read an X3F by its properties; newer cameras have none and put Exif data into the JPEG."""
    for at in islice(x3f_pictures(stream), _MOST_PICTURES):
        if tags := _parse(jpeg_segments.exif_block(jpeg_segments.read_header(stream, at))):
            return tags
    return _named(x3f_facts, stream)


def _cr3(head: bytes) -> ExifTags:
    """Read a CR3, which keeps its main and its Exif directory, the maker note and the thumbnail in a box each.

    After Laurent Clévy's description of the format (lclevy/canon_cr3).
    """
    main, exif = _parse(_box(head, b"CMT1")), _parse(_box(head, b"CMT2"))
    small = _box(head, b"THMB")
    start = small.find(b"\xff\xd8\xff")
    tags = {**exif._tags, **main._tags}
    thumbnail = small[start:] if start >= 0 else b""
    return _with_note(tags, canon_note, io.BytesIO(_box(head, b"CMT3")), thumbnail)


def _box(head: bytes, name: bytes) -> bytes:
    """Return the content of the first box of that name: four bytes of size come before the name."""
    at = head.find(name)
    if at < 4:
        return b""
    size = int.from_bytes(head[at - 4 : at], "big")
    return head[at + 4 : at - 4 + size]
