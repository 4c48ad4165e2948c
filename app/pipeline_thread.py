"""The QThread that runs the pipeline: core's events become one Qt signal."""

import logging
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QThread, QTimer, Signal

from app.decisions_ahead import DecisionsAhead
from app.taste_choice import RankedByTaste
from core.errors import ShortlistError
from core.freed_memory import give_back_freed_memory
from core.language import tr
from core.pipeline.context import Dependencies
from core.pipeline.events import ClustersUpdated, Event, PeopleFound, PhotosAnalyzed, PhotosFound
from core.pipeline.runner import run

_log = logging.getLogger(__name__)

_LONGEST_STOP_MS = 10_000
_SWITCH_SECONDS = 0.0003  # for the lock's next holder: one painting asks for it hundreds of times
_FEW = 256  # photos, or groups
_LONGEST_WAIT = 0.5  # seconds for the window to take an event in; it may have a question of its own open


class PipelineThread(QThread):
    """One run. Its signals arrive on the GUI thread, queued, in order.

    While the window takes in an event about many photos and paints it, the run waits, for both need Python's lock:
    without that the window would be held up for twice as long. Code that takes events connects ``event_taken`` after
    its own slot.

    Args:
        sources: what the run is over.
        ranked: tells what the run goes by: asked on this thread, for learning may take a moment.
        dependencies: what the run works with.
        run_id: put into every event, so that the screen can drop those of a former run.
        decisions: looked up of the photos that an event is about to tell of.
    """

    ranked = Signal(int, object)  # run id, RankedByTaste: before every event
    event_arrived = Signal(object)
    failed = Signal(int, str)

    def __init__(
        self,
        sources: Sequence[Path],
        ranked: Callable[[], RankedByTaste],
        dependencies: Dependencies,
        run_id: int,
        parent: QObject | None = None,
        decisions: DecisionsAhead | None = None,
    ) -> None:
        super().__init__(parent)
        self._sources = tuple(sources)
        self._ranked = ranked
        self._dependencies = dependencies
        self.run_id = run_id
        self._decisions = decisions
        # An event, not a slot: a queued slot would run only after run() returned.
        self._cancel = threading.Event()
        self._taken = threading.Event()

    def run(self) -> None:
        """Do the work, on the thread; called by Qt."""
        sys.setswitchinterval(_SWITCH_SECONDS)
        try:
            ranked = self._ranked()
            self.ranked.emit(self.run_id, ranked)
            run(
                self._sources,
                ranked.settings,
                self._dependencies,
                self._cancel.is_set,
                self._emit,
                self.run_id,
            )
        except ShortlistError as error:
            self.failed.emit(self.run_id, str(error))
        except Exception as error:  # noqa: BLE001 - a thread must end with a word to the user
            _log.exception("the pipeline failed")
            words = tr("The analysis stopped on an unexpected error ({error}). The log says more.")
            self.failed.emit(self.run_id, words.format(error=type(error).__name__))
        give_back_freed_memory()

    def cancel(self) -> None:
        """Ask it to stop; ``Finished`` follows within a second."""
        self._cancel.set()
        self._taken.set()

    def event_taken(self) -> None:
        """Note that the event was taken in: the run goes on once it is painted too."""
        QTimer.singleShot(0, self._taken.set)

    def stop(self) -> None:
        """Cancel and wait, bounded."""
        self.cancel()
        if not self.wait(_LONGEST_STOP_MS):
            _log.error("the pipeline did not stop in time")

    def _emit(self, event: Event) -> None:
        if isinstance(event, PhotosFound) and self._decisions is not None:
            self._decisions.look_up(event.photos)
        self._taken.clear()
        self.event_arrived.emit(event)
        if _many(event) and not self._cancel.is_set():
            self._taken.wait(_LONGEST_WAIT)


def _many(event: Event) -> bool:
    """Tell whether it takes more than a moment to take an event in."""
    match event:
        case PhotosFound():
            return len(event.photos) > _FEW
        case PhotosAnalyzed() | PeopleFound():
            return len(event.analyses) > _FEW
        case ClustersUpdated():
            return len(event.clusters) > _FEW
    return False
