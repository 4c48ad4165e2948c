"""A 64-bit perceptual hash of a frame."""

import imagehash
from PIL import Image

from core.protocols import RgbImage


def perceptual_hash(reduced: RgbImage) -> int:
    """Return the DCT hash (imagehash's pHash, 8 x 8) of a picture of any size, as an unsigned 64-bit number."""
    bits = imagehash.phash(Image.fromarray(reduced)).hash.ravel()
    return int("".join("1" if bit else "0" for bit in bits), 2)
