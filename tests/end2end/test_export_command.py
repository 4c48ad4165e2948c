"""``shortlist export``: the decisions of the window, written from the command line without any analysis."""

import json
import threading
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from app.__main__ import main
from app.bootstrap import open_services
from app.cli.headless import Headless
from app.exit_codes import EXIT_NOTHING, EXIT_OK, EXIT_SOME_FAILED, EXIT_USAGE
from app.paths import places
from core.persistence.made_by import MadeBy
from core.settings import Settings
from core.sidecar.xmp_writer import read_sidecar
from core.types import Decision, Flag, Photo
from fixtures.exports import THEIRS, contents
from fixtures.frames import analysis
from fixtures.trees import lies

DECIDED = {"A.jpg": (Flag.PICK, 5), "B.jpg": (Flag.REJECT, None), "C.jpg": (Flag.PICK, 2)}


@pytest.fixture
def shoot(shoot_folder: Path) -> Path:
    """The made-up shoot with decisions on three of its photos, as the window keeps them."""
    with open_services(places()) as services:
        headless = Headless(services, threading.Event(), Console(stderr=True))
        found = headless.read_shoot([shoot_folder], Settings(), measure=False)
        photos = [photo for photo in found.photos.values() if photo.path.name in DECIDED]
        before = [Decision(photo.id) for photo in photos]
        after = [Decision(photo.id, *DECIDED[photo.path.name]) for photo in photos]
        services.decisions.record([shoot_folder], "by hand", photos, before, after)
    return shoot_folder


@pytest.fixture
def thrown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A trash of the test's own."""
    trash = tmp_path / "trash"
    trash.mkdir()
    monkeypatch.setattr(
        "core.export.trash.send2trash", lambda path: Path(path).rename(trash / Path(path).name)
    )
    return trash


