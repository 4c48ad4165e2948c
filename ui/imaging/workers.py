"""Threads that load pictures, always the most wanted one next."""

import threading
import time
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

Request = TypeVar("Request", bound=Hashable)


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
    """

    def __init__(self, work: Callable[[Request], None], threads: int, name: str, *, spare: int = 0) -> None:
        self._work = work
        self._change = threading.Condition()
        self._urgent: list[Request] = []  # the most wanted one last
        self._others: list[Request] = []
        self._running: set[Request] = set()
        self._urgent_running = 0
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
        def wanted() -> list[Request]:
            return self._urgent or ([] if is_spare or self._urgent_running else self._others)

        while True:
            with self._change:
                self._change.wait_for(lambda: wanted() or self._stopping)
                if self._stopping:
                    return
                is_urgent = bool(self._urgent)
                request = wanted().pop()
                self._running.add(request)
                self._urgent_running += is_urgent
            self._work(request)
            with self._change:
                self._running.discard(request)
                self._urgent_running -= is_urgent
                if is_urgent:
                    self._change.notify_all()
