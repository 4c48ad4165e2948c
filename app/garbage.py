"""Garbage collection on the GUI thread only.

Python runs its cyclic collector on whatever thread happens to allocate, and a QObject destroyed off the GUI
thread crashes the program. So the automatic collector is off, and a timer collects here.

A shoot's photos, measures and groups are objects by the hundred thousand; looking at all of them each time would
hold the window up for longer than a photographer tolerates. So they are set aside as they come, as is what outlives
a full collection, and looked at again when the shoot is let go of: at once, for the next one is set aside as well.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_INTERVAL_MS = 2_000
_IDLE_MS = 16_000  # while next to nothing is made, so that an idle window hardly wakes
_NEXT_TO_NOTHING = 100  # objects more or fewer since the last look


class GuiThreadCollector(QObject):
    """Collects from the thread it lives in for as long as it lives.

    Args:
        parent: usually the application.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()  # what was imported by now stays
        self._timer = QTimer(self, interval=_INTERVAL_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self._left = 0  # objects that Python counts as young, after the last look

    def stop(self) -> None:
        """Give collecting back to Python."""
        self._timer.stop()
        gc.enable()

    def _look(self) -> None:
        made = abs(gc.get_count()[0] - self._left)  # before collecting, which begins the count anew
        self._collect()
        self._left = gc.get_count()[0]
        is_idle = made < _NEXT_TO_NOTHING
        interval = min(2 * self._timer.interval(), _IDLE_MS) if is_idle else _INTERVAL_MS
        if interval != self._timer.interval():
            self._timer.setInterval(interval)

    def _collect(self) -> None:
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation] > 0:
                gc.collect(generation)
                if generation == 2:
                    gc.freeze()
                return


def set_aside() -> None:
    """Have collections pass over all there is now: much of a shoot has just come."""
    gc.freeze()


def free_what_was_let_go() -> None:
    """Free a shoot or a window that nobody holds any more, with what was set aside of it; takes some 60 ms."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
