"""How alike two frames look: cosine of embeddings, freed of what all pictures share."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from core.types import Analysis, PhotoId

_PRIOR = 60  # frames; a shoot this long is half trusted to tell what all pictures share


class Likeness:
    """Unit vectors of the analysed photos; a photo without a vector is unlike nothing and like nothing.

    The mean of the shoot is taken off first, or any two photographs look alike. A shoot of one single burst
    is its own mean, which would leave only noise: so the mean counts as much as there are frames behind it.
    """

    def __init__(self, analyses: Mapping[PhotoId, Analysis], order: Sequence[PhotoId]) -> None:
        known = [photo_id for photo_id in order if photo_id in analyses]
        self._row = {photo_id: row for row, photo_id in enumerate(known)}
        if known:
            vectors = np.stack([analyses[photo_id].embedding.vector for photo_id in known])
            vectors = vectors.astype(np.float32, copy=True)
            vectors -= vectors.mean(axis=0) * (len(known) / (len(known) + _PRIOR))
            lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
            self._unit: NDArray[np.float32] = vectors / np.maximum(lengths, 1e-9)
        else:
            self._unit = np.zeros((0, 1), np.float32)

    @property
    def width(self) -> int:
        """Number of dimensions, D."""
        return int(self._unit.shape[1])

    def vector(self, photo_id: PhotoId) -> NDArray[np.float32] | None:
        """Unit vector, float32, shape (D,); None where the photo is not analysed."""
        row = self._row.get(photo_id)
        return None if row is None else self._unit[row]

    def between(self, one: PhotoId, other: PhotoId) -> float | None:
        """Cosine, -1 to 1; None where either is not analysed."""
        a, b = self.vector(one), self.vector(other)
        return None if a is None or b is None else float(a @ b)
