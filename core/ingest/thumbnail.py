"""The one recipe of thumbnails: all code that makes one makes the same."""

from core.ingest.pixels import encode_jpeg
from core.protocols import RgbImage
from core.scaling import reduce

SIDE = 512  # pixels: a large grid cell on a 200 % screen, a placeholder for the loupe
_QUALITY = 85


def small_copy(rgb: RgbImage) -> RgbImage:
    """Return an upright sRGB picture at the size of a thumbnail; a smaller one stays as it is."""
    return reduce(rgb, SIDE)


def thumbnail(rgb: RgbImage) -> bytes:
    """Return the thumbnail of an upright sRGB picture, as a JPEG."""
    return encode_jpeg(small_copy(rgb), _QUALITY)
