"""No other user of the machine can look into what is kept of a shoot, from its first moment."""

import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap import open_services
from app.paths import places
from app.stand_in import clear_stand_ins, stand_in_folder
from core.types import Decision, Flag, Photo, PhotoId

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's folders to that user")


@pytest.fixture(autouse=True)
def generous() -> Iterator[None]:
    """Whatever is made is for everybody, unless it says otherwise."""
    former = os.umask(0)
    yield
    os.umask(former)


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def files_in(home: Path) -> dict[str, int]:
    return {path.name: mode_of(path) for path in home.iterdir() if ".sqlite" in path.name}


def decide() -> None:
    photo = Photo(PhotoId("a"), Path("/shoot/a.jpg"))
    with open_services(places()) as services:
        services.decisions.record([], "Pick", [photo], [Decision(photo.id)], [Decision(photo.id, Flag.PICK)])


def test_all_that_is_kept_is_for_its_owner_alone_while_it_is_used(home: Path) -> None:
    home.rmdir()
    with open_services(places()) as services:
        photo = Photo(PhotoId("a"), Path("/shoot/a.jpg"))
        services.decisions.record([], "Pick", [photo], [Decision(photo.id)], [Decision(photo.id, Flag.PICK)])
        services.measures.facts.put([photo])
        modes = files_in(home)
    assert mode_of(home) == 0o700
    assert {"decisions.sqlite", "decisions.sqlite-wal", "decisions.sqlite-shm", "measures.sqlite-wal"} <= set(
        modes
    )
    assert {
        name: oct(mode) for name, mode in modes.items() if mode != 0o600 and not name.endswith("lock")
    } == {}


def test_a_database_is_private_before_anything_is_in_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, int] = {}
    connect = sqlite3.connect

    def looking(database: object, *rest: object, **named: object) -> sqlite3.Connection:
        seen.update(files_in(home))
        return connect(database, *rest, **named)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr(sqlite3, "connect", looking)
    decide()
    assert len(seen) >= 4
    assert {mode for name, mode in seen.items() if not name.endswith("lock")} == {0o600}


def test_what_earlier_versions_left_open_to_all_is_mended(home: Path) -> None:
    decide()
    (home / "decisions.sqlite.v3.bak").write_bytes(b"a backup")
    (home / "decisions.sqlite.damaged").write_bytes(b"what was moved aside")
    home.chmod(0o755)
    for path in home.iterdir():
        path.chmod(0o644)
    decide()
    assert mode_of(home) == 0o700
    assert {name: oct(mode) for name, mode in files_in(home).items() if mode != 0o600} == {}


def test_a_folder_of_the_users_own_stays_open(home: Path) -> None:
    (home / "holiday.jpg").write_bytes(b"")
    home.chmod(0o755)
    decide()
    assert mode_of(home) == 0o755
    assert mode_of(home / "decisions.sqlite") == 0o600


def test_the_folders_of_the_platform_are_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SHORTLIST_HOME")
    names = {"XDG_CACHE_HOME": "cache", "XDG_DATA_HOME": "data", "XDG_STATE_HOME": "state"}
    for name, folder in names.items():
        monkeypatch.setenv(name, str(tmp_path / folder))
    if sys.platform != "linux":
        pytest.skip("other platforms have other variables")
    (tmp_path / "data" / "shortlist").mkdir(parents=True)
    where = places()
    for path in (where.decisions, where.measures, where.log):
        assert mode_of(path.parent) == 0o700, path.parent


def test_caches_that_a_killed_program_left_in_the_temporary_folder_are_cleared_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    script = (
        "import os, tempfile; from app.stand_in import stand_in_folder\n"
        f"tempfile.tempdir = {str(tmp_path)!r}\n"
        "with stand_in_folder() as folder: (folder / 'measures.sqlite').write_bytes(b'faces'); os._exit(9)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", script], env=environment, check=False).returncode == 9
    with stand_in_folder() as mine:
        assert len(list(tmp_path.iterdir())) == 2
        assert mode_of(mine) == 0o700
        clear_stand_ins()
        assert list(tmp_path.iterdir()) == [mine]
    assert not list(tmp_path.iterdir())
