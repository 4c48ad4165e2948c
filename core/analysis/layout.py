"""What stands where in a frame: corners to find again in another frame, and where the focus lies."""

from dataclasses import replace

import cv2
import numpy as np

from core.analysis.sharpness import SharpnessMap, luma
from core.protocols import RgbImage
from core.types import Layout

LONG_SIDE = 512
"""Pixels of the longer side at which corners are sought: enough for framing, and indifferent to noise."""

FOCUS_SIDE = 12
"""Parts of the frame along each side whose sharpness is told apart."""

_CORNERS = 256  # 9 KB a photo; with twice as many a pair takes four times as long to compare
_FAINTEST = 10  # FAST threshold, grey levels, after the contrast is evened out
_CONTRAST_LIMIT = 8.0  # CLAHE, in parts of its grid: evens out the steps of an exposure bracket
_OCTAVE = 1.25
_LEAST_SIDE = 32  # pixels: a corner's own surroundings; OpenCV fails on a narrower picture
_FULL_SCALE = 65535

cv2.setNumThreads(1)  # the worker processes are the parallelism


def measure(reduced: RgbImage, tiles: SharpnessMap) -> Layout:
    """Find corners by ORB (Rublee et al. 2011) and measure the spread of sharpness.

    Args:
        reduced: the upright picture, longer side ``LONG_SIDE`` or a little more or less.
        tiles: its sharpness at full resolution.
    """
    return replace(corners_of(reduced), focus=tiles.grid(FOCUS_SIDE))


def corners_of(reduced: RgbImage) -> Layout:
    """Find corners alone, as ``measure`` does."""
    if min(reduced.shape[:2]) < _LEAST_SIDE:
        return Layout()
    grey = cv2.createCLAHE(_CONTRAST_LIMIT, (8, 8)).apply(luma(reduced))
    orb = cv2.ORB_create(nfeatures=_CORNERS, scaleFactor=_OCTAVE, nlevels=8, fastThreshold=_FAINTEST)  # type: ignore[attr-defined]
    found, descriptors = orb.detectAndCompute(grey, None)
    if descriptors is None:
        return Layout()
    points = np.array([corner.pt for corner in found]) / max(grey.shape) * _FULL_SCALE
    return Layout(np.clip(points.round(), 0, _FULL_SCALE).astype(np.uint16), descriptors)
