"""Pictures coded for bright screens (PQ and HLG, ITU-R BT.2100) made fit for usual ones, as a camera's JPEG would be.

Diffuse white, which is 203 cd/m² in PQ and 75 % of the signal in HLG (ITU-R BT.2408), stays all but white; what is
brighter is pressed together above it, and what is darker stays as it is.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from core.ingest.colour_spaces import ColourCodes, TransferCurve, srgb_of_linear, to_bt709
from core.protocols import RgbImage

_GRID = 65  # points a side of the table, between which colours are interpolated
_PQ_WHITE, _PQ_PEAK = 203.0, 10_000.0  # cd/m²
_HLG_WHITE = 0.265  # of the scene's light that is coded at most
_KNEE = 0.8  # of diffuse white: up to here nothing is pressed
# Times diffuse white that become full white: what HLG can code, and what cameras use of PQ.
_PEAKS = {TransferCurve.PQ: 1000.0 / _PQ_WHITE, TransferCurve.HLG: 1 / _HLG_WHITE}


def is_bright(codes: ColourCodes | None) -> bool:
    """Tell whether a picture is coded for bright screens."""
    return codes is not None and codes.transfer in tuple(TransferCurve)


def to_usual(rgb: RgbImage, codes: ColourCodes) -> RgbImage:
    """Bring a picture coded for bright screens to sRGB.

    Args:
        rgb: uint8, shape (H, W, 3), as coded.
        codes: how; its transfer is one of ``TransferCurve``.
    """
    return np.array(Image.fromarray(rgb).filter(_table(codes)))


@lru_cache(maxsize=4)
def _table(codes: ColourCodes) -> ImageFilter.Color3DLUT:
    steps = np.linspace(0.0, 1.0, _GRID)
    light = _from_pq(steps) if codes.transfer == TransferCurve.PQ else _from_hlg(steps)
    blue, green, red = np.meshgrid(light, light, light, indexing="ij")  # red changes fastest
    usual = np.stack([red, green, blue], axis=-1) @ to_bt709(codes.primaries).T
    mapped = _pressed(usual, _PEAKS[TransferCurve(codes.transfer)])
    return ImageFilter.Color3DLUT(_GRID, srgb_of_linear(mapped).astype(np.float32).ravel())


def _from_pq(code: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return light, 1 at diffuse white (BT.2100, table 4)."""
    root = code ** (1 / 78.84375)
    light = (np.maximum(root - 0.8359375, 0.0) / (18.8515625 - 18.6875 * root)) ** (1 / 0.1593017578125)
    return np.asarray(light * (_PQ_PEAK / _PQ_WHITE))


def _from_hlg(code: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return light of the scene, 1 at diffuse white (BT.2100, table 5), as a camera would make its JPEG of it."""
    bright = (np.exp((code - 0.55991073) / 0.17883277) + 0.28466892) / 12
    return np.asarray(np.where(code <= 0.5, code**2 / 3, bright) / _HLG_WHITE)


def _pressed(light: NDArray[np.float64], peak: float) -> NDArray[np.float64]:
    """Bring light within 0 and 1: above the knee a logarithm goes on with the same slope and comes to 1 at the peak.

    Each channel by itself, as film does it: what shines in a colour comes nearer to white.
    """
    above = np.clip((light - _KNEE) / (peak - _KNEE), 0.0, 1.0)
    bend = _bend((peak - _KNEE) / (1 - _KNEE))
    pressed = _KNEE + (1 - _KNEE) * np.log1p(bend * above) / np.log1p(bend)
    return np.clip(np.where(light <= _KNEE, light, pressed), 0.0, 1.0)


def _bend(slope: float) -> float:
    """Return the b for which log(1 + b t) / log(1 + b) has this slope at t = 0, above 1."""
    bend = slope
    for _ in range(100):
        bend = slope * float(np.log1p(bend))
    return bend
