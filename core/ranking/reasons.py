"""Why a frame won, in a photographer's words."""

from collections.abc import Mapping, Sequence

from core.language import tr
from core.types import Analysis, EyeState, FrameScore, PhotoId

_WORTH_SAYING = 0.005  # lead over the average of the others, in parts of the total


def explain(
    scores: Sequence[FrameScore], analyses: Mapping[PhotoId, Analysis], too_close: bool
) -> tuple[str, ...]:
    """Short sentences for the first of ``scores``, the reason that counted most first.

    Args:
        scores: of one burst, best first, not empty.
        analyses: measures of the scored frames.
        too_close: the runner-up is as good.
    """
    if len(scores) == 1:
        return (tr("The only frame of the burst that could be read"),)
    best, others = scores[0], scores[1:]
    reasons = []
    for lead, name in _leads(best, others):
        if lead >= _WORTH_SAYING:
            reasons.append(_sentence(name, best, others, analyses))
    if too_close:
        return (tr("Too close to call: the runner-up is as good"), *reasons)
    return tuple(reasons) or (tr("Best sum of all terms, though first in none"),)


def _leads(best: FrameScore, others: Sequence[FrameScore]) -> list[tuple[float, str]]:
    """By how much each term puts the best frame ahead of the others' average, largest first."""
    leads = []
    for index, term in enumerate(best.terms):
        if term.value is None:
            continue
        values = [other.terms[index].value or 0.0 for other in others]
        leads.append((term.weight * (term.value - sum(values) / len(values)), term.name))
    return sorted(leads, reverse=True)


def _sentence(
    name: str, best: FrameScore, others: Sequence[FrameScore], analyses: Mapping[PhotoId, Analysis]
) -> str:
    first = all(_value(best, name) >= _value(other, name) for other in others)
    match name:
        case "eyes":
            return _eyes(analyses[best.photo_id], first)
        case "sharpness":
            sharpest = tr("Sharpest of {count}").format(count=len(others) + 1)
            return sharpest if first else tr("Sharper than most")
        case "original":
            return (
                tr("The original, the others are copies") if first else tr("Nearer to the original than most")
            )
        case "smile":
            return tr("Best smile") if first else tr("Smiling more than most")
        case _:
            return tr("Best exposed") if first else tr("Better exposed than most")


def _eyes(analysis: Analysis, first: bool) -> str:
    told = [face for face in analysis.faces if face.eyes is not EyeState.CANT_TELL]
    if not told:
        return tr("No closed eyes to be seen")  # others have some
    open_eyes = sum(face.eyes is EyeState.OPEN for face in told)
    if len(told) == 1:
        return tr("Eyes open")
    if open_eyes == len(told):
        return tr("All {count} faces have open eyes").format(count=len(told))
    words = (
        tr("Eyes open: {count} of {faces}, most of the burst")
        if first
        else tr("Eyes open: {count} of {faces}")
    )
    return words.format(count=open_eyes, faces=len(told))


def _value(score: FrameScore, name: str) -> float:
    return next(term.value or 0.0 for term in score.terms if term.name == name)
