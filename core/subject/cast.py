"""Everybody a burst shows: those it is about first, then the others, each with the place of every face."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.subject.main_people import SURELY_A_FACE, follow, main_among
from core.subject.people import Person
from core.types import Analysis, Face, PhotoId

_AS_LARGE = 0.7  # of the side of the largest whose eyes and mouth were seen: whoever is so is one of them
_READABLE = 24.0  # pixels of a face's shorter side: of a smaller one the eyes are specks, however enlarged
_LEAST_SIDE = 0.2  # of the side of the largest face: smaller ones are passers-by far behind


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of a burst, each line from left to right as they stand.

    Attributes:
        main: those the burst is about, and whoever is about as large: in a group small faces are read or are not by
            a hair; where nobody's eyes and mouth were seen, those who are surely there.
        others: those beside and behind them, but nobody far off.
    """

    main: tuple[Person, ...] = ()
    others: tuple[Person, ...] = ()

    def main_faces(self, photo_id: PhotoId) -> frozenset[int]:
        """Return which faces of a frame, as places in ``Analysis.faces``, are those of main people."""
        return frozenset(person.faces[photo_id] for person in self.main if photo_id in person.faces)

    def place_of(self, identity: int | None, analyses: Mapping[PhotoId, Analysis]) -> int | None:
        """Return which of the main people has this number in the shoot; None where none of them has.

        Args:
            identity: as ``Face.identity``; nobody has None.
            analyses: of the frames of the burst.
        """
        for place, person in enumerate(self.main):
            if identity is not None and any(face.identity == identity for face in _faces(person, analyses)):
                return place
        return None

    def largest(self, analyses: Mapping[PhotoId, Analysis]) -> int:
        """Return which of the main people, of whom there is one at least, has the largest face in any frame.

        Args:
            analyses: of the frames of the burst.
        """

        def size(place: int) -> float:
            return max(
                (each.box.width * each.box.height for each in _faces(self.main[place], analyses)), default=0.0
            )

        return max(range(len(self.main)), key=size)


def _faces(person: Person, analyses: Mapping[PhotoId, Analysis]) -> list[Face]:
    return [analyses[frame].faces[at] for frame, at in person.faces.items() if frame in analyses]


def _is_readable(person: Person, analyses: Mapping[PhotoId, Analysis]) -> bool:
    return any(
        analyses[frame].side_of(analyses[frame].faces[at]) >= _READABLE for frame, at in person.faces.items()
    )


def cast(frames: Sequence[Analysis]) -> Cast:
    """Find everybody in a burst, each followed by who they are in the shoot where that is known.

    Args:
        frames: of one burst, in order of capture.

    Returns:
        Nobody twice. Faces that never are beyond doubt are nobody: dolls, patterns and animals. Nor are those that
        are too small to be read in every frame: the crowd in a landscape.
    """
    analyses = {frame.photo_id: frame for frame in frames}
    followed = [
        each
        for each in follow(frames, by_identity=True)
        if each.confidence >= SURELY_A_FACE and _is_readable(each.person, analyses)
    ]
    seen = main_among(followed) or main_among([each.as_if_read() for each in followed])
    enough = _AS_LARGE * max((each.side for each in seen), default=0.0)
    chosen = {id(each.person) for each in seen} | {
        id(each.person) for each in followed if each.side >= enough
    }
    main = [each for each in followed if id(each.person) in chosen]
    largest = max((each.side for each in followed), default=0.0)
    return Cast(
        tuple(each.person for each in main),
        tuple(
            each.person
            for each in followed
            if id(each.person) not in chosen and each.side >= _LEAST_SIDE * largest
        ),
    )
