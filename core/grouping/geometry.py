"""Whether two frames show the same thing from the same place: corners matched, one movement sought (RANSAC)."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.types import Analysis, Layout

_LIKE = 64  # of 256 bits: corners that differ more are not the same corner (a quarter; chance is half)
_FEWEST = 10  # agreeing corners; fewer agree by chance (measured on frames of different places)
_SLACK = 1 / 64  # of the longer side: a subject moves a little, a hand-held camera turns a little
_TURN, _ZOOM = math.radians(30), 2.5  # beyond these no photographer stays within a burst: a chance match
_FULL_SCALE = 65535


@dataclass(frozen=True, slots=True)
class Alignment:
    """How the second frame lies over the first.

    Attributes:
        overlap: common area over the area of both together, 0 to 1.
        within: common area over the area of the smaller one, 0 to 1; 1 where one is a crop of the other.
        right, down: where the second frame's centre lies from the first's, in parts of the longer side.
        zoom: how much larger the second frame shows things.
        corners: how many agree.
    """

    overlap: float
    within: float
    right: float
    down: float
    zoom: float
    corners: int


def align(one: Analysis, other: Analysis) -> Alignment | None:
    """Lay one frame over another; None where no single movement of the camera explains both.

    The movement is a shift, a turn and a zoom (four numbers, so ten corners prove it), sought with OpenCV's
    RANSAC. About half a millisecond.
    """
    here, there = one.layout, other.layout
    if min(len(here.points), len(there.points)) < _FEWEST:
        return None
    start, end = matching_corners(here, there)
    if len(start) < _FEWEST:
        return None
    movement, agreeing = cv2.estimateAffinePartial2D(start, end, ransacReprojThreshold=_SLACK)
    if movement is None or (corners := int(agreeing.sum())) < _FEWEST:
        return None
    zoom, turn = math.hypot(movement[0, 0], movement[1, 0]), math.atan2(movement[1, 0], movement[0, 0])
    if abs(turn) > _TURN or not 1 / _ZOOM <= zoom <= _ZOOM:
        return None
    first, second = _frame(one), _frame(other)
    moved = (first @ movement[:, :2].T + movement[:, 2]).astype(np.float32)
    common, _ = cv2.intersectConvexConvex(moved, second)
    areas = cv2.contourArea(moved), cv2.contourArea(second)
    shift = (second.mean(axis=0) - moved.mean(axis=0)) / zoom
    return Alignment(
        overlap=float(common / max(sum(areas) - common, 1e-9)),
        within=float(common / max(min(areas), 1e-9)),
        right=float(shift[0]),
        down=float(shift[1]),
        zoom=zoom,
        corners=corners,
    )


def matching_corners(one: Layout, other: Layout) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the places of corners that two pictures share, in parts of their longer sides; float32, shape (K, 2)."""
    first, second = _matches(one.descriptors, other.descriptors)
    start = one.points[first].astype(np.float32) / np.float32(_FULL_SCALE)
    end = other.points[second].astype(np.float32) / np.float32(_FULL_SCALE)
    return start, end


def _matches(here: NDArray[np.uint8], there: NDArray[np.uint8]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Match corners that are each the other's nearest, and near enough.

    Counting bits in NumPy takes half of OpenCV's time.
    """
    one, other = np.ascontiguousarray(here).view(np.uint64), np.ascontiguousarray(there).view(np.uint64)
    bits = [np.bitwise_count(one[:, None, word] ^ other[None, :, word]) for word in range(one.shape[1])]
    differing = (bits[0] + bits[1]).astype(np.uint16) + (bits[2] + bits[3])
    likest = differing.argmin(axis=1)
    mutual = differing.argmin(axis=0)[likest] == np.arange(len(one))
    near = differing[np.arange(len(one)), likest] <= _LIKE
    first = np.flatnonzero(mutual & near)
    return first, likest[first]


def _frame(analysis: Analysis) -> NDArray[np.float32]:
    """Return the frame's outline, float32, shape (4, 2), in parts of its longer side."""
    longer = max(analysis.width, analysis.height, 1)
    width, height = analysis.width / longer, analysis.height / longer
    return np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
