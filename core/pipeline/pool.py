"""Worker processes, one a core: a file that crashes or hangs a decoder costs one worker and one photo.

One that wants more memory than a worker may have costs that photo alone.
"""

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from pebble import ProcessPool

from core.freed_memory import keep_freed_memory
from core.pipeline.worker_memory import bound_memory, worker_share

_STOP_SECONDS = 5.0


class WorkerPool(Executor):
    """A ``concurrent.futures.Executor`` that outlives its workers.

    Unlike ``ProcessPoolExecutor``, which breaks as a whole when one worker dies, only the task that was
    running fails: with ``ProcessExpired`` if the worker died, ``TimeoutError`` if the task took too long.

    Args:
        workers: number of processes.
        timeout: seconds one task may run.
    """

    def __init__(self, workers: int, timeout: float) -> None:
        self._timeout = timeout
        self._pool: Any = ProcessPool(
            max_workers=workers,
            initializer=_prepare_worker,
            initargs=(worker_share(workers),),
            context=multiprocessing.get_context("spawn"),
        )

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Runs ``fn`` in a worker; everything that travels must pickle."""
        future: Future[Any] = self._pool.schedule(fn, args=args, kwargs=kwargs, timeout=self._timeout)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends the workers: after their work, or at once with ``cancel_futures``."""
        if cancel_futures:
            self._pool.stop()
        else:
            self._pool.close()
        if wait:
            self._pool.join(timeout=_STOP_SECONDS if cancel_futures else None)


def default_workers() -> int:
    """One worker a core this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


def _prepare_worker(memory: int) -> None:
    """One thread a worker (the processes are the parallelism), memory kept and bounded; the screen goes first."""
    keep_freed_memory()
    bound_memory(memory)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    if hasattr(os, "nice"):
        os.nice(5)
