"""The main job, from folders to ranked clusters: plain Python, for window, command line and tests alike."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path

from core.errors import PhotoError
from core.grouping.clocks import with_clocks
from core.grouping.evidence import Alignments
from core.grouping.group import Grouper
from core.grouping.identities import with_people
from core.ingest.pairing import in_order, pair
from core.ingest.scanner import ScannedFile, scan
from core.persistence.analysis_cache import AnalysisCache, MadeBy
from core.persistence.thumbnail_cache import ThumbnailCache
from core.pipeline import stages
from core.pipeline.cancel import Cancel
from core.pipeline.events import (
    ClustersUpdated,
    Event,
    Finished,
    MarksRead,
    PeopleFound,
    PhotoFailed,
    PhotosAnalyzed,
    PhotosFound,
    PreviewsReady,
    Progress,
    Stage,
)
from core.pipeline.marks import found_marks
from core.pipeline.rate import RateMeter
from core.pipeline.workers import (
    EMBEDDING_VERSION,
    MEASURES_VERSION,
    Measured,
    embed_photo,
    measure_photo,
)
from core.protocols import ModelsFactory
from core.ranking.score import rank
from core.settings import Settings
from core.types import Analysis, ClockSettings, Photo, PhotoId

_BATCH = 32  # photos
_BATCH_SECONDS = 0.05
_REGROUP_SECONDS = 3.0
_MOST_PREPARED = 20_000  # photos for which what sliders may ask is compared beforehand: a few seconds
_FIRST_SHOWN = 64  # photos shown as soon as they are read; then at every doubling


@dataclass(frozen=True, slots=True)
class Dependencies:
    """What a run needs from outside.

    Attributes:
        models: loads the models in each worker.
        pool: makes the executor; called only when there is something to measure. None: nothing is measured
            anew, what is kept has to do.
        in_flight: tasks handed to the executor at a time, about twice its workers.
        measures: kept measures.
        thumbnails: kept thumbnails.
        clocks: how the user set the clocks of the cameras in some folders.
    """

    models: ModelsFactory
    pool: Callable[[], Executor] | None
    in_flight: int
    measures: AnalysisCache
    thumbnails: ThumbnailCache
    clocks: Callable[[Iterable[Path]], ClockSettings]


def run(
    sources: Sequence[Path],
    settings: Settings,
    dependencies: Dependencies,
    cancel: Cancel,
    emit: Callable[[Event], None],
    run_id: int = 0,
) -> None:
    """Does the whole job; everything it finds goes through ``emit``, from this thread.

    Args:
        sources: folders and files.
        settings: of this run.
        dependencies: what it works with.
        cancel: looked at between photos; a cancelled run ends with ``Finished`` as well.
        emit: takes the events in order.
        run_id: put into every event.

    Raises:
        SourceError: nothing of the sources can be read.
        ModelError: the models cannot be loaded.
        StoreError: a cache cannot be written.
    """
    _Run(settings, dependencies, cancel, emit, run_id).go(sources)


class _Run:
    """The state of one run: what was found so far."""

    def __init__(
        self,
        settings: Settings,
        dependencies: Dependencies,
        cancel: Cancel,
        emit: Callable[[Event], None],
        run_id: int,
    ) -> None:
        self._settings = settings
        self._with = dependencies
        self._cancel = cancel
        self._emit = emit
        self._id = run_id
        self._photos: tuple[Photo, ...] = ()
        self._clocks: ClockSettings = {}
        self._analyses: dict[PhotoId, Analysis] = {}
        self._unembedded: dict[PhotoId, Analysis] = {}
        self._alignments = Alignments()
        self._failed: set[Path] = set()
        self._computed = 0

    def go(self, sources: Sequence[Path]) -> None:
        started = time.monotonic()
        self._emit(Progress(self._id, Stage.SCAN, 0, 0))
        found = scan(sources, recursive=self._settings.recursive, cancelled=self._cancel.is_set)
        for problem in found.problems:
            self._fail(problem)
        self._read_metadata(found.files, found.skipped)
        try:
            self._recall()
        finally:  # models that cannot be used leave the groups by time
            self._group_aloud()
        self._read_marks()
        self._measure()
        if self._computed and not self._cancel.is_set():
            self._group_aloud()
        seconds = time.monotonic() - started
        self._emit(
            Finished(
                self._id,
                photos=len(self._photos),
                computed=self._computed,
                failed=len(self._failed),
                cancelled=self._cancel.is_set(),
                seconds=seconds,
            )
        )

    def _read_metadata(self, files: Sequence[ScannedFile], skipped: Mapping[str, int]) -> None:
        """Reads the files' own words and shows the first photos long before the last is read."""
        kept = self._with.measures.photos(files)
        known = list(kept.values())
        fresh: list[Photo] = []
        previews: list[tuple[PhotoId, bytes]] = []
        meter = RateMeter()
        show_at = _FIRST_SHOWN

        def show() -> None:
            paired = pair([*known, *fresh], files)
            self._clocks = self._with.clocks({photo.path.parent for photo in paired})
            self._photos = in_order(with_clocks(paired, self._clocks))
            self._emit(PhotosFound(self._id, self._photos, tuple(skipped.items())))
            if previews:
                self._emit(PreviewsReady(self._id, tuple(previews)))
                previews.clear()

        if known:
            show()
        unread = [file for file in files if file.path not in kept and not file.is_companion_only]
        pace = stages.Pace(_BATCH_SECONDS * 2)
        for read in stages.metadata(unread, self._cancel):
            if isinstance(read, PhotoError):
                self._fail(read)
                continue
            fresh.append(read.photo)
            if read.preview:
                previews.append((read.photo.id, read.preview))
            meter.mark(len(fresh))
            if len(fresh) >= show_at:
                show_at *= 2
                show()
            if pace.due():
                pace.run(lambda: self._progress(Stage.METADATA, len(fresh), len(unread), meter))
        if fresh or not known:
            show()
        self._with.measures.put_photos(fresh)

    def _read_marks(self) -> None:
        """Looks up what other programs decided; the sidecars each time, as they may have changed since."""
        marks = []
        for read in found_marks(self._photos, self._cancel):
            if isinstance(read, PhotoError):
                self._fail(read)
            else:
                marks.append(read)
        if marks:
            self._emit(MarksRead(self._id, tuple(marks)))

    def _recall(self) -> None:
        """Takes what is kept from an earlier run, before the first grouping: a second opening groups once."""
        made_by = self._made_by()
        if not made_by.identity_sha256:
            self._with.measures.forget_people()
        self._analyses, self._unembedded = self._with.measures.analyses(self._photos, made_by)
        if self._analyses:
            self._emit(PhotosAnalyzed(self._id, tuple(self._analyses.values())))

    def _made_by(self) -> MadeBy:
        models = self._with.models
        measures = f"{models.fingerprint}/{MEASURES_VERSION}"
        return MadeBy(measures, models.embedder_sha256, EMBEDDING_VERSION, models.identity_sha256)

    def _measure(self) -> None:
        """Measures what is not kept from an earlier run, regrouping as it goes."""
        missing = [photo for photo in self._photos if photo.id not in self._analyses]
        pool, models, made_by = self._with.pool, self._with.models, self._made_by()
        if not missing or self._cancel.is_set() or pool is None:
            return
        batch: list[tuple[Photo, Measured]] = []
        meter, done = RateMeter(), 0
        flush_pace, group_pace = stages.Pace(_BATCH_SECONDS), stages.Pace(_REGROUP_SECONDS)

        def flush() -> None:
            self._keep(batch, made_by)
            batch.clear()
            self._progress(Stage.ANALYSIS, done, len(missing), meter)

        def hand_over(photo: Photo) -> Future[Measured]:
            measured = self._unembedded.get(photo.id)
            if measured is None:
                return executor.submit(measure_photo, photo, models)
            return executor.submit(embed_photo, photo, measured, self._with.thumbnails.get(photo), models)

        executor = pool()
        try:
            flush()
            for outcome in stages.measures(missing, hand_over, self._with.in_flight, self._cancel):
                if outcome is not None:
                    photo, result = outcome
                    done += 1
                    meter.mark(done)
                    if isinstance(result, PhotoError):
                        self._fail(result, photo.id)
                    else:
                        batch.append((photo, result))
                if len(batch) >= _BATCH or (batch and flush_pace.due()):
                    flush_pace.run(flush)
                    if group_pace.due():
                        group_pace.run(self._group)
            flush()
        finally:
            executor.shutdown(wait=True, cancel_futures=True)

    def _keep(self, batch: Sequence[tuple[Photo, Measured]], made_by: MadeBy) -> None:
        """Puts measures on disk, then shows them: what is on screen is never computed twice."""
        if not batch:
            return
        self._computed += len(batch)
        self._with.thumbnails.put_many((photo, m.thumbnail) for photo, m in batch if m.thumbnail)
        self._with.measures.put_analyses(((photo, m.analysis) for photo, m in batch), made_by)
        analyses = tuple(measured.analysis for _, measured in batch)
        self._analyses.update((analysis.photo_id, analysis) for analysis in analyses)
        self._emit(PhotosAnalyzed(self._id, analyses))

    def _group_aloud(self) -> None:
        """Groups when nothing else goes on, and says so; during the analysis the bar stays with that."""
        self._emit(Progress(self._id, Stage.GROUPING, len(self._photos), len(self._photos)))
        self._group()

    def _group(self) -> None:
        """Tells people apart, groups and ranks: all that is known by now."""
        analyses: Mapping[PhotoId, Analysis] = self._analyses
        if self._settings.identity:
            named = with_people(analyses)
            self._emit(PeopleFound(self._id, tuple(named.values())))
            analyses = {**analyses, **named}
        grouper = Grouper(self._photos, analyses, self._alignments)
        grouping = grouper.group(self._settings.grouping)
        weights = self._settings.weights
        clusters = tuple(rank(cluster, analyses, weights) for cluster in grouping.clusters)
        done = all(photo.id in self._analyses or photo.path in self._failed for photo in self._photos)
        copies = tuple(grouper.copies().items()) if done else ()
        clocks = grouper.clock_offsets(self._clocks) if done else ()
        self._emit(ClustersUpdated(self._id, clusters, grouping.scenes, grouper, copies, clocks))
        if done and len(self._photos) <= _MOST_PREPARED:
            grouper.prepare()

    def _fail(self, error: PhotoError, photo_id: PhotoId | None = None) -> None:
        self._failed.add(error.path)
        self._emit(PhotoFailed(self._id, error.path, error.reason, photo_id))

    def _progress(self, stage: Stage, done: int, total: int, meter: RateMeter) -> None:
        left = meter.seconds_left(total - done)
        self._emit(Progress(self._id, stage, done, total, meter.per_second(), left))
