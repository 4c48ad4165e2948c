"""How long the program takes from being called to its first painted window: ``python -m benchmarks.start``.

Each start is a process of its own with an empty home; without a display it draws into memory. The first one, which
also reads the program from the disk and compiles it, as an installed program does once, is told apart from the others.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_STARTS = 6
_BEGUN = "SHORTLIST_BENCHMARK_BEGUN"


def main() -> None:
    """Start it several times; say how long it took."""
    if _BEGUN in os.environ:
        _start()
        return
    with tempfile.TemporaryDirectory() as compiled:
        _tell([_timed(compiled) for _ in range(_STARTS)])


def _timed(compiled: str) -> list[float]:
    """Start the program; return the milliseconds it took, on the clock and of the processor."""
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            "PYTHONPYCACHEPREFIX": compiled,
            "SHORTLIST_HOME": str(Path(home) / "home"),
            _BEGUN: repr(time.time()),
        }
        if not os.environ.get("DISPLAY") and sys.platform == "linux":
            environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        run = [sys.executable, "-m", "benchmarks.start"]
        told = subprocess.run(run, env=environment, capture_output=True, text=True, check=True).stdout
    return [float(each) for each in told.split()]


def _tell(times: list[list[float]]) -> None:
    first, *others = times
    print(
        f"start to window, ms: {first[0]:.0f} at first, {statistics.median(each[0] for each in others):.0f} after"
    )
    print(f"of that processor time, ms: {statistics.median(each[1] for each in others):.0f}")


def _start() -> None:
    from app.quick_start import quick_start

    quick_start()
    from PySide6.QtCore import QEvent, QObject

    from app.bootstrap import open_services
    from app.dress import Dress
    from app.paths import places
    from app.preferences import load_preferences
    from app.window import Program, kept_choices, start_qt

    app = start_qt()

    class FirstPainting(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Paint:
                print(
                    1000 * (time.time() - float(os.environ[_BEGUN])), 1000 * time.process_time(), flush=True
                )
                app.quit()
            return False

    where = places()
    Dress(app).put_on(load_preferences(kept_choices(where)))
    with open_services(where) as services:
        program = Program(services)
        filter_ = FirstPainting()
        program.window.welcome.viewport().installEventFilter(filter_)
        program.window.show()
        app.exec()
        program.window.close()
        program.end()


if __name__ == "__main__":
    main()
