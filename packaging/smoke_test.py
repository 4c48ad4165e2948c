"""Starts a built or installed Shortlist as a photographer's machine would: ``python packaging/smoke_test.py DIST``.

DIST is the folder ``make app`` built, or the program itself. It runs with an empty home, without Python's own
variables and, where the system lets us, without any network. Whatever it says on stderr that is not expected fails,
and so does a part of ``--self-test`` that is missing. Needs no package: any Python runs it.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PARTS = ("window", "words", "models", "photos", "export")
_LAST_WORDS = "The self-test passed."
_LONGEST = 180  # seconds
_EXPECTED_ON_STDERR = (
    # Qt's picture in memory, used where there is no screen, has no window manager to report sizes to.
    "This plugin does not support propagateSizeHints()",
)
_WANTED_START = 2.0  # seconds from start to window; printed, never a failure


@dataclass(frozen=True)
class Said:
    """What a program said: its code, its lines with the seconds they came after, and stderr."""

    code: int
    lines: tuple[tuple[float, str], ...]
    stderr: str


def main() -> int:
    """Read the command line; return the exit code."""
    parser = argparse.ArgumentParser(description="Starts a built Shortlist in an empty home with no network.")
    parser.add_argument("dist", type=Path, help="the built folder, or the program itself")
    program = find_program(parser.parse_args().dist)
    problems: list[str] = []
    with tempfile.TemporaryDirectory(prefix="shortlist-smoke-") as folder:
        home = Path(folder)
        away = without_network()
        print(
            f"{program}, {'without a network' if away else 'the network left on: this system cannot take it away'}"
        )
        for round_ in ("first start", "second start"):
            said = run([*away, str(program), "--self-test"], home)
            problems += judge_self_test(round_, said)
        problems += judge_commands(program, away, home)
    for problem in problems:
        print(f"FAILED: {problem}")
    print("The smoke test failed." if problems else "The smoke test passed.")
    return 1 if problems else 0


def find_program(dist: Path) -> Path:
    """Find the program in a built folder. Exits where there is none."""
    if dist.is_file():
        return dist.resolve()
    for name in ("shortlist", "shortlist-cli.exe", "Contents/MacOS/shortlist"):
        if (dist / name).is_file():
            return (dist / name).resolve()
    sys.exit(f"{dist} has no program in it")


def without_network() -> list[str]:
    """Return what to put before a command to take its network away; nothing where that is not possible."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return []
    away = [unshare, "--map-root-user", "--net"]
    return away if subprocess.run([*away, "true"], capture_output=True, check=False).returncode == 0 else []


def environment(home: Path) -> Mapping[str, str]:
    """Return an environment with an empty home and nothing of Python's or ours; the screen, if there is one."""
    kept = (
        "PATH",
        "DISPLAY",
        "XAUTHORITY",
        "WAYLAND_DISPLAY",
        "XDG_RUNTIME_DIR",
        "SYSTEMROOT",
        "TEMP",
        "QT_QPA_PLATFORM",
    )
    return {name: os.environ[name] for name in kept if name in os.environ} | {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "LOCALAPPDATA": str(home),
        "LANG": os.environ.get("LANG", "C.UTF-8"),
    }


def run(command: Sequence[str], home: Path) -> Said:
    """Run a program from its home folder, noting when each line came."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        start = time.monotonic()
        process = subprocess.Popen(
            command, cwd=home, env=environment(home), stdout=subprocess.PIPE, stderr=errors, text=True
        )
        assert process.stdout is not None
        watchdog = threading.Timer(_LONGEST, process.kill)
        watchdog.start()
        lines = tuple((time.monotonic() - start, line.rstrip()) for line in process.stdout)
        code = process.wait()
        watchdog.cancel()
        errors.seek(0)
        return Said(code, lines, errors.read())


def judge_self_test(name: str, said: Said) -> list[str]:
    """Say what is wrong with a self-test; prints what it said."""
    print(f"\n{name}:")
    for seconds, line in said.lines:
        print(f"  {seconds:5.1f} s  {line}")
    parts = {line.partition(":")[0] for _, line in said.lines}
    problems = [f"{name}: nothing was said of {part}" for part in _PARTS if part not in parts]
    if said.code or not said.lines or said.lines[-1][1] != _LAST_WORDS:
        problems.append(f"{name}: the self-test ended with {said.code}")
    shown = next((seconds for seconds, line in said.lines if line.startswith("window")), None)
    if shown is not None:
        print(f"  start to window: {shown:.1f} s (wanted: {_WANTED_START} s at most)")
    return [*problems, *unexpected(name, said)]


def judge_commands(program: Path, away: Sequence[str], home: Path) -> list[str]:
    """Say what is wrong with the commands that need no screen."""
    problems = []
    for arguments, wanted in (
        (("--version",), "shortlist "),
        (("doctor",), "Models"),
        (("models", "list"), "in use"),
    ):
        said = run([*away, str(program), *arguments], home)
        text = "\n".join(line for _, line in said.lines)
        name = " ".join(arguments)
        if said.code or wanted not in text or "BROKEN" in text:
            problems.append(f"{name} ended with {said.code}: {text}")
        problems += unexpected(name, said)
    return problems


def unexpected(name: str, said: Said) -> list[str]:
    """Return the lines of stderr that nobody foresaw."""
    lines = (
        line for line in said.stderr.splitlines() if line.strip() and line.strip() not in _EXPECTED_ON_STDERR
    )
    return [f"{name} said on stderr: {line}" for line in lines]


if __name__ == "__main__":
    sys.exit(main())
