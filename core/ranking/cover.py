"""The fewest frames in which everybody is good, and who is best in which: for a group of which no frame has all.

Somebody is good in a frame in which their face can be read, is whole and about as sharp as in any other, and their
eyes are open, as far as that can be told of them anywhere: somebody in sunglasses throughout is not asked to open
their eyes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from core.ranking.worth import well_met
from core.subject.appearances import may_be_one
from core.subject.main_people import MainPerson, is_cut, is_read, main_people
from core.types import Analysis, EyeState, Face, PhotoId

_AS_SHARP = 0.6  # of the person's sharpest face: in the frames of a burst, people begin to look soft below it
_FEW = 16  # frames of which every choice is tried; more are chosen one by one


@dataclass(frozen=True, slots=True)
class Met:
    """How one person comes out in some frames.

    Attributes:
        identity: the number of the person within the shoot; None where people are not told apart.
        faces: by photo.
        good_in: photos in which the person is good, best first; empty where there is none.
        best: the photo in which the person is best, good or not.
    """

    identity: int | None
    faces: Mapping[PhotoId, Face]
    good_in: tuple[PhotoId, ...]
    best: PhotoId


@dataclass(frozen=True, slots=True)
class Cover:
    """The fewest frames in which everybody is good who is good in any.

    Attributes:
        frames: those that show most people first.
        people: everybody the frames are about, from left to right as they stand; those good in none as well.
    """

    frames: tuple[PhotoId, ...]
    people: tuple[Met, ...]

    def frame_for(self, person: Met) -> PhotoId | None:
        """Return the frame of the cover in which a person is best; None for somebody who is good in no frame."""
        return next((photo_id for photo_id in person.good_in if photo_id in self.frames), None)


def cover(groups: Sequence[Sequence[Analysis]]) -> Cover:
    """Return the cover set of some frames, of which one or more groups are made.

    Args:
        groups: the frames of each, in order of capture; within a group people are followed by where they stand, from
            group to group by their identity.
    """
    people = tuple(_met(identity, faces) for identity, faces in _everybody(groups))
    order = [frame.photo_id for group in groups for frame in group]
    values = {
        photo_id: {
            at: well_met(person.faces[photo_id])
            for at, person in enumerate(people)
            if photo_id in person.good_in
        }
        for photo_id in order
    }
    return Cover(fewest(values), people)


def fewest(values: Mapping[PhotoId, Mapping[int, float]]) -> tuple[PhotoId, ...]:
    """Return the fewest frames that have everybody; of as many the ones in which people are best.

    Args:
        values: by frame, who is good in it and how good, 0 to 1.

    Returns:
        Those that show most people first. Exact where up to 16 frames come into question, else chosen greedily.
    """
    wanted = {person for frame in values.values() for person in frame}
    useful = _not_outdone(values)
    chosen = _tried(useful, wanted) if len(useful) <= _FEW else _one_by_one(useful, wanted)
    order = list(values)
    return tuple(sorted(chosen, key=lambda one: (-len(values[one]), order.index(one))))


def _everybody(groups: Sequence[Sequence[Analysis]]) -> list[tuple[int | None, dict[PhotoId, Face]]]:
    """Return everybody's faces; people who have the same identity in several groups are one."""
    found: list[tuple[int | None, dict[PhotoId, Face]]] = []
    by_identity: dict[int, dict[PhotoId, Face]] = {}
    for frames in groups:
        for person in main_people(frames, by_identity=True):
            for part in _told_apart(person):
                identity = _identity(part.values())
                faces = {frames[at].photo_id: face for at, face in part.items()}
                known = by_identity.get(identity) if identity is not None else None
                if known is not None and not known.keys() & faces.keys():
                    known.update(faces)
                    continue
                found.append((identity, faces))
                if identity is not None:
                    by_identity.setdefault(identity, faces)
    return found


