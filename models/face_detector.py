"""Where the faces are: YuNet, with its boxes decoded and thinned out here.

Wu, Peng and Yu, "YuNet: A Tiny Millisecond-level Face Detector" (2023). The decoding follows OpenCV's
``FaceDetectorYN``.
"""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from core.protocols import DetectedFace, RgbImage
from core.scaling import reduce
from core.types import Box
from models.network import Network

_LONG_SIDE = 1280  # pixels of the longer side given to the network: faces from about 20 pixels on
_STRIDES = (8, 16, 32)  # pixels a cell of the three output grids
_GRID = 32  # both sides given to the network are multiples of the widest stride
_LEAST_SCORE = 0.6
_MOST_OVERLAP = 0.3  # intersection over union past which two boxes are one face
_MOST_CANDIDATES = 1000  # boxes compared with each other, best first
_OUTPUTS = [f"{kind}_{stride}" for stride in _STRIDES for kind in ("cls", "obj", "bbox", "kps")]

FloatArray = NDArray[np.float32]


class YuNetFaceDetector(Network):
    """Finds faces; ``core.protocols.FaceDetector``."""

    white = 255.0

    def detect(self, image: RgbImage, least_confidence: float = _LEAST_SCORE) -> tuple[DetectedFace, ...]:
        """Find the faces of a picture of any size, most confident first."""
        reduced = reduce(image, _LONG_SIDE)
        height, width = reduced.shape[:2]
        tensor = to_tensor(reduced)
        outputs = iter(self._session.run(_OUTPUTS, {"input": tensor}))
        grids = []
        for stride in _STRIDES:
            classes, objects, shapes, marks = (next(outputs)[0] for _ in range(4))
            columns = tensor.shape[3] // stride
            grids.append(decode(classes, objects, shapes, marks, stride, columns, least_confidence))
        scores, boxes, points = (np.concatenate(parts) for parts in zip(*grids, strict=True))
        likely = np.argsort(-scores, kind="stable")[:_MOST_CANDIDATES]
        kept = likely[suppress_overlaps(boxes[likely])]
        size = np.array([width, height], np.float32)
        return tuple(_describe(scores[i], boxes[i], points[i].reshape(5, 2), size) for i in kept)


def to_tensor(image: RgbImage) -> FloatArray:
    """Return the network's input: BGR, 0 to 255, black added on the right and below.

    Returns:
        float32, shape (1, 3, H, W), H and W multiples of 32.
    """
    height, width = image.shape[:2]
    tensor = np.zeros((1, 3, _round_up(height), _round_up(width)), np.float32)
    for plane, channel in zip(tensor[0], reversed(cv2.split(image)), strict=True):
        plane[:height, :width] = channel
    return tensor


def decode(
    classes: FloatArray,
    objects: FloatArray,
    boxes: FloatArray,
    points: FloatArray,
    stride: int,
    columns: int,
    least: float,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Turn one output grid into the likely faces' scores, boxes and landmarks, in pixels of the network's input.

    Args:
        classes: shape (cells, 1), the chance of a face.
        objects: shape (cells, 1), how well the box fits.
        boxes: shape (cells, 4), centre relative to the cell and logarithm of the size, in strides.
        points: shape (cells, 10), x and y of five landmarks relative to the cell, in strides.
        stride: pixels a cell.
        columns: cells a row.
        least: score from which a face is likely.

    Returns:
        Scores 0 to 1, shape (faces,); left, top, right and bottom, shape (faces, 4); landmarks,
        shape (faces, 10).
    """
    scores = np.sqrt(np.clip(classes[:, 0], 0, 1) * np.clip(objects[:, 0], 0, 1))
    cell = np.flatnonzero(scores >= least)
    boxes, points = boxes[cell], points[cell]
    corner = np.stack([cell % columns, cell // columns], axis=1).astype(np.float32)
    centre = (corner + boxes[:, :2]) * stride
    half = np.exp(boxes[:, 2:]) * stride / 2
    return (
        scores[cell],
        np.concatenate([centre - half, centre + half], axis=1),
        (points + np.tile(corner, 5)) * stride,
    )


def suppress_overlaps(boxes: FloatArray, most_overlap: float = _MOST_OVERLAP) -> list[int]:
    """Suppress all but the maximum: of boxes that overlap, the first stays.

    Args:
        boxes: left, top, right, bottom, shape (N, 4), best first.
        most_overlap: intersection over union past which the later box goes.

    Returns:
        Indices of the boxes that stay, in order.
    """
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    left = np.arange(len(boxes))
    kept = []
    while len(left):
        best, rest = left[0], left[1:]
        kept.append(int(best))
        sides = np.minimum(boxes[best, 2:], boxes[rest, 2:]) - np.maximum(boxes[best, :2], boxes[rest, :2])
        shared = np.prod(np.maximum(sides, 0), axis=1)
        left = rest[shared <= most_overlap * (areas[best] + areas[rest] - shared)]
    return kept


def _round_up(side: int) -> int:
    return math.ceil(side / _GRID) * _GRID


def _describe(score: float, box: FloatArray, points: FloatArray, size: FloatArray) -> DetectedFace:
    """Turn pixels into fractions of the picture; what reaches out of it is cut off."""
    left, top, right, bottom = np.clip(box / np.tile(size, 2), 0, 1).tolist()
    landmarks = np.clip(points / size, 0, 1).tolist()
    return DetectedFace(
        box=Box(left, top, right - left, bottom - top),
        confidence=float(score),
        landmarks=tuple((x, y) for x, y in landmarks),
    )
