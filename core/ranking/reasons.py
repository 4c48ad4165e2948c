"""Why a frame won: checkable facts about it against its rivals, from the terms that decided, and their words."""

from collections.abc import Mapping, Sequence
from statistics import mean

from core.language import mark, tr
from core.ranking.burst import Burst
from core.ranking.terms.row import Row, Said
from core.ranking.terms.table import TERMS
from core.types import Fact, FrameScore, Reason, TermName

_WORTH_SAYING = 0.004  # lead over the average of the others, in parts of the total


def explain(scores: Sequence[FrameScore], burst: Burst) -> tuple[Reason, ...]:
    """Return what speaks for the first of ``scores``, what counted most first.

    A term that led without anything that can be said of it truly is passed over.

    Args:
        scores: of the burst, best first, not empty.
        burst: its frames.
    """
    if len(scores) == 1:
        return (Reason(Fact.ONLY_READABLE),)
    place = {frame.photo_id: at for at, frame in enumerate(burst.frames)}
    at = place[scores[0].photo_id]
    reasons = []
    for lead, name in _leads(scores[0], scores[1:]):
        if lead >= _WORTH_SAYING:
            row = TERMS[name]
            reasons += _of_key_people(row, burst, at)
            reason = row.reason(scores, burst, at)
            if reason is not None:
                reasons.append(reason)
    return tuple(reasons) or (Reason(Fact.BEST_SUM),)


def in_words(reason: Reason) -> str:
    """Put a reason into the user's language."""
    said = _WORDS[reason.fact]
    words = tr(said) if isinstance(said, str) else said(reason.count)
    return words.format(count=reason.count, of=reason.of, who=_who(reason))


def _who(reason: Reason) -> str:
    """Return who a key person is."""
    return tr("{name}, a key person,").format(name=reason.who) if reason.who else tr("A key person")


def _of_key_people(row: Row, burst: Burst, at: int) -> list[Reason]:
    """Return what speaks for a frame in one term by its key people, from left to right.

    Args:
        row: of the term.
        burst: the frames.
        at: the place of that frame.
    """
    found = []
    for person in burst.people:
        if person.key_name and at in person.faces:
            fact = row.of_key_person(person, at, len(burst.frames))
            if fact is not None:
                found.append(Reason(fact, who=person.key_name))
    return found


def _leads(best: FrameScore, others: Sequence[FrameScore]) -> list[tuple[float, TermName]]:
    """Return by how much each term puts the best frame ahead of the others' average, largest first."""
    leads = []
    for index, term in enumerate(best.terms):
        if term.value is None:
            continue
        average = mean(other.terms[index].value or 0.0 for other in others)
        leads.append((term.weight * (term.value - average), term.name))
    return sorted(leads, key=lambda lead: -lead[0])


_WORDS: Mapping[Fact, Said] = {
    Fact.ONLY_READABLE: mark("The only frame of the burst that could be read"),
    Fact.BEST_SUM: mark("Best in sum, though no single thing decides"),
    **{fact: said for row in TERMS.values() for fact, said in row.facts.items()},
}
