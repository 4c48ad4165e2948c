"""What ``cull`` says beside its job: a sample of its rejects, whom it forgets, and so many of the best."""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import main
from app.exit_codes import EXIT_OK, EXIT_USAGE
from app.paths import places
from core.ingest.scanner import photo_id
from core.persistence.session_store import SessionStore
from core.review.audit.kept import KeptAudit
from core.review.audit.sample import draw
from core.review.review import Review
from core.shoot.shoot import Shoot
from core.types import Flag, Photo
from fixtures.shoots import scene, write_photo

pytestmark = pytest.mark.usefixtures("measured_here")

BURSTS = [set("ABC"), set("DE"), set("FGH"), set("IJK")]

Told = Callable[..., dict[str, Any]]


@pytest.fixture
def told(shoot_folder: Path, capsys: pytest.CaptureFixture[str]) -> Told:
    def run(*options: str) -> dict[str, Any]:
        assert main(["cull", str(shoot_folder), "--json", *options]) == EXIT_OK
        document: dict[str, Any] = json.loads(capsys.readouterr().out)
        return document

    return run


def stems(paths: list[str]) -> list[str]:
    return [Path(path).stem for path in paths]


def test_the_sample_is_of_what_reject_rest_would_reject_and_drawn_again_by_its_seed(told: Told) -> None:
    audit = told("--audit", "3")["audit"]
    again = told("--audit", "3", "--seed", str(audit["seed"]), "--reject-rest")["audit"]
    assert audit == again
    assert audit["rejects"] == 5, "of three bursts of 3, 2 and 3"
    drawn = stems([one["path"] for one in audit["sample"]])
    assert len(set(drawn)) == 3
    assert set(drawn) <= set("ABCDEFGH")
    for one in audit["sample"]:
        (kept,), (path,) = stems(one["kept"]), stems([one["path"]])
        assert kept != path
        assert any({kept, path} <= burst for burst in BURSTS)
    everything = told("--audit", "100")["audit"]
    assert len(everything["sample"]) == 5
    assert "B" not in stems([one["path"] for one in everything["sample"]]), "the sharp one of its burst"
    lost = {Path(one["path"]).stem: one for one in everything["sample"]}
    assert lost["A"]["lost_most_by"] == "sharpness"
    assert lost["A"]["loses"] > 0
    assert lost["A"]["why"].startswith("Loses by 0.")


def test_the_sample_is_listed_for_people_too(
    shoot_folder: Path, told: Told, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = [one["path"] for one in told("--audit", "4", "--seed", "9")["audit"]["sample"]]
    assert main(["cull", str(shoot_folder), "--audit", "4", "--seed", "9"]) == EXIT_OK
    lines = capsys.readouterr().out.splitlines()
    start = lines.index("4 of the 5 frames that the program alone rejects (--seed 9):")
    assert [line.split(" (")[0] for line in lines[start + 1 : start + 5]] == sample
    assert all("; kept: " in line for line in lines[start + 1 : start + 5])


def test_the_best_are_never_two_of_a_burst_and_the_users_own_come_first(
    shoot_folder: Path, told: Told, capsys: pytest.CaptureFixture[str]
) -> None:
    _decide(shoot_folder, picks="M", rejects="L")
    best = told("--best", "20")["best"]
    found = stems([one["path"] for one in best])
    assert found[0] == "M"
    assert best[0]["adds"][0] == "yours"
    assert "L" not in found
    assert len(found) == 5
    assert all(len(burst.intersection(found)) == 1 for burst in BURSTS)
    assert "B" in found
    assert stems([one["path"] for one in told("--best", "2")["best"]]) == found[:2]

    assert main(["cull", str(shoot_folder), "--best", "2"]) == EXIT_OK
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("1: ") and "M.jpg (yours" in line for line in lines)


def test_a_scene_and_hours_without_a_keeper_are_told_before_anything_is_exported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, start = tmp_path / "day", datetime(2025, 6, 14, 17, 0)
    folder.mkdir()
    for number in range(11):
        write_photo(folder / f"P{number:02}.jpg", scene(number), start + timedelta(minutes=4 * number))
    write_photo(folder / "X.jpg", scene(99), start + timedelta(minutes=45))
    assert main(["cull", str(folder), "--json"]) == EXIT_OK
    nothing = json.loads(capsys.readouterr().out)["without_keeper"]
    assert nothing["hours"] == [], "while nothing is kept nothing stands out"
    _decide(folder, picks="X")
    assert main(["cull", str(folder), "--json"]) == EXIT_OK
    (hours,) = json.loads(capsys.readouterr().out)["without_keeper"]["hours"]
    assert (hours["from"], hours["to"]) == ("2025-06-14T17:00:00", "2025-06-14T17:40:00")
    assert hours["frames"] == 11
    assert set(stems(hours["candidates"])) == {f"P{number:02}" for number in range(11)}
    assert main(["cull", str(folder)]) == EXIT_OK
    printed = capsys.readouterr().out
    assert "no keeper: 2025-06-14 17:00 to 17:40, 11 frames; best: P" in printed


def test_an_audit_made_in_the_window_is_told(
    shoot_folder: Path, told: Told, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "last_audit" not in told()
    rejects = [photo_id(shoot_folder / f"{name}.jpg") for name in "ACDFG"]
    with closing(SessionStore.open(places().decisions)) as store:
        kept = KeptAudit(store, [shoot_folder])
        audit = draw(rejects, 5, seed=1)
        kept.begin(audit)
        for number, one in enumerate(audit.drawn):
            audit = kept.answer(audit, one, keeper=number == 2)
    last = told()["last_audit"]
    assert (last["rejects"], last["looked_at"], last["keepers"], last["at_most"]) == (5, 5, 1, 1)
    assert main(["cull", str(shoot_folder)]) == EXIT_OK
    assert "1 of 5 worth keeping: you looked at all of your 5 rejects." in capsys.readouterr().out


@pytest.mark.parametrize(
    "options", [["--json", "--export", "xmp"], ["--audit", "-1"], ["--best", "many"], ["--seed", "0.5"]]
)
def test_what_makes_no_sense_is_refused(shoot_folder: Path, options: list[str]) -> None:
    try:
        code = main(["cull", str(shoot_folder), *options])
    except SystemExit as ended:
        code = int(str(ended.code))
    assert code == EXIT_USAGE


def _decide(folder: Path, picks: str = "", rejects: str = "") -> None:
    """Decides in a window that is closed again."""
    with closing(SessionStore.open(places().decisions)) as store:
        review = Review(store, [folder], Shoot())
        for names, flag in ((picks, Flag.PICK), (rejects, Flag.REJECT)):
            for name in names:
                path = folder / f"{name}.jpg"
                seen = path.stat()
                photo = Photo(photo_id(path), path, size_bytes=seen.st_size, mtime_ns=seen.st_mtime_ns)
                review.load([photo])
                review.set_flag([photo.id], flag)
