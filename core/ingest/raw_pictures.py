"""The pictures inside a RAW that is built upon TIFF (TIFF/EP, DNG 1.4), found by its directories alone.

No more than these is read, and not by native code: this serves the first screens, in the program itself. Workers
take large previews from here too where nothing is left to choose, for LibRaw copies each three times.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from core.ingest import jpeg_segments
from core.ingest.exif_tags import read_tags
from core.ingest.pixels import encode_jpeg
from core.ingest.tiff_directories import Numbers, directories

_WIDTH, _HEIGHT = 0x0100, 0x0101
_COMPRESSION, _COLOURS = 0x0103, 0x0106
_STRIPS, _STRIP_LENGTHS = 0x0111, 0x0117
_JPEG, _JPEG_LENGTH = 0x0201, 0x0202
_JPEG_OF_PANASONIC = 0x002E
_TAGS = frozenset(
    {
        _WIDTH,
        _HEIGHT,
        _COMPRESSION,
        _COLOURS,
        _STRIPS,
        _STRIP_LENGTHS,
        _JPEG,
        _JPEG_LENGTH,
        _JPEG_OF_PANASONIC,
    }
)
_UNCOMPRESSED, _JPEG_COMPRESSIONS = 1, (6, 7)
_RGB, _SENSORS = 2, (32803, 34892)  # of PhotometricInterpretation; CFA and LinearRaw

_LEAST_SIDE, _MOST_SIDE = 120, 4096  # pixels along the longer side
_SAME_SHAPE = 0.03  # relative; sensors have some more rows and columns than pictures
_MOST_BYTES = 2**18  # of one that is shown as it is: those of thousands of photos wait at once
_QUALITY = 88


@dataclass(frozen=True, slots=True)
class RawPicture:
    """A picture that can be shown.

    Attributes:
        offset: of its bytes in the file.
        length: how many these are.
        size: width and height as the directory says, (0, 0) where it does not.
        is_jpeg: else it is bare RGB, 8 bits a channel.
    """

    offset: int
    length: int
    size: tuple[int, int]
    is_jpeg: bool


@dataclass(frozen=True, slots=True)
class RawPictures:
    """What the directories of a RAW lead to.

    Attributes:
        shown: what can be shown; a JPEG among them may still be the sensor's data, without loss.
        size: width and height of the largest picture, which is the sensor's; (0, 0) where none is told.
    """

    shown: tuple[RawPicture, ...]
    size: tuple[int, int]


def raw_pictures(stream: BinaryIO) -> RawPictures:
    """List the pictures in a RAW; none of one that is built otherwise, or is damaged.

    Args:
        stream: the whole file; its position is changed.

    Raises:
        OSError: the file cannot be read any further.
    """
    shown: list[RawPicture] = []
    largest = (0, 0)
    for numbers in directories(stream, _TAGS):
        size = _first(numbers, _WIDTH), _first(numbers, _HEIGHT)
        largest = max(largest, size, key=lambda each: each[0] * each[1])
        shown += _described(numbers, size)
    return RawPictures(tuple(shown), largest)


def small_picture(stream: BinaryIO, pictures: RawPictures) -> bytes:
    """Return the smallest picture worth showing, as JPEG; b"" where there is none.

    Of large JPEGs it is the one in their Exif data.

    Args:
        stream: the whole file; its position is changed.
        pictures: those in it.

    Raises:
        OSError: the file cannot be read any further.
    """
    for picture in sorted(pictures.shown, key=lambda each: each.length):
        stream.seek(picture.offset)
        if picture.length <= _MOST_BYTES:
            small = _as_jpeg(picture, stream.read(picture.length))
        elif picture.is_jpeg:
            head = jpeg_segments.read_header(stream, picture.offset)
            small = read_tags(io.BytesIO(head), head).thumbnail
        else:
            continue
        if small:
            return small
    return b""


def jpeg_at_least(
    stream: BinaryIO, pictures: RawPictures, least: float, shape: tuple[int, int]
) -> bytes | None:
    """Return the smallest JPEG that is large enough and shows all of the picture; None where there is none.

    Args:
        stream: the whole file; its position is changed.
        pictures: those in it.
        least: pixels along the longer side.
        shape: width and height of the whole picture, or the other way round.

    Raises:
        OSError: the file cannot be read any further.
    """
    fit: list[tuple[int, int, RawPicture]] = []
    for picture in pictures.shown:
        if picture.is_jpeg:
            head = jpeg_segments.read_header(stream, picture.offset)
            short, long = sorted(jpeg_segments.frame_size(head))
            alike = short and abs(long * min(shape) / (short * max(shape)) - 1) < _SAME_SHAPE
            if alike and long >= least and not jpeg_segments.is_lossless(head):
                fit.append((long, -picture.length, picture))  # of two as large the one with less loss
    if not fit:
        return None
    *_, chosen = min(fit, key=lambda each: each[:2])
    stream.seek(chosen.offset)
    return stream.read(chosen.length)


def _as_jpeg(picture: RawPicture, data: bytes) -> bytes:
    """Return a picture's bytes as JPEG, b"" where they are cut off, tiny, huge or a sensor's data."""
    width, height = jpeg_segments.frame_size(data) if picture.is_jpeg else picture.size
    if len(data) < picture.length or not _LEAST_SIDE <= max(width, height) <= _MOST_SIDE:
        return b""
    if picture.is_jpeg:
        return b"" if jpeg_segments.is_lossless(data) else data
    return encode_jpeg(np.frombuffer(data, np.uint8).reshape(height, width, 3), _QUALITY)


def _described(numbers: Numbers, size: tuple[int, int]) -> Iterator[RawPicture]:
    """Yield the pictures that one directory describes: what it calls a JPEG, and what it keeps in one strip."""
    if offset := _first(numbers, _JPEG):
        yield RawPicture(offset, _first(numbers, _JPEG_LENGTH), (0, 0), is_jpeg=True)
    if len(place := numbers.get(_JPEG_OF_PANASONIC, ())) == 2:
        yield RawPicture(place[0], place[1], (0, 0), is_jpeg=True)
    colours, compression = _first(numbers, _COLOURS), _first(numbers, _COMPRESSION)
    if len(numbers.get(_STRIPS, ())) != 1 or colours in _SENSORS:
        return
    offset, length = _first(numbers, _STRIPS), _first(numbers, _STRIP_LENGTHS)
    if compression in _JPEG_COMPRESSIONS:
        yield RawPicture(offset, length, size, is_jpeg=True)
    elif compression == _UNCOMPRESSED and colours == _RGB and 0 < length == 3 * size[0] * size[1]:
        yield RawPicture(offset, length, size, is_jpeg=False)


def _first(numbers: Numbers, tag: int) -> int:
    """Return the first value of a tag, 0 where there is none."""
    return next(iter(numbers.get(tag, ())), 0)
