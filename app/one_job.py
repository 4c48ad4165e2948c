"""One piece of work at a time; what is wanted in its place is done once it has stopped."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.job import Job, Progress
from core.cancelling import Cancelled


class OneJob(QObject):
    """Keeps a controller's work apart from what is wanted next; lives in the GUI thread.

    Args:
        parent: keeps it.
    """

    progressed = Signal(int, int)  # how many of how many are done

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._next: Callable[[], None] | None = None

    @property
    def is_running(self) -> bool:
        """Whether something is being done."""
        return self._job is not None

    @property
    def is_outdated(self) -> bool:
        """Whether something else is wanted in the place of what is being done."""
        return self._next is not None

    def start(
        self,
        work: Callable[[Progress, Cancelled], object],
        then: Callable[[object], None],
        failed: Callable[[str], None],
    ) -> None:
        """Do something now; nothing is running.

        Args:
            work: on a thread of its own.
            then: takes what comes of it.
            failed: is told in a sentence why nothing comes of it.
        """
        job = self._job = Job(work, self)

        def taken_by(take: Callable[[object], None], what: object) -> None:
            job.wait()
            self._job = None
            take(what)
            if self._next is not None:
                following, self._next = self._next, None
                following()

        job.progressed.connect(self.progressed)
        job.ended.connect(lambda result: taken_by(then, result))
        job.failed.connect(lambda sentence: taken_by(lambda _what: failed(sentence), sentence))
        job.start()

    def replace(self, then: Callable[[], None]) -> bool:
        """Stop what is running, to do something else after it; False where nothing runs, and it can be done at once."""
        if self._job is None:
            return False
        self._next = then
        self._job.cancel()
        return True

    def cancel(self) -> None:
        """Ask what is running to stop."""
        if self._job is not None:
            self._job.cancel()

    def stop(self) -> None:
        """End what is running, and begin nothing more."""
        self._next = None
        if self._job is not None:
            self._job.stop()
