"""The QThread that runs the pipeline: core's events become one Qt signal."""

import logging
import threading
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from core.errors import ShortlistError
from core.pipeline.events import Event
from core.pipeline.runner import Dependencies, run
from core.settings import Settings

_log = logging.getLogger(__name__)

_LONGEST_STOP_MS = 10_000


class PipelineThread(QThread):
    """One run. Its signals arrive on the GUI thread, queued, in order.

    Args:
        run_id: put into every event, so that the screen can drop those of a former run.
    """

    event_arrived = Signal(object)
    failed = Signal(int, str)

    def __init__(
        self,
        sources: Sequence[Path],
        settings: Settings,
        dependencies: Dependencies,
        run_id: int,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._sources = tuple(sources)
        self._settings = settings
        self._dependencies = dependencies
        self.run_id = run_id
        # An event, not a slot: a queued slot would run only after run() returned.
        self._cancel = threading.Event()

    def run(self) -> None:
        """The work, on the thread; called by Qt."""
        try:
            run(self._sources, self._settings, self._dependencies, self._cancel, self._emit, self.run_id)
        except ShortlistError as error:
            self.failed.emit(self.run_id, str(error))
        except Exception as error:  # noqa: BLE001 - a thread must end with a word to the user
            _log.exception("the pipeline failed")
            self.failed.emit(
                self.run_id,
                f"The analysis stopped on an unexpected error ({type(error).__name__}). The log says more.",
            )

    def cancel(self) -> None:
        """Asks it to stop; ``Finished`` follows within a second."""
        self._cancel.set()

    def stop(self) -> None:
        """Cancels and waits, bounded."""
        self.cancel()
        if not self.wait(_LONGEST_STOP_MS):
            _log.error("the pipeline did not stop in time")

    def _emit(self, event: Event) -> None:
        self.event_arrived.emit(event)
