"""Cutting a part out of a picture, to whole pixels."""

import math

from core.protocols import RgbImage
from core.types import Box


def cut(image: RgbImage, box: Box) -> tuple[RgbImage, Box]:
    """Cut out the part of a picture that holds a box, with where exactly it lies: its edges are whole pixels.

    Args:
        image: shape (height, width, 3).
        box: within the picture.

    Returns:
        A view of at least one pixel, and its box.
    """
    height, width = image.shape[:2]
    left, top = min(math.floor(box.x * width), width - 1), min(math.floor(box.y * height), height - 1)
    right = min(width, max(left + 1, math.ceil((box.x + box.width) * width)))
    bottom = min(height, max(top + 1, math.ceil((box.y + box.height) * height)))
    where = Box(left / width, top / height, (right - left) / width, (bottom - top) / height)
    return image[top:bottom, left:right], where
