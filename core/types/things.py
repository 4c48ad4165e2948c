"""What pictures show, in words and in places."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.types.measures import Box


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be seen in a picture.

    Attributes:
        word: what it is called in English; ``core.typed_words`` knows it in other languages.
        others: further English words it is found by.
    """

    word: str
    others: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """All English words it is found by."""
        return (self.word, *self.others)


@dataclass(frozen=True, slots=True)
class PlacedThing:
    """A thing in a photo, as the detector saw it.

    Attributes:
        label: what it is, in the detector's own English word.
        confidence: the detector's, 0 to 1.
        box: where, in fractions of the upright picture.
    """

    label: str
    confidence: float
    box: Box


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """A photo piece by piece.

    Attributes:
        things: those that were detected, surest first.
        boxes: of the pieces that were embedded, each by itself; there is at least one.
        vectors: of the pieces, as the embedder gave them; float32, shape (pieces, D).
    """

    things: tuple[PlacedThing, ...]
    boxes: tuple[Box, ...]
    vectors: NDArray[np.float32]
