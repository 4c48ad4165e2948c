"""What nobody expected ends neither the window nor a thread in silence: it is told in a sentence, and logged."""

import logging
import sys
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from app import excepthook
from app.job import Job, Progress
from core.cancelling import Cancelled
from core.errors import ShortlistError
from core.language import say
from fixtures.patience import PATIENCE


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the user is told, with the net in place."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # put back after the test
    told: list[str] = []
    excepthook.install(told.append)
    return told


def test_an_error_in_the_window_is_told_and_logged_and_the_window_lives_on(
    qtbot: QtBot, said: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    QTimer.singleShot(0, lambda: 1 // 0)
    qtbot.waitUntil(lambda: bool(said))
    assert said == [
        "Something unexpected went wrong (ZeroDivisionError). Your decisions are safe; the log says more."
    ]
    (record,) = [each for each in caplog.records if each.levelno == logging.CRITICAL]
    assert record.exc_info is not None
    assert record.exc_info[0] is ZeroDivisionError
    QTimer.singleShot(0, lambda: said.append("alive"))
    qtbot.waitUntil(lambda: said[-1] == "alive")


def test_an_error_with_a_sentence_of_its_own_is_told_by_it(
    qtbot: QtBot, said: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    def refuse() -> None:
        raise ShortlistError(say("The folder is gone."))

    QTimer.singleShot(0, refuse)
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["The folder is gone."]
    assert not [each for each in caplog.records if each.levelno == logging.CRITICAL]


def test_whoever_presses_ctrl_c_in_the_terminal_is_told_nothing(
    said: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    handed_on: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "__excepthook__", lambda kind, error, trace: handed_on.append(kind))
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert handed_on == [KeyboardInterrupt]
    assert said == []
    assert not caplog.records


def failure_of(qtbot: QtBot, work: Callable[[Progress, Cancelled], object]) -> str:
    """What a piece of work on a thread of its own says as it fails."""
    keeper = QObject()
    job = Job(work, keeper)
    with qtbot.waitSignal(job.failed) as told:
        job.start()
    assert job.wait(round(1000 * PATIENCE))
    assert told.args is not None
    return str(told.args[0])


def test_a_job_that_fails_ends_with_a_word_to_the_user(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(_progress: Progress, _cancelled: Cancelled) -> None:
        raise ShortlistError(say("The folder is gone."))

    assert failure_of(qtbot, refuse) == "The folder is gone."
    assert not caplog.records, "nothing is wrong with the program"
    words = "Something unexpected went wrong (ZeroDivisionError). The log says more."
    assert failure_of(qtbot, lambda *_: 1 // 0) == words
    assert "ZeroDivisionError" in caplog.text


def test_a_job_tells_how_far_it_is_and_stops_when_it_is_asked_to(qtbot: QtBot) -> None:
    def work(progress: Progress, cancelled: Cancelled) -> str:
        progress(1, 2)
        while not cancelled():
            time.sleep(0.001)
        return "stopped"

    keeper = QObject()
    job = Job(work, keeper)
    with qtbot.waitSignal(job.progressed) as far:
        job.start()
    assert far.args == [1, 2]
    with qtbot.waitSignal(job.ended) as ended:
        job.stop()
    assert ended.args == ["stopped"]
