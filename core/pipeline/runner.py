"""The main job, from folders to ranked clusters: plain Python, for window, command line and tests alike."""

import logging
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import nullcontext, suppress
from dataclasses import replace
from pathlib import Path

from core.analysis.shut_eyes import surely_shut
from core.cancelling import Cancelled, Stopped
from core.errors import PhotoError, ShortlistError, StoreError
from core.grouping.clocks import with_clocks
from core.ingest.embedded_preview import turned_again
from core.ingest.exif_reader import MetadataRead
from core.ingest.pairing import in_order, pair
from core.ingest.scanner import ScannedFile, scan
from core.persistence.analysis_cache import KeptAnalyses
from core.persistence.made_by import MadeBy
from core.pipeline import stages
from core.pipeline.context import Dependencies, RunContext
from core.pipeline.damaged import outdated, told
from core.pipeline.events import (
    Event,
    Finished,
    MarksRead,
    NotKept,
    PhotoFailed,
    PhotosAnalyzed,
    PhotosFound,
    PreviewsReady,
    Stage,
)
from core.pipeline.group_finder import GroupFinder, Recalled
from core.pipeline.marks import found_marks
from core.pipeline.rate import RateMeter
from core.pipeline.remembering import remember
from core.pipeline.sidecar_words import SidecarWords
from core.pipeline.worker_troubles import no_memory
from core.pipeline.workers import (
    EMBEDDING_VERSION,
    MEASURES_VERSION,
    Measured,
    embed_photo,
    measure_photo,
)
from core.protocols import ModelsFactory
from core.settings import Settings
from core.types import Analysis, ClockSettings, Photo, PhotoId

_log = logging.getLogger(__name__)

_BATCH = 32  # photos
_BATCH_SECONDS = 0.05
_REGROUP_SECONDS = 3.0
_REGROUP_SHARE = 0.005  # of the photos, measured since the last grouping: with fewer it waits for more
_FIRST_SHOWN = 64  # photos shown as soon as they are read; then at every doubling


def run(
    sources: Sequence[Path],
    settings: Settings,
    dependencies: Dependencies,
    cancelled: Cancelled,
    emit: Callable[[Event], None],
    run_id: int = 0,
) -> None:
    """Do the whole job; everything it finds goes through ``emit``, from this thread.

    Args:
        sources: folders and files.
        settings: of this run.
        dependencies: what it works with.
        cancelled: asked between photos; a cancelled run ends with ``Finished`` as well.
        emit: takes the events in order.
        run_id: put into every event.

    Raises:
        SourceError: nothing of the sources can be read.
        ModelError: the models cannot be used; what was found until then was emitted, as with the following errors.
        WorkersError: no workers are to be had.
        StoreError: what is kept of people cannot be wiped, as the settings ask for.
    """
    _Run(RunContext(settings, dependencies, cancelled, emit, run_id)).go(sources)


