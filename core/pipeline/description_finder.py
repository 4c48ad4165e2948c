"""Puts photos in order by how near they are to a description, from their thumbnails."""

import logging
from collections.abc import Iterable, Sequence

import numpy as np

from core.cancelling import Cancelled
from core.errors import StoreError
from core.persistence.analysis_cache import AnalysisCache
from core.persistence.made_by import MadeBy
from core.persistence.thumbnail_cache import ThumbnailCache
from core.pipeline.piece_finder import Told, thumbnail_of
from core.protocols import Describer
from core.types import Embedding, Photo, PhotoId

_log = logging.getLogger(__name__)

VERSION = 1
"""Raised whenever the picture that a describer is given changes, so that kept vectors are made again."""

_BATCH = 64  # photos kept at once


def nearest_to(
    texts: Iterable[str],
    photos: Sequence[Photo],
    describer: Describer,
    cache: AnalysisCache,
    thumbnails: ThumbnailCache,
    cancelled: Cancelled,
    tell: Told = lambda _done, _total: None,
) -> dict[str, tuple[PhotoId, ...]]:
    """Return the photos for each description, nearest first; those without a thumbnail are left out.

    Args:
        texts: descriptions in English.
        photos: of the shoot.
        describer: used on this thread.
        cache: keeps what photos show, once a photo and model.
        thumbnails: are looked at, so that no file is read.
        cancelled: asked between two photos; ends it early.
        tell: told how far it is.

    Raises:
        ModelError: the model does not work.
    """
    made_by = MadeBy("", describer.sha256, VERSION)
    known = cache.embeddings.of(photos, made_by)
    missing = [photo for photo in photos if photo.id not in known]
    batch: list[tuple[Photo, Embedding]] = []
    for done, photo in enumerate(missing):
        if cancelled():
            break
        tell(done, len(missing))
        picture = thumbnail_of(photo, thumbnails)
        if picture is not None:
            known[photo.id] = Embedding(describer.embed(picture), describer.sha256)
            batch.append((photo, known[photo.id]))
        if len(batch) >= _BATCH:
            _keep(batch, cache)
    _keep(batch, cache)
    tell(len(missing), len(missing))
    ids = [photo.id for photo in photos if photo.id in known]
    if not ids:
        return dict.fromkeys(texts, ())
    vectors = np.stack([known[photo_id].vector for photo_id in ids])
    orders = {text: np.argsort(-(vectors @ describer.embed_text(text)), kind="stable") for text in texts}
    return {text: tuple(ids[at] for at in order) for text, order in orders.items()}


def _keep(batch: list[tuple[Photo, Embedding]], cache: AnalysisCache) -> None:
    """Put vectors on disk; where that fails they are found out again."""
    try:
        cache.embeddings.put(batch, VERSION)
    except StoreError as error:
        _log.warning("not kept: %s", error)
    batch.clear()
