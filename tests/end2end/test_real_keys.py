"""The program as it is started, on a display of its own, under real key presses: an evening with a crash in it."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.sidecar.xmp_reader import read_packet
from core.types import Flag
from fixtures.patience import PATIENCE

NEEDED = ("Xvfb", "xdotool")

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, NEEDED)),
    reason=f"needs {' and '.join(NEEDED)} to press keys on a virtual display",
)


def wait_until(what: Callable[[], object], words: str) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, f"waited in vain until {words}"
        time.sleep(0.05)


@pytest.fixture
def display() -> Iterator[str]:
    """A virtual display, as ``DISPLAY`` names it."""
    read, write = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(write),
        "-screen",
        "0",
        "1280x800x24",
        "-nolisten",
        "tcp",
        "-noreset",
    ]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


class Desk:
    """A user at the keyboard, who sees windows' titles and looks at what is on disk."""

    def __init__(self, display: str, home: Path) -> None:
        self._environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "LANGUAGE": "en"}
        self._decisions = home / "decisions.sqlite"
        self._program: subprocess.Popen[bytes] | None = None

    def start(self, folder: Path) -> None:
        """Starts the program on a folder and waits for the end of its analysis."""
        self._program = subprocess.Popen(
            [sys.executable, "-m", "app", str(folder)], env=self._environment, cwd=Path(__file__).parents[2]
        )
        title = f"{folder.name} – Shortlist"
        wait_until(lambda: self.window(title), "the window opened")
        wait_until(
            lambda: self.window(f"^{title}"), "the analysis was over, and its progress gone from the title"
        )
        self.focus(title)

    def window(self, title: str) -> str:
        """The id of a visible window; "" where there is none."""
        found = self._tell("search", "--onlyvisible", "--name", title)
        return found.split()[-1] if found else ""

    def focus(self, title: str) -> None:
        self._tell("windowfocus", "--sync", self.window(title))

    def press(self, *keys: str) -> None:
        for key in keys:
            self._tell("key", "--clearmodifiers", key)

    def click(self, title: str, x: int, y: int) -> None:
        """On a window, so many pixels from its upper left corner."""
        self._tell("mousemove", "--window", self.window(title), str(x), str(y), "click", "1")

    def flags(self) -> dict[str, str]:
        """The flags on disk by file name, as another program would read them."""
        with closing(sqlite3.connect(f"file:{self._decisions}?mode=ro", uri=True)) as connection:
            rows = connection.execute(
                "SELECT name, flag FROM decision WHERE flag IN ('pick', 'reject')"
            ).fetchall()
        return {os.fsdecode(name): flag for name, flag in rows}

    def until_flags(self, **expected: str) -> None:
        wanted = {f"{name}.jpg": flag for name, flag in expected.items()}
        wait_until(
            lambda: self.flags() == wanted, f"the flags on disk were {wanted}, they are {self.flags()}"
        )

    def kill(self) -> None:
        """As a power cut would."""
        assert self._program is not None
        self._program.send_signal(signal.SIGKILL)
        self._program.wait(timeout=PATIENCE)

    def quit(self) -> int:
        """Asks the program to quit by its key; returns the exit code."""
        assert self._program is not None
        self.press("ctrl+q")
        return self._program.wait(timeout=PATIENCE)

    def close(self) -> None:
        if self._program is not None and self._program.poll() is None:
            self.kill()

    def _tell(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=self._environment, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()


@pytest.fixture
def desk(display: str, home: Path) -> Iterator[Desk]:
    desk = Desk(display, home)
    yield desk
    desk.close()


def test_keys_that_go_to_either_end_are_the_photos_after_menus_and_panels(
    desk: Desk, shoot_folder: Path
) -> None:
    desk.start(shoot_folder)
    title = f"{shoot_folder.name} – Shortlist"
    expected: dict[str, str] = {}
    ways = (
        ("p", "M", ("Escape", "ctrl+l", "Escape", "End")),  # the last photo
        ("x", "B", ("Escape", "Home")),  # the first stack, by its cover
        ("x", "M", ("Escape", "shift+g", "Escape", "End")),
        ("p", "B", ("Right", "Escape", "alt+o", "Escape", "ctrl+f", "Escape", "Home")),
    )
    for flag, photo, keys in ways:
        desk.click(title, 130, 12)  # the title of a menu
        desk.press(*keys, flag)
        expected[photo] = {"p": "pick", "x": "reject"}[flag]
        desk.until_flags(**expected)


def test_an_evening_with_a_crash_in_it(desk: Desk, shoot_folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in shoot_folder.iterdir()}
    desk.start(shoot_folder)

    desk.press("Return")  # accepts the first burst, and goes on to the next
    desk.until_flags(A="reject", B="pick", C="reject")

    desk.press("ctrl+z")
    desk.until_flags()
    desk.press("ctrl+shift+z")
    desk.until_flags(A="reject", B="pick", C="reject")

    desk.press("Home", "s", "Home", "shift+Return")  # opens the burst and takes its first frame instead
    desk.until_flags(A="pick", B="reject", C="reject")

    desk.press("End", "e", "x")  # the last photo, in the loupe
    desk.until_flags(A="pick", B="reject", C="reject", M="reject")

    desk.kill()
    desk.start(shoot_folder)
    desk.until_flags(A="pick", B="reject", C="reject", M="reject")
    desk.press("ctrl+z")  # of what was decided before the crash
    desk.until_flags(A="pick", B="reject", C="reject")

    desk.press("ctrl+e")
    wait_until(lambda: desk.window("Export"), "the export dialog opened")
    desk.focus("Export")
    sidecars = [shoot_folder / f"{name}.xmp" for name in "ABC"]

    def exported() -> bool:
        desk.press("Return")  # does nothing before the preview was shown
        return all(path.exists() for path in sidecars)

    wait_until(exported, "the sidecars were written")
    assert [read_packet(path.read_bytes()).flag for path in sidecars] == [Flag.PICK, Flag.REJECT, Flag.REJECT]
    desk.press("Escape")
    desk.focus(f"{shoot_folder.name} – Shortlist")
    assert desk.quit() == 0

    after = {path.name: path.read_bytes() for path in shoot_folder.iterdir() if path.suffix != ".xmp"}
    assert after == before, "no photo was touched"