class _Run:
    """The state of one run: what was found so far."""

    def __init__(self, context: RunContext) -> None:
        self._context = context
        self._with = context.parts
        self._cancelled = context.cancelled
        self._emit = context.emit
        self._id = context.run_id
        self._photos: tuple[Photo, ...] = ()
        self._clocks: ClockSettings = {}
        self._kept = KeptAnalyses({}, {})
        self._is_complete = False
        self._groups: GroupFinder | None = None
        self._failed: set[Path] = set()
        self._computed = 0
        self._told_unkept = False

    def go(self, sources: Sequence[Path]) -> None:
        library = self._with.library
        with nullcontext() if library is None else library.coming():
            self._go(sources)

    def _go(self, sources: Sequence[Path]) -> None:
        started = time.monotonic()
        self._context.progress(Stage.SCAN, 0, 0)
        found = scan(sources, recursive=self._context.settings.recursive, cancelled=self._cancelled)
        for problem in found.problems:
            self._fail(problem)
        self._read_metadata(stages.taken_in(found.files, self._with), found.skipped)
        recalled, trouble = Recalled.NOTHING, None
        try:
            recalled = self._recall()
        except ShortlistError as error:  # models that cannot be used leave the groups by time
            trouble = error
        if recalled is Recalled.NOTHING:
            self._group_aloud()
        self._read_marks()
        failed = len(self._failed)
        try:
            if trouble is None:
                self._measure()
        except ShortlistError as error:
            trouble = error
        waited = recalled is Recalled.NOTHING and len(self._failed) > failed  # for photos that failed
        if (self._computed or waited or recalled is Recalled.SOME) and not self._cancelled():
            self._group_aloud()
        self._emit(
            Finished(
                self._id,
                photos=len(self._photos),
                computed=self._computed,
                failed=len(self._failed),
                cancelled=self._cancelled() or trouble is not None,
                seconds=time.monotonic() - started,
                unmeasured=len(self._pending()),
            )
        )
        if trouble is not None:
            raise trouble
        self._remember(sources)
        self._make_ready()

    def _read_metadata(self, files: Sequence[ScannedFile], skipped: Mapping[str, int]) -> None:
        """Read what files say themselves and show the first photos long before the last is read."""
        kept = self._with.measures.facts.photos(files)
        known = list(kept.values())
        fresh: list[Photo] = []
        previews: list[MetadataRead] = []
        words = SidecarWords(self._cancelled)
        meter = RateMeter()
        show_at = _FIRST_SHOWN

        def show() -> None:
            across = self._context.settings.pair_folders
            paired = pair([*known, *fresh], files, across_folders=across)
            folders = {os.path.dirname(photo.path) for photo in paired}  # noqa: PTH120 - five times as fast
            self._clocks = self._with.clocks(map(Path, folders))
            own = {photo.path: photo.orientation for photo in (*known, *fresh)}
            self._photos = in_order(with_clocks(words.applied(paired, own), self._clocks))
            self._emit(PhotosFound(self._id, self._photos, tuple(skipped.items())))
            if previews:
                self._emit(PreviewsReady(self._id, tuple(_as_turned(previews, self._photos))))
                previews.clear()

        unread = [file for file in files if file.path not in kept]
        if known and len(unread) > _FIRST_SHOWN:  # a few are read in a moment, and all are shown at once
            show()
        pace = stages.Pace(_BATCH_SECONDS * 2)
        for read in stages.metadata(unread, self._cancelled):
            if isinstance(read, PhotoError):
                self._fail(read)
                continue
            fresh.append(read.photo)
            if read.preview:
                previews.append(read)
            meter.count(len(fresh))
            if len(fresh) >= show_at:
                show_at *= 2
                show()
            if pace.due():
                if known and not self._photos:  # the disk is slow
                    show()
                pace.run(lambda: self._context.progress(Stage.METADATA, len(fresh), len(unread), meter))
        if fresh or not self._photos:
            show()
        self._try_to_keep(lambda: self._with.measures.facts.put(fresh))

    def _read_marks(self) -> None:
        """Look up what other programs decided; the sidecars each time, as they may have changed since."""
        marks = []
        for read in found_marks(self._photos, self._cancelled):
            if isinstance(read, PhotoError):
                self._fail(read)
            else:
                marks.append(read)
        if marks:
            self._emit(MarksRead(self._id, tuple(marks)))

    def _recall(self) -> Recalled:
        """Take what is kept from an earlier run; say how much of the groups it has shown."""
        made = self._made_by()
        if made.identity_sha256:
            self._with.measures.remembers_people = True
        else:
            self._with.measures.forget_people()
        self._kept = self._with.measures.summaries(self._photos, made)
        for kept in self._kept:
            for photo_id in outdated(self._photos, kept):
                del kept[photo_id]
        whole = {photo_id: surely_shut(each) for photo_id, each in self._kept.whole.items()}
        self._kept = self._kept._replace(whole=whole)
        self._groups = self._group_finder(made)
        self._tell_damage(self._kept.whole.values())
        recalled = self._groups.recall(self._kept.whole)
        if recalled is not Recalled.NOTHING:
            return recalled
        self._complete()
        if self._kept.whole:
            self._emit(PhotosAnalyzed(self._id, tuple(self._kept.whole.values())))
        return Recalled.NOTHING

    def _complete(self) -> None:
        """Add to what is kept all that grouping asks for."""
        if not self._is_complete:
            self._is_complete = True
            self._kept = self._with.measures.complete(self._kept, self._photos, self._made_by())

    def _group_finder(self, made_by: MadeBy | None) -> GroupFinder:
        return GroupFinder(self._context, self._photos, self._clocks, made_by)

    def _made_by(self) -> MadeBy:
        return made_by(self._with.models)

    def _measure(self) -> None:
        """Measure what is not kept from an earlier run, regrouping as it goes."""
        missing, known = self._missing(), sum(photo.id in self._kept.whole for photo in self._photos)
        pool, models, made = self._with.pool, self._with.models, self._made_by()
        if not missing or self._cancelled() or pool is None:
            return
        if self._kept.unembedded:
            self._complete()
        batch: list[tuple[Photo, Measured]] = []
        meter, done = RateMeter(), 0
        worth_grouping = self._computed + len(self._photos) * _REGROUP_SHARE
        flush_pace, group_pace = stages.Pace(_BATCH_SECONDS), stages.Pace(_REGROUP_SECONDS)

        def flush() -> None:
            self._keep(batch, made)
            batch.clear()
            self._context.progress(Stage.ANALYSIS, known + done, known + len(missing), meter)

        def hand_over(photo: Photo) -> Future[Measured]:
            measured = self._kept.unembedded.get(photo.id)
            if measured is None:
                return executor.submit(measure_photo, photo, models)
            return executor.submit(embed_photo, photo, measured, self._with.thumbnails.get(photo), models)

        executor = _started(pool)
        try:
            flush()
            for outcome in stages.measures(missing, hand_over, self._with.in_flight, self._cancelled):
                if outcome is None and not done:
                    self._complete()  # what grouping will ask for, while the workers are still loading the models
                elif outcome is not None:
                    photo, result = outcome
                    done += 1
                    meter.count(done)
                    if isinstance(result, PhotoError):
                        self._fail(result, photo.id)
                    else:
                        batch.append((photo, result))
                if len(batch) >= _BATCH or (batch and flush_pace.due()):
                    flush_pace.run(flush)
                    if self._computed >= worth_grouping and group_pace.due():
                        group_pace.run(self._group)
                        worth_grouping = self._computed + len(self._photos) * _REGROUP_SHARE
        finally:
            flush()
            executor.shutdown(wait=True, cancel_futures=True)

    def _keep(self, batch: Sequence[tuple[Photo, Measured]], made_by: MadeBy) -> None:
        """Put measures on disk, then show them: what is on screen is not computed twice."""
        if not batch:
            return
        self._computed += len(batch)
        thumbnails = [(photo, m.thumbnail) for photo, m in batch if m.thumbnail]
        measures = [(photo, m.analysis) for photo, m in batch]
        self._try_to_keep(lambda: self._with.thumbnails.put_many(thumbnails))
        self._try_to_keep(lambda: self._with.measures.put_analyses(measures, made_by))
        analyses = tuple(surely_shut(_without_corners(measured.analysis)) for _, measured in batch)
        self._kept.whole.update((analysis.photo_id, analysis) for analysis in analyses)
        self._emit(PhotosAnalyzed(self._id, analyses))
        self._tell_damage(analyses)

    def _tell_damage(self, analyses: Iterable[Analysis]) -> None:
        for photo_id, error in told(self._photos, analyses):
            self._fail(error, photo_id)

    def _missing(self) -> list[Photo]:
        kept = self._kept.whole
        return [photo for photo in self._photos if photo.id not in kept and self._context.can_measure(photo)]

    def _pending(self) -> set[PhotoId]:
        """Return the photos that are still to be measured."""
        return {photo.id for photo in self._missing() if photo.path not in self._failed}

    def _group_aloud(self) -> None:
        """Group when nothing else goes on, and report it; during the analysis the bar stays with that."""
        self._context.progress(Stage.GROUPING, len(self._photos), len(self._photos))
        self._group()

    def _group(self) -> None:
        """Find the groups that can be told by now, and keep them once there is no more to come."""
        if self._groups is None:
            self._groups = self._group_finder(None)
        else:
            self._complete()
        whole, pending = self._kept.whole, self._pending()
        more_to_come = bool(pending)
        try:
            self._groups.find(whole, pending)
        except Stopped:
            more_to_come = False  # how frames lie over each other is kept, as far as it was seen
        if not more_to_come:
            self._groups.keep(whole)

    def _make_ready(self) -> None:
        """Make ready for what the user may ask of the groups, now that all is shown."""
        if self._groups is None or not self._with.regroups or self._cancelled():
            return
        self._complete()
        with suppress(Stopped):
            self._groups.prepare(self._kept.whole)
        self._groups.keep(self._kept.whole)

    def _remember(self, sources: Sequence[Path]) -> None:
        """Bring the library of all shoots up to date, now that nobody waits for it."""
        try:
            remember(self._context, self._photos, self._kept.whole, self._made_by(), sources)
        except StoreError as error:
            _log.warning("the library is not kept up: %s", error)
            if not self._told_unkept:
                self._emit(NotKept(self._id, str(error), library=True))

    def _try_to_keep(self, write: Callable[[], None]) -> None:
        """Write into a cache; where that fails the run goes on, for all of it can be found out again."""
        try:
            write()
        except StoreError as error:
            _log.warning("not kept: %s", error)
            if not self._told_unkept:
                self._told_unkept = True
                self._emit(NotKept(self._id, str(error)))

    def _fail(self, error: PhotoError, photo_id: PhotoId | None = None) -> None:
        self._failed.add(error.path)
        self._emit(PhotoFailed(self._id, error.path, error.reason, photo_id))


