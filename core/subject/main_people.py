"""The people a burst is about: those who are surely faces, and large beside the largest."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from core.subject.people import Person, people
from core.types import Analysis, Box, Face

# Judged with each of fourteen labelled shoots left out, as all weights of ``core.ranking``: between .8 and .9, and
# .2 and .4, the result does not move by more than chance.
SURELY_A_FACE = 0.85  # confidence, once in the burst; dolls, patterns and animals have less
_LEAST_SIDE = 0.35  # of the side of the burst's largest face

_TOUCHING = 0.003  # of the frame: a box this near to its border is cut by it


@dataclass(frozen=True, slots=True)
class MainPerson:
    """One of those a burst is about.

    Attributes:
        faces: by place of the frame in the burst; frames that do not show the person are not in it.
        weight: share of attention, by size, and more for a key person; the weights of all main people of a burst
            sum to 1.
        key_name: what a key person is called; "" for everybody else.
    """

    faces: Mapping[int, Face]
    weight: float
    key_name: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """Somebody followed through the frames of a burst.

    Attributes:
        person: which face is theirs in which frame.
        side: of their largest face, in fractions of the frame.
        confidence: the detector's highest.
        is_seen: whether in some frame they are beyond doubt, and eyes and mouth are seen.
    """

    person: Person
    side: float
    confidence: float
    is_seen: bool

    def as_if_read(self) -> "Followed":
        """Return the same, with eyes and mouth taken for seen."""
        return replace(self, is_seen=True)


def follow(frames: Sequence[Analysis], *, by_identity: bool = False) -> list[Followed]:
    """Follow everybody through the frames of one burst, from left to right as they stand.

    Args:
        frames: in order of capture.
        by_identity: as of ``main_people``.
    """
    by_id = {frame.photo_id: frame for frame in frames}
    found = []
    for person in people(frames if by_identity else [_nameless(frame) for frame in frames]):
        faces = [by_id[photo_id].faces[at] for photo_id, at in person.faces.items()]
        found.append(
            Followed(
                person,
                side=max(_side(face.box) for face in faces),
                confidence=max(face.confidence for face in faces),
                is_seen=any(face.confidence >= SURELY_A_FACE and is_read(face) for face in faces),
            )
        )
    return found


def surely_seen(faces: Sequence[Face]) -> Sequence[Face]:
    """Return the faces of one photo; nobody where not one of them is beyond doubt.

    Such photos show animals, dolls and patterns: of people in a crowd one is sure, and the others may be less so.
    """
    return faces if any(face.confidence >= SURELY_A_FACE for face in faces) else ()


def main_in(faces: Sequence[Face]) -> frozenset[int]:
    """Guess which faces of one photo are main people's, by their size alone, without its burst."""
    sides = [_side(face.box) for face in faces]
    largest = max(sides, default=0.0)
    return frozenset(at for at, side in enumerate(sides) if side >= _LEAST_SIDE * largest)


def main_among(followed: Sequence[Followed]) -> list[Followed]:
    """Choose those who are seen, and large beside the largest of them."""
    seen = [each for each in followed if each.is_seen]
    largest = max((each.side for each in seen), default=0.0)
    return [each for each in seen if each.side >= _LEAST_SIDE * largest]


def main_people(frames: Sequence[Analysis], *, by_identity: bool = False) -> tuple[MainPerson, ...]:
    """Find the people a burst is about, from left to right as they stand.

    Args:
        frames: of one burst, in order of capture.
        by_identity: follow people by who they are in the shoot, where that is known. A suggestion does not: what a
            burst is about must not change as other photos become known.

    Returns:
        Nobody where no face of the burst is beyond doubt and near enough to be read.
    """
    main = main_among(follow(frames, by_identity=by_identity))
    places = {frame.photo_id: (at, frame) for at, frame in enumerate(frames)}
    faces = [
        {places[photo_id][0]: places[photo_id][1].faces[at] for photo_id, at in each.person.faces.items()}
        for each in main
    ]
    names = [_key_name(each.values()) for each in faces]
    weights = _weights([each.side for each in main], [bool(name) for name in names])
    return tuple(map(MainPerson, faces, weights, names))


def _weights(sides: Sequence[float], are_key: Sequence[bool]) -> list[float]:
    """Return everybody's share of attention: by size, and key people have half of everybody else's besides."""
    whole = sum(sides)
    shares = [side / whole for side in sides]
    key = sum(share for share, is_key in zip(shares, are_key, strict=True) if is_key)
    if not key:
        return shares
    return [
        share * (1 + key) / (2 * key) if is_key else share / 2
        for share, is_key in zip(shares, are_key, strict=True)
    ]


def _key_name(faces: Iterable[Face]) -> str:
    """Return the name of the key person whom most of somebody's faces are known to be of; "" for nobody's."""
    names = Counter(face.key_name for face in faces if face.identity is not None)
    name, count = names.most_common(1)[0] if names else ("", 0)
    return name if 2 * count > names.total() else ""


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
