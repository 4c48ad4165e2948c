"""Who a face is: SFace, on a face turned and scaled so that eyes, nose and mouth lie where it learnt them.

Zhong et al., "SFace: Sigmoid-Constrained Hypersphere Loss for Robust Face Recognition" (2021). The alignment
follows OpenCV's ``FaceRecognizerSF``.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.protocols import RgbImage
from core.scaling import turned_square
from models.network import Network

_SIDE = 112  # pixels
# Right eye, left eye, nose, right and left corner of the mouth (the subject's own sides) in the aligned square.
_PLACES = np.array(
    [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]]
)


class SFaceIdentifier(Network):
    """Embeds faces; ``core.protocols.FaceIdentifier``."""

    white = 255.0

    def embed(self, crop: RgbImage, landmarks: Sequence[tuple[float, float]]) -> NDArray[np.float32]:
        """Return what tells this face from others.

        Args:
            crop: the face with some margin, any size.
            landmarks: the detector's five points, in pixels of the crop.

        Returns:
            float32, shape (128,), length 1: the cosine of two is their product.
        """
        square = turned_square(crop, align(np.array(landmarks)), _SIDE)
        tensor = square.astype(np.float32).transpose(2, 0, 1)[np.newaxis]
        (features,) = self._session.run(["fc1"], {"data": np.ascontiguousarray(tensor)})
        vector = features[0].astype(np.float32)
        return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), np.float32)


def align(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the turn, scale and shift that carry the aligned square's pixels to the crop's.

    The least-squares similarity between the two sets of five points; in complex numbers it is one division.

    Args:
        points: shape (5, 2), pixels of the crop.

    Returns:
        Shape (2, 3), with (x, y) = matrix @ (u, v, 1).
    """
    seen = points[:, 0] + 1j * points[:, 1]
    places = _PLACES[:, 0] + 1j * _PLACES[:, 1]
    around = places - places.mean()
    turn = np.vdot(around, seen - seen.mean()) / np.vdot(around, around).real
    shift = seen.mean() - turn * places.mean()
    return np.array([[turn.real, -turn.imag, shift.real], [turn.imag, turn.real, shift.imag]])
