"""kill -9 in the middle of an export: every file is whole, and the export can be undone or done again.

``SHORTLIST_KILLS`` sets how often, ``SHORTLIST_KILLED_FILES`` of how many files; the defaults are for every day.
"""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from app.__main__ import main
from app.exit_codes import EXIT_OK
from app.paths import places
from core.export.carry_out import export
from core.export.kinds import ExportKind, Selection
from core.export.recovery import interrupted, settle
from core.export.request import ExportRequest, Material, plan_export
from core.export.store import ExportStore
from core.export.undo import undo
from core.sidecar.xmp_packet import parse
from fixtures.exports import THEIRS, contents, frames
from fixtures.seeds import seed

KILLS = int(os.environ.get("SHORTLIST_KILLS", "2"))
FILES = int(os.environ.get("SHORTLIST_KILLED_FILES", "80"))
ROOT = Path(__file__).parents[2]

EXPORTER = """
import sys
from pathlib import Path
from app.__main__ import main
from app.exit_codes import EXIT_OK
from app.paths import places
from core.export.carry_out import export
from core.export.kinds import ExportKind, Selection
from core.export.request import ExportRequest, Material, plan_export
from core.export.store import ExportStore
from fixtures.exports import frames

folder, journal, kind, files = Path(sys.argv[1]), Path(sys.argv[2]), ExportKind(sys.argv[3]), int(sys.argv[4])
out = folder.parent / "out" if kind.needs_folder else None
photos, decisions = frames(folder, files)
plan = list(plan_export(ExportRequest(kind, Selection(), out), Material(photos, decisions)))
store = ExportStore.open(journal)
print("planned", flush=True)
export(plan, store, "killed")
"""


def killed_export(shoot: Path, journal: Path, kind: ExportKind, chance: random.Random) -> None:
    """Starts an export in a process of its own and kills it somewhere between its first file and its last."""
    command = [sys.executable, "-c", EXPORTER, str(shoot), str(journal), kind.value, str(FILES)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests")))}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"planned\n"
        time.sleep(chance.uniform(0, 0.004 * FILES))
        process.send_signal(signal.SIGKILL)


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no SIGKILL")
@pytest.mark.parametrize("kind", [ExportKind.XMP, ExportKind.MOVE, ExportKind.COPY])
def test_a_killed_export_is_undone_or_done_again(tmp_path: Path, kind: ExportKind) -> None:
    chance = random.Random(seed())
    for attempt in range(KILLS):
        where = tmp_path / str(attempt)
        shoot, out = where / "shoot", where / "out"
        photos, decisions = frames(shoot, FILES)
        before = contents(where)
        journal = tmp_path / f"exports-{attempt}.sqlite"
        killed_export(shoot, journal, kind, chance)
        for name, content in contents(shoot).items():
            if name.endswith(".xmp") and content != THEIRS:
                assert content is not None
                parse(content)  # whole, or this raises
        with closing(ExportStore.open(journal)) as store:
            record = interrupted(store)
            if record is not None:  # killed neither before its first file nor after its last
                settle(store, record)
            assert not list(where.rglob("*.shortlist-tmp"))
            if attempt % 2:
                target = out if kind.needs_folder else None
                request = ExportRequest(kind, Selection(), target)
                left = [photo for photo in photos if photo.path.exists()]
                again = export(list(plan_export(request, Material(left, decisions))), store, "again")
                assert not again.refused
            while (last := store.last()) is not None:
                assert not undo(store, last).refused
        assert contents(where) == before


UNDOER = """
import os, signal, sys
from pathlib import Path
from app.__main__ import main

replace = Path.replace
calls = []

def replace_or_die(path, target):
    calls.append(path)
    if len(calls) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return replace(path, target)

Path.replace = replace_or_die
main(["export", "--undo"])
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no SIGKILL")
@pytest.mark.parametrize("command", [["export", "--undo"], ["cull", "shoot", "--dry-run"]])
def test_an_undo_killed_in_the_midst_of_a_file_leaves_nothing_beside_the_photos(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shoot = tmp_path / "shoot"
    photos, decisions = frames(shoot, 20)
    before = contents(shoot)
    plan = list(plan_export(ExportRequest(ExportKind.XMP), Material(list(photos), decisions)))
    with closing(ExportStore.open(places().exports)) as store:
        export(plan, store, "sidecars")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests")))}
    killed = subprocess.run([sys.executable, "-c", UNDOER], env=environment, check=False, timeout=120)
    assert killed.returncode == -signal.SIGKILL
    assert len(list(shoot.glob(".*.shortlist-tmp"))) == 1
    main(command)
    assert "Undoing the last export (sidecars) was interrupted" in capsys.readouterr().err
    assert not list(shoot.glob(".*.shortlist-tmp"))
    if command[0] != "export":
        assert main(["export", "--undo"]) == EXIT_OK
    assert contents(shoot) == before
