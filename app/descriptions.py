"""Finding photos by a description, where a model for that is installed."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from app.bootstrap import Services
from core.cancelling import Cancelled
from core.pipeline.description_finder import nearest_to
from core.pipeline.thumbnail_work import Told
from core.shoot.shoot import Shoot
from core.types import PhotoId
from models.describer import ClipDescriber, installed_describer
from models.installed import EmbedderShelf


def find_described(
    texts: Iterable[str],
    shoot: Shoot,
    services: Services,
    cancelled: Cancelled,
    tell: Told = lambda _done, _total: None,
) -> dict[str, tuple[PhotoId, ...]]:
    """Return the photos of a shoot for each description, nearest first.

    The first time it takes some 30 ms of processor time a photo, on this thread; kept ones are only read.

    Raises:
        ModelError: no model is installed, or it cannot be used; says what to do.
    """
    folder = services.places.models
    files = folder.glob("*") if folder.is_dir() else ()
    describer = _loaded(folder, tuple(sorted((file.name, file.stat().st_mtime_ns) for file in files)))
    photos = tuple(shoot.photos.values())
    return nearest_to(texts, photos, describer, services.measures, services.thumbnails, cancelled, tell)


@lru_cache(maxsize=1)
def _loaded(folder: Path, _files: tuple[tuple[str, int], ...]) -> ClipDescriber:
    """Load the model once, as long as the files on the shelf stay the same."""
    return installed_describer(EmbedderShelf(folder))
