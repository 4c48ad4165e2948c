"""One piece of work on a thread of its own, that tells how far it is and can be stopped."""

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, Signal

from core.cancelling import Cancelled
from core.errors import ShortlistError
from core.language import tr

_log = logging.getLogger(__name__)

_LONGEST_STOP_MS = 10_000

Progress = Callable[[int, int], None]


class Job(QThread):
    """Runs ``work(progress, cancelled)``; its signals arrive on the GUI thread.

    Args:
        work: what to do; what it returns comes with ``ended``.
        parent: keeps it, and has it stopped before it goes: Qt ends a program that destroys a thread at work.
    """

    progressed = Signal(int, int)
    ended = Signal(object)
    failed = Signal(str)  # a sentence

    def __init__(self, work: Callable[[Progress, Cancelled], object], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._cancel = threading.Event()
        self.finished.connect(self.deleteLater)
        parent.destroyed.connect(self.stop)

    def run(self) -> None:
        """Do the work, on the thread; called by Qt."""
        try:
            result = self._work(self.progressed.emit, self._cancel.is_set)
        except ShortlistError as error:
            self.failed.emit(str(error))
        except Exception as error:  # noqa: BLE001 - a thread must end with a word to the user
            _log.exception("a job failed")
            self.failed.emit(
                tr("Something unexpected went wrong ({error}). The log says more.").format(
                    error=type(error).__name__
                )
            )
        else:
            self.ended.emit(result)

    def cancel(self) -> None:
        """Ask it to stop."""
        self._cancel.set()

    def stop(self) -> None:
        """Cancel and wait, bounded."""
        self.cancel()
        if not self.wait(_LONGEST_STOP_MS):
            _log.error("a job did not stop in time")
