"""Looks shortened to a few numbers each, so that a hundred thousand of them are compared in a moment.

A look is a unit vector of a thousand numbers and more. Turned into the directions in which looks differ most, its first
128 numbers hold so much of it that the nearest looks are surely among the nearest heads; of a thousand of those the
whole looks are compared. Any orthonormal directions are right: how well they were found decides only how many heads
have to be looked behind.
"""

import numpy as np
from numpy.typing import NDArray

HEAD = 128
"""Numbers that a look is shortened to."""

FITTED_ENOUGH = 4096
"""Frames from which directions are found once and for all; before, they are found anew whenever frames doubled."""

_NOTHING = 1e-9  # of the largest variance: looks that are sums of others add no direction

Floats = NDArray[np.float32]


def unit(vectors: Floats) -> Floats:
    """Return vectors at length 1, float32, shape (N, D); those of no length stay so."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    result: Floats = (vectors / np.maximum(lengths, 1e-12)).astype(np.float32)
    return result


def fit(vectors: Floats) -> Floats:
    """Find the directions in which looks differ most (principal components, of which none is taken off as a mean).

    Args:
        vectors: unit vectors, shape (N, D); of more than ``FITTED_ENOUGH`` an even sample is taken.

    Returns:
        Orthonormal columns, float32, shape (D, ``HEAD`` or fewer).
    """
    step = max(1, len(vectors) // FITTED_ENOUGH)
    sample = vectors[::step].astype(np.float64)
    if len(sample) < sample.shape[1]:  # of a few looks in a moment, and not in half a second
        values, mixtures = np.linalg.eigh(sample @ sample.T)  # ascending
        values, mixtures = values[-HEAD:], mixtures[:, -HEAD:]
        told = values > _NOTHING * values[-1]
        directions = sample.T @ mixtures[:, told] / np.sqrt(values[told])
    else:
        _, directions = np.linalg.eigh(sample.T @ sample)
        directions = directions[:, -HEAD:]
    return np.ascontiguousarray(directions, np.float32)


def heads_of(vectors: Floats, basis: Floats) -> Floats:
    """Return the heads of looks, float32, shape (N, H)."""
    result: Floats = vectors @ basis
    return result