def test_a_dry_run_says_it_all_and_the_export_does_it(
    shoot: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(shoot)
    assert main(["export", str(shoot), "--dry-run"]) == EXIT_OK
    assert contents(shoot) == before
    said = capsys.readouterr().out.splitlines()
    assert said[:4] == [
        f"create: {shoot / 'A.xmp'}",
        "    xmp:Rating: none → 5",
        "    xmpDM:pick: none → 1",
        "    xmpDM:good: none → true",
    ]
    assert said[-1] == "3 files: 3 to create"
    assert main(["export", str(shoot)]) == EXIT_OK
    assert set(contents(shoot)) - set(before) == {"A.xmp", "B.xmp", "C.xmp"}
    assert read_sidecar(shoot / "A.xmp").rating == 5
    capsys.readouterr()
    assert main(["export", "--undo", "--dry-run"]) == EXIT_OK
    assert capsys.readouterr().out.splitlines()[-1] == "3 files: 3 to remove again"
    assert main(["export", "--undo"]) == EXIT_OK
    assert contents(shoot) == before
    assert main(["export", "--undo"]) == EXIT_NOTHING


def test_a_profile_and_the_photos_chosen_count(shoot: Path) -> None:
    command = ["export", str(shoot), "--for", "darktable", "--photos", "picks", "--stars", "3"]
    assert main(command) == EXIT_OK
    assert [path.name for path in shoot.glob("*.xmp")] == ["A.jpg.xmp"]


def test_embedding_writes_into_the_photo_and_is_undone(shoot: Path) -> None:
    before = contents(shoot)
    assert main(["export", str(shoot), "--embed"]) == EXIT_OK
    after = contents(shoot)
    assert {name for name in after if after[name] != before.get(name)} == set(DECIDED)
    assert main(["export", "--undo"]) == EXIT_OK
    assert contents(shoot) == before


def test_measures_hold_on_while_only_metadata_is_written(shoot: Path) -> None:
    made_by = MadeBy("a test", "weights")

    def measured(photos: Iterable[Photo]) -> set[str]:
        with open_services(places()) as services:
            found = services.measures.analyses([seen(photo) for photo in photos], made_by)
        return {photo.path.name for photo in photos if photo.id in found.whole}

    with open_services(places()) as services:
        photos = list(
            Headless(services, threading.Event(), Console(stderr=True))
            .read_shoot([shoot], Settings(), measure=False)
            .photos.values()
        )
        services.measures.put_analyses([(photo, analysis(photo.id)) for photo in photos], made_by)
    names = {photo.path.name for photo in photos}
    for command in (["export", str(shoot), "--embed"], ["export", "--undo"]):
        assert main(command) == EXIT_OK
        assert measured(photos) == names


def seen(photo: Photo) -> Photo:
    """The photo with the time and size its file has now."""
    status = photo.path.stat()
    return replace(photo, size_bytes=status.st_size, mtime_ns=status.st_mtime_ns)


def test_moved_picks_keep_their_decisions_and_come_back(shoot: Path, tmp_path: Path) -> None:
    before, out = contents(shoot), tmp_path / "picks"
    assert main(["export", str(shoot), "--as", "move"]) == EXIT_USAGE
    assert main(["export", str(shoot), "--as", "move", "--out", str(out)]) == EXIT_OK
    assert sorted(contents(out)) == ["A.jpg", "C.jpg"]
    assert main(["export", str(out), "--as", "names"]) == EXIT_OK
    assert (out / "shortlist-names.txt").read_text() == "A, C\n"
    for _ in range(2):
        assert main(["export", "--undo"]) == EXIT_OK
    assert contents(shoot) == before


def test_the_trash_wants_the_right_number(
    shoot: Path, thrown: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["export", str(shoot), "--as", "trash"]
    assert main(command) == EXIT_USAGE
    assert "--confirm 1" in capsys.readouterr().err
    assert main([*command, "--confirm", "2"]) == EXIT_USAGE
    assert main([*command, "--photos", "all", "--confirm", "1"]) == EXIT_USAGE
    assert contents(thrown) == {}
    assert main([*command, "--confirm", "1"]) == EXIT_OK
    assert list(contents(thrown)) == ["B.jpg"]
    assert main(["export", "--undo"]) == EXIT_SOME_FAILED
    assert "restore it from there" in capsys.readouterr().err


def test_lists_and_sheet_need_no_analysis(shoot: Path, tmp_path: Path) -> None:
    for kind in ("json", "html", "paths"):
        assert main(["export", str(shoot), "--as", kind, "--out", str(tmp_path)]) == EXIT_OK
    records = json.loads((tmp_path / "shortlist.json").read_text("utf-8"))["photos"]
    assert {Path(one["path"]).name: one["flag"] for one in records if one["flag"]} == {
        name: flag.value for name, (flag, _) in DECIDED.items()
    }
    sheet = (tmp_path / "contact-sheet.html").read_text("utf-8")
    assert sheet.count("data:image/jpeg;base64,") == 2
    assert "no picture" not in sheet
    assert (tmp_path / "shortlist-paths.txt").read_text().splitlines() == [
        str(shoot / "A.jpg"),
        str(shoot / "C.jpg"),
    ]


def test_a_damaged_sidecar_is_named_and_the_exit_code_says_so(
    shoot: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shoot / "B.xmp").write_text("<broken")
    assert main(["export", str(shoot)]) == EXIT_SOME_FAILED
    assert str(shoot / "B.xmp") in capsys.readouterr().err
    assert (shoot / "B.xmp").read_text() == "<broken"
    assert (shoot / "A.xmp").exists()


def test_what_makes_no_sense_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export"]) == EXIT_USAGE
    assert "FOLDER" in capsys.readouterr().err
    assert main(["export", str(tmp_path)]) == EXIT_NOTHING


def test_where_a_link_leads_is_said_before_anything_is_written_there(
    shoot: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "real.xmp").write_bytes(THEIRS)
    (shoot / "A.xmp").symlink_to(
        "../elsewhere/real.xmp" if shoot.parent == tmp_path else elsewhere / "real.xmp"
    )
    (shoot / "B.xmp").symlink_to(elsewhere / "new.xmp")
    before = lies(shoot, elsewhere)
    assert main(["export", str(shoot), "--dry-run"]) == EXIT_SOME_FAILED
    said = capsys.readouterr().out
    assert f"update: {shoot / 'A.xmp'} (A link: writes “{elsewhere / 'real.xmp'}”.)" in said
    assert f"refused: {shoot / 'B.xmp'} (It is a link that leads nowhere" in said
    assert main(["export", str(shoot)]) == EXIT_SOME_FAILED
    assert not (elsewhere / "new.xmp").exists()
    assert read_sidecar(elsewhere / "real.xmp").rating == 5
    assert main(["export", "--undo"]) == EXIT_OK
    assert lies(shoot, elsewhere) == before


@pytest.mark.parametrize("kind", ["copy", "move", "link", "xmp", "csv", "json", "html", "paths", "names"])
def test_an_out_folder_that_is_a_link_to_nothing_gets_a_sentence(
    kind: str, shoot: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").symlink_to(tmp_path / "nowhere")
    for dry in ([], ["--dry-run"]):
        command = [
            "export",
            str(shoot),
            "--as",
            kind,
            "--photos",
            "all",
            "--out",
            str(tmp_path / "out"),
            *dry,
        ]
        assert main(command) == EXIT_SOME_FAILED
        said = capsys.readouterr()
        assert "is a link that leads nowhere" in said.out + said.err
    assert not (tmp_path / "nowhere").exists()


def test_names_by_template_are_shown_first_and_taken_back(shoot: Path, tmp_path: Path) -> None:
    before = contents(shoot)
    out = tmp_path / "out"
    command = ["export", str(shoot), "--as", "copy", "--out", str(out), "--shoot", "Fair"]
    command += ["--name", "{date:%Y}/{shoot}_{counter:03}_{rating}", "--start", "7"]
    assert main([*command, "--dry-run"]) == EXIT_OK
    assert not out.exists()
    assert main(command) == EXIT_OK
    years = {path.parent.name for path in out.rglob("*.jpg")}
    assert all(len(year) == 4 and year.isdecimal() for year in years)
    assert sorted(path.name for path in out.rglob("*.jpg")) == ["Fair_007_5.jpg", "Fair_008_2.jpg"]
    assert main(["export", "--undo"]) == EXIT_OK
    assert not out.exists()
    assert (
        main(["export", str(shoot), "--as", "rename", "--name", "{shoot|x}-{name}", "--photos", "picks"])
        == EXIT_OK
    )
    assert {f"{shoot.name}-A.jpg", f"{shoot.name}-C.jpg", "B.jpg"} <= contents(shoot).keys()
    assert main(["export", "--undo"]) == EXIT_OK
    assert contents(shoot) == before


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (["--as", "rename"], "--as rename needs --name TEMPLATE."),
        (["--as", "xmp", "--name", "{name}"], "--name makes no sense with --as xmp"),
        (
            ["--as", "rename", "--name", "{nam}"],
            "There is no placeholder {nam} (at character 1); {name} may be meant.",
        ),
        (["--as", "rename", "--name", "../{name}"], "“..” at character 1 leads out of the target folder."),
    ],
)
def test_a_template_that_cannot_be_understood_is_refused_before_anything_is_read(
    command: list[str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(tmp_path), *command]) == EXIT_USAGE
    assert sentence in capsys.readouterr().err


def test_a_metadata_template_is_written_and_unknown_codes_are_told(
    shoot: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    template = tmp_path / "agency.toml"
    template.write_text('creator = "Anna"\ncaption = "=7= and =99=, {shoot}"\n')
    codes = tmp_path / "codes.txt"
    codes.write_text("7\tAda Smith\n")
    before = contents(shoot)
    command = ["export", str(shoot), "--photos", "picks", "--metadata", str(template), "--codes", str(codes)]
    assert main([*command, "--dry-run"]) == EXIT_OK
    assert "(No list has the code =99=.)" in capsys.readouterr().out
    assert main(command) == EXIT_OK
    assert "No list has the code =99=." in capsys.readouterr().err
    for name in ("A", "C"):
        assert f"Ada Smith and =99=, {shoot.name}" in (shoot / f"{name}.xmp").read_text("utf-8")
    assert main(["export", "--undo"]) == EXIT_OK
    assert contents(shoot) == before


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (["--as", "csv", "--metadata", "a.toml"], "--metadata makes no sense with --as csv"),
        (["--codes", "a.txt"], "--codes needs --metadata FILE."),
        (["--metadata", "missing.toml"], "missing.toml"),
    ],
)
def test_a_metadata_template_that_makes_no_sense_is_refused(
    command: list[str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(tmp_path), *command]) == EXIT_USAGE
    assert sentence in capsys.readouterr().err
