"""Faces of a frame: found on a reduced copy, read from full-resolution crops."""

import math
from collections.abc import Sequence

import numpy as np

from core.analysis.eyes import UNTOLD, Eyes, behind_glasses, gaze_of, read_eyes, too_blurred
from core.analysis.face_search import detect
from core.analysis.sharpness import SharpnessMap, luma
from core.protocols import DetectedFace, FaceReading, Models, RgbImage
from core.scaling import reduce
from core.types import Box, Face

_CROP_MARGIN = 0.5  # of the box, on each side: the landmark model wants the whole head
_CROP_SIDE = 384  # pixels; a larger crop tells the landmark model nothing more
_LEAST_SIDE = 30  # pixels of face below which eyes cannot be told: open ones begin to pass for closed
_MOST_SIGNED = 12  # faces told from others in one frame: this is the most expensive part of the analysis
_SURE_ENOUGH = 0.7  # confidence of a face that is told from others
_LEAST_SIGNED = 16  # pixels of face below which nobody is told from anybody
_SUBJECT_AREA = 0.002  # share of the frame from which a face is its subject
_MOST_READ = 40  # faces read in one frame, largest first; the rest is a crowd,
_PASSER_BY = 0.08  # and what is smaller than that, of the largest, is never a main face


def find_faces(image: RgbImage, working: RgbImage, tiles: SharpnessMap, models: Models) -> tuple[Face, ...]:
    """Find and read the faces of one frame.

    Args:
        image: the frame at full resolution.
        working: the same frame, reduced for the detector.
        tiles: the frame's sharpness.
        models: the detector and the readers; without an identifier faces get no signature.

    Returns:
        The faces, largest first.
    """
    found = sorted(detect(image, working, models.face_detector), key=lambda face: -face.box.area)
    least = _PASSER_BY * found[0].box.area if found else 0.0
    return tuple(
        _read(
            image,
            face,
            tiles,
            models,
            readable=rank < _MOST_READ and face.box.area >= least,
            signed=rank < _MOST_SIGNED and face.box.area >= least,
        )
        for rank, face in enumerate(found)
    )


def main_subject(faces: Sequence[Face], sharpest: Box | None) -> Box | None:
    """Return what the frame is of: the largest face where it is large enough to matter, else the sharpest region."""
    if faces and faces[0].box.area >= _SUBJECT_AREA:
        return faces[0].box
    return sharpest


def _read(
    image: RgbImage,
    detected: DetectedFace,
    tiles: SharpnessMap,
    models: Models,
    *,
    readable: bool,
    signed: bool,
) -> Face:
    height, width = image.shape[:2]
    box = detected.box
    side = min(box.width * width, box.height * height)
    crop, left, top, scale = _head(image, box)
    points = [((x * width - left) * scale, (y * height - top) * scale) for x, y in detected.landmarks]
    seen = readable and side >= _LEAST_SIDE
    reading = models.face_landmarker.read(crop, _tilt(points)) if seen else None
    eyes = _eyes(crop, points, reading, side)
    telling = side >= _LEAST_SIGNED and detected.confidence >= _SURE_ENOUGH and len(points) == 5
    identifier = models.face_identifier if signed and telling else None
    return Face(
        box=box,
        confidence=detected.confidence,
        landmarks=detected.landmarks,
        eyes=eyes.both,
        right_eye=eyes.right,
        left_eye=eyes.left,
        eyes_open=eyes.chance_open,
        smile=reading.smile if reading else None,
        gaze=gaze_of(reading) if reading else None,
        sharpness=tiles.region(_eye_region(detected)),
        signature=identifier.embed(crop, points).astype("<f2").tobytes() if identifier else b"",
    )


def _eyes(
    crop: RgbImage, points: Sequence[tuple[float, float]], reading: FaceReading | None, side: float
) -> Eyes:
    if reading is None or len(points) < 2:
        return UNTOLD
    grey = luma(crop)
    if behind_glasses(grey, *points[:2]) or too_blurred(grey, *points[:2]):
        return UNTOLD
    return read_eyes(reading, side)


def _tilt(points: Sequence[tuple[float, float]]) -> float:
    """Return how far the line of the eyes is turned, in radians, clockwise."""
    if len(points) < 2:
        return 0.0
    (right_x, right_y), (left_x, left_y) = points[:2]
    return math.atan2(left_y - right_y, left_x - right_x)


def _eye_region(face: DetectedFace) -> Box:
    """Return the band of the face that holds both eyes: where a portrait must be sharp."""
    if len(face.landmarks) < 2:
        return face.box
    (right_x, right_y), (left_x, left_y) = face.landmarks[:2]
    margin_x, margin_y = face.box.width * 0.22, face.box.height * 0.18
    left, right = min(right_x, left_x) - margin_x, max(right_x, left_x) + margin_x
    top, bottom = min(right_y, left_y) - margin_y, max(right_y, left_y) + margin_y
    return Box(left, top, right - left, bottom - top)


def _head(image: RgbImage, box: Box) -> tuple[RgbImage, int, int, float]:
    """Cut out a square around the face, black outside the frame: the landmark model wants the face in the middle.

    Returns:
        The square, at most ``_CROP_SIDE`` pixels a side; the frame's pixels at its corner; crop pixels a pixel.
    """
    height, width = image.shape[:2]
    half = (0.5 + _CROP_MARGIN) * max(box.width * width, box.height * height)
    x, y = (box.x + box.width / 2) * width, (box.y + box.height / 2) * height
    left, top = math.floor(x - half), math.floor(y - half)
    side = max(2, math.ceil(2 * half))
    square = np.zeros((side, side, 3), np.uint8)
    from_x, from_y = max(left, 0), max(top, 0)
    part = image[from_y : top + side, from_x : left + side]
    square[from_y - top :, from_x - left :][: part.shape[0], : part.shape[1]] = part
    if side <= _CROP_SIDE:
        return square, left, top, 1.0
    return reduce(square, _CROP_SIDE), left, top, _CROP_SIDE / side
