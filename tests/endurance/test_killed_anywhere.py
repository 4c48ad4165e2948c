"""kill -9 at random moments of whatever the program does: what was acknowledged is there, and files are whole."""

import hashlib
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import open_services
from app.paths import places
from core.export.carry_out import export
from core.export.kinds import ExportKind, Selection
from core.export.recovery import interrupted, settle, settle_all
from core.export.request import ExportRequest, Material, plan_export
from core.export.store import ExportStore
from core.export.undo import undo
from core.export.xmp import XmpChoices
from core.persistence.session_store import SessionStore
from core.settings import Settings
from core.sidecar.label_names import ENGLISH
from core.sidecar.profiles import LIGHTROOM
from core.types import Decision, Flag
from fixtures.exports import contents
from fixtures.photo_files import packet, rich_jpeg
from fixtures.runs import run_interrupted, write_scenes
from fixtures.scaffold import ROOT, Said, Scaffold
from fixtures.sessions import DECISIONS_OF_OLD, lay_out
from fixtures.victims import photos_of, value

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows knows no SIGKILL")


def assert_databases_are_whole(home: Path) -> None:
    for path in home.glob("*.sqlite"):
        with closing(sqlite3.connect(path)) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)], path.name


def kept_in(home: Path, folder: Path) -> dict[str, str]:
    """What is decided, by file name, as a start after the kill finds it."""
    photos = photos_of(folder)
    with closing(SessionStore.open(home / "decisions.sqlite")) as store:
        found = store.load_decisions(photos)
    return {photo.path.name: value(found.get(photo.id, Decision(photo.id))) for photo in photos}


def check_decisions(expected: dict[str, str], said: Said, now: dict[str, str], counts: Any) -> None:
    """All that was acknowledged is there; only what was under way may have got through or not."""
    expected.update(said.kept)
    lost = {name: (expected[name], now[name]) for name in expected if now[name] != expected[name]}
    assert lost.keys() <= {said.doing} or (said.doing == "?" and len(lost) == 1), lost
    counts.add(kills=1, tried=len(expected), survived=len(expected) - len(lost), in_flight=len(lost))
    expected.update(now)


def test_keys_in_the_window(
    scaffold: Scaffold, chance: random.Random, tmp_path: Path, home: Path, is_long: bool, counts: Any
) -> None:
    shoot = tmp_path / "shoot"
    write_scenes(shoot)
    before = contents(shoot)
    with open_services(places()) as services:
        run_interrupted(shoot, services, settings=Settings())
    expected: dict[str, str] = kept_in(home, shoot)
    acknowledged = 0
    kills = 200 if is_long else 3
    for _ in range(kills):
        said = scaffold.kill("keys", shoot, home, chance, (1.0, 0.6))
        acknowledged += said.acknowledged
        assert_databases_are_whole(home)
        check_decisions(expected, said, kept_in(home, shoot), counts)
    assert acknowledged
    assert contents(shoot) == before, "originals are never touched"
    counts.add(acknowledged=acknowledged)


def test_a_migration(
    scaffold: Scaffold, chance: random.Random, tmp_path: Path, home: Path, is_long: bool, counts: Any
) -> None:
    shoot = tmp_path / "shoot"
    write_scenes(shoot)
    kills = 150 if is_long else 5
    for _ in range(kills):
        for file in home.iterdir():
            file.unlink()
        expected = lay_out(home / "decisions.sqlite", shoot, version=1, others=2000)
        said = scaffold.kill("migration", shoot, home, chance, (0.02, 0.06))
        assert_databases_are_whole(home)
        check_decisions(expected, said, kept_in(home, shoot), counts)
        with closing(sqlite3.connect(home / "decisions.sqlite")) as database:
            (others,) = database.execute(
                "SELECT count(*) FROM decision WHERE flag = 'pick' AND photo_id LIKE 'other%'"
            ).fetchone()
            assert others == 2000
        for backup in home.glob("*.bak"):
            with closing(sqlite3.connect(backup)) as database:
                assert database.execute("SELECT count(*) FROM decision").fetchone() == (
                    2000 + len(DECISIONS_OF_OLD),
                )
        counts.add(tried=2000, survived=others)


