"""A file that crashes or hangs a worker costs one task; the pool goes on."""

import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path

import pytest

from core.errors import ModelError, PhotoError, WorkersError
from core.language import say
from core.pipeline.pool import WorkerPool
from core.pipeline.stages import _outcome
from core.pipeline.worker_memory import worker_share
from fixtures.frames import photo
from fixtures.patience import PATIENCE


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    pool = WorkerPool(workers=1, timeout=60.0)
    yield pool
    pool.shutdown(wait=True, cancel_futures=True)


@pytest.fixture
def impatient() -> Iterator[WorkerPool]:
    pool = WorkerPool(workers=1, timeout=3.0)
    yield pool
    pool.shutdown(wait=True, cancel_futures=True)


def test_a_crash_costs_one_task(pool: WorkerPool) -> None:
    crashing, fine = pool.submit(kill_self, signal.SIGSEGV), pool.submit(abs, -7)
    failure = _outcome(photo("bad"), crashing)
    assert isinstance(failure, PhotoError)
    assert "crashed" in failure.reason
    assert fine.result(timeout=PATIENCE) == 7


def test_a_hang_is_ended(impatient: WorkerPool) -> None:
    hanging, fine = impatient.submit(time.sleep, 600), impatient.submit(abs, -7)
    failure = _outcome(photo("slow"), hanging)
    assert isinstance(failure, PhotoError)
    assert "too long" in failure.reason
    assert fine.result(timeout=PATIENCE) == 7


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux keeps a process to its bound")
def test_a_file_that_wants_all_memory_costs_one_task(pool: WorkerPool) -> None:
    greedy, fine = pool.submit(bytearray, 2 * worker_share(1)), pool.submit(abs, -7)
    failure = _outcome(photo("bomb"), greedy)
    assert isinstance(failure, PhotoError)
    assert failure.reason == "There is not enough memory to decode it."
    assert fine.result(timeout=PATIENCE) == 7


def test_many_bad_ones_in_a_row_do_not_stop_the_pool(pool: WorkerPool) -> None:
    bad = [pool.submit(kill_self, signal.SIGSEGV) for _ in range(4)]
    assert all("crashed" in str(_outcome(photo("bad"), one)) for one in bad)
    assert pool.submit(abs, -7).result(timeout=PATIENCE) == 7


def kill_self(number: int) -> None:
    os.kill(os.getpid(), number)


@pytest.mark.skipif(sys.platform == "win32", reason="ends processes by signals")
def test_what_is_ended_from_outside_is_tried_again_and_not_called_damaged(
    pool: WorkerPool, tmp_path: Path
) -> None:
    once = tmp_path / "once"
    assert pool.submit(kill_self_once, once).result(timeout=PATIENCE) == "done"
    ended = pool.submit(kill_self, signal.SIGKILL)
    failure = _outcome(photo("large"), ended)
    assert isinstance(failure, PhotoError)
    assert "memory ran out" in failure.reason
    assert pool.submit(abs, -7).result(timeout=PATIENCE) == 7


def kill_self_once(been_here: Path) -> str:
    if not been_here.exists():
        been_here.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


@pytest.mark.skipif(sys.platform == "win32", reason="ends processes by signals")
def test_a_worker_that_is_ended_while_it_waits_costs_nothing(pool: WorkerPool) -> None:
    os.kill(pool.submit(os.getpid).result(timeout=PATIENCE), signal.SIGSEGV)
    assert pool.submit(abs, -7).result(timeout=PATIENCE) == 7


@pytest.mark.parametrize("code", [1, 3])
def test_where_every_worker_ends_at_its_task_no_task_is_to_blame(code: int, log_of_pool: list[str]) -> None:
    pool = WorkerPool(workers=2, timeout=30.0)
    try:
        tasks = [pool.submit(os._exit, code) for _ in range(20)]
        errors = [task.exception(timeout=PATIENCE) for task in tasks]
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    assert {type(error) for error in errors} == {WorkersError}
    assert len({id(error) for error in errors}) == len(errors), "a shared one grows with each traceback"
    assert len(log_of_pool) == 1


