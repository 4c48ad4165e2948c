"""Faces of a frame: found on a reduced copy, read from full-resolution crops."""

import math

import numpy as np
from PIL import Image

from core.analysis.sharpness import SharpnessMap
from core.protocols import DetectedFace, FaceDetector, FaceLandmarker, FaceReading, RgbImage
from core.types import Box, EyeState, Face

_CROP_MARGIN = 0.5  # of the box, on each side: the landmark model wants the whole head
_CROP_SIDE = 384  # pixels; a larger crop tells the landmark model nothing more
_LEAST_SIDE = 30  # pixels of face below which eyes cannot be told
_MOST_READ = 60  # faces read in one frame, largest first; the rest is a crowd
_TURNED_AWAY = 42.0  # degrees of yaw past which the far eye is hidden
_OPEN_BELOW, _CLOSED_ABOVE = 0.30, 0.40  # blink scores; between them it cannot be told


def find_faces(
    image: RgbImage,
    reduced: RgbImage,
    tiles: SharpnessMap,
    detector: FaceDetector,
    landmarker: FaceLandmarker,
) -> tuple[Face, ...]:
    """Finds and reads the faces of one frame.

    Args:
        image: the frame at full resolution.
        reduced: the same frame, small enough for the detector.
        tiles: the frame's sharpness.
        detector: finds them.
        landmarker: reads eyes and smile.

    Returns:
        The faces, largest first.
    """
    found = sorted(detector.detect(reduced), key=lambda face: -face.box.width * face.box.height)
    faces = []
    for rank, detected in enumerate(found):
        side = min(detected.box.width * image.shape[1], detected.box.height * image.shape[0])
        readable = rank < _MOST_READ and side >= _LEAST_SIDE
        reading = landmarker.read(_crop(image, detected.box)) if readable else None
        faces.append(_describe(detected, reading, tiles))
    return tuple(faces)


def eye_state(reading: FaceReading) -> tuple[EyeState, float | None]:
    """The state of a face's eyes and how open they are, 0 to 1.

    A head turned away hides an eye; a wink or a laugh leaves the two at odds or in between: then
    it cannot be told. Closed needs both eyes closed. Thresholds from 491 labelled faces, see
    ``docs/decisions/0003-three-eye-states.md``.
    """
    if abs(reading.yaw) > _TURNED_AWAY:
        return EyeState.CANT_TELL, None
    widest = min(reading.blink_left, reading.blink_right)
    mean = (reading.blink_left + reading.blink_right) / 2
    openness = 1.0 - mean
    if widest > _CLOSED_ABOVE:
        return EyeState.CLOSED, openness
    if mean < _OPEN_BELOW:
        return EyeState.OPEN, openness
    return EyeState.CANT_TELL, openness


def _describe(detected: DetectedFace, reading: FaceReading | None, tiles: SharpnessMap) -> Face:
    state, openness = eye_state(reading) if reading else (EyeState.CANT_TELL, None)
    return Face(
        box=detected.box,
        confidence=detected.confidence,
        landmarks=detected.landmarks,
        eyes=state,
        eyes_open=openness,
        smile=reading.smile if reading else None,
        sharpness=tiles.region(_eye_region(detected)),
    )


def _eye_region(face: DetectedFace) -> Box:
    """The band of the face that holds both eyes: where a portrait must be sharp."""
    if len(face.landmarks) < 2:
        return face.box
    (right_x, right_y), (left_x, left_y) = face.landmarks[:2]
    margin_x, margin_y = face.box.width * 0.22, face.box.height * 0.18
    left, right = min(right_x, left_x) - margin_x, max(right_x, left_x) + margin_x
    top, bottom = min(right_y, left_y) - margin_y, max(right_y, left_y) + margin_y
    return Box(left, top, right - left, bottom - top)


def _crop(image: RgbImage, box: Box) -> RgbImage:
    """The face with its margin, at most ``_CROP_SIDE`` pixels a side."""
    height, width = image.shape[:2]
    left = max(0, math.floor((box.x - _CROP_MARGIN * box.width) * width))
    top = max(0, math.floor((box.y - _CROP_MARGIN * box.height) * height))
    right = min(width, math.ceil((box.x + (1 + _CROP_MARGIN) * box.width) * width))
    bottom = min(height, math.ceil((box.y + (1 + _CROP_MARGIN) * box.height) * height))
    crop = image[top:bottom, left:right]
    if max(crop.shape[:2]) <= _CROP_SIDE:
        return np.ascontiguousarray(crop)
    small = Image.fromarray(np.ascontiguousarray(crop))
    small.thumbnail((_CROP_SIDE, _CROP_SIDE), Image.Resampling.BILINEAR, reducing_gap=2.0)
    return np.ascontiguousarray(small)
