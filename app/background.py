"""Pieces of work done one after the other on a thread that is not the window's."""

from collections import deque
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject

from app.job import Job
from core.cancelling import Cancelled

Result = TypeVar("Result")


class Background(QObject):
    """Does what it is given in that order; lives in the GUI thread, where results and failures arrive.

    Args:
        parent: keeps it.
        failed: is told in a sentence what went wrong with a piece; the next one is done all the same.
    """

    def __init__(self, parent: QObject, failed: Callable[[str], object]) -> None:
        super().__init__(parent)
        self._failed = failed
        self._waiting: deque[Job] = deque()
        self._job: Job | None = None
        self._stopped = False

    @property
    def is_busy(self) -> bool:
        """Whether something is being done."""
        return self._job is not None

    def do(
        self,
        work: Callable[[], Result],
        then: Callable[[Result], object] = lambda _result: None,
        failed: Callable[[str], object] | None = None,
    ) -> None:
        """Have work done on the thread that is soon done, and what it returns taken here; as ``do_long`` does."""
        self.do_long(lambda _cancelled: work(), then, failed)

    def do_long(
        self,
        work: Callable[[Cancelled], Result],
        then: Callable[[Result], object] = lambda _result: None,
        failed: Callable[[str], object] | None = None,
    ) -> None:
        """Have work done on the thread, and what it returns taken here.

        Args:
            work: must touch nothing that the window changes; given what tells that the result is not wanted any more.
            then: takes what it returns.
            failed: is told what went wrong with it, in the place of the one who is told otherwise.
        """
        if self._stopped:
            return
        job = Job(lambda _progress, cancelled: work(cancelled), self)
        job.ended.connect(then)
        job.failed.connect(failed or self._failed)
        job.finished.connect(self._next)
        self._waiting.append(job)
        if self._job is None:
            self._next()

    def stop(self) -> None:
        """Begin nothing more, and wait a bounded time for what is being done: the window is being closed."""
        self._stopped = True
        self._waiting.clear()
        if self._job is not None:
            self._job.stop()

    def _next(self) -> None:
        self._job = self._waiting.popleft() if self._waiting else None
        if self._job is not None:
            self._job.start()
