"""``shortlist taste``, and a cull that learns, ranks by what was learned and says so."""

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.__main__ import main
from app.bootstrap import open_services
from app.exit_codes import EXIT_NOTHING, EXIT_OK, EXIT_USAGE
from app.paths import places
from core.persistence.taste_store import TasteStore
from core.taste.profiles import shipped
from core.taste.taste import Taste
from core.types import Decision, Flag, PhotoId
from fixtures.tastes import of_taste

pytestmark = pytest.mark.usefixtures("measured_here")


def teach(points: dict[str, float], shoots: str = "abcd") -> None:
    """Let the user have decided some shoots."""
    with closing(TasteStore.open(places().taste)) as store:
        for name in shoots:
            shoot = of_taste(points, 40, Path(f"/shoots/{name}"))
            Taste(store, shipped()).observe(shoot.photos, shoot.clusters, shoot.decisions)


def said(capsys: pytest.CaptureFixture[str]) -> str:
    printed = capsys.readouterr()
    return printed.out + printed.err


def decide(folder: Path, flags: dict[str, Flag]) -> None:
    """Decide on photos of a folder as the window would."""
    from core.ingest.scanner import photo_id
    from core.types import Photo

    with open_services(places()) as services:
        photos = [Photo(PhotoId(photo_id(folder / name)), folder / name) for name in flags]
        now = datetime.now(UTC)
        after = [
            Decision(photo.id, flag, decided_at=now)
            for photo, flag in zip(photos, flags.values(), strict=True)
        ]
        services.decisions.record([folder], "Pick", photos, [Decision(photo.id) for photo in photos], after)


def test_nothing_is_learned_yet(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["taste", "show"]) == EXIT_OK
    assert "Nothing was learned yet: the standard ranks." in said(capsys)


