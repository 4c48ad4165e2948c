"""What a face does: eyes, smile and pose, from MediaPipe's face mesh and its blendshapes.

The networks are MediaPipe's, run by onnxruntime. The ``mediapipe`` package itself is not used: it sends usage
reports over the network and cannot be told not to. The regions follow its
``face_landmarks_detector_graph.cc``: a square of one and a half faces, turned so that the eyes are level.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.protocols import FaceReading, RgbImage
from core.scaling import reduce, turned_square
from models.network import Network

_SIDE = 256  # pixels
_REGION_SCALE = 1.5  # side of the region over that of the face
_FIRST_REGION = 0.75  # of the crop's longer side: 1.5 faces where the crop has half a face of margin
_LEAST_PRESENCE = 0.5  # chance of a face below which nothing is read
_LOOKS = 2  # the first look finds the face, the second sees it level and well framed
_MOST_LOOKS = 3  # of the second look, where it is not sure that there is a face

# Points of the mesh; right and left are the subject's own sides.
_RIGHT_EYE_CORNER, _LEFT_EYE_CORNER = 33, 263
_RIGHT_SIDE, _LEFT_SIDE = 234, 454
_FOREHEAD, _CHIN = 10, 152
_LEVEL_PITCH = 4.0  # degrees by which forehead and chin of a level face lean

# Corners of the eyes, and three pairs of points on the upper and lower lid.
_RIGHT_EYE, _LEFT_EYE = (33, 133), (263, 362)
_RIGHT_LIDS = ((160, 144), (159, 145), (158, 153))
_LEFT_LIDS = ((387, 373), (386, 374), (385, 380))

# Blendshapes by the order of kBlendshapeNames in MediaPipe's face_blendshapes_graph.cc.
_BLINK_LEFT, _BLINK_RIGHT = 9, 10
_DOWN_LEFT, _DOWN_RIGHT = 11, 12
_IN_LEFT, _IN_RIGHT, _OUT_LEFT, _OUT_RIGHT = 13, 14, 15, 16
_SMILE_LEFT, _SMILE_RIGHT = 44, 45

FloatArray = NDArray[np.float32]


class NetworkReading(NamedTuple):
    """What the networks say of a square.

    Attributes:
        mesh: in pixels of the square, shape (478, 3), z away from us.
        presence: the chance of a face, 0 to 1.
        blendshapes: shape (52,), 0 to 1.
    """

    mesh: FloatArray
    presence: float
    blendshapes: FloatArray


@dataclass(frozen=True, slots=True)
class _Region:
    """A turned square of the crop: centre and side in pixels, angle in radians, clockwise on the screen."""

    x: float
    y: float
    side: float
    angle: float

    @property
    def axes(self) -> FloatArray:
        """Crop pixels a pixel of the square along its x and its y, shape (2, 2)."""
        cosine, sine = math.cos(self.angle), math.sin(self.angle)
        return np.array([[cosine, sine], [-sine, cosine]], np.float32) * (self.side / _SIDE)

    def cut(self, crop: RgbImage) -> FloatArray:
        """Cut the square out as the network's input: float32, 0 to 1, shape (1, 256, 256, 3); black outside."""
        across, down = self.axes
        corner = np.array([self.x, self.y]) - _SIDE / 2 * (across + down)
        square = turned_square(crop, np.column_stack([across, down, corner]), _SIDE)
        return np.multiply(square[np.newaxis], 1 / 255, dtype=np.float32)

    def to_crop(self, points: FloatArray) -> FloatArray:
        """Turn points of the square into pixels of the crop, shape (N, 2)."""
        centre = np.array([self.x, self.y], np.float32)
        return ((points - _SIDE / 2) @ self.axes + centre).astype(np.float32)


@dataclass(frozen=True, slots=True)
class _Look:
    """What the network saw in a region: the mesh in pixels of the square, shape (478, 3), z away from us."""

    region: _Region
    mesh: FloatArray
    presence: float
    blendshapes: FloatArray

    def face_region(self) -> _Region:
        """Return the region that frames the seen face, eyes level."""
        points = self.region.to_crop(self.mesh[:, :2])
        across = points[_LEFT_EYE_CORNER] - points[_RIGHT_EYE_CORNER]
        angle = math.atan2(across[1], across[0])
        level = _Region(0, 0, _SIDE, angle).axes
        turned = points @ level.T
        low, high = turned.min(axis=0), turned.max(axis=0)
        x, y = ((low + high) / 2 @ level).tolist()
        return _Region(x, y, _REGION_SCALE * float((high - low).max()), angle)


