"""Where the faces of a frame are: at first sight, and where that is not enough, at a second look."""

import math
from collections.abc import Iterable, Sequence

import numpy as np
from PIL import Image

from core.analysis.crops import area, at_most
from core.protocols import DetectedFace, FaceDetector, RgbImage
from core.types import Box

_SURE = 0.6  # confidence of a face
_DOUBTFUL = 0.3  # confidence of what is worth a second look
_DOUBTFUL_ALONE = 0.45  # where nobody is seen for sure: landscapes are full of less
_SMALL = 40  # pixels of the working copy under which the detector misses half of the faces
_PORTRAIT = 80  # pixels: where faces are this large, small ones are passers-by and need no second look
_WINDOW = 640  # pixels of the working copy that a second look takes in, at twice the size
_MOST_WINDOWS = 6
_LYING_SIDE = 384  # pixels of the copies that are turned to look for lying heads
_UPRIGHT_EYES = 0.36  # of the face's width: side by side and nearer, eyes are a profile's or a lying head's
_HEAD_SIDE = 256  # pixels to which such a head is brought to look at it lying,
_SURER = 0.03  # and by how much surer the detector must be of it then
_LEAST_WORKING = 256  # pixels of the longer side; smaller pictures are enlarged
_SAME_FACE = 0.5  # shared area over that of the smaller box past which two boxes are one face


def detect(image: RgbImage, working: RgbImage, detector: FaceDetector) -> list[DetectedFace]:
    """Finds the faces of one frame.

    Small faces are looked at again at twice the size, unless the frame is somebody's portrait; a frame without
    any face is looked at lying on either side.

    Args:
        image: the frame at full resolution.
        working: the same frame, reduced for the detector.
        detector: finds them in one picture.
    """
    seen = detector.detect(_enlarged(working), _DOUBTFUL)
    sure = [face for face in seen if face.confidence >= _SURE]
    longest = max(working.shape[:2])
    if max((face.box.width * working.shape[1] for face in sure), default=0.0) < _PORTRAIT:
        least = _DOUBTFUL if sure else _DOUBTFUL_ALONE
        doubtful = [
            face.box
            for face in seen
            if face.confidence >= least
            and (face.confidence < _SURE or face.box.width * working.shape[1] < _SMALL)
        ]
        for window in _windows(doubtful, _WINDOW / longest, working.shape[1] / working.shape[0]):
            closer = detector.detect(_cut(image, window, 2 * _WINDOW), _SURE)
            sure += [_moved(face, window) for face in closer]
    if not sure:
        for turns in (1, 3):
            lying = np.ascontiguousarray(np.rot90(at_most(working, _LYING_SIDE), turns))
            sure += [_turned_back(face, turns) for face in detector.detect(lying, _SURE)]
    return [_as_it_lies(face, working, detector) for face in without_doubles(sure)]


def _as_it_lies(face: DetectedFace, working: RgbImage, detector: FaceDetector) -> DetectedFace:
    """The face, seen again lying on either side where its eyes are too near each other for an upright one.

    The detector finds many lying heads as they are, but puts their eyes and mouth in the wrong places.
    """
    box = face.box
    if len(face.landmarks) < 2:
        return face
    (right_x, _), (left_x, _) = face.landmarks[:2]
    if abs(left_x - right_x) > _UPRIGHT_EYES * box.width or box.width * working.shape[1] < _SMALL:
        return face
    left, top = max(0.0, box.x - box.width / 2), max(0.0, box.y - box.height / 2)
    right, bottom = min(1.0, box.x + 1.5 * box.width), min(1.0, box.y + 1.5 * box.height)
    window = Box(left, top, right - left, bottom - top)
    head = _cut(working, window, _HEAD_SIDE)
    seen = [
        _moved(_turned_back(found, turns), window)
        for turns in (1, 3)
        for found in detector.detect(np.ascontiguousarray(np.rot90(head, turns)), face.confidence + _SURER)
    ]
    same = [found for found in seen if _shared(found.box, box) > _SAME_FACE]
    return max(same, key=lambda found: found.confidence, default=face)


def without_doubles(faces: Iterable[DetectedFace]) -> list[DetectedFace]:
    """Of boxes that lie on or within each other, the most confident."""
    kept: list[DetectedFace] = []
    for face in sorted(faces, key=lambda each: -each.confidence):
        if all(_shared(face.box, other.box) <= _SAME_FACE for other in kept):
            kept.append(face)
    return kept


