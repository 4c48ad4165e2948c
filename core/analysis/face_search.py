"""Where the faces of a frame are: at first sight, and where that is not enough, looked at closer and closer."""

from collections.abc import Iterable
from dataclasses import astuple

import numpy as np

from core.analysis.close_ups import close_ups
from core.analysis.crops import cut
from core.protocols import DetectedFace, FaceDetector, RgbImage
from core.scaling import reduce, resize
from core.types import Box

_SURE = 0.6  # confidence of a face
_SURE_AT_ONCE = 0.75  # and where it is seen at half the size: below, birds and helmets pass for portraits
_HINTED = 0.05  # confidence of what is worth looking at as large as the working copy has it
_DOUBTFUL = 0.3  # confidence of what is worth a closer look than that,
_DOUBTFUL_ALONE = 0.45  # and where nobody is seen for sure: landscapes are full of less
_SMALL = 40  # pixels, at the size of a look, under which the detector misses half of the faces
_PORTRAIT = 80  # pixels: where faces are this large, small ones are passers-by and need no closer look
_FIRST_SIGHT = 640  # pixels of the longer side up to which a working copy is not halved for the first look
_LYING_SIDE = 384  # pixels of the copies that are turned to look for lying heads
_UPRIGHT_EYES = 0.36  # of the face's width: side by side and nearer, eyes are a profile's or a lying head's
_HEAD_SIDE = 256  # pixels to which such a head is brought to look at it lying,
_SURER = 0.03  # and by how much surer the detector must be of it then
_PROFILE_EYES = 0.25  # of the face's width: nearer, the eyes are those of a profile,
_SAME_HEAD = 0.4  # whose ear is what shares so much of the smaller box with it,
_SAME_HEIGHT = 0.9  # and lies at its height, as far as that much of the smaller box's height
_LEAST_WORKING = 256  # pixels of the longer side; smaller pictures are enlarged
_SAME_FACE = 0.5  # shared area over that of the smaller box past which two boxes are one face


def detect(image: RgbImage, working: RgbImage, detector: FaceDetector) -> list[DetectedFace]:
    """Find the faces of one frame.

    The whole frame is only looked at in half its size. What may be a face there, and is not large and sure, is looked
    at again at the working copy's size, and what is small or doubtful there at twice that size; unless the frame is
    somebody's portrait. A frame without any face is looked at lying on either side.

    Args:
        image: the frame at full resolution.
        working: the same frame, reduced for the detector.
        detector: finds them in one picture.
    """
    sure = _upright(image, working, detector)
    if not sure:
        for turns in (1, 3):
            lying = np.ascontiguousarray(np.rot90(reduce(working, _LYING_SIDE), turns))
            sure += [_turned_back(face, turns) for face in detector.detect(lying, _SURE)]
    # Thinned out again: seen lying, a head may turn out to be one that was seen as two.
    found = without_doubles(_as_it_lies(face, working, detector) for face in without_doubles(sure))
    return [face for rank, face in enumerate(found) if not any(_is_ear(face, of) for of in found[:rank])]


