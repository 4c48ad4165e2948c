"""Whether two whole pictures differ by their tones alone; one of them may be turned by quarters, or mirrored.

What a program does to light, contrast and colour is a curve: points that were alike stay alike, wherever they are. No
curve makes one frame of a burst of another: between them the camera moves by fractions of a pixel, and so do people.
"""

import math
from dataclasses import dataclass
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from core.analysis.sharpness import luma
from core.protocols import RgbImage

_TINY = 32  # pixels a side, at which the turn is told
_LIKELY = 0.8  # correlation of ranks at that size, from which a turn is tried
_AS_LIKELY = 0.02  # less than the best: a picture may be nearly like itself, turned
_SHAPE = 0.015  # by which the shapes of one picture may differ: sizes are whole pixels
_BLACK, _WHITE = 5, 250  # grey levels beyond which a curve has nothing to say
_SEEN = 0.05  # share of the pixels it has to be about
_SMOOTHED = 1.0  # pixels of blur: what is finer is noise and compression
_HOPELESS = 0.3  # of the contrast of the grey levels left unexplained: colours will not explain it either
# What a curve may leave unexplained, in parts of the picture's own contrast; and by which part of a pixel the rest
# looks like a movement. Chosen on seven shoots and judged on seven others; see ``benchmarks.library``.
MOST_UNLIKE, MOST_MOVED = 0.12, 0.04
MOST_MOVED_RESIZED = 0.5
"""Of pictures of two sizes: made small they lie by parts of a pixel aside."""

Floats = NDArray[np.float32]
Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Toned:
    """How well a curve makes one picture of another.

    Attributes:
        quarters: by which the first is turned to the left, 0 to 3, after it is mirrored.
        mirrored: left is right.
        unlike: what the curve does not explain, in parts of the contrast; 0 for nothing.
        moved: by how much the rest looks like a movement, pixels of the small pictures.
    """

    quarters: int
    mirrored: bool
    unlike: float
    moved: float

    def is_same(self, most_moved: float) -> bool:
        """Tell whether only tones differ.

        Args:
            most_moved: what does not count as a movement yet, pixels of the small pictures.
        """
        return self.unlike <= MOST_UNLIKE and self.moved <= most_moved


def toned(one: RgbImage, other: RgbImage, ranks: Floats, others: Floats) -> Toned | None:
    """Make one small picture of another by a curve, at the turn that fits best; some 30 ms where a turn is likely.

    Args:
        one: upright, longer side some 512 pixels.
        other: likewise.
        ranks: of the first, as ``ranks_of`` returns them.
        others: of the second, likewise.

    Returns:
        None where no turn makes them alike at all.
    """
    found = [
        _by_curves(np.ascontiguousarray(turned(one, quarters, mirrored)), other, quarters, mirrored)
        for quarters, mirrored in likely_turns(ranks, others)
        if _fits(one, other, quarters)
    ]
    known = [each for each in found if each is not None]
    return min(known, key=lambda each: each.unlike, default=None)


def turned(picture: NDArray[Number], quarters: int, mirrored: bool) -> NDArray[Number]:
    """Return a picture mirrored, then turned to the left by quarters."""
    return np.rot90(picture[:, ::-1] if mirrored else picture, quarters)


def likely_turns(ranks: Floats, others: Floats) -> list[tuple[int, bool]]:
    """Return the turns at which the first of two pictures may show the second.

    Returns:
        Quarters to the left, 0 to 3, and whether it is mirrored before; the likely ones alone.
    """
    turns = [
        (float((turned(ranks, quarters, mirrored) * others).mean()), quarters, mirrored)
        for quarters in range(4)
        for mirrored in (False, True)
    ]
    least = max(_LIKELY, max(turns)[0] - _AS_LIKELY)
    return [(quarters, mirrored) for alike, quarters, mirrored in turns if alike >= least]


def ranks_of(grey: NDArray[np.uint8]) -> Floats:
    """Return the ranks of the grey levels of a tiny copy: no rising curve changes them.

    Args:
        grey: the picture, of any size, height × width.

    Returns:
        32 × 32, mean 0 and variance 1; all 0 for a picture of one grey.
    """
    tiny = cv2.resize(grey, (_TINY, _TINY), interpolation=cv2.INTER_AREA)
    _, place, counts = np.unique(tiny, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - counts / 2)[place].reshape(tiny.shape)
    found: Floats = ((ranks - ranks.mean()) / max(float(ranks.std()), 1e-6)).astype(np.float32)
    return found


