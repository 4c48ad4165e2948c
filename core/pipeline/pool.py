"""Worker processes, one a core: a file that crashes or hangs a decoder costs one worker and one photo.

Which of the two is at fault is told by when a worker ends. Before it gets a photo it has to prepare, which is to do
once all that it does with photos: one that cannot is no worker, and the photos wait for another. If none is left, the
pool is broken, with one sentence for the user and one entry in the log, and no photo is blamed.
"""

import copy
import logging
import os
import pickle
import signal
import sys
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from functools import partial
from threading import Condition, Thread
from typing import Any

from core.errors import ShortlistError
from core.pipeline.worker import LostError, Worker
from core.pipeline.worker_memory import worker_share
from core.pipeline.worker_troubles import no_memory, no_start, no_word, too_many_lost

_log = logging.getLogger(__name__)

_STOP_SECONDS = 5.0
_START_SECONDS = 120.0  # a virus scanner may look at every library of a worker
_SECOND_TRY = 1.0  # seconds from when a worker has ended without an error to when one more is tried
_TRIES = 3  # workers that are ended from outside under one task before it is given up
_MOST_LOST_AT_FIRST, _MOST_LOST_IN_A_ROW = 6, 12

_CRASHES = {
    -number
    for name in ("SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE", "SIGABRT", "SIGTRAP", "SIGSYS")
    if (number := getattr(signal, name, None)) is not None
}
_WINDOWS_CRASHES = 0xC0000000  # exceptions that nobody caught are exit codes from there on


class EndedError(ChildProcessError):
    """The workers under one task were ended from outside, each time."""


@dataclass(eq=False)
class _Task:
    """Something to do, pickled, and how often its worker was ended under it."""

    asked: bytes
    future: Future[Any]
    lost: int = 0


