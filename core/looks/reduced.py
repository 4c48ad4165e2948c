"""Embeddings made short: the directions in which the frames of a shoot differ most."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 50

_PRIOR = (
    60  # frames; as in ``core.grouping.likeness``: a shoot this long is half trusted to tell what all share
)
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Reduction:
    """How vectors are made short: freed of what the shoot's pictures share, to length 1, turned, and to length 1 again.

    What the directions left out took with them is no reason for a shoot of many kinds to be nearer together.

    Attributes:
        mean: float32, shape (D,).
        axes: float32, shape (D, K), K at most ``DIMENSIONS``; the directions of most spread (PCA).
    """

    mean: NDArray[np.float32]
    axes: NDArray[np.float32]

    @classmethod
    def of(cls, vectors: NDArray[np.float32]) -> "Reduction":
        """Learn it from the vectors of a shoot, shape (N, D), N at least 1."""
        mean = (vectors.sum(axis=0, dtype=np.float64) / (len(vectors) + _PRIOR)).astype(np.float32)
        unit = _unit(vectors - mean)
        if len(unit) < unit.shape[1]:  # the same directions, from the smaller of the two products
            spread, sides = np.linalg.eigh((unit @ unit.T).astype(np.float64))
            kept = spread > _TINY * max(1.0, float(spread[-1]))
            axes = (unit.T @ (sides[:, kept] / np.sqrt(spread[kept]))).astype(np.float32)
        else:
            axes = np.linalg.eigh((unit.T @ unit).astype(np.float64))[1].astype(np.float32)
        return cls(mean, np.ascontiguousarray(axes[:, -DIMENSIONS:]))

    def apply(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Make vectors short; from shape (N, D) to (N, K), of length 1."""
        return _unit(_unit(vectors - self.mean) @ self.axes)


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), _TINY)
    return np.asarray(vectors / lengths, np.float32)
