"""Fits how much each term counts to comparisons, starting from what counts for everybody.

The model is Bradley and Terry's (see ``models.build.pick_weights``): the chance that a frame is liked better than
another is the logistic function of the difference of their sums. What the shipped table says is the prior, a normal
distribution round each of its points, as wide as a share of the point: few decisions move it a little, many a lot. No
point is negative, as in the shipped table: what a term measures is worth having.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.learned import LEARNED
from core.taste.comparisons import Comparisons, Points
from core.taste.lessons import LEARNED_TERMS

STANDARD: Points = np.array([LEARNED.weights[name] for name in LEARNED_TERMS])
"""The points that ship."""

HELD = 3.0
"""How firmly the prior holds each point, as the inverse of the squared share by which it is free to differ: ten
decisions move little, a thousand nearly all. Chosen by ``python -m benchmarks.taste``; decision 18."""

_MOST_STEPS = 60
_STILL = 1e-8  # of a point that counts 1: less is no step
_HALVINGS = 30


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """Where learning starts: a prior.

    Attributes:
        points: what counts as long as nothing was learned.
        held: how firmly each is held, as ``HELD``.
    """

    points: Points
    held: Points

    @classmethod
    def standard(cls) -> "Start":
        """Return the start of somebody of whom nothing was learned."""
        return cls(STANDARD, np.full(len(STANDARD), HELD))


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """What is most likely by prior and comparisons together.

    Attributes:
        points: how much each term counts, 0 and more.
        held: how firmly prior and comparisons hold each, as a prior for further learning: the curvature there.
    """

    points: Points
    held: Points


def fit(comparisons: Comparisons, start: Start | None = None) -> Fitted:
    """Return the points that are most likely, by Newton's method with those at 0 held there.

    Args:
        comparisons: in any order, which changes nothing but the last bits.
        start: the prior; that of the shipped table where there is none.
    """
    start = start or Start.standard()
    if not len(comparisons.counts):
        # Nothing is to be worked out, and a machine short of memory has none for linear algebra.
        return Fitted(start.points.copy(), start.held.copy())
    scale = np.where(STANDARD > 0, STANDARD, 1.0)  # all terms count 1 in the shipped table's own measure
    differences, counts = comparisons.differences * scale, comparisons.counts
    prior = start.points / scale

    def cost(points: Points) -> float:
        return float(
            counts @ np.logaddexp(0, -(differences @ points)) + start.held @ (points - prior) ** 2 / 2
        )

    points, hessian = prior.copy(), np.diag(start.held)
    for _ in range(_MOST_STEPS):
        wrong = 1 / (1 + np.exp(np.clip(differences @ points, -50, 50)))
        gradient = start.held * (points - prior) - differences.T @ (counts * wrong)
        hessian = (differences.T * (counts * wrong * (1 - wrong))) @ differences + np.diag(start.held)
        free = (points > 0) | (gradient < 0)
        step = np.zeros_like(points)
        step[free] = np.linalg.solve(hessian[np.ix_(free, free)], -gradient[free])
        moved = _downhill(points, step, cost)
        if np.abs(moved - points).max() < _STILL:
            break
        points = moved
    return Fitted(points * scale, np.diag(hessian).copy())


def _downhill(points: Points, step: Points, cost: Callable[[Points], float]) -> Points:
    """Go as far along a step as the cost falls; where no part of it helps, stay."""
    now = cost(points)
    for halving in range(_HALVINGS):
        moved: Points = np.maximum(points + step / 2**halving, 0.0)
        if cost(moved) < now:
            return moved
    return points
