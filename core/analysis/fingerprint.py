"""A 64-bit perceptual hash of a frame."""

import cv2
import numpy as np
from PIL import Image

from core.protocols import RgbImage

_SIDE, _KEPT = 32, 8  # pixels to which the frame is squeezed, and of its frequencies the lowest, each way


def perceptual_hash(reduced: RgbImage) -> int:
    """The DCT hash that ImageHash calls ``phash``, bit for bit, of a picture of any size.

    After N. Krawetz, "Looks Like It" (2011). An unsigned 64-bit number: a bit is set where a frequency is stronger
    than their median.
    """
    grey = Image.fromarray(reduced).convert("L").resize((_SIDE, _SIDE), Image.Resampling.LANCZOS)
    frequencies = cv2.dct(np.asarray(grey, np.float32))[:_KEPT, :_KEPT]
    frequencies[0] *= np.sqrt(2)  # OpenCV's DCT is orthonormal, the hash's is not
    frequencies[:, 0] *= np.sqrt(2)
    bits = (frequencies > np.median(frequencies)).ravel()
    return int("".join("1" if bit else "0" for bit in bits), 2)
