"""Parts of pictures, and how large they are."""

import numpy as np
from PIL import Image

from core.protocols import RgbImage
from core.types import Box


def at_most(image: RgbImage, side: int) -> RgbImage:
    """The picture with at most ``side`` pixels on its longer side."""
    if max(image.shape[:2]) <= side:
        return image
    small = Image.fromarray(image)
    small.thumbnail((side, side), Image.Resampling.BILINEAR, reducing_gap=2.0)
    return np.ascontiguousarray(small)


def area(box: Box) -> float:
    """Share of the picture that a box takes up."""
    return box.width * box.height
