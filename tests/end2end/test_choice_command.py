"""``shortlist proofs`` and ``shortlist choice``: out to the client, and the client's word back in."""

import io
import json
from pathlib import Path

import pytest

from app.__main__ import main
from app.bootstrap import open_services
from app.exit_codes import EXIT_NOTHING, EXIT_OK, EXIT_SOME_FAILED, EXIT_USAGE
from app.paths import places
from core.ingest.scanner import photo_id
from core.types import Decision, Flag, Label, Photo
from fixtures.photo_files import picture

NAMES = ("DSC_0412.jpg", "DSC_0413.jpg", "DSC_0414.jpg", "DSC_0415.jpg")


@pytest.fixture
def shoot(tmp_path: Path) -> Path:
    folder = tmp_path / "shoot"
    folder.mkdir()
    for name in NAMES:
        (folder / name).write_bytes(picture("teal"))
    return folder


def decided(shoot: Path) -> dict[str, Decision]:
    photos = [Photo(photo_id(shoot / name), shoot / name) for name in NAMES]
    with open_services(places()) as services:
        kept = services.decisions.load_decisions(photos)
    return {photo.path.name: kept[photo.id] for photo in photos if photo.id in kept}


def test_proofs_are_made_and_taken_away_again(
    shoot: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["proofs", str(shoot), "--out", str(out)]) == EXIT_OK
    assert not out.exists(), "there are no picks yet"
    words = ["proofs", str(shoot), "--out", str(out), "--photos", "all", "--size", "1024", "--mark", "Proof"]
    assert main([*words, "--title", "For Anna", "--dry-run"]) == EXIT_OK
    assert "For Anna proofs" in capsys.readouterr().out
    assert not out.exists()
    assert main([*words, "--title", "For Anna"]) == EXIT_OK
    assert str(out / "For Anna proofs" / "index.html") in capsys.readouterr().err
    assert len(list(out.rglob("*.jpg"))) == 2 * len(NAMES)
    assert main(["export", "--undo"]) == EXIT_OK
    assert not out.exists()


def test_a_mark_that_cannot_be_written_is_said(
    shoot: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["proofs", str(shoot), "--out", str(tmp_path / "out"), "--photos", "all", "--mark", "\U0001e900"]
    assert main(words) == EXIT_USAGE
    assert "all letters" in capsys.readouterr().err


def test_a_choice_in_a_file_becomes_what_was_asked_for(
    shoot: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = tmp_path / "mail.txt"
    note.write_text("DSC_0412, 414-416 and the one with the dog", "utf-8")
    assert main(["choice", str(shoot), str(note), "--dry-run"]) == EXIT_SOME_FAILED
    assert decided(shoot) == {}
    assert main(["choice", str(shoot), str(note), "--as", "4"]) == EXIT_SOME_FAILED
    told = capsys.readouterr()
    assert "without a photo: 1" in told.err
    assert "the one with the dog" in told.err
    assert {name: one.rating for name, one in decided(shoot).items()} == dict.fromkeys(
        ("DSC_0412.jpg", "DSC_0414.jpg", "DSC_0415.jpg"), 4
    )
    note.write_text("413", "utf-8")
    assert main(["choice", str(shoot), str(note), "--as", "green"]) == EXIT_OK
    assert decided(shoot)["DSC_0413.jpg"].label is Label.GREEN


def typed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """What another program pipes into ours, on a system that takes nothing but UTF-8 for text."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), "utf-8", "strict"))


@pytest.mark.parametrize(
    "data",
    [
        "Bonjour, la 413 à côté".encode("cp1252"),
        b"\xff\xfe" + "DSC_0413.jpg".encode("utf-16-le"),
        b"\xef\xbb\xbffilename;favourite\nDSC_0413.jpg;1\n",
    ],
    ids=["western letters", "UTF-16", "a table with a byte order mark"],
)
def test_what_is_piped_in_is_read_as_a_file_would_be(
    shoot: Path, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    typed(monkeypatch, data)
    assert main(["choice", str(shoot), "-"]) == EXIT_OK
    assert [name for name, one in decided(shoot).items() if one.flag is Flag.PICK] == ["DSC_0413.jpg"]


def test_a_choice_is_read_from_what_is_typed_and_told_as_json(
    shoot: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, b"Filename,Rating,Comment\nDSC_0412.jpg,5,yes!\nx.jpg,1,\n")
    assert main(["choice", str(shoot), "-", "--as", "said", "--json"]) == EXIT_SOME_FAILED
    document = json.loads(capsys.readouterr().out)
    assert [(Path(one["path"]).name, one["stars"], one["word"]) for one in document["photos"]] == [
        ("DSC_0412.jpg", 5, "yes!")
    ]
    assert [one["said"] for one in document["not_understood"]] == ["x.jpg"]
    assert decided(shoot)["DSC_0412.jpg"].rating == 5


def test_what_is_no_choice_changes_nothing(
    shoot: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = tmp_path / "mail.txt"
    note.write_text("Thank you, all lovely!", "utf-8")
    assert main(["choice", str(shoot), str(note)]) == EXIT_NOTHING
    assert main(["choice", str(shoot), str(tmp_path / "gone.json")]) == EXIT_USAGE
    assert "gone.json" in capsys.readouterr().err
    note.write_text('{"shortlist": "choice", "photos": [{"name": "DSC_0412.jpg"', "utf-8")
    assert main(["choice", str(shoot), str(note)]) == EXIT_USAGE
    assert "not all of it" in capsys.readouterr().err
    assert not any(one.flag is Flag.PICK for one in decided(shoot).values())
