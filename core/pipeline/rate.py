"""How fast a stage goes, over the last seconds."""

import time
from collections import deque

_WINDOW = 8.0  # seconds: long enough to be calm, short enough to be true


class RateMeter:
    """Counts what is done and tells the rate and the time left.

    The clock starts when the first are done: before, workers start and load their models, and "19 minutes left" would
    be said of two.
    """

    def __init__(self) -> None:
        self._counts: deque[tuple[float, int]] = deque()

    def count(self, done: int) -> None:
        """Note that ``done`` are done by now."""
        now = time.monotonic()
        self._counts.append((now, done))
        while len(self._counts) > 2 and now - self._counts[0][0] > _WINDOW:
            self._counts.popleft()

    def per_second(self) -> float:
        """Return how many are done a second over the window; 0 until something is."""
        if not self._counts:
            return 0.0
        (start, before), (end, after) = self._counts[0], self._counts[-1]
        return (after - before) / (end - start) if end > start else 0.0

    def seconds_left(self, remaining: int) -> float | None:
        """Return the seconds until ``remaining`` more are done; None where not known yet."""
        rate = self.per_second()
        return remaining / rate if rate > 0 else None