def test_a_cull_learns_from_what_was_decided_and_the_reset_forgets_it(
    shoot_folder: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    decide(shoot_folder, {"A.jpg": Flag.PICK, "B.jpg": Flag.REJECT, "C.jpg": Flag.REJECT})
    assert main(["cull", str(shoot_folder)]) == EXIT_OK
    assert main(["taste", "show"]) == EXIT_OK
    shown = said(capsys)
    assert "Too few decisions yet: 1 of at least 30 bursts. The standard ranks." in shown
    assert f"{shoot_folder}: 1 burst\n" in shown
    assert main(["taste", "leave-out", str(shoot_folder)]) == EXIT_OK
    assert main(["taste", "show"]) == EXIT_OK
    assert "left out" in said(capsys)
    assert main(["taste", "take-in", str(shoot_folder)]) == EXIT_OK
    assert main(["taste", "leave-out", str(home)]) == EXIT_NOTHING
    assert main(["taste", "forget"]) == EXIT_OK
    assert main(["cull", str(shoot_folder)]) == EXIT_OK
    assert str(shoot_folder).encode() not in b"".join(
        file.read_bytes() for file in home.glob("taste.sqlite*")
    )
    capsys.readouterr()
    assert main(["taste", "show"]) == EXIT_OK
    assert "Nothing was learned yet" in said(capsys), "what was decided before teaches no more"


def test_a_cull_ranks_by_what_was_learned_where_it_is_better(
    shoot_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def weights(out: str) -> dict[str, float]:
        assert main(["cull", str(shoot_folder), "--export", "json", "--out", str(tmp_path / out)]) == EXIT_OK
        records = json.loads((tmp_path / out / "shortlist.json").read_text("utf-8"))
        photos = records["photos"] if isinstance(records, dict) else records
        return {Path(record["path"]).name: record["score"] for record in photos}

    before = weights("standard")
    assert "It ranks." not in said(capsys)
    teach({"exposure": 6.0, "smile": 3.0})
    after = weights("learned")
    printed = said(capsys)
    assert "% of 160 bursts it had not seen" in printed
    assert "It ranks." in printed
    assert after["A.jpg"] != before["A.jpg"]
    assert main(["taste", "off"]) == EXIT_OK
    assert weights("off") == before


def test_a_taste_is_exported_and_brought_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    teach({"smile": 6.0, "sharpness": 0.5})
    file = tmp_path / "mine.toml"
    assert main(["taste", "export", str(file)]) == EXIT_OK
    assert main(["taste", "export", str(file)]) == EXIT_USAGE, "nothing is overwritten"
    assert "There is a file of that name" in said(capsys)
    assert main(["taste", "import", str(file)]) == EXIT_USAGE
    assert main(["taste", "forget"]) == EXIT_OK
    assert main(["taste", "import", str(file)]) == EXIT_OK
    assert "of 160 bursts" in said(capsys)
    file.write_text(file.read_text("utf-8").replace("format = 1", "format = 2"), "utf-8")
    assert main(["taste", "import", str(file)]) == EXIT_USAGE
    assert "mine.toml: It was written by a newer version of Shortlist" in said(capsys)


def test_a_profile_is_chosen_for_a_shoot_and_kept(
    shoot_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cull", str(shoot_folder), "--profile", "circus"]) == EXIT_USAGE
    assert "There is no profile “circus”" in said(capsys)
    file = tmp_path / "own.toml"
    assert main(["taste", "profile", "event", str(file)]) == EXIT_OK
    file.write_text(
        file.read_text("utf-8").replace("my_event", "circus").replace("smile = 1.0", "smile = 0.0")
    )
    assert main(["taste", "import", str(file)]) == EXIT_OK
    assert main(["taste", "profiles"]) == EXIT_OK
    listed = said(capsys)
    assert "circus" in listed
    assert "smile x 0" in listed
    assert main(["cull", str(shoot_folder), "--profile", "circus"]) == EXIT_OK
    with open_services(places()) as services:
        assert services.taste.profile_of([shoot_folder]) == "circus"
        assert services.taste.profile_of([shoot_folder / "below"]) == "circus"
        assert services.taste.profile_of([tmp_path]) == ""
    again = tmp_path / "again.toml"
    assert main(["taste", "profile", "circus", str(again)]) == EXIT_OK
    assert 'name = "circus"' in again.read_text("utf-8"), (
        "one's own keeps its name, so that it can be changed"
    )
    assert main(["taste", "import", str(again)]) == EXIT_OK
    assert main(["cull", str(shoot_folder), "--profile", "none"]) == EXIT_OK
    with open_services(places()) as services:
        assert services.taste.profile_of([shoot_folder]) == ""


def test_a_damaged_taste_is_named_and_kept_and_the_standard_ranks(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    teach({"smile": 6.0})
    content = bytearray((home / "taste.sqlite").read_bytes())
    at = content.index(b"sharpness seen whole")
    content[at : at + 9] = b"sharpnoss"
    (home / "taste.sqlite").write_bytes(content)
    assert main(["taste", "show"]) == EXIT_OK
    printed = said(capsys)
    assert "taste.sqlite" in printed
    assert "Nothing was learned yet" in printed
    assert (home / "taste.sqlite.damaged").read_bytes() == content
    assert main(["taste", "forget"]) == EXIT_OK
    assert not (home / "taste.sqlite.damaged").exists()


def test_a_profile_lets_pass_what_is_meant(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A blurred photo is a likely reject, but not where blur is meant."""
    from fixtures.shoots import blurred, scene, write_photo

    folder = tmp_path / "race"
    folder.mkdir()
    write_photo(folder / "A.jpg", blurred(scene(3), 12))

    def likely_rejects(*more: str) -> str:
        assert main(["cull", str(folder), *more]) == EXIT_OK
        return next(
            line.split()[-1]
            for line in said(capsys).splitlines()
            if line.strip().startswith("likely rejects")
        )

    assert likely_rejects() == "1"
    assert likely_rejects("--profile", "sport") == "0"
    assert likely_rejects() == "0", "the profile is kept"
    assert likely_rejects("--profile", "none") == "1"


def test_a_taste_that_cannot_be_kept_stops_no_cull(
    shoot_folder: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "taste.sqlite").mkdir(parents=True)
    assert main(["cull", str(shoot_folder)]) == EXIT_OK
    assert "What was learned of your taste does not rank, and nothing is learned" in said(capsys)
