"""Pieces of work done one after the other on a thread that is not the window's."""

import logging
from collections import deque
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject

from app.job import Job
from core.cancelling import Cancelled

Result = TypeVar("Result")

_log = logging.getLogger(__name__)


class Background(QObject):
    """Does what it is given in that order; lives in the GUI thread, where results and failures arrive.

    Args:
        parent: keeps it.
        failed: is told in a sentence what went wrong with a piece; the next one is done all the same.
    """

    def __init__(self, parent: QObject, failed: Callable[[str], object]) -> None:
        super().__init__(parent)
        self._failed = failed
        self._waiting: deque[tuple[Job, Callable[[], object] | None]] = deque()
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
        wish: Callable[[], object] | None = None,
    ) -> None:
        """Have work done on the thread that is soon done, and what it returns taken here; as ``do_long`` does.

        Args:
            work: as there.
            then: as there.
            failed: as there.
            wish: what is done of it all the same where the window is closed before its turn: the user asked for it.
        """
        self._add(lambda _cancelled: work(), then, failed, wish)

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
        self._add(work, then, failed, None)

    def stop(self) -> None:
        """Do what the user still waits for, begin nothing else, and wait a bounded time for what is being done."""
        self._stopped = True
        if self._job is not None:
            self._job.stop()
        for _, wish in self._waiting:
            if wish is not None:
                self._fulfil(wish)
        self._waiting.clear()

    def _fulfil(self, wish: Callable[[], object]) -> None:
        try:
            wish()
        except Exception:  # noqa: BLE001 nobody is there to be told, and the window is to close all the same
            _log.exception("what was asked for before the window was closed failed")

    def _add(
        self,
        work: Callable[[Cancelled], Result],
        then: Callable[[Result], object],
        failed: Callable[[str], object] | None,
        wish: Callable[[], object] | None,
    ) -> None:
        if self._stopped:
            return
        job = Job(lambda _progress, cancelled: work(cancelled), self)
        job.ended.connect(then)
        job.failed.connect(failed or self._failed)
        job.finished.connect(self._next)
        self._waiting.append((job, wish))
        if self._job is None:
            self._next()

    def _next(self) -> None:
        self._job = self._waiting.popleft()[0] if self._waiting else None
        if self._job is not None:
            self._job.start()
