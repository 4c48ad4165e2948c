"""Which looks of the library are nearest to one: by their heads, held in memory, then by the looks themselves."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.library.heads import FITTED_ENOUGH, Floats, fit, heads_of, unit
from core.persistence.library_store import LibraryStore
from core.persistence.made_by import MadeBy

_BEHIND = 1000  # nearest heads whose whole looks are compared


@dataclass(frozen=True, slots=True)
class _Heads:
    """What is held in memory of all looks by one embedder."""

    changes: int
    embedder: int
    numbers: NDArray[np.int64]
    heads: Floats
    basis: Floats | None


class NearestLooks:
    """Holds heads from one question to the next, as long as the library stays as it is."""

    def __init__(self) -> None:
        self._held: _Heads | None = None

    def let_go(self) -> None:
        """Hold nothing: the library is closed."""
        self._held = None

    def numbers(
        self, file: LibraryStore, look: Floats, made_by: MadeBy, count: int
    ) -> tuple[NDArray[np.int64], Floats]:
        """Return the numbers of the nearest frames, and their cosines, float32, both of shape (up to count,).

        Args:
            file: of the library.
            look: as the embedder gave it, or at length 1; float32, shape (D,).
            made_by: what made it.
            count: how many at most.

        Raises:
            StoreError: it cannot be read.
        """
        known = self._heads_of(file, made_by)
        asked = unit(look[None])[0]
        if known.basis is None or not len(known.numbers) or len(asked) != len(known.basis):
            return np.empty(0, np.int64), np.empty(0, np.float32)
        near = known.heads @ (asked @ known.basis)
        behind = max(_BEHIND, 2 * count)
        chosen = np.argpartition(-near, min(behind, len(near) - 1))[:behind]
        numbers, looks = file.looks(known.embedder, known.numbers[chosen].tolist())
        cosines = looks @ asked if len(looks) else np.empty(0, np.float32)
        order = np.argsort(-cosines, kind="stable")[:count]
        return numbers[order], cosines[order]

    def _heads_of(self, file: LibraryStore, made_by: MadeBy) -> _Heads:
        """Return the heads as they are now, read again where they changed."""
        embedder = file.embedder(made_by.embedder_sha256, made_by.embedding_version)
        changes = file.changes()
        held = self._held
        if held is None or (held.changes, held.embedder) != (changes, embedder):
            basis, _ = file.basis(embedder)
            held = self._held = _Heads(changes, embedder, *file.heads(embedder), basis)
        return held


def fit_heads(file: LibraryStore, embedder: int) -> None:
    """Find the directions of heads anew where the library has doubled since, up to a size."""
    basis, fitted = file.basis(embedder)
    if fitted >= FITTED_ENOUGH:
        return
    numbers, looks = file.looks(embedder)
    if basis is None or len(numbers) >= min(2 * fitted, FITTED_ENOUGH):
        basis = fit(looks)
        file.put_basis(embedder, basis, len(numbers), numbers, heads_of(looks, basis))
