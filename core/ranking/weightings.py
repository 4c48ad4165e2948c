"""In what share of reasonable weightings a suggestion still wins: whether taste could have it otherwise.

Each weight that is in use may be from half to twice of what it is, every ratio as likely as its inverse, all of them
independent. Where one term stands against one, the share is exact; else it is sampled, always by the same draws.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from core.types import FrameScore

_RANGE = math.log(2.0)  # to either side, in natural logarithms
_DRAWS = 4096  # the share is off by one and a half percent at most, in 95 of 100
_SEED = 20250614
_SAME = 1e-12


@dataclass(frozen=True, slots=True)
class Robustness:
    """How far a suggestion hangs on the weights.

    Attributes:
        share: of the weightings in which it comes first, 0 to 1.
        exact: whether that is the very share, else it is sampled.
    """

    share: float
    exact: bool


def robustness(scores: Sequence[FrameScore]) -> Robustness:
    """Return in what share of the weightings round that in use the first frame comes first.

    Args:
        scores: of the burst, best first, not empty. Of equal frames the first counts as first.
    """
    leads = _leads(scores)
    leads = leads[(leads < -_SAME).any(axis=1)]  # who is behind in nothing is never ahead
    if not len(leads):
        return Robustness(1.0, exact=True)
    for_it, against = ((side * leads > _SAME).any(axis=0) for side in (1, -1))
    if for_it.sum() == 1 and against.sum() == 1 and not (for_it & against).any():
        gained, lost = leads[:, for_it.argmax()], -leads[:, against.argmax()]
        return Robustness(_share_below(float((gained / lost).min())), exact=True)
    if not for_it.any():
        return Robustness(0.0, exact=True)
    wins = (_draws(leads.shape[1]) @ leads.T >= -_SAME).all(axis=1)
    return Robustness(float(wins.mean()), exact=False)


def _leads(scores: Sequence[FrameScore]) -> NDArray[np.float64]:
    """Return by how much each term puts the first frame ahead of each other one, shape (others, terms)."""
    first, *others = (
        [term.weight * (0.0 if term.value is None else term.value) for term in score.terms]
        for score in scores
    )
    leads: NDArray[np.float64] = np.array(first) - np.array(others).reshape(len(others), len(first))
    return leads


def _share_below(ratio: float) -> float:
    """Return the chance that the ratio of two factors is below this one.

    The logarithm of each factor is uniform between -``_RANGE`` and ``_RANGE``, so that their difference has the
    triangular distribution between twice of these.
    """
    at = min(1.0, max(-1.0, math.log(ratio) / (2 * _RANGE))) if ratio > 0 else -1.0
    return 1 - (1 - at) ** 2 / 2 if at >= 0 else (1 + at) ** 2 / 2


@cache
def _draws(terms: int) -> NDArray[np.float64]:
    """Return factors of weights, shape (draws, terms)."""
    chance = np.random.default_rng(_SEED)
    return np.exp(chance.uniform(-_RANGE, _RANGE, (_DRAWS, terms)))
