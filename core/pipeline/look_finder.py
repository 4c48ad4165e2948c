"""Finds what looks alike in a shoot, or remembers it: the same frames are clustered once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from core.looks.tree import LOOKS_VERSION, LookGrower, LookTree
from core.persistence.analysis_cache import AnalysisCache
from core.persistence.made_by import MadeBy
from core.types import Analysis, Photo, PhotoId


@dataclass(frozen=True, slots=True)
class FoundLooks:
    """The tree of a shoot's looks.

    Attributes:
        frames: those measured, in order of the shoot, as the tree counts them.
        grower: takes newcomers in; None where the tree is remembered.
    """

    frames: tuple[PhotoId, ...]
    tree: LookTree
    grower: LookGrower | None = None


def remember_looks(
    photos: Iterable[Photo], analyses: Mapping[PhotoId, Analysis], made_by: MadeBy, cache: AnalysisCache
) -> FoundLooks | None:
    """Return the looks as they were found before; None where they were not, or other frames are measured by now."""
    known = [photo for photo in photos if photo.id in analyses]
    tree = cache.looks.tree(_digest(known, made_by), len(known))
    return FoundLooks(tuple(photo.id for photo in known), tree) if tree is not None else None


def grow_looks(
    photos: Iterable[Photo],
    analyses: Mapping[PhotoId, Analysis],
    made_by: MadeBy,
    cache: AnalysisCache,
    *,
    keep: bool = True,
    grow: Callable[[NDArray[np.float32]], LookGrower] = LookGrower,
) -> FoundLooks:
    """Find the looks anew: seconds of processor time for thousands of frames.

    Args:
        photos: of the shoot, in order.
        analyses: of those measured; the vectors that summaries lack are read from the cache.
        made_by: what made the analyses.
        cache: keeps measures and trees.
        keep: for the next time: False while more frames are being measured.
        grow: clusters the vectors, in another process where that takes long.
    """
    known, vectors = vectors_of([photo for photo in photos if photo.id in analyses], analyses, made_by, cache)
    grower = grow(vectors)
    if keep:
        cache.looks.put(_digest(known, made_by), grower.tree)
    return FoundLooks(tuple(photo.id for photo in known), grower.tree, grower)


def joined(
    found: FoundLooks,
    photos: Iterable[Photo],
    analyses: Mapping[PhotoId, Analysis],
    made_by: MadeBy,
    cache: AnalysisCache,
) -> FoundLooks | None:
    """Put frames measured since into looks found before; None where they are so many that it is better found anew."""
    known = set(found.frames)
    since = [photo for photo in photos if photo.id in analyses and photo.id not in known]
    if found.grower is None or 2 * len(since) > len(known):
        return None
    newcomers, vectors = vectors_of(since, analyses, made_by, cache)
    frames = (*found.frames, *(photo.id for photo in newcomers))
    return FoundLooks(frames, found.grower.grown(vectors), None)


def vectors_of(
    photos: Sequence[Photo], analyses: Mapping[PhotoId, Analysis], made_by: MadeBy, cache: AnalysisCache
) -> tuple[list[Photo], NDArray[np.float32]]:
    """Return the photos of which there is an embedding, and their embeddings, float32, shape (N, D)."""
    own = {
        photo.id: analyses[photo.id].embedding
        for photo in photos
        if photo.id in analyses and analyses[photo.id].embedding.model_sha256 == made_by.embedder_sha256
    }
    kept = cache.embeddings.of([photo for photo in photos if photo.id not in own], made_by)
    found = {**kept, **own}
    known = [photo for photo in photos if photo.id in found]
    if not known:
        return [], np.empty((0, 0), np.float32)
    return known, np.stack([found[photo.id].vector for photo in known]).astype(np.float32, copy=False)


def _digest(photos: Sequence[Photo], made_by: MadeBy) -> bytes:
    """Digest all that the looks depend on: which frames, in which state, as which model sees them."""
    versions = LOOKS_VERSION, made_by.embedder_sha256, made_by.embedding_version
    digest = blake2b(repr(versions).encode(), digest_size=16)
    for photo in photos:
        digest.update(repr((photo.id, photo.mtime_ns, photo.size_bytes, photo.turn)).encode())
    return digest.digest()
