"""Work on photos once they are measured, from their thumbnails, kept in batches as it goes on."""

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import simplejpeg

from core.cancelling import Cancelled
from core.errors import StoreError
from core.persistence.thumbnail_cache import ThumbnailCache
from core.protocols import RgbImage
from core.types import Photo

_log = logging.getLogger(__name__)

_BATCH = 64  # photos kept at once

Told = Callable[[int, int], None]
"""Is told how many photos of how many are done."""

_Found = TypeVar("_Found")


def each_looked_at(
    photos: Sequence[Photo],
    look: Callable[[RgbImage], _Found],
    keep: Callable[[list[tuple[Photo, _Found]]], None],
    thumbnails: ThumbnailCache,
    cancelled: Cancelled,
    tell: Told,
) -> Iterator[tuple[Photo, _Found]]:
    """Yield each photo that has a thumbnail, with what was found in it; the last ones are kept at the end.

    Args:
        photos: nothing is known of them yet.
        look: finds it in the thumbnail.
        keep: puts some of it on disk; where it raises ``StoreError`` that is found out again another time.
        thumbnails: are looked at, so that no file is read.
        cancelled: asked between two photos; ends it early.
        tell: told how far it is.
    """
    batch: list[tuple[Photo, _Found]] = []
    for done, photo in enumerate(photos):
        if cancelled():
            break
        tell(done, len(photos))
        picture = thumbnail_of(photo, thumbnails)
        if picture is not None:
            found = look(picture)
            batch.append((photo, found))
            yield photo, found
        if len(batch) >= _BATCH:
            _keep(batch, keep)
    _keep(batch, keep)
    tell(len(photos), len(photos))


def thumbnail_of(photo: Photo, thumbnails: ThumbnailCache) -> RgbImage | None:
    """Return the thumbnail of a photo as pixels; None where none is kept, or it is damaged."""
    kept = thumbnails.get(photo)
    try:
        return simplejpeg.decode_jpeg(kept) if kept is not None else None
    except ValueError:
        _log.warning("the kept thumbnail of %s is damaged", photo.path)
        return None


def _keep(batch: list[tuple[Photo, _Found]], keep: Callable[[list[tuple[Photo, _Found]]], None]) -> None:
    try:
        keep(batch)
    except StoreError as error:
        _log.warning("not kept: %s", error)
    batch.clear()
