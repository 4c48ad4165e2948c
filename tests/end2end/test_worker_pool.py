"""A file that crashes or hangs a worker costs one task; the pool goes on."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import PhotoError
from core.pipeline.pool import WorkerPool
from core.pipeline.stages import _outcome
from core.pipeline.worker_memory import worker_share
from fixtures.frames import photo


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    pool = WorkerPool(workers=1, timeout=3.0)
    yield pool
    pool.shutdown(wait=True, cancel_futures=True)


def test_a_crash_costs_one_task(pool: WorkerPool) -> None:
    crashing, fine = pool.submit(os._exit, 11), pool.submit(abs, -7)
    failure = _outcome(photo("bad"), crashing)
    assert isinstance(failure, PhotoError)
    assert "crashed" in failure.reason
    assert fine.result(timeout=30) == 7


def test_a_hang_is_ended(pool: WorkerPool) -> None:
    hanging, fine = pool.submit(time.sleep, 600), pool.submit(abs, -7)
    failure = _outcome(photo("slow"), hanging)
    assert isinstance(failure, PhotoError)
    assert "too long" in failure.reason
    assert fine.result(timeout=30) == 7


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux keeps a process to its bound")
def test_a_file_that_wants_all_memory_costs_one_task(pool: WorkerPool) -> None:
    greedy, fine = pool.submit(bytearray, 2 * worker_share(1)), pool.submit(abs, -7)
    failure = _outcome(photo("bomb"), greedy)
    assert isinstance(failure, PhotoError)
    assert failure.reason == "There is not enough memory to decode it."
    assert fine.result(timeout=30) == 7


def test_many_bad_ones_in_a_row_do_not_stop_the_pool(pool: WorkerPool) -> None:
    bad = [pool.submit(kill_self, signal.SIGSEGV) for _ in range(4)]
    assert all("crashed" in str(_outcome(photo("bad"), one)) for one in bad)
    assert pool.submit(abs, -7).result(timeout=30) == 7


def kill_self(number: int) -> None:
    os.kill(os.getpid(), number)


def test_a_refused_photo_keeps_its_own_words(pool: WorkerPool) -> None:
    failure = _outcome(photo("gone"), pool.submit(refuse))
    assert isinstance(failure, PhotoError)
    assert failure.reason == "The file is empty (0 bytes)."


def refuse() -> None:
    raise PhotoError(Path("gone.jpg"), "The file is empty (0 bytes).")


def test_stopping_does_not_wait_for_what_runs(pool: WorkerPool) -> None:
    pool.submit(time.sleep, 600)
    time.sleep(1.0)
    start = time.monotonic()
    pool.shutdown(wait=True, cancel_futures=True)
    assert time.monotonic() - start < 5
