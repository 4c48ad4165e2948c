"""Whatever Pillow decodes: all formats but JPEG and RAW, and JPEG files of which their own decoder complains."""

from typing import BinaryIO

import pillow_heif
from PIL import Image

from core.ingest.decoding import DecodedPhoto, Decoding, bounded_factor, turned_upright
from core.ingest.pixels import flatten
from core.ingest.quiet import quiet
from core.ingest.told_colours import colour_codes, told_profile
from core.ingest.tone_mapping import is_bright, to_usual
from core.protocols import RgbImage
from core.scaling import reduce

pillow_heif.register_heif_opener(thumbnails=False)
pillow_heif.options.DECODE_THREADS = 1  # the worker processes are the parallelism


def decode_by_pillow(asked: Decoding, stream: BinaryIO, *, in_part: bool = True) -> DecodedPhoto:
    """Decode a file.

    Args:
        asked: what for.
        stream: the file.
        in_part: whether its decoder may be asked for a smaller picture.

    Raises:
        PhotoError: it is too large.
        Exception: whatever Pillow and its plugins raise.
    """
    with quiet, Image.open(stream) as image:
        orientation = _left_to_turn(image, asked.orientation)
        full = image.size
        asked.check_size(*full)
        factor = asked.factor(*full)
        if factor > 1 and in_part:
            image.draft(None, (-(-full[0] // factor), -(-full[1] // factor)))  # JPEG, some HEIF
        image.load()
        rgb, icc = flatten(image)
        has_colours = image.mode in ("RGB", "RGBA")
    if (remaining := bounded_factor(rgb.shape[1], rgb.shape[0])) > 1:
        rgb = reduce(rgb, max(rgb.shape[:2]) // remaining)
    if has_colours:
        rgb, icc = _in_told_colours(rgb, icc, stream)
    return turned_upright(rgb, full, orientation, icc)


def _left_to_turn(image: Image.Image, orientation: int) -> int:
    """Return the orientation that Pillow leaves to its caller."""
    if image.format in ("HEIF", "TIFF", "JXL"):
        return 1
    if image.format == "AVIF":
        return int(image.getexif().get(0x0112, 1))
    return orientation


def _in_told_colours(rgb: RgbImage, icc: bytes | None, stream: BinaryIO) -> tuple[RgbImage, bytes | None]:
    """Return the pixels, fit for usual screens where they were for bright ones, and the profile of their colours."""
    codes = colour_codes(stream)
    if codes is not None and is_bright(codes):
        return to_usual(rgb, codes), None
    return rgb, icc or told_profile(stream)
