"""Ctrl+C and a session's end close the window properly, and cost nothing while nobody presses or ends anything."""

import os
import signal
import sys

from PySide6.QtCore import QObject, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

_LOOK_MS = 1000


class HeardSignals(QObject):
    """Closes the windows at a signal, which Python hears only when Qt's loop gives it a turn.

    Where signals can write into a pipe, Qt watches that; on Windows it looks once a second.

    Args:
        app: whose windows are closed.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: app.closeAllWindows())
        self._pipe: tuple[int, int] | None = None
        if sys.platform == "win32":
            timer = QTimer(self, interval=_LOOK_MS)
            timer.timeout.connect(self._turn)
            timer.start()
        else:
            self._pipe = os.pipe()
            for end in self._pipe:
                os.set_blocking(end, False)
            signal.set_wakeup_fd(self._pipe[1], warn_on_full_buffer=False)
            watched = QSocketNotifier(self._pipe[0], QSocketNotifier.Type.Read, self)
            watched.activated.connect(self._turn)

    def stop(self) -> None:
        """Hear nothing any more."""
        if self._pipe is not None:
            signal.set_wakeup_fd(-1)
            for child in self.findChildren(QSocketNotifier):
                child.setEnabled(False)
            for end in self._pipe:
                os.close(end)
            self._pipe = None

    def _turn(self) -> None:
        """Run as Python, which is when it calls the handlers; empty the pipe."""
        if self._pipe is not None:
            os.read(self._pipe[0], 256)
