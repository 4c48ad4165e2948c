"""Whether a frame is blurred at all, with no other frame to compare it with.

An edge in focus is as steep in the picture as in the same picture at a quarter of the size; a blurred one is not.
So the measure is the ratio of edge energy at two sizes, where the frame has edges at all, in the direction in
which it is least: camera shake spares the edges along its way. After Kwon et al.'s and Crete et al.'s re-blur
measures ("The blur effect", 2007), with the direction added. It asks whether a blur can be seen on a screen;
the fine order within a burst is ``core.analysis.sharpness``'s, at full resolution.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

_TILE = 24  # pixels
_COARSER = 4  # the second size is a quarter of the first
_EDGE_SHARE = 0.15  # the share of tiles, those with most contrast, that is asked
_STEEPEST = 0.8  # quantile of those tiles' ratios: a shallow depth of field is no blur
_NOISE_SHARE = 0.1  # the share of tiles, the flattest well-lit ones, that tells the noise
_WELL_LIT = (20, 235)  # mean luma of a tile in which noise is neither crushed nor clipped
_LEAST_TILES = 20
_LEAST_EDGE = 2.0  # grey levels; less is no edge, and keeps the ratio from exploding
_MIDDLE, _SLOPE = -0.6, 8.0  # of the chance, over the ratio's logarithm: from 96 photos and 4 blurs of most

# Second differences: across, down and along both diagonals.
_BENDS = [
    np.array(kernel, np.float32)
    for kernel in (
        [[0, 0, 0], [-1, 2, -1], [0, 0, 0]],
        [[0, -1, 0], [0, 2, 0], [0, -1, 0]],
        [[-1, 0, 0], [0, 2, 0], [0, 0, -1]],
        [[0, 0, -1], [0, 2, 0], [-1, 0, 0]],
    )
]


def chance_of_focus(luma: NDArray[np.uint8]) -> float | None:
    """How likely something in the frame is in focus and held still.

    Args:
        luma: of the frame at about 1280 pixels, shape (height, width).

    Returns:
        0 blurred to 1 in focus; None for a picture too small or without a single edge.
    """
    if min(luma.shape) < _TILE + 2 * _COARSER:  # not one tile of the reduced frame
        return None
    fine = _energies(luma, _TILE)
    coarse = _energies(_averaged(luma, _COARSER), _TILE // _COARSER)
    rows, columns = min(fine.shape[1], coarse.shape[1]), min(fine.shape[2], coarse.shape[2])
    if rows * columns < _LEAST_TILES:
        return None
    fine, coarse = fine[:, :rows, :columns], coarse[:, :rows, :columns]
    brightness = _averaged(luma[1:-1, 1:-1], _TILE)[:rows, :columns]
    lit = (brightness > _WELL_LIT[0]) & (brightness < _WELL_LIT[1])
    if lit.sum() < _LEAST_TILES:
        lit = np.ones_like(lit)
    fine, coarse = _without_noise(fine, lit), _without_noise(coarse, lit)
    contrast = np.sqrt((coarse**2).sum(axis=0)).ravel()
    asked = np.argsort(contrast)[-max(3, round(contrast.size * _EDGE_SHARE)) :]
    if contrast[asked].max() < _LEAST_EDGE:
        return None
    directions = len(fine)
    ratios = fine.reshape(directions, -1)[:, asked] / (coarse.reshape(directions, -1)[:, asked] + _LEAST_EDGE)
    least = float(np.quantile(ratios, _STEEPEST, axis=1).min())
    return float(1 / (1 + np.exp(-_SLOPE * (np.log(least + 1e-3) - _MIDDLE))))


def _energies(luma: NDArray[np.uint8], tile: int) -> NDArray[np.float32]:
    """Mean squared second difference of each tile: across, down and along both diagonals, shape (4, rows, columns)."""
    bends = (cv2.filter2D(luma, cv2.CV_16S, kernel)[1:-1, 1:-1] for kernel in _BENDS)
    return np.stack([_mean_squares(bend, tile) for bend in bends])


def _mean_squares(values: NDArray[np.generic], tile: int) -> NDArray[np.float32]:
    """Of each whole tile, shape (rows, columns)."""
    rows, columns = values.shape[0] // tile, values.shape[1] // tile
    whole = values[: rows * tile, : columns * tile].astype(np.float32).reshape(rows, tile, -1)
    # Down the columns first, then across: adding up neighbours in memory is what the processor does best.
    sums = np.einsum("ryx,ryx->rx", whole, whole).reshape(rows, columns, tile).sum(axis=2)
    return np.asarray(sums / tile**2, np.float32)


def _averaged(luma: NDArray[np.uint8], tile: int) -> NDArray[np.uint8]:
    """The mean of each whole tile, shape (rows, columns)."""
    rows, columns = luma.shape[0] // tile, luma.shape[1] // tile
    whole = luma[: rows * tile, : columns * tile]
    return np.asarray(cv2.resize(whole, (columns, rows), interpolation=cv2.INTER_AREA), np.uint8)


def _without_noise(energies: NDArray[np.float32], lit: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Edge strength in grey levels, less what noise alone has."""
    noise = np.quantile(energies[:, lit], _NOISE_SHARE, axis=1).astype(np.float32)
    return np.asarray(np.sqrt(np.maximum(energies - noise[:, None, None], 0)), np.float32)
