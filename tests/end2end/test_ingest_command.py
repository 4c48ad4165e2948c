"""``shortlist ingest`` and ``shortlist verify``: from a card that was culled to copies that open decided."""

import threading
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
from core.types import Decision, Flag
from fixtures.exports import contents
from fixtures.frames import analysis

DECIDED = {"A.jpg": Flag.PICK, "B.jpg": Flag.REJECT, "C.jpg": Flag.PICK}
MADE_BY = MadeBy("measures", "weights")


@pytest.fixture
def card(shoot_folder: Path) -> Path:
    """The made-up shoot as a card, culled on the card: decided on, and one photo of it measured."""
    with open_services(places()) as services:
        found = Headless(services, threading.Event(), Console(stderr=True)).read_shoot(
            [shoot_folder], Settings(), measure=False
        )
        photos = [photo for photo in found.photos.values() if photo.path.name in DECIDED]
        after = [Decision(photo.id, DECIDED[photo.path.name], 3) for photo in photos]
        services.decisions.record(
            [shoot_folder], "by hand", photos, [Decision(photo.id) for photo in photos], after
        )
        services.measures.put_analyses([(photo, analysis(photo.id)) for photo in photos], MADE_BY)
        services.thumbnails.put_many([(photo, b"small") for photo in photos])
    return shoot_folder


def decided_in(folder: Path) -> dict[str, tuple[Flag | None, int | None]]:
    with open_services(places()) as services:
        found = Headless(services, threading.Event(), Console(stderr=True)).read_shoot(
            [folder], Settings(), measure=False
        )
        named = {found.photos[one].path.name: decision for one, decision in found.decisions.items()}
    return {name: (one.flag, one.rating) for name, one in named.items() if not one.is_empty}


