"""JPEG XL, alone and within DNG, as newer phones and Adobe's programs write it (DNG 1.7): read where Pillow can.

The plugin with which Pillow can is under the GPL and so no part of this program; with it installed, the
pictures show.
"""

from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import BinaryIO

from PIL import Image

from core.ingest.tiff_directories import Numbers, directories
from core.language import say

PLUGIN = "pillow-jxl-plugin"
"""The package that teaches Pillow to read it."""

CANNOT_BE_READ = say(
    "It is a JPEG XL, which cannot be read here. Convert it, or install the Python package {package}.",
    package=PLUGIN,
)
WITHIN_CANNOT_BE_READ = say(
    "Its pictures are compressed with JPEG XL, which cannot be read here. Convert it to another kind of DNG, or"
    " install the Python package {package}.",
    package=PLUGIN,
)

_WIDTH, _HEIGHT, _COMPRESSION, _COLOURS = 0x0100, 0x0101, 0x0103, 0x0106
_STRIPS, _STRIP_LENGTHS, _TILES = 0x0111, 0x0117, 0x0144
_TAGS = frozenset({_WIDTH, _HEIGHT, _COMPRESSION, _COLOURS, _STRIPS, _STRIP_LENGTHS, _TILES})
_JPEG_XL = 52546
_PICTURES = (2, 6)  # of PhotometricInterpretation: RGB and YCbCr; the others are a sensor's data
_MOST_BYTES = 2**28


@cache
def can_be_read() -> bool:
    """Tell whether Pillow reads JPEG XL in this process."""
    with suppress(ImportError):
        import_module("pillow_jxl")
    return "JXL" in Image.registered_extensions().values()


def is_within(stream: BinaryIO) -> bool:
    """Tell whether any picture of a TIFF file is compressed as JPEG XL.

    Args:
        stream: the whole file; its position is changed.

    Raises:
        OSError: the file cannot be read any further.
    """
    return any(_JPEG_XL in numbers.get(_COMPRESSION, ()) for numbers in directories(stream, _TAGS))


def largest_preview(stream: BinaryIO) -> bytes:
    """Return the largest JPEG XL picture that is no sensor's data; b"" where there is none in one piece.

    Args:
        stream: the whole file; its position is changed.

    Raises:
        OSError: the file cannot be read any further.
    """
    found = [numbers for numbers in directories(stream, _TAGS) if _is_preview(numbers)]
    if not found:
        return b""
    largest = max(found, key=lambda numbers: numbers.get(_WIDTH, (0,))[0] * numbers.get(_HEIGHT, (0,))[0])
    stream.seek(largest[_STRIPS][0])
    return stream.read(min(largest[_STRIP_LENGTHS][0], _MOST_BYTES))


def _is_preview(numbers: Numbers) -> bool:
    compression, colours = numbers.get(_COMPRESSION, ()), numbers.get(_COLOURS, ())
    in_one = len(numbers.get(_STRIPS, ())) == len(numbers.get(_STRIP_LENGTHS, ())) == 1
    return compression == (_JPEG_XL,) and in_one and len(colours) == 1 and colours[0] in _PICTURES
