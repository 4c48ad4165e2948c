"""Threads that load pictures, always the most wanted one next."""

import os
import sys
import threading
import time
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from typing import Any, Generic, TypeVar

Request = TypeVar("Request", bound=Hashable)

_PATIENCE = 2.0  # seconds that others give way to one urgent request: a decode may hang in a native library
_NICENESS = 5  # of threads that do what is not urgent; above those of the workers that measure


class RightOfWay:
    """What several pools of threads share, so that a processor is free for what is on screen.

    None of them begins anything while one works on what is urgent. Of other work no more than so many requests are
    worked on at a time, of the pools in turn: what was begun cannot be stopped when a key is pressed. It gives way
    where it can (``Workers.give_way``), and the system prefers the threads of what is urgent.

    Args:
        room: how many requests that are not urgent; None for any number.
    """

    def __init__(self, room: int | None = None) -> None:
        self.change = threading.Condition()
        self._room = room
        self._urgent: list[float] = []  # when each request was taken up
        self._others: list[float] = []
        self._pools: list[Workers[Any]] = []  # the one that began something last comes last

    def join(self, pool: "Workers[Any]") -> None:
        """Take one more pool in."""
        self._pools.append(pool)

    def leave(self, pool: "Workers[Any]") -> None:
        """Reckon no longer with a pool."""
        if pool in self._pools:
            self._pools.remove(pool)

    def is_urgent(self) -> bool:
        """Say whether one works on what is urgent; what takes suspiciously long holds nobody up."""
        return _still_held(self._urgent) > 0

    def is_free_for(self, pool: "Workers[Any]") -> bool:
        """Say whether a pool may begin what is not urgent; what takes suspiciously long holds nobody up."""
        if self.is_urgent():
            return False
        if self._room is None:
            return True
        if _still_held(self._others) >= self._room:
            return False
        return next((each for each in self._pools if each.waits), pool) is pool

    def is_waited_for(self, pool: "Workers[Any]") -> bool:
        """Say whether another pool has something that it would begin."""
        return any(each.waits for each in self._pools if each is not pool)

    def take(self, pool: "Workers[Any]", *, urgent: bool) -> float:
        """Note that a request is taken up; return what ``give_back`` is told."""
        taken = time.monotonic()
        (self._urgent if urgent else self._others).append(taken)
        if not urgent:
            self.leave(pool)
            self.join(pool)
        return taken

    def give_back(self, taken: float, *, urgent: bool) -> None:
        """Note that it is done."""
        (self._urgent if urgent else self._others).remove(taken)


def _still_held(taken: Sequence[float]) -> int:
    """Count what was taken up, and not suspiciously long ago."""
    now = time.monotonic()
    return sum(now - each < _PATIENCE for each in taken)


class Workers(Generic[Request]):
    """Daemon threads that take the most wanted request; those no longer wanted are never begun.

    Plain threads and not a QThreadPool: a decode that hangs in a native library must not keep the program
    from closing, and daemon threads can be left behind.

    Args:
        work: called with one request in one of the threads; must not raise.
        threads: how many requests that are not urgent are worked on at the same time. None is begun while an urgent
            one is worked on: it would take half of the processor from it.
        name: of the threads, for logs and debuggers.
        urgent: how many requests are worked on at the same time where some are urgent, which have threads of their
            own: more than ``threads``, so that these never wait for others to end. 0 where nothing is ever urgent.
        way: shared with the pools that give way to the urgent requests of this one, and this one to theirs; None
            for none.
    """

    def __init__(
        self,
        work: Callable[[Request], None],
        threads: int,
        name: str,
        *,
        urgent: int = 0,
        way: RightOfWay | None = None,
    ) -> None:
        self._work = work
        self._way = way or RightOfWay()
        self._change = self._way.change
        self._urgent: list[Request] = []  # the most wanted one last
        self._others: list[Request] = []
        self._running: set[Request] = set()
        self._told: set[Request] = set()  # done, and on the way to who listens
        self._at_once = max(threads, urgent)
        self._idle = threads  # threads that wait, but for those that do urgent requests only
        self._stopping = False
        # A thread that has stepped back cannot step forward again, so each does either what is urgent or all else.
        self._threads = [
            threading.Thread(target=self._run, args=(number < urgent,), name=f"{name}-{number}", daemon=True)
            for number in range(urgent + threads)
        ]
        with self._change:
            self._way.join(self)
        for thread in self._threads:
            thread.start()

    @property
    def waits(self) -> bool:
        """Whether a thread of it waits to begin what is not urgent."""
        return bool(self._others) and self._idle > 0

    def want(self, requests: Sequence[Request], urgent: int = 0) -> None:
        """Replace what is wanted; what is being worked on, or is done and not taken yet, is not begun once more.

        Args:
            requests: most wanted first.
            urgent: how many of the first ones are.
        """
        with self._change:
            begun = self._running | self._told
            self._urgent = [request for request in requests[:urgent][::-1] if request not in begun]
            self._others = [request for request in requests[urgent:][::-1] if request not in begun]
            self._change.notify_all()

    def tell(self, request: Request, say: Callable[[], None]) -> None:
        """Run ``say`` unless stopped: after ``stop`` nobody may touch the listener any more.

        Args:
            request: what was done; it is not begun again until the listener has called ``take``.
            say: tells the listener, who may hear of it later, in another thread.
        """
        with self._change:
            if not self._stopping:
                self._told.add(request)
                say()

    def take(self, request: Request) -> None:
        """Hear that the listener has what was done, and that it may be wanted anew from now on."""
        with self._change:
            self._told.discard(request)

    def give_way(self) -> None:
        """Wait within a request that is not urgent as long as one is; called in its thread, between two parts of it."""
        with self._change:
            self._change.wait_for(lambda: self._stopping or not self._way.is_urgent(), _PATIENCE)

    def stop(self, seconds: float) -> bool:
        """End the threads, waiting at most so long; False where one of them did not end in time."""
        with self._change:
            self._stopping = True
            self._urgent, self._others = [], []
            self._way.leave(self)
            self._change.notify_all()
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _run(self, is_for_urgent: bool) -> None:
        if not is_for_urgent:
            _step_back()
        while True:
            with self._change:
                while not self._stopping and not self._may_begin(is_for_urgent):
                    # Woken by whoever has the way; only where that one hangs it is looked at again.
                    self._change.wait(_PATIENCE if self._others and not is_for_urgent else None)
                if self._stopping:
                    return
                self._idle -= not is_for_urgent
                request = (self._urgent if is_for_urgent else self._others).pop()
                taken = self._way.take(self, urgent=is_for_urgent)
                self._running.add(request)
            self._work(request)
            with self._change:
                self._running.discard(request)
                self._idle += not is_for_urgent
                self._way.give_back(taken, urgent=is_for_urgent)
                if is_for_urgent or self._urgent or self._way.is_waited_for(self):
                    self._change.notify_all()

    def _may_begin(self, is_for_urgent: bool) -> bool:
        """Say whether there is a request that a thread may take up now."""
        if is_for_urgent:
            return bool(self._urgent) and len(self._running) < self._at_once
        return bool(self._others) and not self._urgent and self._way.is_free_for(self)


def _step_back() -> None:
    """Have the system prefer the other threads of the program, where it tells threads apart in this: on Linux."""
    if sys.platform == "linux":
        with suppress(OSError):
            niceness = os.getpriority(os.PRIO_PROCESS, 0)
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), niceness + _NICENESS)