def test_a_shoot_culled_on_the_card_opens_decided_and_measured_from_both_copies(
    card: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, decided = contents(card), decided_in(card)
    out, backup = tmp_path / "out", tmp_path / "backup"
    assert main(["ingest", str(card), "--to", str(out), "--backup", str(backup)]) == EXIT_OK
    said = capsys.readouterr()
    assert "were copied, read again and compared. Nothing is missing." in said.out
    assert contents(card) == before, "the card is only read"
    assert decided.keys() == DECIDED.keys()
    with open_services(places()) as services:
        for folder in (out, backup):
            found = Headless(services, threading.Event(), Console(stderr=True)).read_shoot(
                [folder], Settings(), measure=False
            )
            copied = [photo for photo in found.photos.values() if photo.path.name in DECIDED]
            assert len(services.measures.analyses(copied, MADE_BY).whole) == 3
            assert {services.thumbnails.get(photo) for photo in copied} == {b"small"}
    for folder in (out, backup):
        assert decided_in(folder) == decided
        assert main(["verify", str(folder)]) == EXIT_OK


def test_what_was_decided_on_a_copy_later_stays(card: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = ["ingest", str(card), "--to", str(out)]
    assert main(command) == EXIT_OK
    with open_services(places()) as services:
        found = Headless(services, threading.Event(), Console(stderr=True)).read_shoot(
            [out], Settings(), measure=False
        )
        (photo,) = (photo for photo in found.photos.values() if photo.path.name == "A.jpg")
        services.decisions.record(
            [out], "by hand", [photo], [Decision(photo.id)], [Decision(photo.id, Flag.REJECT, 1)]
        )
    assert main(command) == EXIT_OK
    assert decided_in(out)["A.jpg"] == (Flag.REJECT, 1)
    assert decided_in(card)["A.jpg"] == (Flag.PICK, 3)


def test_what_was_decided_on_the_card_later_is_taken_over(card: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = ["ingest", str(card), "--to", str(out)]
    assert main(command) == EXIT_OK
    with open_services(places()) as services:
        found = Headless(services, threading.Event(), Console(stderr=True)).read_shoot(
            [card], Settings(), measure=False
        )
        (photo,) = (photo for photo in found.photos.values() if photo.path.name == "A.jpg")
        services.decisions.record(
            [card], "by hand", [photo], [Decision(photo.id)], [Decision(photo.id, Flag.REJECT, 1)]
        )
    assert main(command) == EXIT_OK
    assert decided_in(out)["A.jpg"] == (Flag.REJECT, 1)


def test_picks_alone_and_what_would_be_done(
    card: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    command = ["ingest", str(card), "--to", str(out), "--picks"]
    assert main([*command, "--dry-run"]) == EXIT_OK
    assert capsys.readouterr().out.splitlines()[:2] == [
        f"copy: {card / name} → {out / name}" for name in ("A.jpg", "C.jpg")
    ]
    assert not out.exists()
    assert main(command) == EXIT_OK
    assert [path.name for path in sorted(out.glob("*.jpg"))] == ["A.jpg", "C.jpg"]


def test_a_damaged_copy_is_named(card: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert main(["ingest", str(card), "--to", str(out), "--picks-first"]) == EXIT_OK
    (out / "A.jpg").write_bytes(b"damaged")
    capsys.readouterr()
    assert main(["verify", str(out)]) == EXIT_SOME_FAILED
    said = capsys.readouterr()
    assert f"{out / 'A.jpg'}: changed" in said.err
    assert said.out.endswith("1 has changed.\n")


def test_what_makes_no_sense_is_said(card: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", str(card), "--to", str(card / "out")]) == EXIT_USAGE
    assert "lie in each other" in capsys.readouterr().err
    assert main(["ingest", str(card / "A.jpg"), "--to", str(tmp_path / "out")]) == EXIT_USAGE
    assert main(["ingest", str(tmp_path / "nowhere"), "--to", str(tmp_path / "out")]) == EXIT_NOTHING
    assert main(["verify", str(card)]) == EXIT_NOTHING
    assert "has no list of checksums" in capsys.readouterr().err
    (tmp_path / "empty").mkdir()
    assert main(["ingest", str(tmp_path / "empty"), "--to", str(tmp_path / "out")]) == EXIT_NOTHING


def test_a_metadata_template_is_written_beside_the_copies_and_can_be_taken_back(
    card: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(card)
    template, codes = tmp_path / "agency.toml", tmp_path / "codes.txt"
    template.write_text('creator = "Anna"\ncaption = "=7= in {shoot}, {name}"\n')
    codes.write_text("7\tAda Smith\n")
    out, backup = tmp_path / "out", tmp_path / "backup"
    command = [
        "ingest",
        str(card),
        "--to",
        str(out),
        "--backup",
        str(backup),
        "--name",
        "{shoot}_{counter:02}",
    ]
    command += ["--shoot", "Regatta", "--metadata", str(template), "--codes", str(codes)]
    assert main(command) == EXIT_OK
    assert contents(card) == before, "the card is only read"
    for folder in (out, backup):
        copies = {path.stem for path in folder.glob("Regatta_*.jpg")}
        assert {path.stem for path in folder.glob("*.xmp")} == copies
        said = (folder / "Regatta_01.xmp").read_text("utf-8")
        assert "Ada Smith in Regatta, Regatta_01" in said
        assert "xmpDM:pick=" not in said, "what is decided was not asked for"
        assert main(["verify", str(folder)]) == EXIT_OK
    assert main(["export", "--undo"]) == EXIT_OK
    assert list(tmp_path.rglob("*.xmp")) == []


def test_a_card_copied_again_takes_no_caption_from_what_was_worked_on_since(
    card: Path, tmp_path: Path
) -> None:
    template, out = tmp_path / "agency.toml", tmp_path / "out"
    template.write_text('caption = "from the template"\ncity = "Bern"\nreplace = true\n')
    command = ["ingest", str(card), "--to", str(out), "--metadata", str(template)]
    assert main(command) == EXIT_OK
    first, *others = sorted(out.glob("*.xmp"))
    first.write_text(first.read_text("utf-8").replace("from the template", "by hand"), "utf-8")
    others[0].unlink()
    assert main(command) == EXIT_OK
    assert "by hand" in first.read_text("utf-8")
    assert "from the template" in others[0].read_text("utf-8"), "what is empty is filled"


def test_a_template_that_makes_no_sense_is_refused_before_anything_is_copied(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["ingest", str(tmp_path), "--to", str(tmp_path / "out")]
    assert main([*command, "--metadata", str(tmp_path / "missing.toml")]) == EXIT_USAGE
    assert "missing.toml" in capsys.readouterr().err
    assert main([*command, "--codes", "a.txt"]) == EXIT_USAGE
    assert "--codes needs --metadata FILE." in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_template_puts_no_photo_beside_the_raw_of_another(
    card: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (card / "other").mkdir()
    (card / "other" / "A.CR3").write_bytes(b"a RAW of another frame" * 99)
    out = tmp_path / "out"
    assert main(["ingest", str(card), "--to", str(out), "--name", "same"]) == EXIT_OK
    copies = [path for path in out.iterdir() if path.suffix in (".jpg", ".CR3")]
    assert len({path.stem for path in copies}) == len(copies) > 3
    capsys.readouterr()
    assert main(["ingest", str(card), "--to", str(out), "--name", "same"]) == EXIT_OK
    assert "were there already. Nothing is missing." in capsys.readouterr().out
