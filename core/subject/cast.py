"""Everybody a burst shows: those it is about first, then the others, each with the place of every face."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.subject.main_people import SURELY_A_FACE, follow, main_among
from core.subject.people import Person
from core.types import Analysis, PhotoId

_LEAST_SIDE = 0.2  # of the side of the largest face: smaller ones are passers-by far behind


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of a burst, each line from left to right as they stand.

    Attributes:
        main: those the burst is about; where nobody's eyes and mouth were seen, those who are surely there.
        others: those beside and behind them, but nobody far off.
    """

    main: tuple[Person, ...] = ()
    others: tuple[Person, ...] = ()

    def main_faces(self, photo_id: PhotoId) -> frozenset[int]:
        """Return which faces of a frame, as places in ``Analysis.faces``, are those of main people."""
        return frozenset(person.faces[photo_id] for person in self.main if photo_id in person.faces)


def cast(frames: Sequence[Analysis]) -> Cast:
    """Find everybody in a burst.

    Args:
        frames: of one burst, in order of capture.

    Returns:
        Nobody twice. Faces that never are beyond doubt are nobody: dolls, patterns and animals.
    """
    followed = [each for each in follow(frames) if each.confidence >= SURELY_A_FACE]
    main = main_among(followed) or main_among([each.as_if_read() for each in followed])
    chosen = {id(each.person) for each in main}
    largest = max((each.side for each in followed), default=0.0)
    return Cast(
        tuple(each.person for each in main),
        tuple(
            each.person
            for each in followed
            if id(each.person) not in chosen and each.side >= _LEAST_SIDE * largest
        ),
    )