def _fits(one: RgbImage, other: RgbImage, quarters: int) -> bool:
    height, width = one.shape[:2] if quarters % 2 == 0 else one.shape[1::-1]
    return abs(math.log(width * other.shape[0] / (height * other.shape[1]))) <= _SHAPE


def _by_curves(one: RgbImage, other: RgbImage, quarters: int, mirrored: bool) -> Toned | None:
    """Explain the picture that lost less by the one that lost more, by their grey levels or colour by colour."""
    if one.shape != other.shape:
        shape = min(one.shape[1::-1], other.shape[1::-1])
        one, other = _reduced(one, shape), _reduced(other, shape)
    greys = luma(one)[..., None], luma(other)[..., None]
    found = []
    for here, there in (greys, (one, other)):
        usable = _everywhere((here >= _BLACK) & (here <= _WHITE) & (there >= _BLACK) & (there <= _WHITE))
        if usable.mean() < _SEEN:
            continue
        if _left(there) > _left(here):
            here, there = there, here
        found.append(_unexplained(here, there, usable))
        if found[0][0] > _HOPELESS:
            break
    if not found:
        return None
    unlike, moved = min(found)
    return Toned(quarters, mirrored, unlike, moved)


def _reduced(picture: RgbImage, shape: tuple[int, ...]) -> RgbImage:
    """Return a picture at a width and height."""
    if picture.shape[1::-1] == shape:
        return picture
    return np.asarray(cv2.resize(picture, shape, interpolation=cv2.INTER_AREA), np.uint8)


def _everywhere(said: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return where all channels are true; NumPy takes ten times as long along an axis of three."""
    found = said[..., 0]
    for channel in range(1, said.shape[2]):
        found = found & said[..., channel]
    return found


def _left(picture: NDArray[np.uint8]) -> float:
    return float(((picture >= _BLACK) & (picture <= _WHITE)).mean())


def _unexplained(
    here: NDArray[np.uint8], there: NDArray[np.uint8], usable: NDArray[np.bool_]
) -> tuple[float, float]:
    """Return what curves leave unexplained of a picture, and how much that looks like a movement."""
    inner = cv2.erode(usable.astype(np.uint8), np.ones((5, 5))) > 0
    if inner.mean() < _SEEN / 2:
        inner = usable
    rest, contrast = 0.0, 0.0
    moved = np.zeros(2)
    slopes = np.zeros((2, 2))
    for channel in range(here.shape[2]):
        levels, wanted = here[..., channel], there[..., channel].astype(np.float32)
        explained = _curve(levels[usable], wanted[usable])[levels]
        left = np.where(usable, wanted - explained, 0).astype(np.float32)
        left = np.asarray(cv2.GaussianBlur(left, (0, 0), _SMOOTHED), np.float32)
        rest += float(left[inner].var())
        contrast += float(wanted[usable].var())
        across = cv2.Sobel(explained, cv2.CV_32F, 1, 0, scale=1 / 8)[inner]
        down = cv2.Sobel(explained, cv2.CV_32F, 0, 1, scale=1 / 8)[inner]
        slope = np.stack([across, down], axis=1).astype(np.float64)
        slopes += slope.T @ slope
        moved += slope.T @ left[inner]
    shift = np.linalg.lstsq(slopes + 1e-6 * np.eye(2), moved, rcond=None)[0]
    return math.sqrt(rest / max(contrast, 1.0)), float(np.hypot(*shift))


def _curve(levels: NDArray[np.uint8], wanted: Floats) -> Floats:
    """Return the rising curve that fits best, for each of 256 levels (pool adjacent violators)."""
    counts = np.bincount(levels, minlength=256)
    sums = np.bincount(levels, wanted, minlength=256)
    there = np.flatnonzero(counts)
    steps: list[list[float]] = []  # mean, weight, levels
    for level in there:
        steps.append([sums[level] / counts[level], float(counts[level]), 1])
        while len(steps) > 1 and steps[-2][0] > steps[-1][0]:
            mean, weight, width = steps.pop()
            before = steps[-1]
            before[0] = (before[0] * before[1] + mean * weight) / (before[1] + weight)
            before[1] += weight
            before[2] += width
    curve = np.zeros(256, np.float32)
    curve[there] = np.repeat([step[0] for step in steps], [int(step[2]) for step in steps])
    return curve
