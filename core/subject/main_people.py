"""The people a burst is about: those who are surely faces, and large beside the largest."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.subject.people import people
from core.types import Analysis, Box, Face

# Judged with each of fourteen labelled shoots left out, as all weights of ``core.ranking``: between .8 and .9, and
# .2 and .4, the result does not move by more than chance.
_SURELY_A_FACE = 0.85  # confidence, once in the burst; dolls, patterns and animals have less
_LEAST_SIDE = 0.35  # of the side of the burst's largest face

_TOUCHING = 0.003  # of the frame: a box this near to its border is cut by it


@dataclass(frozen=True, slots=True)
class MainPerson:
    """One of those a burst is about.

    Attributes:
        faces: by place of the frame in the burst; frames that do not show the person are not in it.
        weight: share of attention, by size; the weights of all main people of a burst sum to 1.
    """

    faces: Mapping[int, Face]
    weight: float


def main_people(frames: Sequence[Analysis], *, by_identity: bool = False) -> tuple[MainPerson, ...]:
    """Find the people a burst is about, from left to right as they stand.

    Args:
        frames: of one burst, in order of capture.
        by_identity: follow people by who they are in the shoot, where that is known. A suggestion does not: what a
            burst is about must not change as other photos become known.

    Returns:
        Nobody where no face of the burst is beyond doubt and near enough to be read.
    """
    sides: list[tuple[Mapping[int, Face], float]] = []
    for person in people(frames if by_identity else [_nameless(frame) for frame in frames]):
        faces = {
            at: frame.faces[person.faces[frame.photo_id]]
            for at, frame in enumerate(frames)
            if frame.photo_id in person.faces
        }
        if any(face.confidence >= _SURELY_A_FACE and is_read(face) for face in faces.values()):
            sides.append((faces, max(_side(face.box) for face in faces.values())))
    largest = max((side for _, side in sides), default=0.0)
    main = [(faces, side) for faces, side in sides if side >= _LEAST_SIDE * largest]
    whole = sum(side for _, side in main)
    return tuple(MainPerson(faces, side / whole) for faces, side in main)


def _nameless(frame: Analysis) -> Analysis:
    """Forget who is who in the shoot."""
    faces = (
        face.told(None, face.eyes, face.right_eye, face.left_eye, face.signature) for face in frame.faces
    )
    return replace(frame, faces=tuple(faces))


def is_read(face: Face) -> bool:
    """Tell whether eyes and mouth were seen: not the back of a head, nor a face behind a hand."""
    return face.smile is not None


def is_cut(face: Face) -> bool:
    """Tell whether the frame's border cuts the face."""
    box = face.box
    return min(box.x, box.y) <= _TOUCHING or max(box.x + box.width, box.y + box.height) >= 1 - _TOUCHING


def _side(box: Box) -> float:
    return math.sqrt(box.width * box.height)
