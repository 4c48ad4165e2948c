"""How the real window feels on a large shoot: ``python -m benchmarks.screen [PHOTOS] [--json FILE]``.

Opens a made-up shoot in the program itself, with an empty store, and measures what a photographer waits for: first
while the photos are measured, then without that. Without a display it draws into memory; times are then without what
the display adds. Other work on the machine shows in all of them: so the bare decode of such a photo is timed as well,
and the processor time of the window's own thread, which nobody else can take. ``--stacks`` says what the window did
whenever it was held up.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psutil
from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from rich.console import Console
from rich.table import Table

from app.bootstrap import open_services
from app.dress import Dress
from app.garbage import GuiThreadCollector
from app.paths import places
from app.preferences import load_preferences
from app.window import Program, kept_choices
from benchmarks.camera_files import write_shoot
from benchmarks.turning import Heartbeat, Paintings, Stacks, p95, rest, wait
from core.freed_memory import give_back_large_pictures
from core.ingest.decoder import decode, decode_at_least
from core.types import PhotoId
from ui.grid.photo_delegate import PhotoDelegate
from ui.views.photo_pane import PhotoPane

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

_RUSAGE_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes
_SIZE = (1920, 1080)
_LARGE = 200  # photos of 24 MP, on which single photos are measured
_STEPS = 40
_ANALYSIS_SECONDS = 20.0
_SCROLL_SECONDS = 3.0
_SCROLLED = 24  # pixels from one painting to the next
_SETTLE_SECONDS = 5.0  # until what the last key has left to be done is done
_IDLE_SECONDS = 10.0

_MEASURING = "while measuring: "
_LEVELS = {  # what we want to reach; the issue tracker says so, nothing here fails on it
    "folder to first full screen, ms": "≤ 1000",
    "key to next frame, warm p95, ms": "≤ 33",
    "key to next frame, cold p95, ms": "≤ 100",
    "1:1 after a rest p95, ms": "≤ 100",
    "1:1 at once p95, ms": "≤ 100",
    "1:1 at once median, ms": "",
    "1:1 where nothing was decoded ahead p95, ms": "",
    "1:1 where nothing was decoded ahead median, ms": "",
    "enlarged until it is sharp p95, ms": "",
    f"{_MEASURING}key to next frame, warm p95, ms": "≤ 33",
    f"{_MEASURING}key to next frame, cold p95, ms": "≤ 100",
    f"{_MEASURING}1:1 after a rest p95, ms": "≤ 100",
    f"{_MEASURING}1:1 at once p95, ms": "≤ 100",
    f"{_MEASURING}1:1 at once median, ms": "",
    f"{_MEASURING}1:1 where nothing was decoded ahead p95, ms": "",
    f"{_MEASURING}scroll, frames a second": "≥ 60",
    "longest block of the window during analysis, ms": "≤ 50",
    "scroll, frames a second": "≥ 60",
    "wakes of the idle window a second": "≤ 1",
    "memory of the window, MB": "≤ 700",
    "memory of the window at its highest, MB": "",
    "memory of the window while measuring, MB": "",
    "of the memory: of libraries and files, MB": "",
    "of the memory: pictures of the large views, MB": "",
    "of the memory: thumbnails, previews and cells, MB": "",
    "processor time of the window for its longest block, ms": "",
    "processor time of the window for a frame p95, ms": "",
    "processor time of all threads while a cold frame is waited for p95, ms": "",
    "processor time of the window for a scrolled screen, ms": "",
    "bare decode of a 24 MP photo for the loupe, ms": "",
    "bare decode of a 24 MP photo in full, ms": "",
}


class _Session:
    """The program on one shoot, with what is measured in it."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._space = program.window.space
        self._prefetcher = program.prefetcher
        self.figures: dict[str, float] = {}

    def first_screen(self, folder: Path) -> None:
        """Time the drop of a folder to pictures in every cell that is seen."""
        grid, model, thumbnails = self._space.grid, self._space.model, self._program.thumbnails
        paintings = Paintings(grid.viewport())

        def is_full() -> bool:
            rows = grid.rows_on_screen() if model.rowCount() else ()
            return bool(rows) and all(thumbnails.pixmap(model.photo_at(row)) is not None for row in rows)

        begin = time.perf_counter()
        self._program.session.open([folder])
        wait(is_full)
        painted = paintings.count
        grid.viewport().update()  # in case it was painted within the same round of events
        wait(lambda: paintings.count > painted)
        self.figures["folder to first full screen, ms"] = 1000 * (time.perf_counter() - begin)

    def analysis(self) -> None:
        """Time the grid while workers measure and groups come in, with a key pressed now and then."""
        heartbeat = Heartbeat()
        end = time.monotonic() + _ANALYSIS_SECONDS
        while time.monotonic() < end and self._program.session.is_running:
            QTest.keyClick(self._space.grid, Qt.Key.Key_Right)
            rest(0.5)
        heartbeat.stop()
        self.figures["longest block of the window during analysis, ms"] = max(heartbeat.gaps)
        self.figures["processor time of the window for its longest block, ms"] = max(heartbeat.own)

    def end_analysis(self) -> None:
        """Leave the rest of the photos unmeasured."""
        self.figures["memory of the window while measuring, MB"] = psutil.Process().memory_info().rss / 1e6
        self._program.session.cancel()
        wait(lambda: not self._program.session.is_running)

    def scroll(self, when: str = "") -> None:
        """Scroll through the grid as fast as it is painted: down, and up again where it ends."""
        grid = self._space.grid
        self._space.show_grid()
        paintings, bar = Paintings(grid.viewport()), grid.verticalScrollBar()
        bar.setValue(0)
        by = _SCROLLED
        begin, own = time.perf_counter(), time.thread_time()
        while bar.maximum() > 0 and time.perf_counter() - begin < _SCROLL_SECONDS:
            before = paintings.count
            if not 0 <= bar.value() + by <= bar.maximum():
                by = -by
            bar.setValue(bar.value() + by)
            wait(partial(paintings.exceed, before))
        if not paintings.count:
            return  # all of it is seen at once
        self.figures[f"{when}scroll, frames a second"] = paintings.count / (time.perf_counter() - begin)
        spent = 1000 * (time.thread_time() - own) / paintings.count
        self.figures[f"{when}processor time of the window for a scrolled screen, ms"] = spent

    def frames(self, when: str = "") -> None:
        """Time a key to the picture in the loupe, and to single pixels."""
        space = self._space
        space.go_to(space.model.frames()[0])
        space.show_loupe()
        rest(1.0)
        warm, cold, own, together = [], [], [], []
        for _ in range(_STEPS):
            wait(self._next_is_there)
            before = time.thread_time()
            warm.append(self._step())
            own.append(1000 * (time.thread_time() - before))
        for _ in range(_STEPS):
            current = space.current_photo()
            assert current is not None
            self._prefetcher.forget()
            self._prefetcher.show(current)
            wait(partial(self._is_whole, current))
            rest(0.2)  # what was begun before ends here
            self._prefetcher.forget()
            before = time.process_time()
            cold.append(self._step())
            together.append(1000 * (time.process_time() - before))
        self.figures[f"{when}key to next frame, warm p95, ms"] = p95(warm)
        self.figures[f"{when}key to next frame, cold p95, ms"] = p95(cold)
        self.figures[f"{when}processor time of the window for a frame p95, ms"] = p95(own)
        name = f"{when}processor time of all threads while a cold frame is waited for p95, ms"
        self.figures[name] = p95(together)
        self._closer_looks(when)

    def _closer_looks(self, when: str) -> None:
        rested, at_once, unseen, sharpened = [], [], [], []
        for _ in range(_STEPS // 2):
            self._step()
            wait(lambda: self._prefetcher.full_picture(self._current()) is not None)
            rested.append(self._zoom())
            self._step()
            at_once.append(self._zoom())
        for _ in range(_STEPS // 2):
            rest(0.3)
            self._prefetcher.forget()
            self._step()
            enlarged, sharp = self._zoom_twice()
            unseen.append(sharp)
            sharpened.append(sharp - enlarged)
        self.figures[f"{when}1:1 after a rest p95, ms"] = p95(rested)
        self.figures[f"{when}1:1 at once p95, ms"] = p95(at_once)
        self.figures[f"{when}1:1 at once median, ms"] = statistics.median(at_once)
        self.figures[f"{when}1:1 where nothing was decoded ahead p95, ms"] = p95(unseen)
        self.figures[f"{when}1:1 where nothing was decoded ahead median, ms"] = statistics.median(unseen)
        self.figures[f"{when}enlarged until it is sharp p95, ms"] = p95(sharpened)

    def idle(self) -> None:
        """Count how often the event loop of a window wakes in which nothing happens any more."""
        rest(_SETTLE_SECONDS)
        loop, wakes = QEventLoop(), [0]

        def count() -> None:
            wakes[0] += 1

        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.connect(count)
        QTimer.singleShot(round(1000 * _IDLE_SECONDS), loop.quit)
        loop.exec()
        dispatcher.awake.disconnect(count)
        self.figures["wakes of the idle window a second"] = wakes[0] / _IDLE_SECONDS

    def yardsticks(self) -> None:
        """Time what no program could go below, on this machine at this moment."""
        photo = self._program.session.shoot.photos[self._space.model.frames()[0]]
        pane = self._pane
        box = (pane.width(), pane.height())

        def median(decoding: Callable[[], object]) -> float:
            times = []
            for _ in range(9):
                begin = time.perf_counter()
                decoding()
                times.append(1000 * (time.perf_counter() - begin))
            return statistics.median(times)

        for name, decoding in (
            ("for the loupe", lambda: decode_at_least(photo.path, photo.orientation, box)),
            ("in full", lambda: decode(photo.path, photo.orientation)),
        ):
            self.figures[f"bare decode of a 24 MP photo {name}, ms"] = median(decoding)

    def memory(self) -> None:
        """Read the memory after all of this, when nothing is being decoded, and at its highest."""
        rest(2.0)
        self.figures["memory of the window, MB"] = psutil.Process().memory_info().rss / 1e6
        if resource is not None:
            self.figures["memory of the window at its highest, MB"] = (
                resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RUSAGE_UNIT / 1e6
            )
        thumbnails = self._program.thumbnails
        small = (thumbnails._pixmaps, thumbnails._previews, thumbnails._preview_pixmaps)
        delegate = self._space.grid.itemDelegate()
        assert isinstance(delegate, PhotoDelegate)
        cells = delegate._cells._painted
        self.figures |= {
            "of the memory: of libraries and files, MB": psutil.Process().memory_info().shared / 1e6,
            "of the memory: pictures of the large views, MB": self._prefetcher._kept.size_bytes / 1e6,
            "of the memory: thumbnails, previews and cells, MB": sum(
                cache.size_bytes for cache in (*small, cells)
            )
            / 1e6,
        }

    @property
    def _pane(self) -> PhotoPane:
        return self._space.big.loupe.panes()[0]

    def _current(self) -> PhotoId:
        current = self._space.current_photo()
        assert current is not None
        return current

    def _next_is_there(self) -> bool:
        following = self._space.model.frame_beside(self._current(), 1)
        return following is None or self._prefetcher.picture(following) is not None

    def _is_whole(self, photo_id: PhotoId) -> bool:
        return self._prefetcher.full_picture(photo_id) is not None

    def _step(self) -> float:
        """Press the arrow key; return the milliseconds until the picture at screen size is painted."""
        return self._until_painted(
            lambda: QTest.keyClick(self._space.big.loupe, Qt.Key.Key_Right),
            lambda: self._prefetcher.picture(self._current()) is not None,
        )

    def _zoom(self) -> float:
        """Zoom in; return the milliseconds until true pixels are painted. Zooms out again."""
        return self._zoom_twice()[1]

    def _zoom_twice(self) -> tuple[float, float]:
        """Zoom in; return the milliseconds until it is painted enlarged, and in true pixels. Zooms out again."""
        begin = time.perf_counter()
        enlarged = self._until_painted(self._space.big.loupe.toggle_zoom, lambda: True)
        self._until_painted(lambda: None, self._pane.is_sharp)
        sharp = 1000 * (time.perf_counter() - begin)
        self._space.big.loupe.toggle_zoom()
        rest(0.02)
        return enlarged, sharp

    def _until_painted(self, press: Callable[[], object], is_there: Callable[[], bool]) -> float:
        pane = self._pane
        paintings = Paintings(pane)
        begin = time.perf_counter()
        press()
        wait(is_there)
        before = paintings.count
        pane.update()  # in case the one that showed it was painted within the same round of events
        wait(lambda: paintings.count > before)
        needed = 1000 * (time.perf_counter() - begin)
        pane.removeEventFilter(paintings)
        return needed


@contextmanager
def _program(app: QApplication) -> Iterator[Program]:
    where = places()
    give_back_large_pictures()
    with open_services(where) as services:
        Dress(app).put_on(load_preferences(kept_choices(where)))
        program = Program(services)
        program.window.resize(*_SIZE)
        program.window.show()
        collector = GuiThreadCollector(app)
        try:
            yield program
        finally:
            program.window.close()
            program.end()
            collector.stop()


def measure(folder: Path, app: QApplication, *, with_stacks: bool = False) -> dict[str, float]:
    """Measure everything, on a shoot whose first photos are large."""
    with _program(app) as program:
        session = _Session(program)
        session.first_screen(folder)
        stacks = Stacks() if with_stacks else None
        session.analysis()
        if stacks is not None:
            stacks.stop()
        if program.session.is_running:
            session.scroll(_MEASURING)
            session.frames(_MEASURING)
        session.end_analysis()
        session.scroll()
        session.frames()
        session.memory()
        session.idle()
        session.yardsticks()
        return session.figures


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.screen", description=__doc__)
    parser.add_argument("photos", nargs="?", type=int, default=5_000)
    parser.add_argument("--folder", type=Path, help="made there and kept, or used where it is there already")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--stacks", action="store_true", help="say what held the window up during analysis")
    arguments = parser.parse_args()
    if not os.environ.get("DISPLAY") and sys.platform == "linux":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as temporary:
        os.environ["SHORTLIST_HOME"] = str(Path(temporary) / "home")
        folder = arguments.folder or Path(temporary) / "shoot"
        if not folder.is_dir():
            write_shoot(folder, arguments.photos, min(_LARGE, arguments.photos))
        figures = measure(folder, QApplication(sys.argv[:1]), with_stacks=arguments.stacks)
    table = Table("what", "measured", "wanted", title=f"{arguments.photos:,} photos, {_SIZE[0]} x {_SIZE[1]}")
    for name, level in _LEVELS.items():
        if name in figures:
            table.add_row(name, f"{figures[name]:.{0 if figures[name] >= 2 else 1}f}", level)
    Console().print(table)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
