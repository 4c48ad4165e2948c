"""Brightness of a frame: how much is lost in white and black, and how far from usable it is."""

import numpy as np
from numpy.typing import NDArray

from core.types import Exposure

_WHITE, _BLACK = 250, 4
_USUAL = (0.25, 0.65)  # mean luma between which nothing is wrong; night and snow lie outside
_TOO_MUCH_CLIPPED = 0.35  # share of clipped pixels at which nothing is left to like


def measure(grey: NDArray[np.uint8]) -> Exposure:
    """Measures a frame.

    Args:
        grey: luma, uint8, shape (height, width); a reduced picture is enough.

    Returns:
        ``score`` falls linearly from 1 as the mean leaves the usual range and as pixels clip;
        0 for a black or a white frame.
    """
    counts = np.bincount(grey.ravel(), minlength=256).astype(np.float64)
    total = counts.sum()
    mean = float(counts @ np.arange(256) / (255.0 * total))
    high = float(counts[_WHITE:].sum() / total)
    low = float(counts[: _BLACK + 1].sum() / total)
    darkest, brightest = _USUAL
    if mean < darkest:
        balance = mean / darkest
    elif mean > brightest:
        balance = (1.0 - mean) / (1.0 - brightest)
    else:
        balance = 1.0
    kept = max(0.0, 1.0 - max(high, low) / _TOO_MUCH_CLIPPED)
    return Exposure(mean, high, low, balance * (0.4 + 0.6 * kept))
