"""Threads that load pictures: the most wanted first, and urgent ones before all others."""

import os
import sys
import threading
from collections.abc import Iterator

import pytest

from fixtures.patience import PATIENCE
from ui.imaging import workers as module
from ui.imaging.workers import RightOfWay, Workers


class Jobs:
    """Each job waits until it is let go of by name."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self._gates: dict[str, threading.Event] = {}
        self._lock = threading.Condition()

    def gate(self, name: str) -> threading.Event:
        with self._lock:
            return self._gates.setdefault(name, threading.Event())

    def work(self, name: str) -> None:
        with self._lock:
            self.begun.append(name)
            self._lock.notify_all()
        assert self.gate(name).wait(PATIENCE)

    def wait_for(self, *names: str) -> None:
        with self._lock:
            assert self._lock.wait_for(lambda: set(names) <= set(self.begun), PATIENCE), self.begun


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> Jobs:
    monkeypatch.setattr(module, "_PATIENCE", PATIENCE)  # nothing hangs that is slow on a busy machine
    return Jobs()


@pytest.fixture
def workers(jobs: Jobs) -> Iterator[Workers[str]]:
    workers = Workers[str](jobs.work, 2, "test", urgent=3)
    yield workers
    for name in "abcdefgh":
        jobs.gate(name).set()
    assert workers.stop(PATIENCE)


def test_urgent_work_does_not_wait_for_other_work_to_end(jobs: Jobs, workers: Workers[str]) -> None:
    workers.want(["a", "b", "c"])
    jobs.wait_for("a", "b")
    assert "c" not in jobs.begun, "one thread is spared"
    workers.want(["d", "c"], urgent=1)
    jobs.wait_for("d")
    assert "c" not in jobs.begun


def test_other_work_is_begun_only_when_the_urgent_work_is_done(jobs: Jobs, workers: Workers[str]) -> None:
    workers.want(["a", "b", "c", "d"], urgent=2)
    jobs.wait_for("a", "b")
    jobs.gate("a").set()
    assert set(jobs.begun) == {"a", "b"}, "one urgent job is still being done"
    jobs.gate("b").set()
    jobs.wait_for("c", "d")


def test_what_is_no_longer_wanted_is_not_begun(jobs: Jobs, workers: Workers[str]) -> None:
    workers.want(["a", "b", "c"])
    jobs.wait_for("a", "b")
    workers.want(["e"])
    jobs.gate("a").set()
    jobs.wait_for("e")
    assert "c" not in jobs.begun


def test_what_is_done_and_not_taken_yet_is_not_begun_again() -> None:
    begun: list[str] = []
    told, others = threading.Event(), threading.Event()

    def work(name: str) -> None:
        begun.append(name)
        pool.tell(name, told.set if name == "a" else others.set)

    pool = Workers[str](work, 1, "test")
    pool.want(["a"])
    assert told.wait(PATIENCE)
    pool.want(["a", "b"])
    assert others.wait(PATIENCE)
    assert begun == ["a", "b"], "its answer is on the way"
    pool.take("a")
    told.clear()
    pool.want(["a"])
    assert told.wait(PATIENCE), "the listener may have dropped it"
    assert begun == ["a", "b", "a"]
    assert pool.stop(PATIENCE)


@pytest.fixture
def both(jobs: Jobs) -> Iterator[tuple[Workers[str], Workers[str]]]:
    """Two pools of which the second gives way to what is urgent in the first."""
    way = RightOfWay()
    pools = [Workers[str](jobs.work, 1, name, urgent=2, way=way) for name in ("first", "second")]
    yield pools[0], pools[1]
    for name in "abcdefgh":
        jobs.gate(name).set()
    assert all(pool.stop(PATIENCE) for pool in pools)


def test_pools_that_share_the_way_begin_nothing_while_one_works_on_what_is_on_screen(
    jobs: Jobs, both: tuple[Workers[str], Workers[str]]
) -> None:
    first, second = both
    first.want(["a"], urgent=1)
    jobs.wait_for("a")
    second.want(["b"])
    second.want(["c", "b"], urgent=1)
    jobs.wait_for("c")  # urgent itself, and so not held up
    assert "b" not in jobs.begun
    jobs.gate("c").set()
    jobs.gate("a").set()
    jobs.wait_for("b")


def test_nobody_waits_for_ever_for_a_decode_that_hangs(
    jobs: Jobs, both: tuple[Workers[str], Workers[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.05)
    first, second = both
    first.want(["a"], urgent=1)
    jobs.wait_for("a")
    second.want(["b"])
    jobs.wait_for("b")


@pytest.fixture
def crowd(jobs: Jobs) -> Iterator[list[Workers[str]]]:
    """Three pools of two threads that share the room for one request that is not urgent."""
    way = RightOfWay(1)
    pools = [Workers[str](jobs.work, 2, name, urgent=3, way=way) for name in ("first", "second", "third")]
    yield pools
    for name in "abcdefgh":
        jobs.gate(name).set()
    assert all(pool.stop(PATIENCE) for pool in pools)


def test_a_key_finds_no_more_begun_than_there_is_room_for(jobs: Jobs, crowd: list[Workers[str]]) -> None:
    first, second, third = crowd
    first.want(["a", "b"])
    jobs.wait_for("a")
    second.want(["c"])
    third.want(["d"], urgent=1)
    jobs.wait_for("d")
    assert jobs.begun == ["a", "d"], "what is urgent needs no room, all else waits for it"


def test_pools_take_turns_so_that_a_long_list_holds_nobody_up(jobs: Jobs, crowd: list[Workers[str]]) -> None:
    first, second, third = crowd
    first.want(["a", "b", "c"])
    jobs.wait_for("a")
    second.want(["d", "e"])
    third.want(["f"])
    for name in "adfbec":
        jobs.wait_for(name)
        jobs.gate(name).set()
    assert jobs.begun == ["a", "d", "f", "b", "e", "c"]


def test_room_that_a_hanging_decode_takes_is_given_to_others(
    jobs: Jobs, crowd: list[Workers[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.05)
    first, second, _ = crowd
    first.want(["a"])
    jobs.wait_for("a")
    second.want(["b"])
    jobs.wait_for("b")


def test_what_was_begun_gives_way_between_its_parts(
    jobs: Jobs, both: tuple[Workers[str], Workers[str]]
) -> None:
    first, second = both
    second_part = threading.Event()

    def in_parts(name: str) -> None:
        jobs.work(name)
        slow.give_way()
        second_part.set()

    slow = Workers[str](in_parts, 1, "slow", way=first._way)
    slow.want(["a"])
    jobs.wait_for("a")
    first.want(["b"], urgent=1)
    second.want(["c"], urgent=1)
    jobs.wait_for("b", "c")
    jobs.gate("a").set()
    first.want(["d"], urgent=1)
    jobs.gate("b").set()
    jobs.wait_for("d")
    assert not second_part.is_set(), "urgent jobs are still being done"
    jobs.gate("c").set()
    jobs.gate("d").set()
    assert second_part.wait(PATIENCE)
    assert slow.stop(PATIENCE)


@pytest.mark.skipif(sys.platform != "linux", reason="no other system tells a program's threads apart in this")
def test_the_system_prefers_what_is_urgent() -> None:
    niceness: dict[str, int] = {}
    done = threading.Semaphore(0)

    def work(name: str) -> None:
        niceness[name] = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
        done.release()

    pool = Workers[str](work, 1, "test", urgent=2)
    pool.want(["shown", "ahead"], urgent=1)
    assert all(done.acquire(timeout=PATIENCE) for _ in range(2))
    assert pool.stop(PATIENCE)
    assert niceness["shown"] == os.getpriority(os.PRIO_PROCESS, 0) < niceness["ahead"]
