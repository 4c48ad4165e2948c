"""What a frame has of key people, those whom the user wants to count more: facts against the other frames."""

from collections.abc import Sequence

from core.ranking.terms import Burst
from core.subject.main_people import MainPerson, is_cut, is_read
from core.types import EyeState, Fact, Reason, TermName

SMILING = 0.35
"""Smile of a face, or mean of several, from which one may speak of a smile."""


def of_key_people(name: TermName, burst: Burst, at: int) -> list[Reason]:
    """Return what speaks for a frame in one term by its key people, from left to right.

    Args:
        name: of the term.
        burst: the frames.
        at: the place of that frame.
    """
    found = []
    for person in burst.people:
        if person.key_name and at in person.faces:
            fact = _fact(name, person, at, len(burst.frames))
            if fact is not None:
                found.append(Reason(fact, who=person.key_name))
    return found


def _fact(name: TermName, person: MainPerson, at: int, frames: int) -> Fact | None:
    face = person.faces[at]
    rivals = [other for place, other in person.faces.items() if place != at]
    match name:
        case TermName.SEEN if is_read(face) and sum(map(is_read, rivals)) < frames - 1:
            return Fact.KEY_SEEN
        case TermName.WHOLE if not is_cut(face) and any(map(is_cut, rivals)):
            return Fact.KEY_WHOLE
        case TermName.EYES if face.eyes is EyeState.OPEN and any(
            rival.eyes is EyeState.CLOSED for rival in rivals
        ):
            return Fact.KEY_EYES
        case TermName.EYES if _leads(face.gaze, [rival.gaze for rival in rivals]):
            return Fact.KEY_LOOK
        case TermName.SMILE if (face.smile or 0.0) >= SMILING and _leads(
            face.smile, [rival.smile for rival in rivals]
        ):
            return Fact.KEY_SMILE
    return None


def _leads(own: float | None, others: Sequence[float | None]) -> bool:
    """Tell whether a value is above all others that can be told, of which there is one at least."""
    told = [value for value in others if value is not None]
    return own is not None and bool(told) and own > max(told)
