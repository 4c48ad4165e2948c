"""Why a frame is in the proposal, in words for the window."""

from collections.abc import Mapping

from core.language import mark, ntr, tr
from core.ranking.best_of import Adds, Proposed

_WORDS: Mapping[Adds, str] = {
    Adds.YOURS: mark("you chose it yourself"),
    Adds.SCENE: mark("the first chosen of its scene"),
    Adds.KIND: mark("unlike those chosen before it"),
    Adds.GOOD: mark("good, though nothing new"),
}


def why_proposed(number: int, one: Proposed) -> str:
    """Say why a frame is in, such as "Number 3: the first chosen of its scene, the first with 2 people".

    Args:
        number: its place in the order in which they were chosen, from 1.
        one: the frame.
    """
    told = [adds for adds in one.adds if number > 1 or adds is not Adds.KIND]  # nothing was chosen before it
    why = ", ".join(_adds(adds, one) for adds in told)
    return tr("Number {number}: {why}").format(number=number, why=why)


def proposal_title(count: int) -> str:
    """Say what the proposal is."""
    return ntr("Proposal: {count:,} photo", "Proposal: {count:,} photos", count).format(count=count)


def _adds(adds: Adds, one: Proposed) -> str:
    if adds is not Adds.PERSON:
        return tr(_WORDS[adds])
    people = len(one.people)
    return ntr("the first with {count} of the people", "the first with {count} of the people", people).format(
        count=people
    )
