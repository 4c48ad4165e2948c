"""Whether the camera turned to somebody else between two frames: another person's picture is another moment's."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.types import Analysis, Face

# Of 166 pairs of neighbouring frames in one labelled burst whose people are told by these, one pair looks like other
# people; of 71 pairs from two bursts, ten do: mostly it is the same people again.
_OTHER = 0.2  # cosine of two faces' signatures below which they are not one person's
_SURELY_A_FACE = 0.9  # confidence of the detector; somebody who turns away is no sign of anything
_LEAST_SIDE = 0.05  # of the picture
_MAIN = 0.6  # of the side of the frame's largest face


def shows_others(before: Analysis, after: Analysis) -> bool:
    """Return whether a main person of the first frame is gone from the second, and one has come who was not there.

    People who only turned away are not gone, for nobody has come; and somebody who joins has taken nobody's place.
    False where people are not to be recognised.
    """
    one, other = _told(before.faces), _told(after.faces)
    if not one or not other:
        return False
    alike = _signatures(one) @ _signatures(other).T
    return _any_new(one, alike.max(axis=1)) and _any_new(other, alike.max(axis=0))


def _told(faces: Sequence[Face]) -> list[Face]:
    return [face for face in faces if face.signature]


def _signatures(faces: Sequence[Face]) -> NDArray[np.float32]:
    """Return unit vectors, shape (faces, dimensions)."""
    vectors = np.stack([np.frombuffer(face.signature, "<f2") for face in faces]).astype(np.float32)
    unit: NDArray[np.float32] = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return unit


def _any_new(faces: Sequence[Face], likest: NDArray[np.float32]) -> bool:
    """Tell whether one of the main faces is like none of the other frame's."""
    least = max(_LEAST_SIDE, _MAIN * max(map(_side, faces)))
    return any(
        alike < _OTHER and face.confidence >= _SURELY_A_FACE and _side(face) >= least
        for face, alike in zip(faces, likest, strict=True)
    )


def _side(face: Face) -> float:
    return math.sqrt(face.box.width * face.box.height)