def _told_apart(person: MainPerson) -> list[dict[int, Face]]:
    """Part people who were taken for one because each stood where the other had been: people walking past."""
    parts: list[dict[int, Face]] = []
    for at, face in person.faces.items():
        part = next((part for part in parts if any(may_be_one(face, other) for other in part.values())), None)
        if part is None:
            parts.append({at: face})
        else:
            part[at] = face
    return parts


def _identity(faces: Iterable[Face]) -> int | None:
    """Return the number that most of a person's faces have."""
    told = Counter(face.identity for face in faces if face.identity is not None)
    return told.most_common(1)[0][0] if told else None


def _met(identity: int | None, faces: Mapping[PhotoId, Face]) -> Met:
    def value(photo_id: PhotoId) -> float:
        return -well_met(faces[photo_id])

    good = [photo_id for photo_id, face in faces.items() if _is_good(face, list(faces.values()))]
    best = sorted(good or faces, key=value)
    return Met(identity, faces, tuple(best if good else ()), best[0])


def _is_good(face: Face, others: Sequence[Face]) -> bool:
    """Tell whether a face is good beside the same person's others."""
    can_open = any(other.eyes is EyeState.OPEN for other in others)
    wanted = (EyeState.OPEN,) if can_open else (EyeState.OPEN, EyeState.CANT_TELL)
    sharpest = max((other.sharpness for other in others if other.sharpness is not None), default=0.0)
    is_sharp = face.sharpness is None or face.sharpness >= _AS_SHARP * sharpest
    is_whole = not is_cut(face) or all(map(is_cut, others))
    return is_read(face) and face.eyes in wanted and is_sharp and is_whole


def _not_outdone(values: Mapping[PhotoId, Mapping[int, float]]) -> dict[PhotoId, Mapping[int, float]]:
    """Leave out the frames that another one outdoes: it has everybody they have, and each at least as good."""
    useful: dict[PhotoId, Mapping[int, float]] = {}
    for one, people in values.items():
        outdone = any(_outdoes(kept, people) for kept in useful.values())
        if people and not outdone:
            useful = {other: kept for other, kept in useful.items() if not _outdoes(people, kept)}
            useful[one] = people
    return useful


def _outdoes(one: Mapping[int, float], other: Mapping[int, float]) -> bool:
    return all(one.get(person, -1.0) >= value for person, value in other.items())


def _tried(useful: Mapping[PhotoId, Mapping[int, float]], wanted: set[int]) -> tuple[PhotoId, ...]:
    """Try every choice of one frame, of two, and so on."""
    for size in range(len(useful) + 1):
        whole = [
            choice
            for choice in combinations(useful, size)
            if len(wanted) == len({person for one in choice for person in useful[one]})
        ]
        if whole:
            return max(whole, key=lambda choice: _goodness(choice, useful, wanted))
    return ()  # never reached: all of them together have everybody


def _goodness(
    choice: Sequence[PhotoId], useful: Mapping[PhotoId, Mapping[int, float]], wanted: set[int]
) -> float:
    """Return how good everybody is in the frame that is best for them."""
    return round(sum(max(useful[one].get(person, 0.0) for one in choice) for person in sorted(wanted)), 9)


def _one_by_one(useful: Mapping[PhotoId, Mapping[int, float]], wanted: set[int]) -> tuple[PhotoId, ...]:
    """Take the frame with most of those who are missing, until nobody is; then drop those that are not needed."""
    chosen: list[PhotoId] = []
    missing = set(wanted)
    while missing:
        best = max(
            useful,
            key=lambda one: (
                len(missing & useful[one].keys()),
                sum(useful[one].get(p, 0.0) for p in missing),
            ),
        )
        chosen.append(best)
        missing -= useful[best].keys()
    for one in tuple(chosen):
        rest = [other for other in chosen if other != one]
        if wanted == {person for other in rest for person in useful[other]}:
            chosen = rest
    return tuple(chosen)
