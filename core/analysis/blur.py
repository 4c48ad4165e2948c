"""Whether a frame is blurred at all, with no other frame to compare it with, and whether there is anything on it.

An edge in focus is as steep in the picture as in the same picture at a quarter of the size, and narrow; a blurred one
is neither. So the measure is the ratio of edge strength at two sizes, of which the finer one is told by fourth
powers, so that a few steep pixels count for more than many flat ones. It is taken in the few places where it is
largest: a shallow depth of field is no blur. And it is taken in each direction in which the frame has edges, of which
the lowest answer counts: camera shake spares the edges along its way. After Kwon et al.'s and Crete et al.'s re-blur
measures ("The blur effect", 2007), with powers and directions added. It asks whether a blur can be seen on a screen;
the fine order within a burst is ``core.analysis.sharpness``'s, at full resolution.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

_FINE, _COARSE = (
    2,
    8,
)  # of the frame's size, the half and the eighth: noise and compression are gone from both
_TILE = 24  # pixels of the frame
_EDGE_SHARE = 0.15  # the share of tiles, those with the strongest edges in a direction, that is asked
_STEEPEST = 6  # of those tiles
_NOISE_SHARE = 0.1  # the share of tiles, the flattest well-lit ones, that tells the noise
_WELL_LIT = (20, 235)  # mean luma of a tile in which noise is neither crushed nor clipped
_LEAST_TILES = 20
_LEAST_EDGES = 3  # tiles with an edge in a direction, for it to be asked
_LEAST_EDGE = 4.0  # grey levels at an eighth of the size; less is no edge
_ROUNDING = 1.0  # grey levels, so that faint edges do not make the ratio explode
_MIDDLE, _SLOPE = -0.327, 8.0  # of the chance, over the ratio's logarithm; decision 17

# Second differences in eight directions, as steps across and down.
_DIRECTIONS = ((1, 0), (2, 1), (1, 1), (1, 2), (0, 1), (-1, 2), (-1, 1), (-2, 1))
_REACH = 2  # pixels of the longest step


class Edges:
    """The edges of a frame, tile by tile and direction by direction, at half and at an eighth of its size.

    Args:
        luma: of the frame at about 1280 pixels, shape (height, width).
    """

    def __init__(self, luma: NDArray[np.uint8]) -> None:
        self._fine = self._coarse = np.zeros((len(_DIRECTIONS), 0), np.float32)
        if min(luma.shape) < _TILE + 2 * _COARSE:  # not one tile of the reduced frame
            return
        fine = np.sqrt(_powers(_averaged(luma, _FINE), _TILE // _FINE, 2))
        coarse = _powers(_averaged(luma, _COARSE), _TILE // _COARSE, 1)
        rows, columns = min(fine.shape[1], coarse.shape[1]), min(fine.shape[2], coarse.shape[2])
        if rows * columns < _LEAST_TILES:
            return
        brightness = _averaged(luma, _TILE)[:rows, :columns]
        lit = (brightness > _WELL_LIT[0]) & (brightness < _WELL_LIT[1])
        if lit.sum() < _LEAST_TILES:
            lit = np.ones_like(lit)
        self._fine = _without_noise(fine[:, :rows, :columns], lit)
        self._coarse = _without_noise(coarse[:, :rows, :columns], lit)

    def detail(self) -> float | None:
        """Return how strong the strongest shape is, sharp or not, in grey levels; None for a picture too small."""
        if not self._coarse.size:
            return None
        return float(np.sqrt((self._coarse**2).sum(axis=0)).max())

    def chance_of_focus(self) -> float | None:
        """Return how likely something in the frame is in focus and held still.

        Returns:
            0 blurred to 1 in focus; None for a picture too small or without edges.
        """
        ratios = [
            ratio
            for fine, coarse in zip(self._fine, self._coarse, strict=True)
            if (ratio := _steepest(fine, coarse)) is not None
        ]
        if not ratios:
            return None
        return float(1 / (1 + np.exp(-_SLOPE * (np.log(min(ratios) + 1e-2) - _MIDDLE))))


def _steepest(fine: NDArray[np.float32], coarse: NDArray[np.float32]) -> float | None:
    """Return how steep the steepest edges in one direction are, of those that are strong; None without such edges."""
    asked = np.argsort(coarse)[-max(_LEAST_EDGES, round(coarse.size * _EDGE_SHARE)) :]
    asked = asked[coarse[asked] > _LEAST_EDGE]
    if asked.size < _LEAST_EDGES:
        return None
    return float(np.sort(fine[asked] / (coarse[asked] + _ROUNDING))[-_STEEPEST:].mean())


def _powers(luma: NDArray[np.uint8], tile: int, doublings: int) -> NDArray[np.float32]:
    """Return the mean second difference of each tile, squared so many times, shape (8, rows, columns)."""
    framed = cv2.copyMakeBorder(luma, _REACH, _REACH, _REACH, _REACH, cv2.BORDER_REFLECT_101).astype(
        np.float32
    )
    height, width = luma.shape

    def moved(across: int, down: int) -> NDArray[np.float32]:
        return framed[_REACH + down : _REACH + down + height, _REACH + across : _REACH + across + width]

    twice = 2 * moved(0, 0)
    powers = []
    for across, down in _DIRECTIONS:
        bend = twice - moved(across, down)
        bend -= moved(-across, -down)
        for _ in range(doublings):
            cv2.multiply(bend, bend, bend)
        powers.append(_averages(bend, tile))
    return np.stack(powers)


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
