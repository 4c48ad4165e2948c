"""A photo piece by piece: the things in it and five parts that overlap, each embedded by itself.

What fills a seventh of a frame hardly moves the embedding of the whole, and that of the part around it much. Parts find
things that no detector knows; a thing that one knows is framed closer (decision 27).
"""

import numpy as np

from core.protocols import Models, RgbImage
from core.types import Box, Pieces

PIECES_VERSION = 1
"""Raised whenever pieces are cut or embedded otherwise, so that kept ones are made again."""

_SIDE = 0.6  # of the picture, of a part
_PARTS = tuple(Box(x, y, _SIDE, _SIDE) for x, y in ((0, 0), (0.4, 0), (0, 0.4), (0.4, 0.4), (0.2, 0.2)))
_THINGS = 3  # embedded, the surest
_KEPT_CONFIDENCE = 0.3  # from here on a thing is kept; what is said of it asks for more
_MARGIN = 0.05  # of a box, added on each side
_LEAST_SIDE = 8  # pixels


def cut_pieces(picture: RgbImage, models: Models) -> Pieces:
    """Find the things of a picture and embed its pieces.

    Args:
        picture: upright sRGB, some 500 pixels are enough.
        models: detector and embedder.
    """
    things = models.thing_detector.detect(picture, _KEPT_CONFIDENCE)
    boxes = (*(thing.box for thing in things[:_THINGS]), *_PARTS)
    vectors = [models.embedder.embed(cut_out(picture, box)) for box in boxes]
    return Pieces(things, boxes, np.stack(vectors).astype(np.float32, copy=False))


def cut_out(picture: RgbImage, box: Box) -> RgbImage:
    """Return a piece of a picture with a little around it; never less than a few pixels."""
    height, width = picture.shape[:2]
    left, right = _span(box.x, box.width, width)
    top, bottom = _span(box.y, box.height, height)
    return np.ascontiguousarray(picture[top:bottom, left:right])


def _span(start: float, length: float, pixels: int) -> tuple[int, int]:
    """Return the first pixel of a side and the one behind its last."""
    first = max(0, int((start - _MARGIN * length) * pixels))
    last = min(pixels, int((start + (1 + _MARGIN) * length) * pixels) + 1)
    missing = min(_LEAST_SIDE, pixels) - (last - first)
    if missing > 0:
        first = max(0, min(first - missing // 2, pixels - _LEAST_SIDE))
        last = min(pixels, first + _LEAST_SIDE)
    return first, last
