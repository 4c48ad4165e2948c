"""Puts photos in order by how near they are to a description, from their thumbnails."""

from collections.abc import Iterable, Sequence

import numpy as np

from core.cancelling import Cancelled
from core.persistence.analysis_cache import AnalysisCache
from core.persistence.made_by import MadeBy
from core.persistence.thumbnail_cache import ThumbnailCache
from core.pipeline.thumbnail_work import Told, each_looked_at
from core.protocols import Describer, RgbImage
from core.types import Embedding, Photo, PhotoId

VERSION = 1
"""Raised whenever the picture that a describer is given changes, so that kept vectors are made again."""


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

    def look(picture: RgbImage) -> Embedding:
        return Embedding(describer.embed(picture), describer.sha256)

    def keep(found: list[tuple[Photo, Embedding]]) -> None:
        cache.embeddings.put(found, VERSION)

    for photo, seen in each_looked_at(missing, look, keep, thumbnails, cancelled, tell):
        known[photo.id] = seen
    ids = [photo.id for photo in photos if photo.id in known]
    if not ids:
        return dict.fromkeys(texts, ())
    vectors = np.stack([known[photo_id].vector for photo_id in ids])
    orders = {text: np.argsort(-(vectors @ describer.embed_text(text)), kind="stable") for text in texts}
    return {text: tuple(ids[at] for at in order) for text, order in orders.items()}
