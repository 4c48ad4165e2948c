"""Measuring on other machines: a Dask cluster's workers in the place of this machine's own.

The photos have to lie in a folder that all machines share under one path, and the same Shortlist has to be
installed on each. Caches and decisions stay on this machine. Dask is an extra, ``shortlist[cluster]``.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from app.program_version import program_version
from core.errors import ModelError, ShortlistError
from core.language import say
from core.pipeline.context import Dependencies
from core.pipeline.workers import MEASURES_VERSION
from models import manifest

_CONNECT_SECONDS = 10.0


class ClusterError(ShortlistError):
    """The cluster cannot be used; nothing was measured."""


class ClusterPool(Executor):
    """A cluster's workers as the pipeline wants them: a crash or a hang costs one photo.

    Args:
        client: Dask's, connected.
        timeout: seconds one task may run.
    """

    def __init__(self, client: Any, timeout: float) -> None:
        self._executor = client.get_executor(pure=False)
        self._timeout = timeout

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run ``fn`` on some worker; everything that travels must pickle."""
        outcome: Future[Any] = Future()
        task = self._executor.submit(within, self._timeout, partial(fn, *args, **kwargs))
        task.add_done_callback(partial(_hand_on, outcome))
        return outcome

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait for the work, or with ``cancel_futures`` drop it. The workers are the cluster's and stay."""
        self._executor.shutdown(wait=wait and not cancel_futures)


@contextmanager
def cluster(
    address: str, sources: Sequence[Path], dependencies: Dependencies, timeout: float
) -> Iterator[Dependencies]:
    """Let a run measure on a cluster.

    Args:
        address: of Dask's scheduler, such as ``tcp://10.0.0.5:8786``.
        sources: what is going to be read; every worker has to see it.
        dependencies: of the run on this machine.
        timeout: seconds one photo may take.

    Yields:
        What the run works with instead.

    Raises:
        ClusterError: Dask is not installed, the scheduler cannot be reached, or its workers are not like this
            machine.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError(say("--scheduler needs Dask: pip install 'shortlist[cluster]'.")) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is raised as an exception
    try:
        client = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(
            say(
                "No Dask scheduler answers at {address}. Start one with “dask scheduler” and workers with "
                "“dask worker {address}”, and check the address.",
                address=address,
            )
        ) from error
    try:
        slots = sum(client.nthreads().values())
        if not slots:
            raise ClusterError(
                say(
                    "The cluster at {address} has no workers. Start some with “dask worker {address}”.",
                    address=address,
                )
            )
        check_workers(client, sources)
        pool = partial(ClusterPool, client, timeout)
        yield replace(dependencies, pool=pool, in_flight=2 * slots)
    finally:
        client.close()


def check_workers(client: Any, sources: Sequence[Path]) -> None:
    """Make sure that every worker measures as this machine does, and sees the photos.

    Raises:
        ClusterError: one does not; it says which.
    """
    try:
        told = client.run(facts_of_worker, [str(path) for path in sources])
    except ImportError as error:
        raise ClusterError(
            say(
                "The workers of the cluster lack a part of Shortlist ({cause}); install {version} on each of them.",
                cause=error,
                version=_here(),
            )
        ) from error
    for worker, (version, measures, weights, unseen) in told.items():
        if (version, measures, weights) != (program_version(), MEASURES_VERSION, manifest.fingerprint()):
            raise ClusterError(
                say(
                    "The worker at {worker} has another version of Shortlist ({other}) or other models; "
                    "install {version} on all machines.",
                    worker=worker,
                    other=version,
                    version=_here(),
                )
            )
        if unseen:
            raise ClusterError(
                say(
                    "The worker at {worker} does not see “{source}”. Photos have to lie in a folder that all "
                    "machines share under the same path.",
                    worker=worker,
                    source=unseen[0],
                )
            )


def facts_of_worker(sources: Sequence[str]) -> tuple[str, int, str, list[str]]:
    """Return version, measures and weights of a machine, and which of the sources it does not see. Runs there."""
    unseen = [source for source in sources if not Path(source).exists()]
    weights = ""
    with suppress(ModelError):
        weights = manifest.fingerprint_on_disk()
    return program_version(), MEASURES_VERSION, weights, unseen


def within(seconds: float, work: Callable[[], Any]) -> Any:
    """Do some work, but wait for it no longer than that; what hangs is left behind. Runs on a worker.

    Raises:
        TimeoutError: it took longer.
    """
    outcome: Future[Any] = Future()

    def run() -> None:
        try:
            outcome.set_result(work())
        except BaseException as error:  # noqa: BLE001 - handed on, whatever it is
            outcome.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return outcome.result(timeout=seconds)


def _hand_on(outcome: Future[Any], task: Future[Any]) -> None:
    """Pass on how a task ended; one that took its worker down is a crash, as it is in a pool of processes."""
    if task.cancelled():
        outcome.cancel()
        outcome.set_running_or_notify_cancel()
    elif (error := task.exception()) is None:
        outcome.set_result(task.result())
    elif type(error).__name__ == "KilledWorker":
        outcome.set_exception(ChildProcessError(str(error)))
    else:
        outcome.set_exception(error)


def _here() -> str:
    return f"Shortlist {program_version()}"
