"""One piece of work at a time; what is wanted in its place is done once it has stopped.

Work that only finds something out gives way to what is wanted next. Work that writes goes on to its end, and nobody
but the user can stop it: see ``start``.
"""

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
        self._is_writing = False
        self._next: Callable[[], None] | None = None

    @property
    def is_running(self) -> bool:
        """Whether something is being done."""
        return self._job is not None

    @property
    def is_writing(self) -> bool:
        """Whether files are being written or put back now."""
        return self._is_writing

    @property
    def is_outdated(self) -> bool:
        """Whether something else is wanted in the place of what is being done."""
        return self._next is not None

    def start(
        self,
        work: Callable[[Progress, Cancelled], object],
        then: Callable[[object], None],
        failed: Callable[[str], None],
        *,
        writes: bool = False,
    ) -> None:
        """Do something now. Raises RuntimeError where something is running: that is replaced, or waited for.

        Args:
            work: on a thread of its own.
            then: takes what comes of it.
            failed: is told in a sentence why nothing comes of it.
            writes: whether it writes the user's files; then it is never replaced.
        """
        if self._job is not None:
            raise RuntimeError("one piece of work at a time")
        self._is_writing = writes
        job = self._job = Job(work, self)

        def taken_by(take: Callable[[object], None], what: object) -> None:
            job.wait()
            self._job = None
            self._is_writing = False
            take(what)
            if self._next is not None:
                following, self._next = self._next, None
                following()

        job.progressed.connect(self.progressed)
        job.ended.connect(lambda result: taken_by(then, result))
        job.failed.connect(lambda sentence: taken_by(lambda _what: failed(sentence), sentence))
        job.start()

    def replace(self, then: Callable[[], None]) -> bool:
        """Do something else after what is running; False where nothing runs, and it can be done at once.

        What is running is stopped, unless it writes: then the other waits until that is done.
        """
        if self._job is None:
            return False
        self._next = then
        if not self._is_writing:
            self._job.cancel()
        return True

    def cancel(self) -> None:
        """Ask what is running to stop, whatever it is: the user wants it."""
        if self._job is not None:
            self._job.cancel()

    def stop(self) -> None:
        """End what is running, and begin nothing more."""
        self._next = None
        if self._job is not None:
            self._job.stop()