def made_by(models: ModelsFactory) -> MadeBy:
    """Name what makes the analyses of a run with these models. Raises ModelError: the models cannot be used."""
    measures = f"{models.fingerprint}/{MEASURES_VERSION}"
    return MadeBy(measures, models.embedder_sha256, EMBEDDING_VERSION, models.identity_sha256)


def _as_turned(previews: Iterable[MetadataRead], photos: Iterable[Photo]) -> Iterator[tuple[PhotoId, bytes]]:
    """Yield the previews, turned once more where a sidecar turns their photo."""
    turned = {photo.id: photo.turn for photo in photos if photo.turn}
    for read in previews:
        preview, wanted = read.preview, turned.get(read.photo.id)
        if preview and wanted:
            preview = turned_again(preview, read.photo.orientation, wanted)
        if preview:
            yield read.photo.id, preview


def _without_corners(analysis: Analysis) -> Analysis:
    """Return what is held in memory while a shoot is open: corners are on disk by now."""
    return replace(analysis, layout=analysis.layout.without_corners())


def _started(pool: Callable[[], Executor]) -> Executor:
    """Return the workers of a pool.

    Raises:
        WorkersError: there is not enough memory for them.
    """
    try:
        return pool()
    except MemoryError as error:
        raise no_memory() from error