class WorkerPool(Executor):
    """A ``concurrent.futures.Executor`` that outlives its workers.

    Unlike ``ProcessPoolExecutor``, which breaks as a whole when one worker dies, only the task that was
    running fails: with ``ChildProcessError`` if the worker crashed, ``TimeoutError`` if the task took too long. Where
    a worker was ended from outside, as a system short of memory does, another one tries. A broken pool fails all tasks
    with the ``ShortlistError`` that says why.

    Args:
        workers: number of processes; it works with fewer where there are no more.
        timeout: seconds one task may run.
        prepare: done by every worker before its first task; must pickle. Where it raises a ``ShortlistError``, that
            is what breaks the pool.
    """

    def __init__(self, workers: int, timeout: float, prepare: Callable[[], object] = int) -> None:
        self._timeout = timeout
        self._new_worker = partial(Worker, worker_share(workers), _pickled(prepare))
        self._most_lost = max(_MOST_LOST_IN_A_ROW, 2 * workers)
        self._changed = Condition()  # guards all that follows
        self._waiting: deque[_Task] = deque()
        self._running: set[Worker] = set()
        self._closing = self._stopped = self._has_answered = False
        self._busy = self._lost_in_a_row = 0
        self._broken: ShortlistError | None = None
        self._serving = workers
        self._threads: list[Thread] = []
        for number in range(workers):
            thread = Thread(target=self._serve, name=f"worker {number}", daemon=True)
            try:
                thread.start()
            except RuntimeError as error:  # the system gives no more threads
                self._retire(no_start(error), error)
            else:
                self._threads.append(thread)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run ``fn`` in a worker; everything that travels must pickle."""
        task = _Task(_pickled(fn, *args, **kwargs), Future())
        with self._changed:
            if self._closing:
                raise RuntimeError("The pool is closed.")
            if self._broken is None:
                self._waiting.append(task)
                self._changed.notify_all()
                return task.future
        task.future.set_exception(copy.copy(self._broken))
        return task.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers: after their work, or at once with ``cancel_futures``."""
        with self._changed:
            self._closing = True
            self._stopped = self._stopped or cancel_futures
            dropped = self._take_all() if cancel_futures else []
            killed = tuple(self._running) if cancel_futures else ()
            self._changed.notify_all()
        for task in dropped:
            task.future.cancel()
        for worker in killed:
            worker.kill()
        for thread in self._threads if wait else ():
            thread.join(timeout=_STOP_SECONDS if cancel_futures else None)

    def _serve(self) -> None:
        """Keep one worker running, and hand it one task after the other; the life of a thread."""
        worker: Worker | None = None
        while True:
            worker = worker or self._start()
            task = self._next() if worker else None
            if worker is None or task is None:
                break
            is_alive = self._run(task, worker)
            with self._changed:
                self._busy -= 1
                self._changed.notify_all()
            if not is_alive:
                self._end(worker)
                worker = None
        if worker is not None:
            self._end(worker)

    def _start(self) -> Worker | None:
        """Start a worker and let it prepare; None where none can be had, or none is wanted any more."""
        for is_last in (False, True):
            try:
                worker = self._new_worker()
            except (OSError, MemoryError) as error:
                self._retire(no_start(error), error)
                return None
            with self._changed:
                self._running.add(worker)
                if self._stopped:
                    worker.kill()
            try:
                is_ready, answer = worker.answer(_START_SECONDS)
            except (LostError, TimeoutError) as error:
                self._end(worker)
                with self._changed:
                    if self._stopped or (not is_last and self._changed.wait_for(self._is_over, _SECOND_TRY)):
                        return None
                if is_last:
                    self._retire(no_word(error), error)
                continue
            if is_ready:
                return worker
            self._end(worker)
            self._retire(no_start(answer), answer)
            return None
        return None

    def _next(self) -> _Task | None:
        """Wait for the next task; None where there is none to come."""
        with self._changed:
            while True:
                self._changed.wait_for(lambda: self._waiting or self._is_over())
                if not self._waiting or self._stopped or self._broken:
                    return None
                task = self._waiting.popleft()
                if task.lost or task.future.set_running_or_notify_cancel():
                    self._busy += 1
                    return task

    def _is_over(self) -> bool:
        """Tell whether no task is to come; one that is running may still be put back."""
        return self._stopped or self._broken is not None or (self._closing and not self._busy)

    def _run(self, task: _Task, worker: Worker) -> bool:
        """Have a task done; return whether the worker can do another."""
        try:
            is_result, answer = worker.ask(task.asked, self._timeout)
        except TimeoutError as error:
            task.future.set_exception(error)
            return False
        except LostError as error:
            if error.at_work and _is_crash(error.code):
                task.future.set_exception(ChildProcessError(str(error)))
            else:
                self._lose(task, EndedError(str(error)), too_many_lost())
            return False
        if isinstance(answer, MemoryError) and not self._has_answered:
            self._lose(task, answer, no_memory())
            return True
        with self._changed:
            self._has_answered, self._lost_in_a_row = True, 0
        if is_result:
            task.future.set_result(answer)
        else:
            task.future.set_exception(answer)
        return True

    def _lose(self, task: _Task, error: Exception, trouble: ShortlistError) -> None:
        """Take in that a task was not done and is not to blame: it waits once more, up to a point."""
        with self._changed:
            task.lost += 1
            self._lost_in_a_row += 1
            most = self._most_lost if self._has_answered else _MOST_LOST_AT_FIRST
            is_out_of_tries = task.lost >= _TRIES and self._has_answered
            if self._lost_in_a_row < most and not is_out_of_tries and not self._stopped:
                self._waiting.append(task)
                self._changed.notify_all()
                return
        if self._lost_in_a_row >= most:
            self._break(trouble, error)
            error = copy.copy(trouble)
        task.future.set_exception(error)

    def _retire(self, trouble: ShortlistError, cause: BaseException) -> None:
        """Take in that there will be one worker less; without any the pool is broken."""
        with self._changed:
            self._serving -= 1
            is_last = not self._serving
        if is_last:
            self._break(trouble, cause)

    def _break(self, trouble: ShortlistError, cause: BaseException) -> None:
        """Fail all that waits and all that will come."""
        with self._changed:
            if self._broken is not None or self._stopped:
                return
            self._broken = trouble
            failed = self._take_all()
            self._changed.notify_all()
        _log.error("%s", trouble, exc_info=cause)
        for task in failed:
            task.future.set_exception(copy.copy(trouble))

    def _take_all(self) -> list[_Task]:
        tasks = list(self._waiting)
        self._waiting.clear()
        return tasks

    def _end(self, worker: Worker) -> None:
        with self._changed:
            self._running.discard(worker)
        worker.close()


def default_workers() -> int:
    """Return how many workers there are by default: one a core this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


def _is_crash(code: int | None) -> bool:
    """Tell whether a process ended by what it did itself; all else was done to it, by the system or by somebody."""
    if code is None:
        return False
    return code >= _WINDOWS_CRASHES if sys.platform == "win32" else code in _CRASHES


def _pickled(fn: Callable[..., Any], *args: Any, **kwargs: Any) -> bytes:
    return pickle.dumps((fn, args, kwargs))
