"""Photos that metadata was embedded into: other files than before, with the same picture."""

import logging
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from app.bootstrap import Services
from core.errors import StoreError
from core.shoot.shoot import Shoot
from core.types import Photo

_log = logging.getLogger(__name__)


def keep_what_is_known(
    shoot: Shoot, paths: Iterable[Path], services: Services, elsewhere: Iterable[Photo] = ()
) -> None:
    """Keep measures, thumbnails and decisions of photos that were written into; where that fails they are made anew.

    Args:
        shoot: knows the photos as they were; as they are now afterwards.
        paths: files that were written; those that are no photos of the shoot do not matter.
        services: what is kept on disk.
        elsewhere: photos of other shoots that matter too, as they were.
    """
    written = set(paths)
    known = {**{photo.id: photo for photo in elsewhere}, **shoot.photos}
    before = [photo for photo in known.values() if photo.path in written]
    changed = [(photo, now) for photo in before if (now := _as_it_is_now(photo)) is not None]
    if not changed:
        return
    shoot.photos.update((now.id, now) for _, now in changed if now.id in shoot.photos)
    try:
        services.measures.restamp(changed)
        services.thumbnails.restamp(changed)
        services.decisions.restamp(changed)
    except StoreError:
        _log.warning("photos we embedded into will be measured again", exc_info=True)


def _as_it_is_now(photo: Photo) -> Photo | None:
    try:
        status = photo.path.stat()
    except OSError:
        return None
    return replace(photo, size_bytes=status.st_size, mtime_ns=status.st_mtime_ns)
