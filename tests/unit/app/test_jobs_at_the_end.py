"""When a window goes, what it has being worked on ends before it, and nothing more is begun."""

import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.asking import Asking
from app.background import Background
from app.job import Job, Progress
from core.cancelling import Cancelled


def test_a_job_has_ended_when_what_keeps_it_goes(qtbot: QtBot) -> None:
    ended = threading.Event()

    def work(progress: Progress, cancelled: Cancelled) -> None:
        progress(1, 2)
        while not cancelled():
            ended.wait(0.001)
        ended.set()

    keeper = QObject()
    job = Job(work, keeper)
    with qtbot.waitSignal(job.progressed):
        job.start()
    delete(keeper)
    assert ended.is_set()


def test_what_is_told_after_the_end_begins_nothing(qtbot: QtBot) -> None:
    keeper, begun = QObject(), threading.Event()
    background, asking = Background(keeper, lambda _: None), Asking(keeper, lambda _: None)
    background.stop()
    asking.stop()
    background.do(begun.set)
    asking.ask(begun.set, lambda _: None)
    assert not background.is_busy
    assert not keeper.findChildren(Job)
    assert not begun.is_set()


def test_what_the_user_asked_for_is_done_before_the_end_though_it_still_waits(qtbot: QtBot) -> None:
    keeper, done = QObject(), list[str]()
    at_work, goes_on = threading.Event(), threading.Event()

    def long(cancelled: Cancelled) -> None:
        at_work.set()
        while not cancelled():
            goes_on.wait(0.001)

    def fail() -> None:
        done.append("failed")
        raise ValueError

    background = Background(keeper, lambda _: None)
    background.do_long(long)
    background.do(lambda: done.append("forgot, ranked"), wish=fail)
    background.do(lambda: done.append("learned"))
    background.do(lambda: done.append("written, said"), wish=lambda: done.append("written"))
    assert at_work.wait(5)
    background.stop()
    assert done == ["failed", "written"]
