"""Threads that load pictures, always the most wanted one next."""

import threading
import time
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

Request = TypeVar("Request", bound=Hashable)

_PATIENCE = 2.0  # seconds that others give way to one urgent request: a decode may hang in a native library


class RightOfWay:
    """What several pools of threads share, so that none begins anything while one works on what is on screen."""

    def __init__(self) -> None:
        self.change = threading.Condition()
        self._begun: list[float] = []  # when each urgent request was taken up

    def is_taken(self) -> bool:
        """Say whether an urgent request is being worked on, and has not been for suspiciously long."""
        return any(time.monotonic() - begun < _PATIENCE for begun in self._begun)

    def take(self) -> float:
        """Note that an urgent request is taken up; return what ``give_back`` is told."""
        self._begun.append(time.monotonic())
        return self._begun[-1]

    def give_back(self, taken: float) -> None:
        """Note that it is done."""
        self._begun.remove(taken)


class Workers(Generic[Request]):
    """Daemon threads that take the most wanted request; those no longer wanted are never begun.

    Plain threads and not a QThreadPool: a decode that hangs in a native library must not keep the program
    from closing, and daemon threads can be left behind.

    Args:
        work: called with one request in one of the threads; must not raise.
        threads: how many requests are worked on at the same time.
        name: of the threads, for logs and debuggers.
        spare: how many of the threads do urgent requests only, so that these never wait for others to end. Nor is
            another one begun while an urgent one is worked on: it would take half of the processor from it.
        way: shared with the pools that give way to the urgent requests of this one, and this one to theirs; None
            for none.
    """

    def __init__(
        self,
        work: Callable[[Request], None],
        threads: int,
        name: str,
        *,
        spare: int = 0,
        way: RightOfWay | None = None,
    ) -> None:
        self._work = work
        self._way = way or RightOfWay()
        self._change = self._way.change
        self._urgent: list[Request] = []  # the most wanted one last
        self._others: list[Request] = []
        self._running: set[Request] = set()
        self._stopping = False
        self._threads = [
            threading.Thread(target=self._run, args=(number < spare,), name=f"{name}-{number}", daemon=True)
            for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def want(self, requests: Sequence[Request], urgent: int = 0) -> None:
        """Replace what is wanted; what is being worked on goes on.

        Args:
            requests: most wanted first.
            urgent: how many of the first ones are.
        """
        with self._change:
            self._urgent = [request for request in requests[:urgent][::-1] if request not in self._running]
            self._others = [request for request in requests[urgent:][::-1] if request not in self._running]
            self._change.notify_all()

    def tell(self, say: Callable[[], None]) -> None:
        """Run ``say`` unless stopped: after ``stop`` nobody may touch the listener any more."""
        with self._change:
            if not self._stopping:
                say()

    def stop(self, seconds: float) -> bool:
        """End the threads, waiting at most so long; False where one of them did not end in time."""
        with self._change:
            self._stopping = True
            self._urgent, self._others = [], []
            self._change.notify_all()
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _run(self, is_spare: bool) -> None:
        while True:
            with self._change:
                while not self._stopping and not self._may_begin(is_spare):
                    # Woken by whoever has the way; only where that one hangs it is looked at again.
                    self._change.wait(_PATIENCE if self._others and not is_spare else None)
                if self._stopping:
                    return
                taken = self._way.take() if self._urgent else None
                request = (self._urgent or self._others).pop()
                self._running.add(request)
            self._work(request)
            with self._change:
                self._running.discard(request)
                if taken is not None:
                    self._way.give_back(taken)
                    self._change.notify_all()

    def _may_begin(self, is_spare: bool) -> bool:
        """Say whether there is a request that a thread may take up now."""
        return bool(self._urgent) or not (is_spare or self._way.is_taken() or not self._others)
