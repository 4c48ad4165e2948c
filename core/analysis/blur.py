"""Whether a frame is blurred at all, with no other frame to compare it with, and whether there is anything on it.

An edge in focus is as steep in the picture as in the same picture at half the size, and narrow; a blurred one is
neither. So the measure is the ratio of edge strength at two sizes, of which the finer one is told by fourth powers, so
that a few steep pixels count for more than many flat ones. It is taken twice: half the size against a quarter, which
sees a slight blur, and a quarter against an eighth, which sees long thin shakes that leave fine texture its contrast.
Each is taken in the few places where it is largest: a shallow depth of field is no blur. And it is taken in each
direction in which the frame has edges, of which the lowest answer counts: camera shake spares the edges along its way.
After Kwon et al.'s and Crete et al.'s re-blur measures ("The blur effect", 2007), with powers and directions added. It
asks whether a blur can be seen on a screen; the fine order within a burst is ``core.analysis.sharpness``'s, at full
resolution. ``python -m models.build.blur_weights`` fits the figures.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

# Of the frame's: a half, a quarter, an eighth; noise and compression are gone from all of them.
_SIZES = (2, 4, 8)
_TILE = 48  # pixels of the frame
_SQUARE, _FOURTH = 2, 4  # powers of second differences
_EDGE_SHARE = 0.25  # the share of tiles, those with the strongest edges in a direction, that is asked
_STEEPEST = (
    4  # of those tiles; a third of them where fewer are asked, for a small thing has blurred ones around it
)
_NOISE_SHARE = 0.1  # the share of tiles, the flattest well-lit ones, that tells the noise
_WELL_LIT = (20, 235)  # mean luma of a tile in which noise is neither crushed nor clipped
_LEAST_TILES = 20
_LEAST_EDGES = 6  # tiles with an edge in a direction, for it to be asked: a bird in an empty sky has fewer
_LEAST_EDGE = 3.0  # grey levels at the coarser size; less is no edge
# Grey levels at either size, the finer first: faint edges must not make ratios explode.
_ROUNDING = (0.3, 1.0)

# Of the chance, over the logarithms of both ratios; written by ``models.build.blur_weights``, decision 29.
WEIGHTS, BIAS = (4.99, 4.68), -1.36

# Second differences in eight directions, as steps across and down.
_DIRECTIONS = ((1, 0), (2, 1), (1, 1), (1, 2), (0, 1), (-1, 2), (-1, 1), (-2, 1))
_REACH = 2  # pixels of the longest step


class Edges:
    """The edges of a frame, tile by tile and direction by direction, at half, a quarter and an eighth of its size.

    Args:
        luma: of the frame at about 1280 pixels, shape (height, width).
    """

    def __init__(self, luma: NDArray[np.uint8]) -> None:
        self._pairs: list[tuple[NDArray[np.float32], NDArray[np.float32]]] = []
        if min(luma.shape) < _TILE + 2 * _SIZES[-1]:  # not one tile of the reduced frame
            return
        (half,) = _powers(luma, _SIZES[0], (_FOURTH,))
        coarse_quarter, quarter = _powers(luma, _SIZES[1], (_SQUARE, _FOURTH))
        (eighth,) = _powers(luma, _SIZES[2], (_SQUARE,))
        rows, columns = (min(each.shape[axis] for each in (half, quarter, eighth)) for axis in (1, 2))
        if rows * columns < _LEAST_TILES:
            return
        brightness = _averaged(luma, _TILE)[:rows, :columns]
        lit = (brightness > _WELL_LIT[0]) & (brightness < _WELL_LIT[1])
        if lit.sum() < _LEAST_TILES:
            lit = np.ones_like(lit)
        for fine, coarse in ((half, coarse_quarter), (quarter, eighth)):
            steep = _without_noise(np.sqrt(fine[:, :rows, :columns]), lit)
            self._pairs.append((steep, _without_noise(coarse[:, :rows, :columns], lit)))

    def detail(self) -> float | None:
        """Return how strong the strongest shape is, sharp or not, in grey levels; None for a picture too small."""
        if not self._pairs:
            return None
        _, coarse = self._pairs[-1]
        return float(np.sqrt((coarse**2).sum(axis=0)).max())

    def ratios(self) -> tuple[float, ...] | None:
        """Return how much steeper edges are than at half the size, for both pairs of sizes, as natural logarithms.

        Returns:
            Of the direction in which they are least steep; None for a picture too small or without edges.
        """
        found = []
        for steep, coarse in self._pairs:
            told = [_steepest(*each) for each in zip(steep, coarse, strict=True)]
            ratios = [ratio for ratio in told if ratio is not None]
            if ratios:
                found.append(float(np.log(min(ratios))))
        return tuple(found) if len(found) == len(WEIGHTS) else None

    def chance_of_focus(self) -> float | None:
        """Return how likely something in the frame is in focus and held still.

        Returns:
            0 blurred to 1 in focus; None for a picture too small or without edges.
        """
        ratios = self.ratios()
        return None if ratios is None else chance_of_focus(ratios)


def chance_of_focus(ratios: Sequence[float]) -> float:
    """Return how likely it is, by the logarithms of ``Edges.ratios``, that something is in focus and held still."""
    return float(1 / (1 + np.exp(-np.dot(WEIGHTS, ratios) - BIAS)))


def _steepest(steep: NDArray[np.float32], coarse: NDArray[np.float32]) -> float | None:
    """Return how steep the steepest edges in one direction are, of those that are strong; None without such edges."""
    asked = np.argsort(coarse)[-max(_LEAST_EDGES, round(coarse.size * _EDGE_SHARE)) :]
    asked = asked[coarse[asked] > _LEAST_EDGE]
    if asked.size < _LEAST_EDGES:
        return None
    ratios = (steep[asked] + _ROUNDING[0]) / (coarse[asked] + _ROUNDING[1])
    return float(np.sort(ratios)[-min(_STEEPEST, asked.size // 3) :].mean())


def _powers(luma: NDArray[np.uint8], size: int, powers: Sequence[int]) -> list[NDArray[np.float32]]:
    """Return the mean of powers of each tile's second differences, in a frame reduced by a size.

    Args:
        luma: of the frame.
        size: by which it is reduced.
        powers: ``_FOURTH``, ``_SQUARE`` or both.

    Returns:
        For each power, shape (8, rows, columns).
    """
    reduced = _averaged(luma, size)
    framed = cv2.copyMakeBorder(reduced, _REACH, _REACH, _REACH, _REACH, cv2.BORDER_REFLECT_101).astype(
        np.float32
    )
    height, width = reduced.shape

    def moved(across: int, down: int) -> NDArray[np.float32]:
        return framed[_REACH + down : _REACH + down + height, _REACH + across : _REACH + across + width]

    twice = 2 * moved(0, 0)
    bend = np.empty_like(twice)
    means: dict[int, list[NDArray[np.float32]]] = {power: [] for power in powers}
    for across, down in _DIRECTIONS:
        cv2.add(moved(across, down), moved(-across, -down), bend)
        cv2.subtract(twice, bend, bend)
        for power in (_SQUARE, _FOURTH):
            if power > max(powers):
                break
            cv2.multiply(bend, bend, bend)
            if power in means:
                means[power].append(_averages(bend, _TILE // size))
    return [np.stack(means[power]) for power in powers]


def _averages(values: NDArray[np.float32], tile: int) -> NDArray[np.float32]:
    """Return the average of each whole tile, shape (rows, columns)."""
    rows, columns = values.shape[0] // tile, values.shape[1] // tile
    whole = values[: rows * tile, : columns * tile]
    return np.asarray(cv2.resize(whole, (columns, rows), interpolation=cv2.INTER_AREA), np.float32)


def _averaged(luma: NDArray[np.uint8], tile: int) -> NDArray[np.uint8]:
    """Return the mean luma of each whole tile, shape (rows, columns)."""
    rows, columns = luma.shape[0] // tile, luma.shape[1] // tile
    whole = luma[: rows * tile, : columns * tile]
    return np.asarray(cv2.resize(whole, (columns, rows), interpolation=cv2.INTER_AREA), np.uint8)


def _without_noise(energies: NDArray[np.float32], lit: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return edge strength in grey levels, less what noise alone has, shape (8, tiles)."""
    noise = np.quantile(energies[:, lit], _NOISE_SHARE, axis=1).astype(np.float32)
    strength = np.sqrt(np.maximum(energies - noise[:, None, None], 0))
    return np.asarray(strength.reshape(len(energies), -1), np.float32)
