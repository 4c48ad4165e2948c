"""Why a frame won: checkable facts about it against its rivals, from the terms that decided, and their words."""

from collections.abc import Callable, Mapping, Sequence
from statistics import mean, median

from core.language import mark, ntr, tr
from core.ranking.key_people import SMILING, of_key_people
from core.ranking.terms import Burst
from core.subject.main_people import is_cut, is_read
from core.types import EyeState, Face, Fact, FrameScore, Reason, TermName

_WORTH_SAYING = 0.004  # lead over the average of the others, in parts of the total
_BURNT = 0.005  # share of the frame: less of it cannot be seen


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
            reasons += of_key_people(name, burst, at)
            reason = FACTS[name](scores, burst, at)
            if reason is not None:
                reasons.append(reason)
    return tuple(reasons) or (Reason(Fact.BEST_SUM),)


_BOTH = 2  # nobody says "all 2"


def in_words(reason: Reason) -> str:
    """Put a reason into the user's language."""
    count = reason.count
    match reason.fact:
        case Fact.ALL_SEEN:
            words = ntr("The face is seen", "All {count} main faces are seen", count)
            if count == _BOTH:
                words = tr("Both main faces are seen")
        case Fact.ALL_EYES_OPEN:
            words = ntr("Eyes open", "All {count} main faces have open eyes", count)
            if count == _BOTH:
                words = tr("Both main faces have open eyes")
        case Fact.ORIGINAL:
            words = ntr("The original of a copy", "The original of {count} copies", count)
        case fact:
            words = tr(_WORDS[fact])
    return words.format(count=count, of=reason.of, who=_who(reason))


def _who(reason: Reason) -> str:
    """Return who a key person is."""
    return tr("{name}, a key person,").format(name=reason.who) if reason.who else tr("A key person")


def _leads(best: FrameScore, others: Sequence[FrameScore]) -> list[tuple[float, TermName]]:
    """Return by how much each term puts the best frame ahead of the others' average, largest first."""
    leads = []
    for index, term in enumerate(best.terms):
        if term.value is None:
            continue
        average = mean(other.terms[index].value or 0.0 for other in others)
        leads.append((term.weight * (term.value - average), term.name))
    return sorted(leads, key=lambda lead: -lead[0])


def _values(scores: Sequence[FrameScore], name: TermName) -> tuple[float, list[float]]:
    """Return a term's value of the first frame, and those of the others."""
    own, *others = (next(term.value or 0.0 for term in each.terms if term.name is name) for each in scores)
    return own, others


def _sharpness(scores: Sequence[FrameScore], _burst: Burst, _at: int) -> Reason | None:
    own, others = _values(scores, TermName.SHARPNESS)
    if own > max(others):
        return Reason(Fact.SHARPEST, len(scores))
    return Reason(Fact.SHARPER) if own > median(others) else None


def _seen(_scores: Sequence[FrameScore], burst: Burst, at: int) -> Reason | None:
    counts = _count(burst, is_read)
    others = counts[:at] + counts[at + 1 :]
    if counts[at] == len(burst.people) and min(others) < counts[at]:
        return Reason(Fact.ALL_SEEN, counts[at])
    return Reason(Fact.MOST_SEEN, counts[at], len(burst.people)) if counts[at] > max(others) else None


def _whole(_scores: Sequence[FrameScore], burst: Burst, at: int) -> Reason | None:
    counts = _count(burst, is_cut)
    others = counts[:at] + counts[at + 1 :]
    if counts[at] == 0 and max(others) > 0:
        return Reason(Fact.NOBODY_CUT)
    return Reason(Fact.FEWER_CUT) if counts[at] < min(others) else None


def _eyes(scores: Sequence[FrameScore], burst: Burst, at: int) -> Reason | None:
    counts = _count(burst, lambda face: face.eyes is EyeState.OPEN)
    people = len(burst.people)
    others = counts[:at] + counts[at + 1 :]
    if counts[at] == people and min(others) < people:
        return Reason(Fact.ALL_EYES_OPEN, people)
    if counts[at] > max(others):
        return Reason(Fact.EYES_OPEN, counts[at], people)
    own, rivals = _values(scores, TermName.EYES)
    return Reason(Fact.BEST_LOOK) if own > max(rivals) else None


def _smile(scores: Sequence[FrameScore], burst: Burst, at: int) -> Reason | None:
    smiles = [p.faces[at].smile or 0.0 for p in burst.people if at in p.faces and is_read(p.faces[at])]
    if not smiles or mean(smiles) < SMILING:
        return None
    own, others = _values(scores, TermName.SMILE)
    if own > max(others):
        return Reason(Fact.BEST_SMILE)
    return Reason(Fact.MORE_SMILE) if own > median(others) else None


def _exposure(scores: Sequence[FrameScore], burst: Burst, at: int) -> Reason | None:
    burnt = [frame.exposure.burnt for frame in burst.frames]
    if all(share >= burnt[at] + _BURNT for share in burnt[:at] + burnt[at + 1 :]):
        return Reason(Fact.LESS_BURNT)
    own, others = _values(scores, TermName.EXPOSURE)
    return Reason(Fact.BEST_EXPOSED) if own > max(others) else None


def _original(_scores: Sequence[FrameScore], burst: Burst, at: int) -> Reason | None:
    own = burst.frames[at].photo_id
    copies = sum(original == own for original in burst.copies.values())
    return Reason(Fact.ORIGINAL, copies) if copies and own not in burst.copies else None


def _count(burst: Burst, holds: Callable[[Face], bool]) -> list[int]:
    """Count of how many main people something is so, by frame."""
    return [
        sum(at in person.faces and holds(person.faces[at]) for person in burst.people)
        for at in range(len(burst.frames))
    ]


FACTS: Mapping[TermName, Callable[[Sequence[FrameScore], Burst, int], Reason | None]] = {
    TermName.SHARPNESS: _sharpness,
    TermName.SEEN: _seen,
    TermName.WHOLE: _whole,
    TermName.EYES: _eyes,
    TermName.SMILE: _smile,
    TermName.EXPOSURE: _exposure,
    TermName.ORIGINAL: _original,
}
"""What speaks for a frame, by the term that decided; ``None`` where the term has nothing to say."""

_WORDS: Mapping[Fact, str] = {
    Fact.ONLY_READABLE: mark("The only frame of the burst that could be read"),
    Fact.SHARPEST: mark("Sharpest of {count}"),
    Fact.SHARPER: mark("Sharper than most"),
    Fact.MOST_SEEN: mark("Shows most faces: {count} of {of}"),
    Fact.NOBODY_CUT: mark("Nobody is cut off at the edge"),
    Fact.FEWER_CUT: mark("Fewer people cut off at the edge"),
    Fact.EYES_OPEN: mark("Most open eyes: {count} of {of} faces"),
    Fact.BEST_LOOK: mark("Eyes most open and towards the camera"),
    Fact.BEST_SMILE: mark("Best smile"),
    Fact.MORE_SMILE: mark("Smiling more than most"),
    Fact.BEST_EXPOSED: mark("Best exposed"),
    Fact.LESS_BURNT: mark("Least burnt-out highlights"),
    Fact.BEST_SUM: mark("Best in sum, though no single thing decides"),
    Fact.KEY_SEEN: mark("{who} is seen"),
    Fact.KEY_WHOLE: mark("{who} is not cut off"),
    Fact.KEY_EYES: mark("{who} has open eyes"),
    Fact.KEY_LOOK: mark("{who} looks at the camera most"),
    Fact.KEY_SMILE: mark("{who} smiles most"),
}
