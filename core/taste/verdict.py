"""Whether what was learned is better than the standard, on decisions it has not seen.

Shoots are judged by what was learned from the others; one shoot alone, part by part in order of time. What was learned
acts only where it agrees with the user more often by more than chance would have it: the one-sided sign test over the
bursts in which only one of the two agrees. A user who changes taste is noticed by the latest of them.
"""

from dataclasses import dataclass
from math import comb, erfc, sqrt

import numpy as np
from numpy.typing import NDArray

from core.taste.comparisons import Comparisons, Points
from core.taste.fit import STANDARD, Start, fit

CHANCE = 0.02
"""The largest chance that what acts is no better than the standard; ``python -m benchmarks.taste``, decision 18."""

FEWEST = 30
"""Bursts under which a share is none, so that nothing is claimed and the standard ranks."""

_PARTS = 8  # of the decisions, of which each is judged by the others
_MANY = 500  # bursts in which only one agrees, from which their distribution is not summed up
_LATEST = 150  # bursts decided last, in which it must not be behind


@dataclass(frozen=True, slots=True)
class Verdict:
    """How often what was learned agrees with the user on bursts it has not seen, beside the standard.

    Attributes:
        bursts: that were looked at.
        agreed: in so many the user picked the frame that what was learned puts first.
        standard_agreed: likewise of the standard.
        better: bursts in which what was learned agrees and the standard does not.
        worse: the other way round.
        lately: ``better`` less ``worse`` among those decided last.
    """

    bursts: int = 0
    agreed: int = 0
    standard_agreed: int = 0
    better: int = 0
    worse: int = 0
    lately: int = 0

    @property
    def chance(self) -> float:
        """The chance that something no better than the standard does as well as this."""
        told = self.better + self.worse
        if told > _MANY:  # the normal distribution is as good by now
            return erfc((self.better - self.worse - 1) / sqrt(2 * told)) / 2
        return float(sum(comb(told, count) for count in range(self.better, told + 1)) / 2**told)

    @property
    def is_enough(self) -> bool:
        """Whether there are so many that anything may be claimed."""
        return self.bursts >= FEWEST

    @property
    def acts(self) -> bool:
        """Whether it is better by more than chance, so that it ranks."""
        return self.is_enough and self.lately >= 0 and self.chance <= CHANCE

    def __add__(self, other: "Verdict") -> "Verdict":
        """Return what two of them say together, of different bursts."""
        return Verdict(
            self.bursts + other.bursts,
            self.agreed + other.agreed,
            self.standard_agreed + other.standard_agreed,
            self.better + other.better,
            self.worse + other.worse,
            self.lately + other.lately,
        )


def judge(
    comparisons: Comparisons, start: Start | None = None, standard_points: Points = STANDARD
) -> Verdict:
    """Judge each burst that was looked at by what was learned from the other shoots, or other parts of the only one.

    Args:
        comparisons: all of them.
        start: where learning starts; from the shipped table where there is none.
        standard_points: what ranks where nothing was learned.
    """
    part = _parts(comparisons)
    agreed, standard = np.zeros(len(comparisons), np.bool_), comparisons.agreement(standard_points)
    for number in np.unique(part):
        unseen = part == number
        points = fit(comparisons.only(~unseen), start).points
        agreed[unseen] = comparisons.only(unseen).agreement(points)
    looked = comparisons.looked
    gains = (agreed.astype(int) - standard)[looked]
    latest = np.argsort(comparisons.decided[looked], kind="stable")[-_LATEST:]
    return Verdict(
        int(looked.sum()),
        int((agreed & looked).sum()),
        int((standard & looked).sum()),
        int((agreed & ~standard & looked).sum()),
        int((standard & ~agreed & looked).sum()),
        int(gains[latest].sum()),
    )


def _parts(comparisons: Comparisons) -> NDArray[np.intp]:
    """Return the number of the part in which each burst is judged, whatever the order in which they came."""
    shoots, sizes = np.unique(comparisons.shoot, return_counts=True)
    if len(shoots) == 1:
        order = np.argsort(comparisons.moment, kind="stable")
        part = np.empty(len(order), np.intp)
        part[order] = np.arange(len(order)) * _PARTS // max(1, len(order))
        return part
    full = np.zeros(min(_PARTS, len(shoots)), np.intp)
    of_shoot = np.zeros(len(shoots), np.intp)
    for at in np.argsort(-sizes, kind="stable"):  # the largest first, each to the part that holds least
        of_shoot[at] = full.argmin()
        full[of_shoot[at]] += sizes[at]
    return of_shoot[np.searchsorted(shoots, comparisons.shoot)]