def _upright(image: RgbImage, working: RgbImage, detector: FaceDetector) -> list[DetectedFace]:
    """Return the faces of a frame as it stands; a face that was seen more than once comes more than once."""
    height, width = working.shape[:2]
    longest = max(height, width)
    if longest < _LEAST_WORKING:
        working = _with_long_side(working, _LEAST_WORKING)
    halved = longest > _FIRST_SIGHT
    surely = _SURE_AT_ONCE if halved else _SURE
    seen = list(detector.detect(reduce(working, longest // 2) if halved else working, _HINTED))
    sure = [face for face in seen if face.confidence >= surely]
    for look in (1, 2) if halved else (2,):  # how large, beside the working copy
        across, down = round(width * look / 2), round(height * look / 2)  # of what was looked at last
        if max((face.box.width * across for face in sure), default=0.0) >= _PORTRAIT:
            break
        least = _HINTED if look == 1 else _DOUBTFUL if sure else _DOUBTFUL_ALONE
        doubtful = [face.box for face in seen if _is_worth_it(face, face.box.width * across, least, surely)]
        seen, surely = [], _SURE
        for part in close_ups(doubtful, across, down):
            pixels, where = cut(working if look == 1 else image, part)
            larger = round(where.width * 2 * across), round(where.height * 2 * down)
            seen += [_moved(face, where) for face in detector.detect(resize(pixels, *larger), _DOUBTFUL)]
        sure += [face for face in seen if face.confidence >= surely]
    return sure


def _is_worth_it(face: DetectedFace, width: float, least: float, surely: float) -> bool:
    """Tell whether a closer look can say more of what was seen so many pixels wide.

    A large face only needs confirming.
    """
    if width >= _PORTRAIT:
        return _SURE <= face.confidence < surely
    return face.confidence >= least and (face.confidence < surely or width < _SMALL)


def _as_it_lies(face: DetectedFace, working: RgbImage, detector: FaceDetector) -> DetectedFace:
    """Look again at a face lying on either side where its eyes are too near each other for an upright one.

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
    part, where = cut(working, window)
    head = _with_long_side(part, _HEAD_SIDE)
    seen = [
        _moved(_turned_back(found, turns), where)
        for turns in (1, 3)
        for found in detector.detect(np.ascontiguousarray(np.rot90(head, turns)), face.confidence + _SURER)
    ]
    same = [found for found in seen if _shared(found.box, box) > _SAME_FACE]
    return max(same, key=lambda found: found.confidence, default=face)


def without_doubles(faces: Iterable[DetectedFace]) -> list[DetectedFace]:
    """Return the most confident of boxes that lie on or within each other."""
    ordered = sorted(faces, key=lambda each: -each.confidence)
    boxes = np.array([astuple(face.box) for face in ordered]).reshape(-1, 4)
    starts, ends = boxes[:, :2], boxes[:, :2] + boxes[:, 2:]
    areas = boxes[:, 2] * boxes[:, 3]
    kept: list[int] = []
    for index in range(len(ordered)):
        sides = np.minimum(ends[index], ends[kept]) - np.maximum(starts[index], starts[kept])
        shared = np.maximum(sides, 0).prod(axis=1)
        if (shared <= _SAME_FACE * np.minimum(areas[index], areas[kept])).all():
            kept.append(index)
    return [ordered[index] for index in kept]


def _is_ear(face: DetectedFace, surer: DetectedFace) -> bool:
    """Tell whether what passes for a face is the ear of a surer one: behind the eyes of a profile, at its height.

    Two people cheek to cheek are both seen from in front, and of one who stands behind another less is seen.
    """
    if len(surer.landmarks) < 2:
        return False
    box, head = face.box, surer.box
    (right_x, _), (left_x, _) = surer.landmarks[:2]
    middle = head.x + head.width / 2
    looks = (right_x + left_x) / 2 - middle
    return (
        abs(left_x - right_x) < _PROFILE_EYES * head.width
        and looks * (box.x + box.width / 2 - middle) < 0
        and min(box.y + box.height, head.y + head.height) - max(box.y, head.y) > _SAME_HEIGHT * box.height
        and _shared(box, head) > _SAME_HEAD
    )


def _with_long_side(image: RgbImage, side: int) -> RgbImage:
    height, width = image.shape[:2]
    scale = side / max(height, width)
    return resize(image, max(1, round(width * scale)), max(1, round(height * scale)))


def _moved(face: DetectedFace, window: Box) -> DetectedFace:
    """Return a face seen in a window, in fractions of the whole frame."""
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
    """Return a face seen in a frame turned by quarters to the left (1 or 3), in fractions of the frame as it is."""

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
    """Return the shared area over the smaller one's."""
    smaller = min(one.area, other.area)
    return one.shared_area(other) / smaller if smaller > 0 else 0.0
