"""What the photos of a shoot show, in words and in pieces: asked once they are measured, from what is kept."""

import logging
import os
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import wait
from contextlib import closing
from functools import cache
from pathlib import Path

from app.bootstrap import Services, local_models
from app.run_settings import run_settings
from core.cancelling import Cancelled, never
from core.errors import ModelError, ShortlistError
from core.persistence.analysis_cache import AnalysisCache
from core.persistence.thumbnail_cache import ThumbnailCache
from core.pipeline.look_finder import vectors_of
from core.pipeline.piece_finder import find_pieces, pieces_made_by
from core.pipeline.pool import WorkerPool
from core.pipeline.runner import made_by
from core.pipeline.thumbnail_work import Told
from core.protocols import Models
from core.shoot.shoot import Shoot
from core.types import Photo, PhotoId, PlacedThing, Thing
from models.catalogue import DEFAULT_EMBEDDER
from models.local import LocalModels
from models.manifest import model_file
from models.things import ThingFinder, named

_log = logging.getLogger(__name__)

_AT_WORK = threading.Lock()
_progress = [0, 0]  # photos done and all, of the one that is at work
FEW = 24
"""Photos up to which a process of their own is not worth its start."""
_BATCH = 32  # photos given to it at once
_LONGEST = 300.0  # seconds for these
_MODESTY = 10  # of 20 steps of Unix
_CANCEL_CHECK = 0.1  # seconds between looks at whether it is still wanted


def find_things(shoot: Shoot, services: Services) -> dict[PhotoId, tuple[Thing, ...]]:
    """Name what the measured photos show; nothing of those the embedder that ships has not seen.

    A second for thousands of photos. Where the models are damaged nothing is found, with a warning in the log:
    names and words are searched all the same.
    """
    photos = tuple(shoot.photos.values())
    try:
        finder = ThingFinder()
        settings, _ = run_settings(services.places, embedder=DEFAULT_EMBEDDER)
        made = made_by(local_models(settings, services.places))._replace(
            embedder_sha256=finder.embedder_sha256
        )
        known, features = vectors_of(photos, dict(shoot.analyses), made, services.measures)
        found = dict(zip((photo.id for photo in known), finder.find(features), strict=True))
    except ModelError as error:
        _log.warning("nothing is known of what photos show: %s", error)
        return {}
    return {photo_id: things for photo_id, things in found.items() if things}


def find_placed(
    shoot: Shoot, services: Services, cancelled: Cancelled, tell: Told = lambda _done, _total: None
) -> dict[PhotoId, tuple[Thing, ...]]:
    """Name what the detector surely finds in the photos of a shoot, and keep their pieces.

    The first time it takes some 70 ms of processor time a photo, for many of them in another process; kept ones are
    only read. Where the models are damaged nothing is found, with a warning in the log.
    """
    return _told(lambda: pieces_of(shoot, services, cancelled, tell))


def kept_placed(photos: Iterable[Photo], services: Services) -> dict[PhotoId, tuple[Thing, ...]]:
    """Name what the detector surely found in photos that were taken to pieces before; of others nothing is known."""
    return _told(
        lambda: {
            photo.id: placed for photo, placed in services.measures.pieces.present(photos, made_by_ours())
        }
    )


def _told(ask: Callable[[], Mapping[PhotoId, Sequence[PlacedThing]]]) -> dict[PhotoId, tuple[Thing, ...]]:
    """Name the things in photos; nothing, with a warning in the log, where the models are damaged."""
    try:
        found = {photo_id: named(placed) for photo_id, placed in ask().items()}
    except ModelError as error:
        _log.warning("nothing is known of the things in photos: %s", error)
        return {}
    return {photo_id: things for photo_id, things in found.items() if things}


def pieces_of(
    shoot: Shoot, services: Services, cancelled: Cancelled, tell: Told = lambda _done, _total: None
) -> dict[PhotoId, tuple[PlacedThing, ...]]:
    """Take the photos of a shoot to pieces as far as that is not done yet, and return the things in them.

    One asks at a time; who comes later finds kept what the first has made. Raises ``core.errors.ModelError``.
    """
    while not _AT_WORK.acquire(timeout=_CANCEL_CHECK):
        if cancelled():
            return {}
        tell(*_progress)
    try:
        photos = tuple(shoot.photos.values())
        kept = dict(services.measures.pieces.present(photos, made_by_ours()))
        missing = [photo for photo in photos if photo not in kept]
        told = _told_to_all(tell)
        if len(missing) > FEW:
            _take_to_pieces_elsewhere(missing, services, cancelled, told)
            kept = dict(services.measures.pieces.present(photos, made_by_ours()))
            return {photo.id: things for photo, things in kept.items()}
        found = {photo.id: things for photo, things in kept.items()}
        if missing:
            found |= find_pieces(
                missing, piece_models(), services.measures, services.thumbnails, cancelled, told
            )
        return found
    finally:
        _AT_WORK.release()


def _take_to_pieces_elsewhere(
    photos: Sequence[Photo], services: Services, cancelled: Cancelled, tell: Told
) -> None:
    """Take many photos to pieces in a process of their own, which gives way to the window and to all else."""
    caches = services.measures.path, services.thumbnails.path
    pool = WorkerPool(1, _LONGEST, _give_way)
    try:
        for start in range(0, len(photos), _BATCH):
            tell(start, len(photos))
            done = pool.submit(_take_to_pieces, *caches, photos[start : start + _BATCH])
            while not wait([done], timeout=_CANCEL_CHECK).done:
                if cancelled():
                    return
            try:
                done.result()
            except ModelError:
                raise
            except (OSError, MemoryError, ShortlistError) as error:  # it is tried again another time
                _log.warning("photos are not taken to pieces: %s", error)
                return
        tell(len(photos), len(photos))
    finally:
        pool.shutdown(cancel_futures=True)


def _take_to_pieces(measures: Path, thumbnails: Path, photos: Sequence[Photo]) -> None:
    """Take some photos to pieces and keep them. Runs in a worker process."""
    with closing(AnalysisCache.open(measures)) as cache, closing(ThumbnailCache.open(thumbnails)) as pictures:
        find_pieces(photos, piece_models(), cache, pictures, never)


def _give_way() -> None:
    """Let every other process go first, where the system knows of that."""
    if hasattr(os, "nice"):
        os.nice(_MODESTY)


def _told_to_all(tell: Told) -> Told:
    """Return what tells how far it is to the one that asked and to those that wait."""

    def told(done: int, total: int) -> None:
        _progress[:] = done, total
        tell(done, total)

    return told


def made_by_ours() -> str:
    """Name what makes pieces here: always the models that ship. Raises ``core.errors.ModelError``."""
    return pieces_made_by(model_file("thing_detector").sha256, model_file("embedder").sha256)


def together(
    one: Mapping[PhotoId, Sequence[Thing]], other: Mapping[PhotoId, Sequence[Thing]]
) -> dict[PhotoId, tuple[Thing, ...]]:
    """Return what photos show by either, each thing once."""
    ids = dict.fromkeys((*one, *other))
    return {each: tuple(dict.fromkeys((*one.get(each, ()), *other.get(each, ())))) for each in ids}


@cache
def piece_models() -> Models:
    """Return the models that pieces are made with, loaded once: always those that ship."""
    return LocalModels()()
