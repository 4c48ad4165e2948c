"""What core asks of the models, so that core knows no inference engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.types import Box, PlacedThing

RgbImage = NDArray[np.uint8]
"""An upright picture: uint8, shape (height, width, 3), sRGB, C-contiguous."""


@dataclass(frozen=True, slots=True)
class DetectedFace:
    """A face as the detector saw it; coordinates as in ``core.types``."""

    box: Box
    confidence: float
    landmarks: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class FaceReading:
    """What the landmark model read in one face.

    Attributes:
        blink_right, blink_left: 0 open to 1 closed, the subject's own sides.
        gap_right, gap_left: height of the gap between the lids over the width of the eye.
        smile: 0 to 1.
        looks_down, looks_aside: 0 to 1, both eyes: lowered under their lids, turned away from the camera.
        yaw, pitch, roll: head pose in degrees; yaw 0 looks into the camera.
    """

    blink_right: float
    blink_left: float
    smile: float
    yaw: float
    pitch: float
    roll: float
    gap_right: float
    gap_left: float
    looks_down: float = 0.0
    looks_aside: float = 0.0


class Embedder(Protocol):
    """Turns a picture into a vector that is near for pictures that look alike."""

    @property
    def sha256(self) -> str:
        """The sha256 of the weights."""
        ...

    def embed(self, image: RgbImage) -> NDArray[np.float32]:
        """Return float32, shape (D,), not normalised. Takes any size; scales it itself."""
        ...


class Describer(Embedder, Protocol):
    """Turns pictures and descriptions into vectors that are near where both are about the same; all of length 1."""

    def embed_text(self, text: str) -> NDArray[np.float32]:
        """Return what a description in English means, float32, shape (D,)."""
        ...


class FaceDetector(Protocol):
    """Finds faces in a whole picture."""

    @property
    def sha256(self) -> str:
        """The sha256 of the weights."""
        ...

    def detect(self, image: RgbImage, least_confidence: float = 0.6) -> tuple[DetectedFace, ...]:
        """Find faces of at least that confidence, most confident first. Takes any size; scales it itself."""
        ...


class ThingDetector(Protocol):
    """Finds things in a whole picture."""

    @property
    def sha256(self) -> str:
        """The sha256 of the weights."""
        ...

    def detect(self, image: RgbImage, least_confidence: float = 0.3) -> tuple[PlacedThing, ...]:
        """Find things of at least that confidence, most confident first. Takes any size; scales it itself."""
        ...


class FaceLandmarker(Protocol):
    """Reads eyes, smile and pose in one face."""

    @property
    def sha256(self) -> str:
        """The sha256 of the weights."""
        ...

    def read(self, crop: RgbImage, tilt: float = 0.0) -> FaceReading | None:
        """Read the face in the middle of a crop with some margin; None where it sees none.

        Args:
            crop: a square, any size.
            tilt: by how many radians the face is turned, clockwise, as far as that is known.
        """
        ...


class FaceIdentifier(Protocol):
    """Turns a face into a vector that is near for faces of one person."""

    @property
    def sha256(self) -> str:
        """The sha256 of the weights."""
        ...

    def embed(self, crop: RgbImage, landmarks: Sequence[tuple[float, float]]) -> NDArray[np.float32]:
        """Return float32, shape (D,), of length 1.

        Args:
            crop: the face with some margin, any size.
            landmarks: the detector's five points, in pixels of the crop.
        """
        ...


class Models(Protocol):
    """The models one worker holds."""

    @property
    def embedder(self) -> Embedder:
        """What tells how alike pictures look."""
        ...

    @property
    def face_detector(self) -> FaceDetector:
        """What finds faces."""
        ...

    @property
    def face_landmarker(self) -> FaceLandmarker:
        """What reads a face."""
        ...

    @property
    def thing_detector(self) -> ThingDetector:
        """What finds things."""
        ...

    @property
    def face_identifier(self) -> FaceIdentifier | None:
        """What tells whose a face is; None where the user does not want that."""
        ...


class ModelsFactory(Protocol):
    """Loads the models inside a worker. Must be hashable and picklable: it travels with each task."""

    def __hash__(self) -> int: ...

    @property
    def fingerprint(self) -> str:
        """A hash that changes whenever any weights but the embedder's do; part of the key of kept measures."""
        ...

    @property
    def embedder_sha256(self) -> str:
        """The sha256 of the embedder's weights; part of the key of kept embeddings.

        Raises ``core.errors.ModelError``.
        """
        ...

    @property
    def identity_sha256(self) -> str:
        """The sha256 of the weights that tell people apart; "" where the user does not want that."""
        ...

    def check(self) -> None:
        """Make sure that the weights are those they should be. Raises ``core.errors.ModelError``."""
        ...

    def __call__(self) -> Models:
        """Load the models. Raises ``core.errors.ModelError``."""
        ...
