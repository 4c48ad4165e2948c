"""The colours of a picture that brings no profile, as its file tells them elsewhere."""

from typing import BinaryIO

from core.ingest.colour_spaces import ColourCodes, adobe_rgb, says_adobe_rgb, wide_profile
from core.ingest.exif_chunks import png_colour_codes
from core.ingest.exif_tags import read_tags
from core.ingest.formats import Content, content_of
from core.ingest.heif_items import HeifError
from core.ingest.heif_items import colour_codes as heif_colour_codes
from core.ingest.jpeg_segments import read_header

_DNG_VERSION = "Image Tag 0xC612"  # exifread has no name for it


def colour_codes(stream: BinaryIO) -> ColourCodes | None:
    """Read how the colours of a HEIF, AVIF or PNG file are coded; None of others, and where it is not told.

    Args:
        stream: the whole file; its position is changed.

    Raises:
        OSError: the file cannot be read any further.
    """
    stream.seek(0)
    codes = None
    match content_of(stream.read(64)):
        case Content.PNG:
            codes = png_colour_codes(stream)
        case Content.HEIF | Content.AVIF:
            try:
                codes = heif_colour_codes(stream)
            except HeifError:
                return None
    return None if codes is None else ColourCodes(*codes)


def told_profile(stream: BinaryIO) -> bytes | None:
    """Find the profile that a file names without bringing it; None where its colours are those of sRGB.

    Args:
        stream: the whole file; its position is changed.

    Raises:
        OSError: the file cannot be read any further.
    """
    codes = colour_codes(stream)
    if codes is not None:
        return wide_profile(codes.primaries)
    head = read_header(stream)
    return adobe_rgb() if says_adobe_rgb(read_tags(stream, head)) else None


def told_of_preview(stream: BinaryIO) -> bytes | None:
    """Find the profile of the preview in a RAW, which cameras make in the colours they were set to.

    Programs that convert to DNG put a preview of their own there, and have another tag for its colours.

    Args:
        stream: the whole RAW; its position is changed.

    Raises:
        OSError: the file cannot be read any further.
    """
    tags = read_tags(stream, read_header(stream))
    return adobe_rgb() if says_adobe_rgb(tags) and not tags.numbers(_DNG_VERSION) else None