def _windows(boxes: Sequence[Box], width: float, aspect: float) -> list[Box]:
    """Few windows that hold all boxes, each with room around it.

    Args:
        boxes: what to look at again.
        width: of a window, in parts of the frame's longer side.
        aspect: width by height of the frame.
    """
    across, down = (width, width * aspect) if aspect >= 1 else (width / aspect, width)
    across, down = min(across, 1.0), min(down, 1.0)
    windows: list[Box] = []
    for box in sorted(boxes, key=lambda each: (round(each.y / down), each.x)):
        x, y = box.x + box.width / 2, box.y + box.height / 2
        if any(_well_inside(window, x, y) for window in windows):
            continue
        left = min(max(0.0, x - across / 3), 1 - across)
        top = min(max(0.0, y - down / 3), 1 - down)
        windows.append(Box(left, top, across, down))
        if len(windows) == _MOST_WINDOWS:
            break
    return windows


def _well_inside(window: Box, x: float, y: float) -> bool:
    """A face there is not cut by the window's edge, unless the frame's edge cuts it as well."""
    room_x, room_y = window.width / 16, window.height / 16
    return (
        (window.x == 0 or x > window.x + room_x)
        and (window.y == 0 or y > window.y + room_y)
        and (x < window.x + window.width - room_x or window.x + window.width >= 1)
        and (y < window.y + window.height - room_y or window.y + window.height >= 1)
    )


def _cut(image: RgbImage, window: Box, long_side: int) -> RgbImage:
    """A part of the frame, brought to ``long_side`` pixels on its longer side."""
    height, width = image.shape[:2]
    box = (
        window.x * width,
        window.y * height,
        (window.x + window.width) * width,
        (window.y + window.height) * height,
    )
    scale = long_side / max(box[2] - box[0], box[3] - box[1])
    size = (max(1, round((box[2] - box[0]) * scale)), max(1, round((box[3] - box[1]) * scale)))
    outer = (math.floor(box[0]), math.floor(box[1]), math.ceil(box[2]), math.ceil(box[3]))
    part = Image.fromarray(np.ascontiguousarray(image[outer[1] : outer[3], outer[0] : outer[2]]))
    inner = (
        box[0] - outer[0],
        box[1] - outer[1],
        min(box[2] - outer[0], part.width),
        min(box[3] - outer[1], part.height),
    )
    return np.asarray(part.resize(size, Image.Resampling.BILINEAR, box=inner, reducing_gap=2.0))


def _enlarged(working: RgbImage) -> RgbImage:
    """A tiny picture made large enough for the detector to see a face in it."""
    height, width = working.shape[:2]
    if max(height, width) >= _LEAST_WORKING:
        return working
    scale = _LEAST_WORKING / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(Image.fromarray(working).resize(size, Image.Resampling.BICUBIC))


def _moved(face: DetectedFace, window: Box) -> DetectedFace:
    """A face seen in a window, in fractions of the whole frame."""
    box = face.box
    return DetectedFace(
        box=Box(
            window.x + box.x * window.width,
            window.y + box.y * window.height,
            box.width * window.width,
            box.height * window.height,
        ),
        confidence=face.confidence,
        landmarks=tuple(
            (window.x + x * window.width, window.y + y * window.height) for x, y in face.landmarks
        ),
    )


def _turned_back(face: DetectedFace, turns: int) -> DetectedFace:
    """A face seen in a frame turned by quarters to the left (1 or 3), in fractions of the frame as it is."""

    def back(x: float, y: float) -> tuple[float, float]:
        return (1 - y, x) if turns == 1 else (y, 1 - x)

    box = face.box
    corners = [back(box.x, box.y), back(box.x + box.width, box.y + box.height)]
    left, top = min(x for x, _ in corners), min(y for _, y in corners)
    return DetectedFace(
        box=Box(left, top, box.height, box.width),
        confidence=face.confidence,
        landmarks=tuple(back(x, y) for x, y in face.landmarks),
    )


def _shared(one: Box, other: Box) -> float:
    """Shared area over the smaller one's."""
    width = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    height = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    smaller = min(area(one), area(other))
    return max(width, 0.0) * max(height, 0.0) / smaller if smaller > 0 else 0.0
