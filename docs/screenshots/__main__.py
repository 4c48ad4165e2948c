"""Pictures of every view in three sizes: ``make screenshots``.

Writes ``docs/pictures``: 1280 x 800 for the README, and folders of 1920 x 1080 and of the same at 200 % scale
to look at. Each size is a process of its own, because a screen's scale is settled before a window is made.
"""

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from core.types import Flag

if TYPE_CHECKING:  # Qt is imported late, when the screen it is to draw on is known
    from PySide6.QtWidgets import QWidget

_PICTURES = Path(__file__).parents[1] / "pictures"
_QUALITY = 78
_LONGEST_SECONDS = 300.0
_SETTLED_SECONDS = 0.8  # for thumbnails, previews and timers


@dataclass(frozen=True, slots=True)
class _Size:
    """A screen: pixels, and how many of them make a logical one."""

    name: str
    width: int
    height: int
    scale: int


_SIZES = (
    _Size("", 1280, 800, 1),
    _Size("1920x1080", 1920, 1080, 1),
    _Size("200-percent", 1920, 1080, 2),
    _Size("2880x1800", 2880, 1800, 2),
)


def main() -> int:
    """Take the pictures; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m docs.screenshots", description=__doc__)
    parser.add_argument("--size", type=int, choices=range(len(_SIZES)), help="only this one, in this process")
    parser.add_argument("--theme", choices=("dark", "light", "contrast"), default="dark")
    parser.add_argument("--text-size", type=int, default=100, metavar="PERCENT")
    parser.add_argument("--language", default="en")
    parser.add_argument("--out", type=Path, default=_PICTURES)
    options = parser.parse_args()
    if options.size is not None:
        _take(_SIZES[options.size], options)
        return 0
    code = 0
    for number in range(len(_SIZES)):
        command = [sys.executable, "-m", "docs.screenshots", *sys.argv[1:], "--size", str(number)]
        code |= subprocess.run(command, check=False).returncode
    return code


def _take(size: _Size, options: argparse.Namespace) -> None:
    """Take all views at one size."""
    with tempfile.TemporaryDirectory() as home:
        # Before Qt is loaded and anything asks where things lie.
        os.environ["SHORTLIST_HOME"] = home
        os.environ["QT_SCALE_FACTOR"] = str(size.scale)
        # Dialogs open as large as their screen lets them, and Qt's own one without a display is small.
        os.environ.setdefault("QT_QPA_PLATFORM", f"offscreen:configfile={_screen_of(size, Path(home))}")
        from app.demo.frames import write_demo_shoot

        folder = Path(home) / "Midsummer"
        write_demo_shoot(folder, datetime.now())
        out = options.out / size.name
        out.mkdir(parents=True, exist_ok=True)
        _Camera(size, out, options).shoot(folder)


def _screen_of(size: _Size, folder: Path) -> Path:
    """Write down a screen of that many pixels, as Qt's platform without a display takes it."""
    screen = {"name": "screen", "x": 0, "y": 0, "width": size.width, "height": size.height, "dpr": 1}
    path = folder / "screen.json"
    path.write_text(json.dumps({"screens": [screen | {"logicalDpi": 96, "logicalBaseDpi": 96}]}), "utf-8")
    return path


