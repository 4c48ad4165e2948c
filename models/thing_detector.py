"""Where things are: SSD MobileNetV2, with its boxes decoded and thinned out here.

Liu et al., "SSD: Single Shot MultiBox Detector" (2016); Sandler et al., "MobileNetV2" (2018). Anchors and decoding are
those of MediaPipe's ``object_detection_oid_v4_cpu.pbtxt``.
"""

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from core.protocols import RgbImage
from core.types import Box, PlacedThing
from models.face_detector import suppress_overlaps
from models.network import Network

_SIDE = 300  # pixels of the square the whole picture is squeezed into
_GRIDS = (19, 10, 5, 3, 2, 1)  # cells a side, from small things to large ones
# Side of a grid's boxes, of the picture; the last ends the row.
_SCALES = (0.2, 0.35, 0.5, 0.65, 0.8, 0.95, 1.0)
_FINEST = ((0.1, 1.0), (0.2, 2.0), (0.2, 0.5))  # side and aspect of the boxes in the first grid
_ASPECTS = (1.0, 2.0, 0.5, 3.0, 0.3333)
# What the network's y, x, height, width are multiples of.
_SPREAD = np.array([0.1, 0.1, 0.2, 0.2], np.float32)
_MOST_OVERLAP = 0.45  # intersection over union past which two boxes are one thing, of whatever name
_LEAST_SCORE = 0.3

LABELS = (
    *("bicycle", "boot", "laptop", "person", "chair", "cattle", "desk", "cat", "computer mouse"),
    *("computer monitor", "box", "mug", "coffee cup", "stationary bicycle", "table", "bottle", "high heels"),
    *("vehicle", "footwear", "dog", "book", "camera", "car"),
)
"""What it can name, in the network's order; before them is its class of nothing."""

FloatArray = NDArray[np.float32]


class SsdThingDetector(Network):
    """Finds things; ``core.protocols.ThingDetector``."""

    def detect(self, image: RgbImage, least_confidence: float = _LEAST_SCORE) -> tuple[PlacedThing, ...]:
        """Find the things of a picture of any size, most confident first."""
        square = cv2.resize(image, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
        tensor = square[np.newaxis].astype(np.float32) / 127.5 - 1
        boxes, scores = self._session.run(["boxes", "scores"], {"image": tensor})
        corners = decode(boxes[0])
        likely = scores[0, :, 1:]
        labels = likely.argmax(axis=1)
        best = likely.max(axis=1)
        candidates = np.flatnonzero(best >= least_confidence)
        candidates = candidates[np.argsort(-best[candidates], kind="stable")]
        kept = suppress_overlaps(corners[candidates], _MOST_OVERLAP)
        return tuple(
            PlacedThing(LABELS[labels[at]], float(best[at]), _box(corners[at])) for at in candidates[kept]
        )


def decode(boxes: FloatArray) -> FloatArray:
    """Turn the network's boxes into left, top, right and bottom, fractions of the picture.

    Args:
        boxes: y, x, height and width against the anchors, shape (1917, 4).

    Returns:
        float32, shape (1917, 4), cut off at the picture's edges.
    """
    anchors, moved = _anchors(), boxes * _SPREAD
    centre = anchors[:, :2] + moved[:, :2] * anchors[:, 2:]
    half = np.exp(moved[:, 2:]) * anchors[:, 2:] / 2
    corners = np.concatenate([(centre - half)[:, ::-1], (centre + half)[:, ::-1]], axis=1)
    return np.asarray(np.clip(corners, 0, 1), np.float32)


@cache
def _anchors() -> FloatArray:
    """Return the boxes the network starts from: y and x of the centre, height, width; shape (1917, 4)."""
    rows: list[tuple[float, float, float, float]] = []
    for layer, cells in enumerate(_GRIDS):
        between = (_SCALES[layer] * _SCALES[layer + 1]) ** 0.5
        coarse = (*((_SCALES[layer], aspect) for aspect in _ASPECTS), (between, 1.0))
        shapes = _FINEST if layer == 0 else coarse
        for y in range(cells):
            for x in range(cells):
                rows += [
                    ((y + 0.5) / cells, (x + 0.5) / cells, side / aspect**0.5, side * aspect**0.5)
                    for side, aspect in shapes
                ]
    return np.array(rows, np.float32)


def _box(corner: FloatArray) -> Box:
    left, top, right, bottom = corner.tolist()
    return Box(left, top, right - left, bottom - top)
