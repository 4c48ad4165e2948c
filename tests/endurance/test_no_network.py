"""The whole job with the network forbidden: nobody even tries, in the program or in its workers."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core.sidecar.xmp_reader import read_packet
from core.types import Flag
from fixtures.runs import write_scenes

ROOT = Path(__file__).parents[2]
HOOK = ROOT / "tests" / "fixtures" / "no_network"


@pytest.fixture
def forbidden(tmp_path: Path) -> dict[str, str]:
    """An environment in which every Python process, worker or not, has no network."""
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(map(str, (HOOK, ROOT, ROOT / "tests"))),
        "SHORTLIST_TEST_NETWORK_LOG": str(tmp_path / "tried.txt"),
    }


def run(
    environment: dict[str, str], *arguments: str, apart: bool = False
) -> subprocess.CompletedProcess[str]:
    """Runs Python; ``apart``: where the system itself gives it no network but the machine's own, switched off."""
    command = [sys.executable, *arguments]
    if apart:
        command = ["unshare", "--net", *command]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)


def may_be_set_apart() -> bool:
    return (
        shutil.which("unshare") is not None
        and subprocess.run(["unshare", "--net", "true"], capture_output=True, check=False).returncode == 0
    )


def test_the_hook_notices(forbidden: dict[str, str], tmp_path: Path) -> None:
    done = run(forbidden, "-c", "import socket; socket.create_connection(('127.0.0.1', 9))")
    assert done.returncode
    assert "127.0.0.1" in (tmp_path / "tried.txt").read_text()


def test_from_the_window_to_the_sidecars(forbidden: dict[str, str], tmp_path: Path) -> None:
    shoot = tmp_path / "shoot"
    photos = write_scenes(shoot, 5)
    done = run(forbidden, "-m", "fixtures.evening", str(shoot), apart=may_be_set_apart())
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "tried.txt").exists(), (tmp_path / "tried.txt").read_text()
    assert [read_packet(path.with_suffix(".xmp").read_bytes()).flag for path in photos] == [Flag.PICK] * 5


def test_from_the_command_line_to_a_list(forbidden: dict[str, str], tmp_path: Path) -> None:
    shoot = tmp_path / "shoot"
    write_scenes(shoot, 5)
    where = ["--export", "json", "--out", str(tmp_path / "out")]
    done = run(forbidden, "-m", "app", "cull", str(shoot), *where, apart=may_be_set_apart())
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "tried.txt").exists(), (tmp_path / "tried.txt").read_text()
    assert (tmp_path / "out" / "shortlist.json").exists()
