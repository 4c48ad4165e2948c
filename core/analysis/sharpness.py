"""How sharp a frame is where it matters, measured at full resolution.

The measure is the energy of the Laplacian in small tiles, less the energy that noise alone has in the
frame's flattest tiles, over the tile's brightness. The sharpest few tiles speak for the frame: a shallow
depth of field leaves most of a good picture soft. Nothing saturates; only the order within a burst counts.
After Pertuz et al., "Analysis of focus measure operators" (2013), operator LAPE, with the noise floor added.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.protocols import RgbImage
from core.types import Box, Sharpness

_TILES_ALONG = 96  # tiles along the longer side: about the size of an eye in a half-length portrait
_SHARPEST_SHARE = 0.03  # the share of tiles that speaks for the frame
_FLATTEST_SHARE = 0.05  # the share of tiles that tells the noise
_DARKEST = 12.0  # added to brightness so that black tiles do not explode


def luma(image: RgbImage) -> NDArray[np.uint8]:
    """ITU-R 601 luma, uint8, shape (height, width)."""
    return np.asarray(Image.fromarray(image).convert("L"))


def tile_energy(grey: NDArray[np.uint8], tile: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Mean squared Laplacian and mean brightness of each whole tile.

    Args:
        grey: uint8, shape (height, width), both at least ``tile`` + 2.
        tile: side of a tile in pixels.

    Returns:
        Two float32 arrays of shape (rows, columns): energy in squared grey levels, brightness 0 to 255.
    """
    height, width = grey.shape
    rows, columns = (height - 2) // tile, (width - 2) // tile
    energy = np.empty((rows, columns), np.float32)
    brightness = np.empty((rows, columns), np.float32)
    span = columns * tile
    for row in range(rows):  # a strip at a time stays in the processor's cache: 4x faster than the whole
        strip = grey[row * tile : row * tile + tile + 2, : span + 2].astype(np.int16)
        centre = strip[1:-1, 1:-1]
        laplacian = (
            4 * centre - strip[:-2, 1:-1] - strip[2:, 1:-1] - strip[1:-1, :-2] - strip[1:-1, 2:]
        ).astype(np.float32)
        np.multiply(laplacian, laplacian, out=laplacian)
        energy[row] = laplacian.reshape(tile, columns, tile).mean(axis=(0, 2))
        brightness[row] = centre.reshape(tile, columns, tile).mean(axis=(0, 2), dtype=np.float32)
    return energy, brightness


class SharpnessMap:
    """The tiles of one frame, ready to be asked about any part of it.

    Args:
        grey: full-resolution luma, uint8, shape (height, width).
    """

    def __init__(self, grey: NDArray[np.uint8]) -> None:
        self._grey = grey
        self.tile = max(8, max(grey.shape) // _TILES_ALONG)
        if min(grey.shape) < self.tile + 2:
            self._sharpness = np.zeros((0, 0), np.float32)
            self._noise = 0.0
            return
        energy, brightness = tile_energy(grey, self.tile)
        self._noise = float(np.quantile(energy, _FLATTEST_SHARE))
        self._sharpness = _relative(energy, brightness, self._noise)

    def frame(self) -> float:
        """Sharpness of the sharpest part of the frame; 0 for a picture too small to tell."""
        return _sharpest(self._sharpness, _SHARPEST_SHARE)

    def region(self, box: Box) -> float | None:
        """Sharpness within a box, in tiles as fine as the box asks for; None where it is too small."""
        height, width = self._grey.shape
        left, top = max(0, round(box.x * width)), max(0, round(box.y * height))
        right = min(width, round((box.x + box.width) * width))
        bottom = min(height, round((box.y + box.height) * height))
        side = min(right - left, bottom - top)
        tile = max(8, side // 8)
        if side < tile + 2:
            return None
        energy, brightness = tile_energy(self._grey[top:bottom, left:right], tile)
        return _sharpest(_relative(energy, brightness, self._noise), 0.25)


def measure(tiles: SharpnessMap) -> Sharpness:
    """Sharpness of the frame as a whole; that of each face is measured with the face."""
    return Sharpness(tiles.frame(), "frame")


def _relative(
    energy: NDArray[np.float32], brightness: NDArray[np.float32], noise: float
) -> NDArray[np.float32]:
    signal: NDArray[np.float32] = np.sqrt(np.maximum(energy - noise, 0.0))
    return signal / (brightness + _DARKEST)


def _sharpest(values: NDArray[np.float32], share: float) -> float:
    if values.size == 0:
        return 0.0
    count = max(1, round(values.size * share))
    return float(np.partition(values.ravel(), values.size - count)[-count:].mean())
