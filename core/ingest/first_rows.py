"""What is looked at of a photo, mostly there sooner than all of it, and always much smaller.

The rows of a JPEG are kept one after the other, and each can be decoded only after those before it; what lies below
the last one that somebody sees can be left alone. What was decoded above it and beside it is let go of. At the foot of
a photo, or where rows are not kept in order, all of them are decoded: so little is kept that it can be done ahead.
"""

import io
import math
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import simplejpeg

from core.files import open_file
from core.ingest import jpeg_segments
from core.ingest.decoding import bounded_factor
from core.ingest.formats import Content, Kind, content_of, kind_of
from core.ingest.pixels import is_quarter_turned, upright
from core.ingest.raw_pictures import jpeg_at_least, raw_pictures
from core.ingest.told_colours import told_of_preview, told_profile
from core.protocols import RgbImage
from core.types import Box, stored_box

_HEAD_BYTES = 4096
_MOST_BYTES = 2**26  # of a JPEG: 200 MP
_WHOLE = 0.97  # of the sensor's longer side: a preview of so much is the largest there is
_MORE_ROWS = 16  # than are seen: colours of a row take from the one below
_AROUND = 0.25  # of what is seen, kept on each side of it: somebody may look a little farther
_LIKE_RGB = frozenset({"Gray", "RGB", "YCbCr"})


@dataclass(frozen=True, slots=True, eq=False)
class FirstRows:
    """A part of a photo, and where in it.

    Attributes:
        rgb: upright, uint8, shape (H, W, 3), in the colours of ``icc``.
        icc: as in ``DecodedPhoto``.
        at: pixels from the left and from the top of the upright photo.
        whole: width and height of the upright photo.
    """

    rgb: RgbImage
    icc: bytes | None
    at: tuple[int, int]
    whole: tuple[int, int]


def decode_first_rows(path: Path, orientation: int, seen: Box) -> FirstRows | None:
    """Decode a photo at full resolution as far as it is seen.

    Nothing is said of damage; whoever shows this has the whole photo decoded as well.

    Args:
        path: the file; of a RAW its preview is decoded, as ``decode`` does.
        orientation: EXIF, 1 to 8.
        seen: the part of the upright photo that is needed.

    Returns:
        None where it is neither a JPEG nor a RAW with one in it, or cannot be decoded.
    """
    try:
        with open_file(path) as stream:
            return _of_stream(path, stream, orientation, stored_box(with_margin(seen), orientation))
    except (OSError, ValueError, MemoryError):
        return None


def with_margin(seen: Box) -> Box:
    """Return what is kept of a photo where that is seen."""
    left, top = max(seen.x - _AROUND * seen.width, 0.0), max(seen.y - _AROUND * seen.height, 0.0)
    right = min(seen.x + (1 + _AROUND) * seen.width, 1.0)
    bottom = min(seen.y + (1 + _AROUND) * seen.height, 1.0)
    return Box(left, top, right - left, bottom - top)


def _of_stream(path: Path, stream: BinaryIO, orientation: int, box: Box) -> FirstRows | None:
    content = content_of(stream.read(_HEAD_BYTES))
    if content is Content.JPEG:
        stream.seek(0)
        data = stream.read(_MOST_BYTES)
        icc = jpeg_segments.icc_profile(data) or told_profile(io.BytesIO(data))
    elif content in (Content.TIFF, Content.UNKNOWN) and kind_of(path) is Kind.RAW:
        pictures = raw_pictures(stream)
        found = jpeg_at_least(stream, pictures, _WHOLE * max(pictures.size), pictures.size)
        width, height = jpeg_segments.frame_size(found or b"")
        if found is None or (width >= height) != (pictures.size[0] >= pictures.size[1]):
            return None  # some cameras keep it upright
        data = found
        icc = jpeg_segments.icc_profile(data) or told_profile(io.BytesIO(data))
        if icc is None and not jpeg_segments.exif_block(data):
            icc = told_of_preview(stream)
    else:
        return None
    return _of_jpeg(data, orientation, box, icc)


def _of_jpeg(data: bytes, orientation: int, box: Box, icc: bytes | None) -> FirstRows | None:
    width, height = jpeg_segments.frame_size(data)
    if width * height <= 0:
        return None
    bottom = math.ceil((box.y + box.height) * height)
    shorter = jpeg_segments.with_rows(data, bottom + _MORE_ROWS)
    rows = height if shorter is None else bottom + _MORE_ROWS
    if bounded_factor(width, rows) > 1:
        return None
    _, _, colours, _ = simplejpeg.decode_jpeg_header(shorter or data)
    if colours not in _LIKE_RGB:
        return None
    # NumPy asks for large pages, which are there in half the time.
    into = np.empty((rows, width, 3), np.uint8)
    # It complains of the rows it is not told of.
    rgb = simplejpeg.decode_jpeg(shorter or data, buffer=into, strict=False)
    left, top = math.floor(box.x * width), math.floor(box.y * height)
    right = math.ceil((box.x + box.width) * width)
    part = upright(rgb[top:bottom, left:right].copy(), orientation)
    x, y, whole = (
        (top, left, (height, width)) if is_quarter_turned(orientation) else (left, top, (width, height))
    )
    if orientation in (2, 3, 6, 7):
        x = whole[0] - x - part.shape[1]
    if orientation in (3, 4, 7, 8):
        y = whole[1] - y - part.shape[0]
    return FirstRows(part, None if colours == "Gray" else icc, (x, y), whole)