class _Camera:
    """Walks through the program and takes a picture of each view."""

    def __init__(self, size: _Size, out: Path, options: argparse.Namespace) -> None:
        from PySide6.QtWidgets import QApplication

        from app.dress import Dress
        from app.paths import places
        from app.preferences import keep_preferences, load_preferences
        from app.window import kept_choices
        from ui.preferences import Preferences
        from ui.theme import ThemeName

        self._size, self._out = size, out
        self._app = QApplication(sys.argv[:1])
        kept = kept_choices(places())
        chosen = Preferences(
            theme=ThemeName(options.theme),
            language=options.language,
            text_size=options.text_size,
            hints=False,
        )
        keep_preferences(kept, chosen)
        Dress(self._app).put_on(load_preferences(kept))

    def shoot(self, folder: Path) -> None:
        """Open a folder, wait for its analysis, and go from view to view."""
        from app.bootstrap import open_services
        from app.paths import places
        from app.window import Program

        with open_services(places()) as services:
            program = Program(services)
            self._program, window = program, program.window
            window.resize(self._size.width // self._size.scale, self._size.height // self._size.scale)
            window.show()
            self._picture("welcome")
            program.session.open([folder])
            self._wait_for(lambda: program.session.shoot.finished is not None)
            self._views()
            window.close()
            program.end()

    def _views(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        QTest.keyClick(self._program.window.space.grid, Qt.Key.Key_Shift)  # the edge of the first focus goes
        self._do("accept_suggestion")
        self._go(self._picked())
        self._do("rate_4")
        self._go("DSC_4712.jpg")
        self._picture("grid")
        self._do("more_filters")
        self._picture("filter")
        self._close_popups()
        self._go("DSC_4713.jpg")
        self._do("loupe", "info", "histogram", "faces")
        self._picture("loupe")
        self._do("info", "histogram", "faces", "zoom")
        self._picture("loupe-zoomed")
        self._do("zoom", "face_panel")
        self._picture("faces")
        self._go("DSC_4720.jpg")
        self._do("compare")
        self._picture("compare")
        self._do("survey")
        self._picture("survey")
        self._do("grid", "shortcuts")
        self._picture("keys")
        self._do("shortcuts", "settings")
        for page, name in enumerate(("review", "ranking", "taste", "models", "looks", "keys")):
            self._dialog_do(lambda dialog, page=page: dialog.show_page(page))
            self._picture(f"settings-{name}")
        self._close_popups()
        self._do("guide")
        self._picture("guide")
        self._close_popups()
        self._do("accept_shoot")
        self._picture("accept")
        self._close_popups()
        self._do("export")
        self._picture("export")
        self._close_popups()

    # Hands

    def _do(self, *commands: str) -> None:
        from ui.commands.table import BY_ID

        for command in commands:
            self._program.window.keymap.action(BY_ID[command]).trigger()
            self._settle()

    def _go(self, name: str) -> None:
        photos = self._program.session.shoot.photos.values()
        self._program.window.space.go_to(next(photo.id for photo in photos if photo.path.name == name))

    def _picked(self) -> str:
        shoot = self._program.session.shoot
        return next(p.path.name for p in shoot.photos.values() if shoot.decision(p.id).flag is Flag.PICK)

    def _dialog_do(self, act: Callable[..., None]) -> None:
        for widget in self._on_top():
            act(widget)

    def _on_top(self) -> Sequence["QWidget"]:
        return [w for w in self._app.topLevelWidgets() if w.isVisible() and w is not self._program.window]

    def _close_popups(self) -> None:
        for widget in self._on_top():
            widget.close()

    # Waiting

    def _wait_for(self, done: Callable[[], bool]) -> None:
        from PySide6.QtCore import QDeadlineTimer

        deadline = QDeadlineTimer(round(1000 * _LONGEST_SECONDS))
        while not done():
            if deadline.hasExpired():
                raise TimeoutError("the analysis took too long")
            self._settle(0.05)

    def _settle(self, seconds: float = _SETTLED_SECONDS) -> None:
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        QTimer.singleShot(round(1000 * seconds), loop.quit)
        loop.exec()

    def _picture(self, name: str) -> None:
        """Take a picture of the window with whatever lies over it, as the screen would show it."""
        from PIL import Image
        from PySide6.QtCore import QBuffer, QPoint, QRect
        from PySide6.QtGui import QPainter

        self._settle()
        window = self._program.window
        picture = window.grab()
        painter = QPainter(picture)
        for widget in self._on_top():
            corner = widget.mapToGlobal(QPoint(0, 0)) - window.mapToGlobal(QPoint(0, 0))
            if widget.isModal() or not window.rect().contains(corner):
                corner = window.rect().center() - widget.rect().center()
            painter.drawPixmap(corner, widget.grab())
            painter.setPen(window.theme.faint)
            painter.drawRect(QRect(corner, widget.size()).adjusted(-1, -1, 0, 0))
        painter.end()
        buffer = QBuffer()
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        picture.save(buffer, "PNG")
        image = Image.open(io.BytesIO(buffer.data().data())).convert("RGB")
        image.save(self._out / f"{name}.webp", quality=_QUALITY, method=6)


if __name__ == "__main__":
    sys.exit(main())
