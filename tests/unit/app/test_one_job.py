"""One piece of work at a time: what finds something out gives way, what writes does not."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.job import Progress
from app.one_job import OneJob
from core.cancelling import Cancelled


class Work:
    """Work that goes on until it is cancelled or let go."""

    def __init__(self) -> None:
        self.is_let_go = threading.Event()
        self.was_cancelled: bool | None = None

    def __call__(self, _progress: Progress, cancelled: Cancelled) -> None:
        while not (cancelled() or self.is_let_go.wait(0.001)):
            pass
        self.was_cancelled = cancelled()


@pytest.fixture
def job() -> Iterator[OneJob]:
    keeper = QObject()
    one = OneJob(keeper)
    yield one
    one.stop()


def run(job: OneJob, work: Work, *, writes: bool) -> None:
    job.start(work, lambda _: None, pytest.fail, writes=writes)


def test_what_is_found_out_gives_way_to_what_is_wanted_next(qtbot: QtBot, job: OneJob) -> None:
    work, begun = Work(), list[str]()
    run(job, work, writes=False)
    assert job.replace(lambda: begun.append("next"))
    qtbot.waitUntil(lambda: begun == ["next"])
    assert work.was_cancelled
    assert not job.is_writing


def test_what_writes_is_not_cancelled_by_what_is_wanted_next(qtbot: QtBot, job: OneJob) -> None:
    work, begun = Work(), list[str]()
    run(job, work, writes=True)
    assert job.is_writing
    assert job.replace(lambda: begun.append("next"))
    assert begun == []
    work.is_let_go.set()
    qtbot.waitUntil(lambda: begun == ["next"])
    assert work.was_cancelled is False


def test_nothing_begins_beside_what_is_running(qtbot: QtBot, job: OneJob) -> None:
    work = Work()
    run(job, work, writes=True)
    with pytest.raises(RuntimeError, match="one piece of work"):
        run(job, Work(), writes=False)
    job.cancel()
    qtbot.waitUntil(lambda: not job.is_running)
    assert work.was_cancelled
