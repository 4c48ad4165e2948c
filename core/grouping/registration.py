"""Two frames of a burst laid over each other to a pixel, so that nothing jumps when one takes the place of the other.

``core.grouping.geometry`` tells by a few corners whether frames show the same thing; this one works on pictures twice
as large with ten times as many corners, and is asked for two frames at a time that somebody looks at.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.analysis.sharpness import luma
from core.protocols import RgbImage
from core.scaling import reduce

LONG_SIDE = 1200
"""Pixels of the longer side at which corners are sought."""

_CORNERS = 2500
_PARTS = 5  # of the frame along each side
_FAINTEST = 8  # FAST threshold, grey levels, after the contrast is evened out
_CONTRAST_LIMIT = 4.0  # CLAHE, in parts of its grid
_LEAST_SIDE = 64  # pixels
_FEWEST = 24  # agreeing corners; fewer agree by chance among so many
_SLACK = 3.0  # pixels at ``LONG_SIDE``
_TILTING = 100  # agreeing corners from which on a tilted plane is told apart from chance
_MOST_PARTS = 0.8  # share of the frame's parts that have agreeing corners: beyond them a plane is but guessed
_MOST_TILT = (
    0.02  # of the longer side, between a shift with turn and zoom and the tilted plane, in any corner
)
_TURN, _ZOOM = math.radians(30), 2.5  # beyond these no photographer stays within a burst


@dataclass(frozen=True, slots=True, eq=False)
class FrameCorners:
    """What one frame is found again by.

    Attributes:
        points: float32, shape (K, 2), fractions of the upright picture.
        descriptors: uint8, shape (K, 32), ORB.
        aspect: width by height.
    """

    points: NDArray[np.float32]
    descriptors: NDArray[np.uint8]
    aspect: float


@dataclass(frozen=True, slots=True, eq=False)
class Registration:
    """Where a frame's places are in another frame.

    Attributes:
        matrix: float64, shape (3, 3), from fractions of the first picture to fractions of the other.
    """

    matrix: NDArray[np.float64]

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the first frame is in the other, both as fractions; it may lie outside."""
        across, down, depth = self.matrix @ (x, y, 1.0)
        return float(across / depth), float(down / depth)

    def inverse(self) -> "Registration":
        """Return the same from the other frame to the first."""
        return Registration(np.asarray(np.linalg.inv(self.matrix), np.float64))


def corners_of(rgb: RgbImage) -> FrameCorners:
    """Find what a frame is found again by; some 40 ms.

    Args:
        rgb: uint8, shape (H, W, 3), the upright picture at any size; ``LONG_SIDE`` is enough.
    """
    grey = luma(reduce(rgb, LONG_SIDE))
    height, width = grey.shape
    nothing = FrameCorners(np.zeros((0, 2), np.float32), np.zeros((0, 32), np.uint8), width / height)
    if min(height, width) < _LEAST_SIDE:
        return nothing
    even = cv2.createCLAHE(_CONTRAST_LIMIT, (8, 8)).apply(grey)
    orb = cv2.ORB_create(nfeatures=4 * _CORNERS, fastThreshold=_FAINTEST)  # type: ignore[attr-defined]
    found, descriptors = orb.compute(even, _spread(orb.detect(even, None), width, height))
    if descriptors is None:
        return nothing
    points = np.array([corner.pt for corner in found], np.float32) / (width, height)
    return FrameCorners(points.astype(np.float32), descriptors, width / height)


def _spread(corners: Sequence[Any], width: int, height: int) -> list[Any]:
    """Keep the strongest corners of each part of the frame: those of one bush say little of how the rest lies."""
    if not corners:
        return []
    places = np.array([corner.pt for corner in corners]) / (width, height)
    across, down = (_PARTS * places).astype(int).T
    part = across + _PARTS * down
    order = np.lexsort((-np.array([corner.response for corner in corners]), part))
    _, first, count = np.unique(part[order], return_index=True, return_counts=True)
    rank = np.arange(len(order)) - np.repeat(first, count)
    return [corners[at] for at in order[rank < _CORNERS // _PARTS**2]]


def register(one: FrameCorners, other: FrameCorners) -> Registration | None:
    """Lay a frame over another: a shift, a turn and a zoom, and a tilted plane where enough corners prove it.

    Args:
        one: from whose places to tell.
        other: in which to tell them.

    Returns:
        None where no movement of the camera explains both frames.
    """
    if min(len(one.points), len(other.points)) < _FEWEST:
        return None
    pairs = cv2.BFMatcher(cv2.NORM_HAMMING, crossCheck=True).match(one.descriptors, other.descriptors)
    if len(pairs) < _FEWEST:
        return None
    # In parts of a square picture's side, so that a turn is a turn.
    start = one.points[[pair.queryIdx for pair in pairs]] * (one.aspect, 1)
    end = other.points[[pair.trainIdx for pair in pairs]] * (other.aspect, 1)
    slack = _SLACK / LONG_SIDE * max(one.aspect, 1)
    similar, agreeing = cv2.estimateAffinePartial2D(
        start, end, ransacReprojThreshold=slack, maxIters=5000, confidence=0.999
    )
    if similar is None or int(agreeing.sum()) < _FEWEST or not _is_plausible(similar):
        return None
    movement = np.vstack([similar, (0.0, 0.0, 1.0)])
    near = np.linalg.norm(_moved(movement, start) - end, axis=1) < 3 * slack
    if int(near.sum()) >= _TILTING and _covered(start[near], one.aspect) >= _MOST_PARTS:
        plane, _ = cv2.findHomography(start[near], end[near], cv2.RANSAC, slack)
        if plane is not None and _is_near(plane, movement, one.aspect):
            movement = plane
    return Registration(np.diag((1 / other.aspect, 1, 1)) @ movement @ np.diag((one.aspect, 1, 1)))


def _covered(points: NDArray[Any], aspect: float) -> float:
    """Return the share of a frame's parts in which there are points."""
    across, down = (np.clip(_PARTS * points / (aspect, 1), 0, _PARTS - 1).astype(int)).T
    return len(set(zip(across.tolist(), down.tolist(), strict=True))) / _PARTS**2


def _is_plausible(movement: NDArray[Any]) -> bool:
    zoom, turn = math.hypot(movement[0, 0], movement[1, 0]), math.atan2(movement[1, 0], movement[0, 0])
    return abs(turn) <= _TURN and 1 / _ZOOM <= zoom <= _ZOOM


def _is_near(plane: NDArray[Any], movement: NDArray[Any], aspect: float) -> bool:
    outline = np.array([(0, 0), (aspect, 0), (aspect, 1), (0, 1)], np.float64)
    apart = np.linalg.norm(_moved(plane, outline) - _moved(movement, outline), axis=1)
    return bool(apart.max() <= _MOST_TILT * max(aspect, 1))


def _moved(movement: NDArray[Any], points: NDArray[np.floating]) -> NDArray[np.float64]:
    moved = np.column_stack([points, np.ones(len(points))]) @ movement.T
    result: NDArray[np.float64] = moved[:, :2] / moved[:, 2:]
    return result
