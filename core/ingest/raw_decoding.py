"""RAW files: the largest embedded preview; the sensor's data at half size where that is too small to judge."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import rawpy

from core.errors import PhotoError
from core.files import name_for_libraries
from core.ingest import jpeg_segments, jpeg_xl
from core.ingest.decoding import DecodedPhoto, Decoding, turned_upright
from core.ingest.exif_tags import read_tags
from core.ingest.jpeg_decoding import decode_jpeg
from core.ingest.pillow_decoding import decode_by_pillow
from core.ingest.pixels import is_quarter_turned, turned_over
from core.ingest.raw_pictures import jpeg_at_least, raw_pictures
from core.ingest.told_colours import told_of_preview
from core.protocols import RgbImage
from core.types import Damage

_LEAST_PREVIEW = 1024  # pixels along the longer side: of smaller ones in a RAW, sharpness cannot be told
_WHOLE = 0.97  # of the sensor's longer side: a preview of so much is the largest there is


def open_raw(path: Path, stream: BinaryIO) -> Any:
    """Open a file with LibRaw; the caller closes the handle."""
    try:
        return rawpy.imread(name_for_libraries(path, stream))
    except UnicodeEncodeError:  # a name in another encoding than the system's, which rawpy cannot pass on
        stream.seek(0)
        return rawpy.imread(stream)


def decode_raw(asked: Decoding, stream: BinaryIO) -> DecodedPhoto:
    """Decode a RAW, of which only the parts that are needed are read from the disk.

    Raises:
        PhotoError: it is too large, or holds no picture that can be decoded here.
        rawpy.LibRawError: LibRaw would not have it.
    """
    with open_raw(asked.path, stream) as raw:
        asked.check_size(raw.sizes.width, raw.sizes.height)
        preview = _preview(asked, raw, stream) or _jpeg_xl_preview(asked, stream)
        if preview is not None and preview.damage is None:
            return preview
        try:
            return _developed(asked, raw, stream)
        except rawpy.LibRawError:
            if preview is not None:
                return preview
            if jpeg_xl.is_within(stream):
                raise PhotoError(asked.path, jpeg_xl.WITHIN_CANNOT_BE_READ) from None
            raise


def _developed(asked: Decoding, raw: Any, stream: BinaryIO) -> DecodedPhoto:
    """Develop the sensor's data at half size."""
    sensor = raw.sizes.width, raw.sizes.height  # developing changes what LibRaw says of them
    # LibRaw knows more of turning than Exif tells, but nothing of sidecars.
    is_turned = (_own_orientation(stream) or 1) != asked.orientation
    rgb = raw.postprocess(half_size=True, use_camera_wb=True, user_flip=0 if is_turned else None)
    if rgb.shape[2] == 1:  # a sensor without colours, which is not halved either
        rgb = rgb.repeat(3, axis=2)
    height, width = rgb.shape[:2]
    times = 2 if max(height, width) < max(sensor) else 1
    full = width * times, height * times
    return turned_upright(np.ascontiguousarray(rgb), full, asked.orientation if is_turned else 1)


def _preview(asked: Decoding, raw: Any, stream: BinaryIO) -> DecodedPhoto | None:
    """Decode the preview; None where there is none, it is too small or cannot be decoded.

    The sensor's data may still be good then.
    """
    sensor = (raw.sizes.width, raw.sizes.height)
    try:
        data = _large_enough(asked, stream, sensor) or raw.extract_thumb().data
        stored, icc, size, damage = _stored_preview(asked, data, stream)
    except (rawpy.LibRawError, PhotoError, ValueError, OSError):
        return None
    if max(size) < _LEAST_PREVIEW:  # in its full size, not as small as it was decoded now
        return None
    lies_as_sensor = (stored.shape[1] >= stored.shape[0]) == (sensor[0] >= sensor[1])
    width, height, orientation = *sensor, asked.orientation
    if not lies_as_sensor:
        own = _own_orientation(stream) or asked.orientation
        if is_quarter_turned(own):  # some cameras store it upright
            if own != asked.orientation:
                stored = turned_over(stored, own, asked.orientation)
            width, height = reversed(sensor) if is_quarter_turned(asked.orientation) else sensor
            orientation = 1
    return replace(turned_upright(stored, (width, height), orientation, icc), damage=damage)


def _stored_preview(
    asked: Decoding, data: Any, stream: BinaryIO
) -> tuple[RgbImage, bytes | None, tuple[int, ...], Damage | None]:
    """Return a preview's pixels as they are stored, their profile, the full size of it, and what is wrong with it."""
    if not isinstance(data, bytes):
        return np.ascontiguousarray(data), None, data.shape[:2], None
    inner = decode_jpeg(replace(asked, orientation=1), data)
    icc = inner.icc
    if icc is None and not jpeg_segments.exif_block(data):
        icc = told_of_preview(stream)
    return inner.rgb, icc, (inner.width, inner.height), inner.damage


def _large_enough(asked: Decoding, stream: BinaryIO, sensor: tuple[int, int]) -> bytes | None:
    """Read a JPEG straight from the file; None where LibRaw has to say which preview is the largest."""
    factor = asked.factor(*sensor)
    least = max(sensor) / factor if factor > 1 else _WHOLE * max(sensor)
    return jpeg_at_least(stream, raw_pictures(stream), max(least, _LEAST_PREVIEW), sensor)


def _jpeg_xl_preview(asked: Decoding, stream: BinaryIO) -> DecodedPhoto | None:
    """Decode a preview that LibRaw does not know, where Pillow does."""
    if not jpeg_xl.can_be_read() or not (data := jpeg_xl.largest_preview(stream)):
        return None
    try:
        return decode_by_pillow(asked, io.BytesIO(data))
    except (PhotoError, ValueError, OSError, RuntimeError):
        return None


def _own_orientation(stream: BinaryIO) -> int:
    """Return what a file says itself of how it is turned, 0 where it says nothing."""
    return read_tags(stream, jpeg_segments.read_header(stream)).integer("Orientation", ifd="Image")
