"""JPEG files and previews: by simplejpeg, which is a third faster, if it has no complaint; else by Pillow."""

import io
from dataclasses import replace
from fractions import Fraction
from typing import BinaryIO

import simplejpeg

from core.errors import PhotoError
from core.ingest import jpeg_segments
from core.ingest.damage import SENTENCES, is_of_the_picture, is_torn
from core.ingest.decoding import DecodedPhoto, Decoding, bounded_factor, turned_upright
from core.ingest.pillow_decoding import decode_by_pillow
from core.ingest.told_colours import told_profile
from core.protocols import RgbImage
from core.types import Damage

_FIRST_BYTES = 2**25  # of a JPEG: nearly all are smaller
_MOST_PER_PIXEL = 12  # bytes: the longest code of each of three values
_END_OF_IMAGE = b"\xff\xd9"
_TO_THREE_EIGHTHS = Fraction(8, 3)  # to five eighths and more takes longer than the whole


def read_jpeg(stream: BinaryIO) -> bytes:
    """Read a JPEG as far as its picture can reach: there may be a film behind it, or gigabytes of nothing."""
    data = stream.read(_FIRST_BYTES)
    if len(data) == _FIRST_BYTES:
        width, height = jpeg_segments.frame_size(data)
        data += stream.read(width * height * _MOST_PER_PIXEL)
    return data


def decode_jpeg(asked: Decoding, data: bytes) -> DecodedPhoto:
    """Decode a JPEG, as far as it goes.

    Args:
        asked: what for.
        data: the file, or a preview in one.

    Raises:
        PhotoError: it is too large, or nothing comes of it.
        Exception: whatever Pillow raises where simplejpeg would not have it.
    """
    width, height = jpeg_segments.frame_size(data)
    if not (width and height):
        return _forgivingly(asked, data)
    asked.check_size(width, height)
    # Asked for less of a lossless one, simplejpeg 1.9 writes beyond the array it made.
    factor = Fraction(1) if jpeg_segments.is_lossless(data) else _factor(asked, width, height)
    try:
        _, _, colours, _ = simplejpeg.decode_jpeg_header(data)
        if colours in ("CMYK", "YCCK"):
            return _forgivingly(asked, data)
        rgb, damage = simplejpeg.decode_jpeg(data, **_least(width, height, factor)), None
    except ValueError as error:
        if "Premature end of JPEG" not in str(error):
            torn = is_of_the_picture(str(error), data)
            return replace(_forgivingly(asked, data), damage=Damage.TORN if torn else None)
        rgb, damage = _as_far_as_it_goes(asked, data + _END_OF_IMAGE, _least(width, height, factor))
    if damage is None and factor == 1 and is_torn(rgb, jpeg_segments.block_size(data)):
        damage = Damage.TORN
    icc = None if colours == "Gray" else jpeg_segments.icc_profile(data) or told_profile(io.BytesIO(data))
    decoded = turned_upright(rgb, (width, height), asked.orientation, icc)
    return replace(decoded, compression=jpeg_segments.luma_quantisation(data), damage=damage)


def _forgivingly(asked: Decoding, data: bytes) -> DecodedPhoto:
    return decode_by_pillow(asked, io.BytesIO(data), in_part=not jpeg_segments.is_lossless(data))


def _as_far_as_it_goes(asked: Decoding, data: bytes, least: dict[str, int]) -> tuple[RgbImage, Damage | None]:
    """Decode a JPEG that ended too early and was given its mark of the end, which may be all that it lacked."""
    try:
        return simplejpeg.decode_jpeg(data, **least), None
    except ValueError:
        pass
    try:
        return simplejpeg.decode_jpeg(data, strict=False, **least), Damage.CUT_OFF
    except ValueError as error:
        raise PhotoError(asked.path, SENTENCES[Damage.CUT_OFF]) from error


def _factor(asked: Decoding, width: int, height: int) -> Fraction:
    """Return by how much to scale down: as all decoders can, and to three eighths where that is for the screen."""
    factor = asked.factor(width, height)
    is_for_the_screen = factor == 2 and bounded_factor(width, height) == 1
    if is_for_the_screen and asked.factor(3 * width // 4, 3 * height // 4) == factor:
        return _TO_THREE_EIGHTHS
    return Fraction(factor)


def _least(width: int, height: int, factor: Fraction) -> dict[str, int]:
    """Return the scaled decode as arguments for simplejpeg; its ``min_factor`` alone does nothing."""
    return {"min_width": -(-width // factor), "min_height": -(-height // factor)}
