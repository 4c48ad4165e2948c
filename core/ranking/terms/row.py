"""What there is to know of a term: one row of the table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from core.ranking.burst import Burst
from core.subject.main_people import MainPerson
from core.types import Fact, FrameScore, Reason, TermName

Values = list[float] | None
"""A term's value of each frame, 0 to 1, 1 for the best; None where it cannot be told."""

LostByPeople = list[list[float]] | None
"""What each frame lost by each main person, by that person's weight, 0 in the person's best frame: by person, then by
frame; None where it cannot be told of anybody, or the term is not about people."""

Said = str | Callable[[int], str]
"""Words of a fact, to be translated where they are shown; or what makes them, translated, of the number it holds of."""


@dataclass(frozen=True, slots=True)
class TermWords:
    """Say everything there is to say of one term, each to be translated where it is shown.

    Attributes:
        name: in a list, such as "faces seen".
        lacks: of a frame that is behind in it.
        leads: of a frame that is ahead in it.
        at_stake: what a frame loses or wins by.
        title: over its slider, "" where it has none.
        hint: under its slider.
        counts_more: to a user whose decisions say so.
        counts_less: likewise.
    """

    name: str
    lacks: str
    leads: str
    at_stake: str
    title: str = ""
    hint: str = ""
    counts_more: str = ""
    counts_less: str = ""


def of_nobody(_burst: Burst) -> LostByPeople:
    """Say that a term is not about people."""
    return None


def nothing_of_key_people(_person: MainPerson, _at: int, _frames: int) -> Fact | None:
    """Say nothing of key people."""
    return None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table.

    Attributes:
        name: of the term; ``core.settings.Weights`` has a field of that name where the user may change its weight.
        words: what it is called wherever it is spoken of.
        value: how it is measured.
        reason: what speaks for the first of some scores, by the burst and that frame's place in it; None where the
            term led without anything that can be said truly.
        facts: the words of what it may say, by ``reason`` or ``of_key_person``.
        lost_by_people: how much of it each person costs each frame.
        of_key_person: what speaks for a frame by one key person who is in it, given the frame's place and how many
            frames there are.
        complained_about: a client would complain of a frame that is behind in it.
    """

    name: TermName
    words: TermWords
    value: Callable[[Burst], Values]
    reason: Callable[[Sequence[FrameScore], Burst, int], Reason | None]
    facts: Mapping[Fact, Said] = field(default_factory=dict)
    lost_by_people: Callable[[Burst], LostByPeople] = of_nobody
    of_key_person: Callable[[MainPerson, int, int], Fact | None] = nothing_of_key_people
    complained_about: bool = False


def from_lost(lost: Sequence[float]) -> list[float]:
    """Turn what frames have lost into values: the one that lost least has 1."""
    least = min(lost)
    return [max(0.0, 1 - (each - least)) for each in lost]


def values_of(scores: Sequence[FrameScore], name: TermName) -> tuple[float, list[float]]:
    """Return a term's value of the first frame, and those of the others."""
    own, *others = (next(term.value or 0.0 for term in each.terms if term.name is name) for each in scores)
    return own, others


def leads_most(own: float, others: Sequence[float]) -> bool:
    """Say whether a value is above most others."""
    return own > median(others)
