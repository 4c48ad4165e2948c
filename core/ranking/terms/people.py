"""What the terms that are about people share: each is compared with the same person in the other frames."""

from collections.abc import Callable, Sequence

from core.ranking.burst import Burst
from core.ranking.terms.row import LostByPeople, Values, from_lost
from core.subject.main_people import main_in
from core.types import Face

BOTH = 2
"""Nobody says "all 2"."""


def lost_by(burst: Burst, value: Callable[[Face], float | None], absent: float | None = None) -> LostByPeople:
    """Compare each person with the frame in which that person is best.

    Args:
        burst: the frames.
        value: what is compared; None where it cannot be told of a face.
        absent: the value of somebody who is not in a frame; None where that says nothing.
    """
    found = []
    is_told = False
    for person in burst.people:
        lost = [0.0] * len(burst.frames)
        values: dict[int, float] = {}
        for at in range(len(burst.frames)):
            told = value(person.faces[at]) if at in person.faces else absent
            if told is not None:
                values[at] = told
        if len(values) >= 2:
            is_told = True
            best = max(values.values())
            for at, told in values.items():
                lost[at] = person.weight * (best - told)
        found.append(lost)
    return found if is_told else None


def over_people(lost_by_people: Callable[[Burst], LostByPeople]) -> Callable[[Burst], Values]:
    """Return how a term that is about people is measured: the mean over them, by their weight.

    Versions of one frame get one value: what people do in them is the same, whatever is read.
    """

    def measured(burst: Burst) -> Values:
        lost = lost_by_people(burst)
        if lost is None:
            return None
        values = from_lost([sum(frame) for frame in zip(*lost, strict=True)])
        for places in burst.versions():
            best = max(values[at] for at in places)
            for at in places:
                values[at] = best
        return values

    return measured


def count(burst: Burst, holds: Callable[[Face], bool]) -> list[int]:
    """Count of how many main people something is so, by frame."""
    return [
        sum(at in person.faces and holds(person.faces[at]) for person in burst.people)
        for at in range(len(burst.frames))
    ]


def is_everybody(burst: Burst, at: int) -> bool:
    """Tell whether all large faces of a frame are those of main people, so that one may speak of all of them.

    Others are so large too: those of whom no frame shows eyes and mouth well enough, or surely a face.
    """
    main = {person.faces[at].box for person in burst.people if at in person.faces}
    faces = burst.frames[at].faces
    return all(faces[large].box in main for large in main_in(faces))


def leads_all(own: float | None, others: Sequence[float | None]) -> bool:
    """Tell whether a value is above all others that can be told, of which there is one at least."""
    told = [value for value in others if value is not None]
    return own is not None and bool(told) and own > max(told)
