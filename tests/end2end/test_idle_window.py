"""A window in which nothing happens costs nothing, and yet a signal closes it at once."""

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.garbage import GuiThreadCollector
from app.signals import HeardSignals
from fixtures.patience import PATIENCE
from fixtures.windows import analysed, running

pytestmark = pytest.mark.usefixtures("measured_here")

_SECOND = 1000  # milliseconds


@pytest.fixture
def signals(qapp: QApplication) -> Iterator[HeardSignals]:
    """As the program hears them; the test's own handlers are back afterwards."""
    before = {name: signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)}
    heard = HeardSignals(qapp)
    yield heard
    heard.stop()
    for name, handler in before.items():
        signal.signal(name, handler)


def test_no_timer_wakes_an_idle_window_more_than_once_a_second(
    qtbot: QtBot, qapp: QApplication, signals: HeardSignals, shoot_folder: Path
) -> None:
    collector = GuiThreadCollector(qapp)
    try:
        with running() as program:
            analysed(qtbot, program, shoot_folder)

            def ticking() -> list[int]:
                timers = [
                    timer
                    for root in (qapp, *qapp.topLevelWidgets())
                    for timer in root.findChildren(QTimer)
                    if timer.isActive()
                ]
                assert timers, "the collector's at least"
                return [timer.interval() for timer in timers if timer.interval() < _SECOND]

            qtbot.waitUntil(lambda: not ticking())  # those that wait for one thing end by themselves
    finally:
        collector.stop()


class _Closing(QWidget):
    def __init__(self, loop: QEventLoop) -> None:
        super().__init__()
        self._loop = loop
        self.is_closed = False

    def closeEvent(self, event: QCloseEvent) -> None:
        self.is_closed = True
        self._loop.quit()
        super().closeEvent(event)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no such signals")
def test_a_signal_closes_the_window_though_nothing_else_happens_in_it(
    qtbot: QtBot, signals: HeardSignals
) -> None:
    loop = QEventLoop()
    window = _Closing(loop)
    qtbot.addWidget(window)
    window.show()
    limit = QTimer(singleShot=True, interval=round(PATIENCE) * _SECOND)
    limit.timeout.connect(loop.quit)  # a slot of Qt's: Python has no turn before that
    limit.start()
    sender = threading.Thread(target=os.kill, args=(os.getpid(), signal.SIGTERM))
    QTimer.singleShot(0, sender.start)
    loop.exec()
    sender.join()
    assert window.is_closed
    assert limit.isActive(), "long before the limit"
