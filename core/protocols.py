"""What core asks of the models, so that core knows no inference engine."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.types import Box

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
        smile: 0 to 1.
        yaw, pitch, roll: head pose in degrees; yaw 0 looks into the camera.
    """

    blink_right: float
    blink_left: float
    smile: float
    yaw: float
    pitch: float
    roll: float


class Embedder(Protocol):
    """Turns a picture into a vector that is near for pictures that look alike."""

    @property
    def sha256(self) -> str:
        """Of the weights."""
        ...

    def embed(self, image: RgbImage) -> NDArray[np.float32]:
        """Returns float32, shape (D,), not normalised. Takes any size; scales it itself."""
        ...


class FaceDetector(Protocol):
    """Finds faces in a whole picture."""

    @property
    def sha256(self) -> str:
        """Of the weights."""
        ...

    def detect(self, image: RgbImage) -> tuple[DetectedFace, ...]:
        """Faces, most confident first. Takes any size; scales it itself."""
        ...


class FaceLandmarker(Protocol):
    """Reads eyes, smile and pose in one face."""

    @property
    def sha256(self) -> str:
        """Of the weights."""
        ...

    def read(self, crop: RgbImage) -> FaceReading | None:
        """Reads the most prominent face of a crop with some margin; None where it sees none."""
        ...


class Models(Protocol):
    """The models one worker holds."""

    @property
    def embedder(self) -> Embedder:
        """Looks alike."""
        ...

    @property
    def face_detector(self) -> FaceDetector:
        """Where the faces are."""
        ...

    @property
    def face_landmarker(self) -> FaceLandmarker:
        """What a face does."""
        ...


class ModelsFactory(Protocol):
    """Loads the models inside a worker. Must be hashable and picklable: it travels with each task."""

    def __hash__(self) -> int: ...

    @property
    def fingerprint(self) -> str:
        """Changes whenever any weights but the embedder's do; part of the key of kept measures."""
        ...

    @property
    def embedder_sha256(self) -> str:
        """Of the embedder's weights; part of the key of kept embeddings. Raises ``core.errors.ModelError``."""
        ...

    def __call__(self) -> Models:
        """Loads them. Raises ``core.errors.ModelError``."""
        ...
