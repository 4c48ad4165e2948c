"""Which face is whose across the frames of one burst: by identity where it is known, else by place and size.

People hardly move between the frames of a burst, but the camera does: so the shift of the whole group is
found first, as the one that brings most faces onto faces, and only then is each face given to its person.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.types import Analysis, Face, PhotoId

_REACH = 1.1  # face sides between two frames up to which a face may be the same person's
_SIZE_RATIO = 1.6  # most growth or shrinking of a face between two frames
_OTHER_IDENTITY = 1.0  # counts against a pair like a face's width: one who turns away can pass for another
_GOOD = 0.6  # unlikeness from which a face says nothing about the shift: in a crowd some face is always near
_SHIFT_FACES = 12  # largest faces that vote for the shift; more only cost time
_LARGEST_SHIFT = 0.35  # of the picture; beyond it the camera was turned to somebody else


@dataclass(frozen=True, slots=True)
class Person:
    """One person of a burst.

    Attributes:
        faces: index into ``Analysis.faces`` by frame; frames that do not show the person are not in it.
    """

    faces: Mapping[PhotoId, int]

    def sharpest(self, analyses: Mapping[PhotoId, Analysis]) -> float:
        """Return the highest sharpness of the person's face; 0 where there is no other frame to compare with.

        Args:
            analyses: of the frames the person was found in.
        """
        if len(self.faces) < 2:
            return 0.0
        return max(analyses[frame].faces[at].sharpness or 0.0 for frame, at in self.faces.items())


def people(frames: Sequence[Analysis]) -> tuple[Person, ...]:
    """Find the people of a burst, from left to right as they stand.

    Args:
        frames: of one burst, in order of capture.

    Returns:
        Each face of each frame belongs to exactly one person, and no person has two faces in one frame.
    """
    found: list[dict[PhotoId, int]] = []
    seen_last: list[Face] = []
    for frame in frames:
        given = _match(seen_last, frame.faces)
        for index, face in enumerate(frame.faces):
            who = given.get(index)
            if who is None:
                found.append({frame.photo_id: index})
                seen_last.append(face)
            else:
                found[who][frame.photo_id] = index
                seen_last[who] = face
    by_id = {frame.photo_id: frame for frame in frames}

    def place(faces: Mapping[PhotoId, int]) -> float:
        return sum(_centre(by_id[pid].faces[at])[0] for pid, at in faces.items()) / len(faces)

    return tuple(Person(faces) for faces in sorted(found, key=place))


def same_face(face: Face, its_frame: Analysis, other: Analysis) -> Face | None:
    """Return the same person's face in another frame of the burst; None where it is not there."""
    who = its_frame.faces.index(face)
    for index, person in _match(its_frame.faces, other.faces).items():
        if person == who:
            return other.faces[index]
    return None


def _match(known: Sequence[Face], faces: Sequence[Face]) -> dict[int, int]:
    """Give faces of the next frame to known people, nearest first; return index of face to index of person."""
    shift = _shift(known, faces)
    pairs = sorted(
        (cost, index, who)
        for index, face in enumerate(faces)
        for who, person in enumerate(known)
        if (cost := _unlikeness(person, face, shift)) is not None
    )
    given: dict[int, int] = {}
    taken: set[int] = set()
    for _, index, who in pairs:
        if index not in given and who not in taken:
            given[index] = who
            taken.add(who)
    return given


def _shift(known: Sequence[Face], faces: Sequence[Face]) -> tuple[float, float]:
    """Return how far the whole group moved in the picture: the shift that explains most faces, small ones first.

    Every pair of faces proposes its own shift, and all pairs vote on each; in numpy, for in a crowd that is
    twenty thousand votes a frame.
    """
    before, after = _largest(known), _largest(faces)
    if not before or not after:
        return 0.0, 0.0
    moves = np.array([[np.subtract(_centre(face), _centre(person)) for face in after] for person in before])
    sides = np.array([[_larger_box(person, face) for face in after] for person in before])
    growth = np.array([[abs(math.log(_side(face) / _side(person))) for face in after] for person in before])
    alien = np.array([[_differ(person, face) for face in after] for person in before])
    proposed = moves.reshape(-1, 2)
    proposed = proposed[np.hypot(*proposed.T) <= _LARGEST_SHIFT]
    shifts = np.vstack([np.zeros((1, 2)), proposed[np.argsort(np.hypot(*proposed.T))]])
    off = (moves[None] - shifts[:, None, None]) / sides
    cost = np.hypot(off[..., 0], off[..., 1]) + growth
    cost[:, alien | (growth > math.log(_SIZE_RATIO))] = _GOOD
    votes = np.maximum(0.0, 1 - cost.min(axis=1) / _GOOD).sum(axis=1).round(3)
    best = shifts[int(np.argmax(votes))]  # of equals the first, which is the smallest
    return float(best[0]), float(best[1])


def _unlikeness(person: Face, face: Face, shift: tuple[float, float]) -> float | None:
    """Return how unlike two faces are, 0 for the very same; None for what cannot be the same person."""
    alien = _differ(person, face)
    if person.identity is not None and person.identity == face.identity:
        return 0.0
    ratio = _side(face) / _side(person)
    if not 1 / _SIZE_RATIO <= ratio <= _SIZE_RATIO:
        return None
    (from_x, from_y), (to_x, to_y) = _centre(person), _centre(face)
    # Distances in widths and heights of the face: fractions of a wide picture are not square.
    width, height = _larger_box(person, face)
    distance = math.hypot((to_x - from_x - shift[0]) / width, (to_y - from_y - shift[1]) / height)
    if distance > _REACH:
        return None
    return distance + abs(math.log(ratio)) + (_OTHER_IDENTITY if alien else 0.0)


def _differ(person: Face, face: Face) -> bool:
    """Tell whether both are known, and to be two people."""
    return None not in (person.identity, face.identity) and person.identity != face.identity


def _larger_box(person: Face, face: Face) -> tuple[float, float]:
    return max(person.box.width, face.box.width), max(person.box.height, face.box.height)


def _largest(faces: Iterable[Face]) -> list[Face]:
    return sorted(faces, key=_side, reverse=True)[:_SHIFT_FACES]


def _centre(face: Face) -> tuple[float, float]:
    return face.box.x + face.box.width / 2, face.box.y + face.box.height / 2


def _side(face: Face) -> float:
    return math.sqrt(max(face.box.width * face.box.height, 1e-12))
