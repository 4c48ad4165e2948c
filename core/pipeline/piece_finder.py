"""Takes photos to pieces once they are measured, from their thumbnails, and finds the pieces nearest to one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from core.analysis.pieces import PIECES_VERSION, cut_pieces
from core.cancelling import Cancelled
from core.persistence.analysis_cache import AnalysisCache
from core.persistence.thumbnail_cache import ThumbnailCache
from core.pipeline.thumbnail_work import Told, each_looked_at
from core.protocols import Models
from core.types import Box, Photo, PhotoId, Pieces, PlacedThing

_READ_AT_ONCE = 500  # photos: some 20 MB of vectors


@dataclass(frozen=True, slots=True)
class NearPiece:
    """A photo that shows something like what was asked for.

    Attributes:
        likeness: cosine to what was asked for, the mean of the photos taken off; -1 to 1.
        box: where it shows that; None where it is the whole photo.
    """

    photo_id: PhotoId
    likeness: float
    box: Box | None


def pieces_made_by(detector_sha256: str, embedder_sha256: str) -> str:
    """Name what makes pieces, by the weights of both models; kept ones of anything else do not count."""
    return f"{PIECES_VERSION}/{detector_sha256}/{embedder_sha256}"


def find_pieces(
    photos: Iterable[Photo],
    models: Models,
    cache: AnalysisCache,
    thumbnails: ThumbnailCache,
    cancelled: Cancelled,
    tell: Told = lambda _done, _total: None,
) -> dict[PhotoId, tuple[PlacedThing, ...]]:
    """Return the things in photos; those that were not taken to pieces yet are, and kept.

    Args:
        photos: of the shoot; those without a thumbnail are left out.
        models: detector and embedder; used on this thread.
        cache: keeps the pieces.
        thumbnails: are looked at, so that no file is read.
        cancelled: asked between two photos.
        tell: told how far it is.

    Raises:
        ModelError: the models cannot be used.
    """
    photos = tuple(photos)
    made_by = pieces_made_by(models.thing_detector.sha256, models.embedder.sha256)
    found = {photo.id: things for photo, things in cache.pieces.present(photos, made_by)}
    missing = [photo for photo in photos if photo.id not in found]

    def keep(cut: list[tuple[Photo, Pieces]]) -> None:
        cache.pieces.put(cut, made_by)

    look = partial(cut_pieces, models=models)
    for photo, pieces in each_looked_at(missing, look, keep, thumbnails, cancelled, tell):
        found[photo.id] = pieces.things
    return found


def nearest(
    vector: NDArray[np.float32],
    photos: Sequence[Photo],
    whole: Mapping[PhotoId, NDArray[np.float32]],
    made_by: str,
    cache: AnalysisCache,
) -> list[NearPiece]:
    """Return the photos by how near one of their pieces, or the whole of them, is to a vector; nearest first.

    Args:
        vector: of what is asked for, as the embedder gave it, shape (D,).
        photos: of the shoot; of which nothing is known are left out.
        whole: the embeddings of whole photos.
        made_by: as ``pieces_made_by`` names it.
        cache: keeps the pieces.
    """
    if not whole:
        return []
    mean = np.mean(list(whole.values()), axis=0)
    asked = _unit(vector - mean)
    found = {
        photo_id: NearPiece(photo_id, float(_unit(each - mean) @ asked), None)
        for photo_id, each in whole.items()
    }
    for start in range(0, len(photos), _READ_AT_ONCE):
        for photo, pieces in cache.pieces.pieces(photos[start : start + _READ_AT_ONCE], made_by):
            likeness = _unit(pieces.vectors - mean) @ asked
            best = int(np.argmax(likeness))
            if photo.id not in found or likeness[best] > found[photo.id].likeness:
                found[photo.id] = NearPiece(photo.id, float(likeness[best]), pieces.boxes[best])
    return sorted(found.values(), key=lambda each: -each.likeness)


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: NDArray[np.float32] = vectors / np.maximum(lengths, 1e-12)
    return unit
