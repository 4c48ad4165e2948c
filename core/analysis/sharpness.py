"""How sharp a frame is where it matters, measured at full resolution.

The measure is the energy of the Laplacian in small tiles at three scales, less the energy that noise alone has
in the frame's flattest tiles, over the tile's brightness. The sharpest region speaks for the frame: a shallow
depth of field leaves most of a good picture soft. Nothing saturates; only the order within a burst counts.
After Pertuz et al., "Analysis of focus measure operators" (2013), operator LAPE, with the noise floor added.
Noise of 6 grey levels moves the measure by 1 %, half a stop of exposure by 3 %, a blur of a pixel by 30 %.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from core.protocols import RgbImage
from core.scaling import Pyramid
from core.types import Box

_TILES_ALONG = 96  # tiles along the longer side: about the size of an eye in a half-length portrait
_SHARPEST_SHARE = 0.03  # the share of tiles that speaks for the frame
_FLATTEST_SHARE = 0.2  # the share of tiles, the flattest well-lit ones, that tells the noise
_NOISE_MARGIN = 1.5  # over the noise so told: in the sharpest tiles it happens to be strong as well
_WELL_LIT = (20, 235)  # mean luma of a tile in which noise is neither crushed nor clipped
_LEAST_LIT = 20  # tiles
_SCALE_WEIGHTS = (1.0, 0.5, 0.25)  # full, half and quarter resolution: what is finest counts most
_LEAST_REGION = 12  # pixels; in fewer nothing is measured
_REGION_SHARE = 0.25  # of a region's tiles: eyes are a quarter of the band that holds them
_DARKEST = 4.0  # grey levels added to brightness so that black tiles do not explode
_SUBJECT_LEVEL = 0.5  # of the sharpest place: down to it, what is joined to that place is the subject


def luma(image: RgbImage) -> NDArray[np.uint8]:
    """Return ITU-R 601 luma, uint8, shape (height, width)."""
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8)  # takes a tenth of Pillow's time


def tile_energy(rgb: RgbImage, tile: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the mean squared Laplacian and the mean brightness of each whole tile.

    All rows are measured: with every other band of them a level horizon would count or not, as it happens to lie.

    Args:
        rgb: uint8, shape (height, width, 3), both sides at least ``tile`` + 2.
        tile: side of a tile in pixels.

    Returns:
        Two float32 arrays of shape (rows, columns): energy in squared grey levels, brightness 0 to 255.
    """
    height, width = rgb.shape[:2]
    rows, columns = (height - 2) // tile, (width - 2) // tile
    energy = np.empty((rows, columns), np.float32)
    brightness = np.empty((rows, columns), np.float32)
    span = columns * tile
    for row in range(rows):  # a strip at a time stays in the processor's cache: 4x faster than the whole
        grey = luma(rgb[row * tile : row * tile + tile + 2, : span + 2])
        signal = cv2.Laplacian(grey, cv2.CV_16S)[1:-1, 1:-1]
        # Down the columns first, then across: adding up neighbours in memory is what the processor does best.
        squares = cv2.reduce(signal, 0, cv2.REDUCE_SUM2, dtype=cv2.CV_32F)
        light = cv2.reduce(grey[1:-1, 1:-1], 0, cv2.REDUCE_SUM, dtype=cv2.CV_32S)
        energy[row] = squares.reshape(columns, tile).sum(axis=1)
        brightness[row] = light.reshape(columns, tile).sum(axis=1)
    energy /= tile * tile
    brightness /= tile * tile
    return energy, brightness


