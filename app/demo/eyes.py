"""Shuts the eyes of the astronaut, so that a burst of her has a blink in it."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.protocols import RgbImage

_SKIN = 6.5  # pixels of the source above the lid's edge that are drawn down over the eye
_LASHES = 1.2  # pixels of the source: how far below the lid's edge its lashes reach


@dataclass(frozen=True, slots=True)
class _Eye:
    """Where an eye is in the source, 512 pixels wide: its corners, and how far lids are from the line between them."""

    left: tuple[float, float]
    right: tuple[float, float]
    above: float
    below: float


_EYES = (
    _Eye((193.0, 100.4), (212.5, 102.4), 5.0, 4.0),
    _Eye((236.0, 104.4), (259.8, 104.0), 5.4, 3.8),
)
_WIDTH = 512
_AROUND = (80, 120, 180, 270)  # pixels of the source: top, bottom, left and right of a part with both eyes


def with_shut_eyes(portrait: RgbImage) -> RgbImage:
    """Return the whole portrait with both upper lids drawn down.

    Args:
        portrait: ``resources/demo/astronaut.jpg`` at any size, uint8, shape (H, W, 3).
    """
    scale = portrait.shape[1] / _WIDTH
    top, bottom, left, right = (round(edge * scale) for edge in _AROUND)
    shut = portrait.copy()
    shut[top:bottom, left:right] = _drawn(portrait[top:bottom, left:right], left, top, scale)
    return shut


def _drawn(part: RgbImage, left: int, above: int, scale: float) -> RgbImage:
    """Draw the lids down in a part of the portrait, of which it is known where it lies in that and how large."""
    rows, columns = (np.asarray(each) for each in np.indices(part.shape[:2], np.float32))
    down, across = rows + above, columns + left
    taken_from: NDArray[np.floating] = down.copy()
    for eye in _EYES:
        (x0, y0), (x1, y1) = eye.left, eye.right
        along = (across / scale - x0) / (x1 - x0)
        arch = np.clip(1 - (2 * along - 1) ** 2, 0, None)  # 0 at the corners, 1 in the middle
        line = y0 + (y1 - y0) * along
        upper, lower = line - eye.above * arch, line + eye.below * arch
        top, edge = upper - _SKIN * np.sqrt(arch), upper + _LASHES * np.sqrt(arch)
        y = down / scale
        within = (along > 0) & (along < 1) & (y > top) & (y < lower)
        stretched = top + (y - top) * (edge - top) / np.maximum(lower - top, 1e-6)
        taken_from = np.where(within, stretched * scale, taken_from)
    there = np.asarray(taken_from - above, np.float32)
    drawn: Any = cv2.remap(part, columns, there, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(drawn, np.uint8)
