"""Measure and group a folder without the window; the other examples begin with this."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from core.cancelling import never
from core.persistence.analysis_cache import AnalysisCache
from core.persistence.thumbnail_cache import ThumbnailCache
from core.pipeline.context import Dependencies
from core.pipeline.runner import run
from core.settings import Settings
from core.shoot.shoot import Shoot
from models.local import LocalModels


def measured(folder: Path, kept: Path) -> Shoot:
    """Return the shoot that lies in a folder: photos, measures, groups and suggestions.

    One thread of this program decodes, so use it on photos you trust; ``core.pipeline.pool`` has worker processes.

    Args:
        folder: of the photos; only read.
        kept: a folder for what was measured, so that the next call is quick.

    Raises:
        ShortlistError: nothing can be read, or the models or the kept measures cannot be used.
    """
    kept.mkdir(parents=True, exist_ok=True)
    shoot = Shoot()
    with (
        closing(AnalysisCache.open(kept / "measures.sqlite")) as measures,
        closing(ThumbnailCache.open(kept / "thumbnails.sqlite")) as thumbnails,
    ):
        parts = Dependencies(
            models=LocalModels(),
            pool=lambda: ThreadPoolExecutor(1),
            in_flight=2,
            measures=measures,
            thumbnails=thumbnails,
            clocks=lambda _folders: {},
            regroups=False,
        )
        run([folder], Settings(), parts, never, shoot.apply)
    return shoot
