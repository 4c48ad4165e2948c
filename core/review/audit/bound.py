"""What a sample of rejects proves about all of them: at most so many are keepers, with 95 % confidence.

It is the exact binomial bound (Clopper and Pearson, 1934), one-sided, and sharper where the sample is a good part of
the whole. It holds for our samples although they are stratified. A sample of the pivotal method is strongly Rayleigh
(Brändén and Jonasson, 2012), so the number of keepers in it is a sum of independent trials with different chances
(Borcea, Brändén and Liggett, 2009); no more of them can succeed than the sample has frames, nor more than there are
keepers. Of all such sums with the same mean, the one with equal chances is likeliest to stay at or below a number
that is at least one less than the mean (Hoeffding, 1956). The hypergeometric bound of a plain random sample would be
a little tighter, but does not hold for one that spreads. The first so many of a sample in random order are such a
sample again.

Decision 19 has the figures; tests try it against every outcome of small populations.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from core.language import ntr, tr
from core.types import Audit, PhotoId

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Bound:
    """What is proved.

    Attributes:
        rejects: how many there were to draw from.
        looked_at: how many of them the user looked at.
        keepers: how many of those are keepers.
        most: of all rejects at most so many are keepers, those found included.
    """

    rejects: int
    looked_at: int
    keepers: int
    most: int

    @property
    def share(self) -> float:
        """``most`` of all rejects, 0 to 1."""
        return self.most / self.rejects if self.rejects else 0.0

    @property
    def fewer_than_percent(self) -> int:
        """The least whole number of per cent that is more than ``share``, 1 to 101."""
        return 100 * self.most // self.rejects + 1 if self.rejects else 1

    @property
    def is_certain(self) -> bool:
        """Whether all rejects were looked at."""
        return self.looked_at == self.rejects


def bound_of(audit: Audit) -> Bound:
    """Return what the answers up to now prove.

    Only the sample's order is random, so a frame that was passed over counts as a keeper where later ones were judged:
    to skip those that are hard to tell must not give a better result.
    """
    last = max((at for at, photo_id in enumerate(audit.drawn) if photo_id in audit.answers), default=-1)
    seen: Sequence[PhotoId] = audit.drawn[: last + 1]
    keepers = sum(audit.answers.get(photo_id, True) for photo_id in seen)
    most = most_keepers(len(audit.rejects), len(seen), keepers)
    return Bound(len(audit.rejects), len(seen), keepers, most)


def most_keepers(rejects: int, looked_at: int, keepers: int, confidence: float = CONFIDENCE) -> int:
    """Return how many of the rejects can be keepers at most.

    Args:
        rejects: how many there are.
        looked_at: how many of them were drawn and judged, 0 to ``rejects``.
        keepers: how many of those are keepers.
        confidence: in how many of all samples what is returned is true at least, above 0 and below 1.
    """
    low, high = keepers, rejects - (looked_at - keepers)  # so many can be; and more cannot
    while low < high:
        middle = (low + high + 1) // 2
        if _can_be(middle, rejects, looked_at, keepers, 1 - confidence):
            low = middle
        else:
            high = middle - 1
    return low


def in_words(bound: Bound) -> str:
    """Say a bound, such as "0 of 60: with 95 % confidence fewer than 5 % of your 1,200 rejects are keepers"."""
    found = tr("{keepers:,} of {looked_at:,}").format(keepers=bound.keepers, looked_at=bound.looked_at)
    if bound.is_certain:
        words = ntr(
            "{found} worth keeping: you looked at your only reject",
            "{found} worth keeping: you looked at all of your {rejects:,} rejects",
            bound.rejects,
        )
        return words.format(found=found, rejects=bound.rejects)
    if bound.fewer_than_percent > 100:
        return tr("{found}: that says nothing yet about your {rejects:,} rejects").format(
            found=found, rejects=bound.rejects
        )
    return tr(
        "{found}: with {confidence:.0%} confidence fewer than {percent}% of your {rejects:,} rejects are keepers"
    ).format(found=found, confidence=CONFIDENCE, percent=bound.fewer_than_percent, rejects=bound.rejects)


def _can_be(most: int, rejects: int, looked_at: int, keepers: int, risk: float) -> bool:
    """Tell whether so few keepers in the sample are no surprise where there are ``most`` in all."""
    trials = min(looked_at, most)
    mean = looked_at * most / rejects
    return keepers > mean - 1 or _at_most(keepers, trials, mean / trials) > risk


def _at_most(successes: int, trials: int, chance: float) -> float:
    """Return the chance of at most so many successes in independent trials."""
    if chance >= 1:
        return float(successes >= trials)
    return math.fsum(
        math.exp(
            math.lgamma(trials + 1)
            - math.lgamma(count + 1)
            - math.lgamma(trials - count + 1)
            + count * math.log(chance)
            + (trials - count) * math.log1p(-chance)
        )
        for count in range(min(successes, trials) + 1)
    )