class MeshFaceLandmarker(Network):
    """Reads faces; ``core.protocols.FaceLandmarker``."""

    def read(self, crop: RgbImage, tilt: float = 0.0) -> FaceReading | None:
        """Read the face in the middle of a crop; None where none is seen, as with most profiles.

        Args:
            crop: the face with about half its width to spare on each side; any size, best from 100 pixels.
            tilt: by how many radians the face is turned, clockwise, as far as that is known.
        """
        picture = reduce(crop, 2 * _SIDE)  # so that cutting a region skips no pixels
        height, width = picture.shape[:2]
        look = self._look(picture, _Region(width / 2, height / 2, _FIRST_REGION * max(width, height), tilt))
        for count in range(1, _MOST_LOOKS):
            if count >= _LOOKS and look.presence >= _LEAST_PRESENCE:
                break
            look = self._look(picture, look.face_region())
        return (
            describe(look.mesh, look.blendshapes, look.region.angle)
            if look.presence >= _LEAST_PRESENCE
            else None
        )

    def _look(self, picture: RgbImage, region: _Region) -> _Look:
        return _Look(region, *self.run(region.cut(picture)))

    def run(self, square: FloatArray) -> NetworkReading:
        """Run the networks on a square that is cut out, float32, 0 to 1, shape (1, 256, 256, 3)."""
        mesh, presence, blendshapes = self._session.run(
            ["landmarks", "presence", "blendshapes"], {"image": square}
        )
        return NetworkReading(mesh[0], float(presence[0]), blendshapes)


def describe(mesh: FloatArray, blendshapes: FloatArray, turned: float) -> FaceReading:
    """Make the reading from the network's outputs.

    Yaw is positive towards the subject's left, pitch upwards, roll clockwise on the screen.

    Args:
        mesh: shape (478, 3), x right, y down, z away from the camera, all on one scale.
        blendshapes: shape (52,), 0 to 1.
        turned: radians by which the picture was turned before.
    """
    across = _unit(mesh[_LEFT_SIDE] - mesh[_RIGHT_SIDE])
    down = mesh[_CHIN] - mesh[_FOREHEAD]
    down = _unit(down - across * float(across @ down))
    inwards = np.cross(across, down)
    return FaceReading(
        blink_right=float(blendshapes[_BLINK_RIGHT]),
        blink_left=float(blendshapes[_BLINK_LEFT]),
        smile=float(blendshapes[_SMILE_LEFT] + blendshapes[_SMILE_RIGHT]) / 2,
        yaw=math.degrees(math.atan2(-inwards[0], inwards[2])),
        pitch=math.degrees(math.asin(np.clip(inwards[1], -1, 1))) + _LEVEL_PITCH,
        roll=math.degrees(math.atan2(across[1], across[0]) + turned),
        gap_right=_gap(mesh, _RIGHT_EYE, _RIGHT_LIDS),
        gap_left=_gap(mesh, _LEFT_EYE, _LEFT_LIDS),
        looks_down=float(blendshapes[_DOWN_LEFT] + blendshapes[_DOWN_RIGHT]) / 2,
        looks_aside=_aside(blendshapes),
    )


def _aside(blendshapes: FloatArray) -> float:
    """Return how far the eyes are turned from straight ahead, 0 to 1: that of the eye that is turned farther."""
    left = abs(float(blendshapes[_IN_LEFT] - blendshapes[_OUT_LEFT]))
    right = abs(float(blendshapes[_IN_RIGHT] - blendshapes[_OUT_RIGHT]))
    return max(left, right)


def _gap(mesh: FloatArray, corners: tuple[int, int], lids: Sequence[tuple[int, int]]) -> float:
    """Return the eye aspect ratio.

    After Soukupova and Cech, "Real-Time Eye Blink Detection using Facial Landmarks" (2016).
    """
    width = float(np.linalg.norm(mesh[corners[0], :2] - mesh[corners[1], :2]))
    heights = [float(np.linalg.norm(mesh[upper, :2] - mesh[lower, :2])) for upper, lower in lids]
    return sum(heights) / (len(heights) * width) if width else 0.0


def _unit(vector: FloatArray) -> FloatArray:
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector
