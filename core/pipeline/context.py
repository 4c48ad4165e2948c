"""What a run goes by, from its start to its end: its settings, what it needs from outside, and where it tells."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path

from core.cancelling import Cancelled
from core.ingest.scanner import ScannedFile
from core.library.library import NameThings, ShootLibrary
from core.persistence.analysis_cache import AnalysisCache
from core.persistence.thumbnail_cache import ThumbnailCache
from core.pipeline.events import Event, Progress, Stage
from core.pipeline.rate import RateMeter
from core.protocols import ModelsFactory
from core.settings import Settings
from core.types import ClockSettings, Photo


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
        only: the files that are taken in, of those in the folders; None for all. Others are still being written.
        away: files that cannot be looked at now, by their paths, as of a drive that is away; they stay as they are.
        regroups: whether sliders and hands will ask for other groups afterwards, as in a window.
        library: takes in what was measured; None to leave it as it is.
        name_things: says what pictures show, from their looks; None where nobody can.
    """

    models: ModelsFactory
    pool: Callable[[], Executor] | None
    in_flight: int
    measures: AnalysisCache
    thumbnails: ThumbnailCache
    clocks: Callable[[Iterable[Path]], ClockSettings]
    regroups: bool = True
    only: frozenset[Path] | None = None
    away: Mapping[Path, ScannedFile] = field(default_factory=dict)
    library: ShootLibrary | None = None
    name_things: NameThings | None = None


@dataclass(frozen=True, slots=True)
class RunContext:
    """One run, for every part of it.

    Attributes:
        settings: of this run.
        parts: what it works with.
        cancelled: asked between photos.
        emit: takes the events in order.
        run_id: put into every event.
    """

    settings: Settings
    parts: Dependencies
    cancelled: Cancelled
    emit: Callable[[Event], None]
    run_id: int = 0

    def can_measure(self, photo: Photo) -> bool:
        """Tell whether a photo can be measured: it is no film, and can be looked at."""
        return not photo.is_film and photo.path not in self.parts.away

    def progress(self, stage: Stage, done: int, total: int, meter: RateMeter | None = None) -> None:
        """Tell how far a stage is; how fast and how long still where there is a meter."""
        rate, left = (meter.per_second(), meter.seconds_left(total - done)) if meter else (0.0, None)
        self.emit(Progress(self.run_id, stage, done, total, rate, left))
