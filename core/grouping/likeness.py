"""How alike two frames look: cosine of embeddings, freed of what all pictures share."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from core.types import Analysis, PhotoId

_PRIOR = 60  # frames; a shoot this long is half trusted to tell what all pictures share
_TINY = 1e-9


class Likeness:
    """Cosines of the analysed photos; a photo without a vector is unlike nothing and like nothing.

    The mean of the shoot is taken off first, or any two photographs look alike. A shoot of one single burst
    is its own mean, which would leave only noise: so the mean counts as much as there are frames behind it.
    The vectors are used where they lie: for 100,000 photos a centred copy would be half a gigabyte.
    """

    def __init__(self, analyses: Mapping[PhotoId, Analysis], order: Sequence[PhotoId]) -> None:
        known = [photo_id for photo_id in order if photo_id in analyses]
        self._vectors = {photo_id: analyses[photo_id].embedding.vector for photo_id in known}
        self._mean = np.zeros(1, np.float32)
        for vector in self._vectors.values():
            self._mean = self._mean + vector
        self._mean = (self._mean / (len(known) + _PRIOR)).astype(np.float32)
        own = float(self._mean @ self._mean)
        # (a - m)(b - m) = ab - am - bm + mm, so two numbers a photo replace the centred copy.
        self._terms: dict[PhotoId, tuple[float, float]] = {}
        for photo_id, vector in self._vectors.items():
            with_mean = float(vector @ self._mean)
            length = float(vector @ vector) - 2 * with_mean + own
            self._terms[photo_id] = (with_mean - own / 2, max(length, _TINY) ** -0.5)

    @property
    def width(self) -> int:
        """Number of dimensions, D."""
        return int(self._mean.shape[0])

    def vector(self, photo_id: PhotoId) -> NDArray[np.float32] | None:
        """Return the unit vector, float32, shape (D,); None where the photo is not analysed."""
        vector = self._vectors.get(photo_id)
        if vector is None:
            return None
        unit: NDArray[np.float32] = (vector - self._mean) * np.float32(self._terms[photo_id][1])
        return unit

    def between(self, one: PhotoId, other: PhotoId) -> float | None:
        """Return the cosine, -1 to 1; None where either is not analysed."""
        a, b = self._vectors.get(one), self._vectors.get(other)
        if a is None or b is None:
            return None
        (shared_a, scale_a), (shared_b, scale_b) = self._terms[one], self._terms[other]
        return (float(a @ b) - shared_a - shared_b) * scale_a * scale_b
