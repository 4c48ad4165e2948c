"""No worker survives: one sentence, once; one entry in the log; no photo blamed, nothing exported.

Every way of dying is tried on the real command line and in the real window, with real processes.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.bootstrap import open_services
from app.exit_codes import EXIT_BROKEN, EXIT_OK, EXIT_SOME_FAILED
from app.paths import places
from core.types import Flag
from fixtures.disks import fill, small_disk
from fixtures.runs import write_scenes
from fixtures.windows import photo_id, running
from ui.commands.table import BY_ID
from ui.widgets.message_bar import MessageBar

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="spoils processes as Linux allows it")

SABOTAGE = Path(__file__).parents[1] / "fixtures" / "sabotage"
ROOT = Path(__file__).parents[2]
WAYS = {
    "no library=simplejpeg": "cannot be loaded",
    "no library=numpy": "cannot be loaded",
    "no library=onnxruntime": "cannot be loaded",
    "ends at once=1": "end as soon as they start",
    "is killed at once": "end as soon as they start (signal 9)",
    "crashes when it measures": "end as soon as they start (signal 11)",
    "is killed at each photo": "ended again and again",
    "crashes at each photo": "crashed on each of the first 8 photos",
    "has no memory=150": "No photo can be measured",
    "has no file handles=5": "No photo can be measured",
    "has no file handles=6": "No photo can be measured",
}


@pytest.fixture
def shoot(tmp_path: Path) -> Path:
    """Nine photos."""
    write_scenes(tmp_path / "shoot", 9)
    return tmp_path / "shoot"


def spoilt(way: str, folder: Path) -> dict[str, str]:
    return {"PYTHONPATH": str(SABOTAGE), "SABOTAGE": way, "SABOTAGE_PHOTOS": str(folder)}


def cull(
    folder: Path, out: Path, environment: dict[str, str], *before: str
) -> subprocess.CompletedProcess[str]:
    command = (
        sys.executable,
        "-m",
        "app",
        "cull",
        str(folder),
        "--export",
        "xmp",
        "--out",
        str(out),
        "--reject-rest",
    )
    return subprocess.run(
        [*before, *command],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def entries() -> list[str]:
    """The beginnings of the entries in the log; lines of a traceback are none."""
    log = places().log
    lines = log.read_text("utf-8").splitlines() if log.exists() else []
    return [line for line in lines if " ERROR " in line or " WARNING " in line]


@pytest.mark.parametrize("way", WAYS)
def test_the_command_line_says_it_once_and_exports_nothing(way: str, shoot: Path, tmp_path: Path) -> None:
    done = cull(shoot, tmp_path / "out", spoilt(way, shoot))
    assert done.returncode == EXIT_BROKEN, done.stderr
    (sentence,) = [line for line in done.stderr.splitlines() if line.strip()]
    assert WAYS[way] in sentence
    assert done.stdout == ""
    assert not (tmp_path / "out").exists()
    (entry,) = entries()
    assert sentence in entry
    assert not list(shoot.glob("*.xmp"))


@pytest.mark.parametrize("way", ["no library=numpy", "is killed at each photo"])
def test_the_window_says_it_once_and_the_photos_stay(
    way: str, shoot: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in spoilt(way, shoot).items():
        monkeypatch.setenv(name, value)
    said: list[str] = []
    with running() as program:
        monkeypatch.setattr(MessageBar, "show_error", lambda _bar, words: said.append(words))
        program.session.open([shoot])
        qtbot.waitUntil(lambda: len(program.session.shoot.photos) == 9)
        program.window.space.go_to(photo_id(program, "003.jpg"))
        program.window.keymap.action(BY_ID["pick"]).trigger()
        qtbot.waitUntil(lambda: bool(said), timeout=120_000)
        qtbot.waitUntil(lambda: not program.session.is_running)
        assert len(said) == 1
        assert WAYS[way] in said[0]
        shoot_now = program.session.shoot
        assert not shoot_now.failures, "no photo is to blame"
        assert len(shoot_now.photos) == 9
        assert len(shoot_now.clusters) == 9, "grouped by what the files say"
        assert shoot_now.decision(photo_id(program, "003.jpg")).flag is Flag.PICK
        assert shoot_now.finished is not None, "nothing is waited for any more"
        assert program.window.space.model.rowCount() == 9
    assert len(entries()) <= 1


def test_a_few_photos_that_crash_their_workers_are_named(tmp_path: Path) -> None:
    photos = write_scenes(tmp_path / "shoot", 3)
    done = cull(tmp_path / "shoot", tmp_path / "out", spoilt("crashes at each photo", tmp_path / "shoot"))
    assert done.returncode == EXIT_SOME_FAILED, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert sorted(line.partition(": ")[0] for line in lines) == [str(path) for path in photos]
    assert all("crashed on this file" in line for line in lines)


@pytest.mark.parametrize("limit", ["-v 300000", "-v 500000", "-v 800000", "-v 900000", "-n 24", "-n 40"])
def test_a_machine_at_its_limits_is_told_in_a_sentence(limit: str, shoot: Path, tmp_path: Path) -> None:
    done = cull(shoot, tmp_path / "out", {}, "sh", "-c", f'ulimit {limit}; exec "$@"', "sh")
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert "Traceback" not in done.stderr
    if done.returncode != EXIT_OK:
        assert done.returncode == EXIT_BROKEN, done.stderr
        assert len(lines) == 1
        assert not (tmp_path / "out").exists()
    assert len(entries()) <= 1


def test_full_shared_memory_keeps_no_worker_from_its_work(shoot: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "shm", 4096) as disk:
        fill(disk)
        bind = f'mount --bind {disk} /dev/shm && exec "$@"'
        done = cull(shoot, tmp_path / "out", {}, "unshare", "-m", "sh", "-c", bind, "sh")
    if "unshare" in done.stderr or "mount" in done.stderr:
        pytest.skip("may not mount over /dev/shm here")
    assert done.returncode == EXIT_OK, done.stderr


def test_the_shoot_is_measured_once_the_workers_are_well_again(
    shoot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cull(shoot, tmp_path / "out", spoilt("ends at once=1", shoot)).returncode == EXIT_BROKEN
    assert cull(shoot, tmp_path / "out", {}).returncode == EXIT_OK
    with open_services(places()) as services:
        assert services.measures.size_bytes() > 0