class SharpnessMap:
    """The tiles of one frame, ready to be asked about any part of it.

    Args:
        frame: at full resolution and halved: past a few pixels of blur the finest scale holds nothing but rounding.
    """

    def __init__(self, frame: Pyramid) -> None:
        self._scales = [frame.level(number) for number, _ in enumerate(_SCALE_WEIGHTS)]
        longest = max(self._scales[0].shape[:2])
        self._tiles, self._noise = _sharpness(self._scales, _tile_side(longest / _TILES_ALONG))

    def frame(self) -> float:
        """Return the sharpness of the sharpest part of the frame; 0 for a picture too small to tell."""
        return _sharpest(self._tiles, _SHARPEST_SHARE)

    def grid(self, side: int) -> NDArray[np.float16]:
        """Return the mean sharpness of ``side`` x ``side`` equal parts of the frame; (0, 0) for a picture too small."""
        rows, columns = self._tiles.shape
        if min(rows, columns) < side:
            return np.zeros((0, 0), np.float16)
        down = [rows * part // side for part in range(side)]
        across = [columns * part // side for part in range(side)]
        sums = np.add.reduceat(np.add.reduceat(self._tiles, down, axis=0), across, axis=1)
        heights, widths = np.diff([*down, rows]), np.diff([*across, columns])
        means: NDArray[np.float16] = (sums / np.outer(heights, widths)).astype(np.float16)
        return means

    def subject(self) -> Box | None:
        """Return where the sharpest connected region lies.

        None for a picture too small to tell or without any detail.
        """
        if self._tiles.size == 0 or self._tiles.max() <= 0:
            return None
        smooth = cv2.blur(self._tiles, (3, 3), borderType=cv2.BORDER_REPLICATE)  # a region, not a speck
        sharp = (smooth >= _SUBJECT_LEVEL * smooth.max()).astype(np.uint8)
        _, joined, regions, _ = cv2.connectedComponentsWithStats(sharp, connectivity=4)
        left, top, across, down, _ = regions[joined.flat[smooth.argmax()]].tolist()
        height, width = self._tiles.shape
        return Box(left / width, top / height, across / width, down / height)

    def region(self, box: Box) -> float | None:
        """Return the sharpness within a box, in tiles as fine as the box asks for; None where it is too small."""
        height, width = self._scales[0].shape[:2]
        left, top = max(0, round(box.x * width)), max(0, round(box.y * height))
        right = min(width, round((box.x + box.width) * width))
        bottom = min(height, round((box.y + box.height) * height))
        side = min(right - left, bottom - top)
        if side < _LEAST_REGION:
            return None
        parts = [
            scale[top >> level : bottom >> level, left >> level : right >> level]
            for level, scale in enumerate(self._scales)
        ]
        tiles, _ = _sharpness(parts, _tile_side(side / 8), self._noise)
        return _sharpest(tiles, _REGION_SHARE) if tiles.size else None


def _tile_side(pixels: float) -> int:
    """Return the side of a tile: at most so many pixels, at least 8.

    It is whole on all scales, so that tiles of one place lie on each other.
    """
    return max(8, int(pixels) // 4 * 4)


def _sharpness(
    scales: Sequence[RgbImage], tile: int, noise: Sequence[float] | None = None
) -> tuple[NDArray[np.float32], list[float]]:
    """Return the weighted sharpness of each tile over all scales, and each scale's noise (measured where not given)."""
    layers, floors = [], []
    for level, scale in enumerate(scales):
        side = tile >> level
        if min(scale.shape[:2]) < side + 2:
            return np.zeros((0, 0), np.float32), [0.0] * len(scales)
        energy, brightness = tile_energy(scale, side)
        floor = noise[level] if noise else _noise(energy, brightness)
        floors.append(floor)
        layers.append(
            _SCALE_WEIGHTS[level] * np.sqrt(np.maximum(energy - floor, 0)) / (brightness + _DARKEST)
        )
    rows = min(layer.shape[0] for layer in layers)
    columns = min(layer.shape[1] for layer in layers)
    return np.sum([layer[:rows, :columns] for layer in layers], axis=0, dtype=np.float32), floors


def _noise(energy: NDArray[np.float32], brightness: NDArray[np.float32]) -> float:
    """Return the energy that noise alone may have in a tile."""
    lit = (brightness > _WELL_LIT[0]) & (brightness < _WELL_LIT[1])
    told_by = energy[lit] if lit.sum() >= _LEAST_LIT else energy
    return _NOISE_MARGIN * float(np.quantile(told_by, _FLATTEST_SHARE))


def _sharpest(values: NDArray[np.float32], share: float) -> float:
    if values.size == 0:
        return 0.0
    count = max(1, round(values.size * share))
    return float(np.partition(values.ravel(), values.size - count)[-count:].mean())