@pytest.fixture
def log_of_pool() -> Iterator[list[str]]:
    """What the pool writes into the log."""
    said: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("core.pipeline.pool")
    logger.addHandler(handler)
    yield said
    logger.removeHandler(handler)


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (partial(import_module, "no_such_library"), "cannot be loaded"),
        (partial(os._exit, 9), "end as soon as they start"),
        (partial(bytearray, 2**60), "not enough memory"),
        (partial(open, "/no/such/file"), "No such file"),
    ],
)
def test_workers_that_cannot_prepare_break_the_pool_with_one_sentence(
    prepare: Callable[[], object], words: str, log_of_pool: list[str]
) -> None:
    pool = WorkerPool(workers=3, timeout=30.0, prepare=prepare)
    try:
        tasks = [pool.submit(abs, -number) for number in range(8)]
        errors = [task.exception(timeout=PATIENCE) for task in tasks]
        assert isinstance(pool.submit(abs, 1).exception(timeout=PATIENCE), WorkersError)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    assert {type(error) for error in errors} == {WorkersError}
    assert words in str(errors[0])
    assert len(log_of_pool) == 1


def test_an_error_of_ours_at_preparing_is_handed_on() -> None:
    pool = WorkerPool(workers=1, timeout=30.0, prepare=have_no_models)
    try:
        assert str(pool.submit(abs, 1).exception(timeout=PATIENCE)) == "The model file is damaged."
        assert isinstance(pool.submit(abs, 1).exception(timeout=PATIENCE), ModelError)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def have_no_models() -> None:
    raise ModelError(say("The model file is damaged."))


def test_fewer_workers_are_made_do_with(tmp_path: Path) -> None:
    pool = WorkerPool(workers=3, timeout=30.0, prepare=partial(be_the_first, tmp_path / "first"))
    try:
        assert [pool.submit(abs, -number).result(timeout=PATIENCE) for number in range(4)] == [0, 1, 2, 3]
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def be_the_first(place: Path) -> None:
    place.mkdir()


def test_work_is_done_before_the_pool_closes() -> None:
    pool = WorkerPool(workers=2, timeout=30.0)
    tasks = [pool.submit(abs, -number) for number in range(5)]
    pool.shutdown(wait=True)
    assert [task.result(timeout=0) for task in tasks] == [0, 1, 2, 3, 4]


def test_what_does_not_travel_costs_one_task(pool: WorkerPool) -> None:
    assert pool.submit(open, os.devnull).exception(timeout=PATIENCE) is not None
    assert pool.submit(raise_what_cannot_be_unpacked).exception(timeout=PATIENCE) is not None
    assert pool.submit(abs, -7).result(timeout=PATIENCE) == 7


class _TwoWords(Exception):  # noqa: N818
    def __init__(self, one: str, other: str) -> None:
        super().__init__(one + other)


def raise_what_cannot_be_unpacked() -> None:
    raise _TwoWords("a", "b")


def test_a_refused_photo_keeps_its_own_words(pool: WorkerPool) -> None:
    failure = _outcome(photo("gone"), pool.submit(refuse))
    assert isinstance(failure, PhotoError)
    assert failure.reason == "The file is empty (0 bytes)."


def refuse() -> None:
    raise PhotoError(Path("gone.jpg"), say("The file is empty (0 bytes)."))


def test_stopping_does_not_wait_for_what_runs(tmp_path: Path) -> None:
    pool = WorkerPool(workers=1, timeout=600.0)
    begun = tmp_path / "begun"
    running = pool.submit(begin_what_never_ends, begun)
    end = time.monotonic() + 60
    while not begun.exists():
        assert time.monotonic() < end, "waited in vain for the task to begin"
        time.sleep(0.01)
    pool.shutdown(wait=True, cancel_futures=True)
    assert running.exception(timeout=PATIENCE) is not None, "it was ended, and not waited for"


def begin_what_never_ends(begun: Path) -> None:
    begun.touch()
    time.sleep(600)
