"""Questions to the engine that take a moment: asked on a thread of their own, answered in the window."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from app.job import Job

Answer = TypeVar("Answer")


class Asking(QObject):
    """Asks one question at a time; of one that is asked anew, only the last answer counts.

    Args:
        parent: keeps it.
        failed: told what went wrong, a sentence.
    """

    answered = Signal()  # the last answer was taken

    def __init__(self, parent: QObject, failed: Callable[[str], object]) -> None:
        super().__init__(parent)
        self._failed = failed
        self._jobs: list[Job] = []
        self._latest: Job | None = None
        self._stopped = False

    def ask(self, work: Callable[[], Answer], then: Callable[[Answer], object]) -> None:
        """Ask something, in the place of what was asked before.

        Args:
            work: finds the answer, on a thread: it must read nothing that changes meanwhile.
            then: takes the answer, on the window's thread.
        """
        if self._stopped:
            return
        job = Job(lambda _progress, _cancelled: work(), self)
        self._jobs.append(job)
        self._latest = job

        def ended(answer: Answer) -> None:
            if self._is_last(job):
                then(answer)
                self.answered.emit()

        def failed(sentence: str) -> None:
            if self._is_last(job):
                self._failed(sentence)

        job.ended.connect(ended)
        job.failed.connect(failed)
        job.start()

    def stop(self) -> None:
        """Wait for what is still asked, a bounded time, and ask nothing more: the window is being closed."""
        self._stopped = True
        for job in self._jobs:
            job.stop()

    def _is_last(self, job: Job) -> bool:
        """Take a job off the list; tell whether nothing was asked after it."""
        job.wait()
        self._jobs.remove(job)
        return job is self._latest
