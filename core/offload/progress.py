"""How far the copying is: files, bytes, how fast, how long yet."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from core.offload.plan import OffloadPlan, PlannedOffload, Step
from core.pipeline.rate import RateMeter

_EVERY = 0.1  # seconds between two words about it


@dataclass(frozen=True, slots=True)
class OffloadProgress:
    """How far it is at one moment.

    Attributes:
        files, of_files: done, and in all; done is what was proven, found there or refused.
        size_bytes, of_bytes: of those files on the cards; what need not be read is not among them.
        per_second: bytes read from the cards, over the last seconds.
        seconds_left: None while that cannot be told.
        share: of all reading and reading again, 0 to 1.
    """

    files: int
    of_files: int
    size_bytes: int
    of_bytes: int
    per_second: float
    seconds_left: float | None
    share: float


class Watched:
    """Counts what several threads do, and tells of it now and then.

    Args:
        plan: what is to be done.
        tell: called with the lock held, so it has to be quick; in whatever thread.
    """

    def __init__(self, plan: OffloadPlan, tell: Callable[[OffloadProgress], None]) -> None:
        self._tell = tell
        self._lock = threading.Lock()
        self._of_files = len(plan.files)
        self._of_bytes = plan.size_bytes
        self._of_work = sum(_work(file) for file in plan.files)
        self._files = self._bytes = self._work_done = self._read = 0
        self._rate, self._work_rate = RateMeter(), RateMeter()
        self._told = 0.0

    def read(self, count: int) -> None:
        """Count bytes that were read from a card."""
        self._count(count, read=True)

    def read_again(self, count: int) -> None:
        """Count bytes that were read from a copy."""
        self._count(count, read=False)

    def end(self, file: PlannedOffload) -> None:
        """Count a file as done, whatever became of it."""
        with self._lock:
            self._files += 1
            self._bytes += file.source.size_bytes if file.is_work else 0
            self._say(at_once=self._files == self._of_files)

    def _count(self, count: int, *, read: bool) -> None:
        with self._lock:
            self._work_done += count
            self._read += count if read else 0
            self._say()

    def _say(self, at_once: bool = False) -> None:
        now = time.monotonic()
        if not at_once and now - self._told < _EVERY:
            return
        self._told = now
        self._rate.count(self._read)
        self._work_rate.count(self._work_done)
        left = max(self._of_work - self._work_done, 0)
        share = min(self._work_done / self._of_work, 1.0) if self._of_work else 1.0
        self._tell(
            OffloadProgress(
                self._files,
                self._of_files,
                self._bytes,
                self._of_bytes,
                self._rate.per_second(),
                self._work_rate.seconds_left(left),
                share,
            )
        )


def _work(file: PlannedOffload) -> int:
    """Return the bytes that are gone through for a file: once on the card, once in each place."""
    if not file.is_work:
        return 0
    places = sum(place.step in (Step.COPY, Step.COMPARE) for place in file.places)
    return file.source.size_bytes * (1 + places)
