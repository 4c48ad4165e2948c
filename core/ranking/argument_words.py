"""What decided between two frames, and how far it depends on the weights, in the user's language.

Each sentence says no more than the figures it is made of.
"""

import math

from core.language import numeral, tr
from core.ranking.arguments import Argument, PersonsPart
from core.ranking.terms.table import TERMS
from core.ranking.weightings import Robustness
from core.types import TermName

_MOST_COUNTED = 7  # people among whom one is found by a number from the left


def loss_words(argument: Argument) -> str:
    """Say by what a frame is behind another, as "loses by 0.04: eyes of the one in the middle".

    Args:
        argument: of a frame that is behind, or as good: its points are 0 or below.
    """
    if not argument.decided:
        return tr("As good in sum: the one taken first is suggested.")
    part = argument.decided[0]
    words = tr("Loses by {points}: {what}") if argument.points < 0 else tr("Wins by {points}: {what}")
    return words.format(points=points_words(argument.points), what=part_words(part.term, part.people))


def part_words(term: TermName, people: tuple[PersonsPart, ...]) -> str:
    """Name a term, and the person by whom it decided most."""
    name = tr(TERMS[term].words.at_stake)
    if not _can_be_found(people):
        return name
    return tr("{term} of {person}").format(term=name, person=person_words(people[0].person, people[0].of))


def with_person(words: str, people: tuple[PersonsPart, ...]) -> str:
    """Add to words on a term the person by whom it decided most, as "less of a smile (the one in the middle)"."""
    if not _can_be_found(people):
        return words
    return f"{words} ({person_words(people[0].person, people[0].of)})"


def _can_be_found(people: tuple[PersonsPart, ...]) -> bool:
    """Tell whether somebody decided who is not alone, nor in a crowd in which nobody counts."""
    return bool(people) and 1 < people[0].of <= _MOST_COUNTED


def person_words(person: int, of: int) -> str:
    """Say who of several somebody is, by where they stand in the picture."""
    if person == 0:
        return tr("the one on the left")
    if person == of - 1:
        return tr("the one on the right")
    if of % 2 and person == of // 2:
        return tr("the one in the middle")
    return tr("number {place} from the left").format(place=person + 1)


def robustness_words(robustness: Robustness) -> str:
    """Say in what share of reasonable weightings a suggestion still wins; never more than is so."""
    if robustness.share >= 1 and robustness.exact:
        return tr("Best in every reasonable weighting")
    percent = min(99, math.floor(100 * robustness.share))
    return tr("Best in {percent} % of weightings").format(percent=percent)


def points_words(points: float) -> str:
    """Return a difference of totals without its sign, to a hundredth, or to the first digit that is not 0."""
    size = abs(points)
    digits = 2 if size >= 0.005 or not size else min(6, 1 - math.floor(math.log10(size)))
    return numeral(size, f".{digits}f")