@pytest.mark.parametrize("kind", ["sidecars", "embedding"])
def test_an_export(
    scaffold: Scaffold,
    chance: random.Random,
    tmp_path: Path,
    home: Path,
    is_long: bool,
    counts: Any,
    kind: str,
) -> None:
    shoot = tmp_path / "shoot"
    shoot.mkdir()
    for number in range(60):
        roomy = packet(padding=3000 if number % 2 else 0)
        (shoot / f"{number:02}.jpg").write_bytes(rich_jpeg(roomy if number % 3 else None)[0])
    before = contents(shoot)
    kills = 65 if is_long else 2
    for _ in range(kills):
        said = scaffold.kill(kind, shoot, home, chance, (0.1, 0.5))
        with closing(ExportStore.open(home / "exports.sqlite")) as store:
            record = interrupted(store)
            if record is not None:
                settle(store, record)
            touched = sum(content != before.get(name) for name, content in contents(shoot).items())
            while (last := store.last()) is not None:
                assert not undo(store, last).refused
        assert_databases_are_whole(home)
        assert contents(shoot) == before, "every byte is back"
        left = sum(content != before.get(name) for name, content in contents(shoot).items())
        counts.add(kills=1, at_work=int(said.ready), tried=touched, survived=touched - left)


def test_undoing_exports(
    scaffold: Scaffold, chance: random.Random, tmp_path: Path, home: Path, is_long: bool, counts: Any
) -> None:
    """Sidecars taken back, metadata taken out of photos again, photos moved home to another folder."""
    shoot, out = tmp_path / "shoot", tmp_path / "out"
    shoot.mkdir()
    for number in range(30):
        (shoot / f"{number:02}.jpg").write_bytes(rich_jpeg(packet() if number % 2 else None)[0])
    before = contents(tmp_path)
    for _ in range(100 if is_long else 3):
        photos = photos_of(shoot)
        decisions = {photo.id: Decision(photo.id, Flag.PICK, chance.randint(1, 5)) for photo in photos}
        material = Material(photos, decisions)
        with closing(ExportStore.open(home / "exports.sqlite")) as store:
            for embed in (False, True):
                request = ExportRequest(ExportKind.XMP, xmp=XmpChoices(LIGHTROOM, ENGLISH, embed))
                export(list(plan_export(request, material)), store, f"embed {embed}")
            moving = plan_export(
                ExportRequest(ExportKind.MOVE, Selection(), out), Material(photos_of(shoot), decisions)
            )
            assert not export(list(moving), store, "moved").refused
        said = scaffold.kill("undoing", tmp_path, home, chance, (0.05, 0.25))
        with closing(ExportStore.open(home / "exports.sqlite")) as store:
            settle_all(store)
            leftovers = list(tmp_path.rglob("*.shortlist-tmp"))
            assert not leftovers
            while (last := store.last()) is not None:
                assert not undo(store, last).refused
        assert_databases_are_whole(home)
        assert contents(tmp_path) == before, "every byte is back"
        counts.add(kills=1, at_work=int(said.ready), tried=len(before), survived=len(before))


def test_an_analysis_by_worker_processes(
    chance: random.Random, tmp_path: Path, home: Path, is_long: bool, counts: Any
) -> None:
    shoot = tmp_path / "shoot"
    photos = write_scenes(shoot, 40)
    before = {path.name: digest(path) for path in photos}
    with closing(SessionStore.open(home / "decisions.sqlite")) as store:
        for photo in photos_of(shoot):
            store.record([shoot], "Pick", [photo], [Decision(photo.id)], [Decision(photo.id, Flag.PICK)])
    expected = kept_in(home, shoot)
    kills = 20 if is_long else 1
    for _ in range(kills):
        (home / "measures.sqlite").unlink(missing_ok=True)
        kill_while_analysing(shoot, home, chance.uniform(0, 5.0 if is_long else 1.0))
        assert_databases_are_whole(home)
        kept = kept_in(home, shoot)
        assert kept == expected
        assert {path.name: digest(path) for path in shoot.iterdir()} == before
        counts.add(
            kills=1, tried=len(expected), survived=sum(kept.get(one) == it for one, it in expected.items())
        )


def kill_while_analysing(shoot: Path, home: Path, after: float) -> None:
    """Kills the program some seconds after it opened its cache; its workers end by themselves."""
    program = subprocess.Popen(
        [sys.executable, "-m", "app", "cull", str(shoot)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_until(lambda: (home / "measures.sqlite").exists() or program.poll() is not None)
    time.sleep(after)
    workers = children_of(program.pid)
    program.kill()
    program.wait()
    wait_until(lambda: not any(map(is_running, workers)))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def children_of(parent: int) -> list[int]:
    import psutil

    try:
        return [child.pid for child in psutil.Process(parent).children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def is_running(pid: int) -> bool:
    import psutil

    return bool(psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)


def wait_until(what: Callable[[], object], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
