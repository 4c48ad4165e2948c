"""What the benchmarks of the window share: they wait as the program does, and see when it is held up."""

import statistics
import sys
import threading
import time
import traceback
from collections.abc import Callable

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

_LONGEST = 60.0  # seconds to wait for anything
_HELD_UP = 0.03  # seconds
_MOST_STACKS = 12


class Paintings(QObject):
    """Counts how often a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Count; take nothing away."""
        self.count += event.type() is QEvent.Type.Paint
        return False

    def exceed(self, before: int) -> bool:
        """Say whether it was painted since there were so many paintings."""
        return self.count > before


class Heartbeat(QObject):
    """The longest time between two beats of the event loop: what a photographer feels as a stutter."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self.own: list[float] = []  # processor time of the window's thread within each
        self._last, self._last_own = time.perf_counter(), time.thread_time()
        self._timer = QTimer(self, interval=1)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()

    def _beat(self) -> None:
        now, own = time.perf_counter(), time.thread_time()
        self.gaps.append(1000 * (now - self._last))
        self.own.append(1000 * (own - self._last_own))
        self._last, self._last_own = now, own


def wait(until: Callable[[], bool]) -> None:
    """Run the event loop as the program does: in between, Python's lock is free for other threads.

    Raises:
        TimeoutError: it did not come to that within a minute.
    """
    loop, deadline = QEventLoop(), time.monotonic() + _LONGEST

    def look() -> None:
        if until() or time.monotonic() > deadline:
            loop.quit()

    timer = QTimer(interval=1)
    timer.timeout.connect(look)
    timer.start()
    if not until():
        loop.exec()
    timer.stop()
    if not until():
        raise TimeoutError("the window did not get there")


def rest(seconds: float) -> None:
    """Let the event loop run as it does while nobody presses a key."""
    end = time.monotonic() + seconds
    wait(lambda: time.monotonic() > end)


def p95(times: list[float]) -> float:
    """Return what all but one in twenty stay below."""
    return statistics.quantiles(times, n=20)[-1]


class Stacks:
    """What the window's thread was at whenever its event loop did not turn for a while."""

    def __init__(self) -> None:
        self._turned = time.monotonic()
        self._thread_id = threading.get_ident()
        self._over = threading.Event()
        self._seen: list[tuple[float, str]] = []
        self._timer = QTimer(interval=2)
        self._timer.timeout.connect(self._turn)
        self._timer.start()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Print the stacks of the longest times."""
        self._over.set()
        self._thread.join()
        self._timer.stop()
        for held, stack in sorted(self._seen, reverse=True)[:_MOST_STACKS]:
            print(f"held up for {1000 * held:.0f} ms and more:\n{stack}")

    def _turn(self) -> None:
        self._turned = time.monotonic()

    def _look(self) -> None:
        longest, last = 0.0, self._turned
        while not self._over.wait(0.005):
            if self._turned != last:
                longest, last = 0.0, self._turned
            held = time.monotonic() - last
            if held > _HELD_UP and held > longest:
                stack = "".join(traceback.format_stack(sys._current_frames()[self._thread_id])[-12:])
                if longest and self._seen:
                    self._seen.pop()
                longest = held
                self._seen.append((held, stack))
