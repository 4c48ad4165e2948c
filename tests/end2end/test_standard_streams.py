"""Commands whose output nobody reads, or that have no standard streams at all: the work is done, the code is right."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.__main__ import main
from app.cli.table import Subcommand
from app.exit_codes import EXIT_FAULT, EXIT_NOTHING, EXIT_OK, EXIT_UNREAD, EXIT_USAGE

CLOSED = "<&- >&- 2>&-"


def said(words: str, streams: str, home: Path) -> int:
    """The exit code of a command in a process of its own, its streams as a shell leaves them."""
    line = f'"{sys.executable}" -m app {words} {streams}'
    environment = {**os.environ, "SHORTLIST_HOME": os.fspath(home)}
    return subprocess.run(["bash", "-c", line], env=environment, check=False, timeout=60).returncode


@pytest.mark.skipif(sys.platform == "win32", reason="a shell that closes streams")
@pytest.mark.parametrize(
    ("words", "code"),
    [("--help", EXIT_OK), ("find --nonsense", EXIT_USAGE), ("choice nowhere -", EXIT_NOTHING)],
)
def test_a_program_without_streams_ends_as_with_them(words: str, code: int, tmp_path: Path) -> None:
    assert said(words, CLOSED, tmp_path) == code


@pytest.mark.skipif(sys.platform == "win32", reason="a shell that closes streams")
def test_without_streams_no_file_gets_the_number_of_one(tmp_path: Path) -> None:
    """What libraries print would go into it."""
    file = tmp_path / "photo.xmp"
    file.touch()
    check = "from app.cli.standard_streams import standard_streams\nimport os\nwith standard_streams():\n"
    check += f" number = os.open({os.fspath(file)!r}, os.O_RDONLY)\n raise SystemExit(0 if number > 2 else 9)"
    line = f'"{sys.executable}" -c "$0" {CLOSED}'
    assert subprocess.run(["bash", "-c", line, check], check=False, timeout=60).returncode == 0


def test_a_pipe_that_broke_elsewhere_is_a_fault_and_no_unread_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> int:
        raise BrokenPipeError("of a worker")

    monkeypatch.setattr(Subcommand, "run", broken)
    assert main(["doctor"]) == EXIT_FAULT
    assert "of a worker" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["stdout", "stderr"])
def test_only_results_that_nobody_reads_end_the_work(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def work(*_: object) -> int:
        print("told", file=getattr(sys, name), flush=True)
        return EXIT_OK

    monkeypatch.setattr(Subcommand, "run", work)
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as closed:
        monkeypatch.setattr(f"sys.{name}", closed)
        code = main(["doctor"])
        monkeypatch.undo()
        os.dup2(os.open(os.devnull, os.O_WRONLY), write)
    assert code == (EXIT_UNREAD if name == "stdout" else EXIT_OK)
