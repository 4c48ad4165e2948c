"""Puts the parts together: opens what is kept on disk and hands the pipeline what it works with."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass

from app.paths import Places
from core.persistence.analysis_cache import AnalysisCache
from core.persistence.export_store import ExportStore
from core.persistence.session_store import SessionStore
from core.persistence.thumbnail_cache import ThumbnailCache
from core.pipeline.pool import WorkerPool, default_workers
from core.pipeline.runner import Dependencies
from core.settings import Settings
from models.local import LocalModels


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that is open while the program runs."""

    places: Places
    decisions: SessionStore
    exports: ExportStore
    measures: AnalysisCache
    thumbnails: ThumbnailCache

    def dependencies(
        self, settings: Settings, *, measure: bool = True, regroups: bool = True
    ) -> Dependencies:
        """What one run of the pipeline works with.

        Args:
            settings: of the run.
            measure: False to make do with what is kept.
            regroups: whether groups will be asked for anew afterwards, as in a window.
        """
        workers = default_workers()
        return Dependencies(
            models=LocalModels(
                identity=settings.identity, embedder=settings.embedder, folder=self.places.models
            ),
            pool=(lambda: WorkerPool(workers, settings.photo_timeout)) if measure else None,
            in_flight=2 * workers,
            measures=self.measures,
            thumbnails=self.thumbnails,
            clocks=self.decisions.clocks,
            regroups=regroups,
        )


@contextmanager
def open_services(where: Places) -> Iterator[Services]:
    """Opens the decisions and the caches, and closes them again.

    Raises:
        StoreError: decisions or the journal of exports cannot be opened; they are left as they are.
    """
    with ExitStack() as stack:
        decisions = stack.enter_context(closing(SessionStore.open(where.decisions)))
        exports = stack.enter_context(closing(ExportStore.open(where.exports)))
        measures = stack.enter_context(closing(AnalysisCache.open(where.measures)))
        thumbnails = stack.enter_context(closing(ThumbnailCache.open(where.thumbnails)))
        yield Services(where, decisions, exports, measures, thumbnails)
