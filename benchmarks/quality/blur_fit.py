"""Fits what tells a blurred frame by itself, to pictures of which it is known whether they are blurred."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.ranking.likely_rejects import BLURRED

_RIDGE = 3.0  # a tenth to ten times of it changes the rates by less than chance
_STEPS = 20
_SHARE_LOST = 0.002  # of sharp ones that were fitted on; of those that were not, more are lost


@dataclass(frozen=True, slots=True)
class BlurWeights:
    """The figures of ``core.analysis.blur``.

    Attributes:
        weights: of each ratio's logarithm.
        bias: what is added, so that the shipped threshold loses few sharp ones.
    """

    weights: tuple[float, ...]
    bias: float

    def chance(self, ratios: Sequence[float]) -> float:
        """Return the chance of focus, 0 to 1."""
        return 1 / (1 + math.exp(-float(np.dot(self.weights, ratios)) - self.bias))


def fit(sharp: NDArray[np.float64], blurred: NDArray[np.float64]) -> BlurWeights:
    """Return the figures by which ``_SHARE_LOST`` of the sharp ones fall below the shipped threshold.

    A logistic regression with a small ridge, by Newton's method.

    Args:
        sharp: ratios of sharp pictures, shape (pictures, ratios).
        blurred: of strongly blurred ones, likewise.
    """
    ratios = np.vstack([sharp, blurred])
    told = np.concatenate([np.ones(len(sharp)), np.zeros(len(blurred))])
    columns = np.column_stack([ratios, np.ones(len(ratios))])
    ridge = _RIDGE * np.diag([*np.ones(ratios.shape[1]), 0.0])
    found = np.zeros(columns.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-columns @ found))
        slope = columns.T @ (chance - told) + ridge @ found
        bend = (columns * (chance * (1 - chance))[:, None]).T @ columns + ridge
        found -= np.linalg.solve(bend, slope)
    weights = found[:-1]
    least = float(np.quantile(sharp @ weights, _SHARE_LOST))
    return BlurWeights(tuple(weights.tolist()), math.log(BLURRED / (1 - BLURRED)) - least)
