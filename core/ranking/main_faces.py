"""Which faces of a frame are its subject, and which belong to passers-by."""

from collections.abc import Sequence

from core.types import Face

_SURELY = 0.8  # confidence; dolls and patterns, faces in one frame and none in the next, have less
_LEAST = 0.2  # of the largest face of the burst
_CROWDED_OUT = 0.5  # what a face counts for that lies at the frame's edge, or far out of focus
_EDGE = 0.08  # of the frame's width and height
_OUT_OF_FOCUS = 0.35  # of the sharpest face's sharpness
_TOUCHING = 0.002  # of the frame: a box this near to its border is cut by it


def main_faces(faces: Sequence[Face], largest_area: float) -> list[Face]:
    """The faces that matter: by their size, and smaller if they are at the edge or out of focus.

    Args:
        faces: of one frame.
        largest_area: of all faces of the burst, as a share of the frame.
    """
    sharpest = max((face.sharpness or 0.0 for face in faces), default=0.0)
    return [face for face in faces if is_sure(face) and _weight(face, sharpest) >= _LEAST * largest_area]


def is_sure(face: Face) -> bool:
    """Whether it is beyond doubt that this is a face."""
    return face.confidence >= _SURELY


def is_cut(face: Face) -> bool:
    """Whether the frame's border cuts the face."""
    box = face.box
    return min(box.x, box.y) <= _TOUCHING or max(box.x + box.width, box.y + box.height) >= 1 - _TOUCHING


def _weight(face: Face, sharpest: float) -> float:
    x, y = face.box.x + face.box.width / 2, face.box.y + face.box.height / 2
    weight = face.box.width * face.box.height
    if min(x, y, 1 - x, 1 - y) < _EDGE:
        weight *= _CROWDED_OUT
    if face.sharpness is not None and face.sharpness < _OUT_OF_FOCUS * sharpest:
        weight *= _CROWDED_OUT
    return weight
