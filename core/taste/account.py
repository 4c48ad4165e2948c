"""What was learned, term by term: as data, for a page that shows it."""

from dataclasses import dataclass

import numpy as np

from core.taste.comparisons import Comparisons, Points
from core.taste.lessons import LEARNED_TERMS
from core.types import TermName

_TELLS = 0.02  # difference in a term from which a comparison says something of it
_MORE, _LESS = 1.25, 0.8  # of the standard's share, from which one may speak of more and less
_FEWEST = 20  # bursts without which nothing is said


@dataclass(frozen=True, slots=True)
class TermAccount:
    """What was learned of one term.

    Attributes:
        term: which one.
        learned, standard: its share of all points, 0 to 1.
        bursts: decided ones whose frames differ in it, so that they tell of it.
    """

    term: TermName
    learned: float
    standard: float
    bursts: int

    @property
    def change(self) -> int:
        """1 where it counts more than in the standard by so much that one may say so, -1 less, 0 neither."""
        if self.bursts < _FEWEST or not self.standard:
            return 0
        ratio = self.learned / self.standard
        return 1 if ratio >= _MORE else -1 if ratio <= _LESS else 0


def account(learned: Points, standard: Points, comparisons: Comparisons) -> tuple[TermAccount, ...]:
    """Return what was learned of each term, in the order of the table of terms."""
    tells = np.abs(comparisons.differences) > _TELLS
    counts = [len(np.unique(comparisons.burst[tells[:, at]])) for at in range(len(LEARNED_TERMS))]
    ours, theirs = learned / (learned.sum() or 1.0), standard / (standard.sum() or 1.0)
    return tuple(
        TermAccount(name, float(ours[at]), float(theirs[at]), counts[at])
        for at, name in enumerate(LEARNED_TERMS)
    )
