"""A film on its own is counted, decided on and exported like a photo, and never measured or culled as one."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.exit_codes import EXIT_OK
from core.sidecar.xmp_writer import read_sidecar
from core.types import ClusterKind, Flag
from fixtures.films import stand_in_for_ffmpeg, write_film
from fixtures.openings import command, decide, opened, photo_named
from fixtures.shoots import scene, write_photo

pytestmark = pytest.mark.usefixtures("measured_here")

START = datetime(2025, 6, 14, 10, 0, 0)


@pytest.fixture
def shoot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A burst of three with a film taken in the midst of it, one after it, and a picture with its own film."""
    tools = tmp_path / "tools"
    tools.mkdir()
    stand_in_for_ffmpeg(tools, monkeypatch)
    folder = tmp_path / "shoot"
    folder.mkdir()
    for second, name in enumerate(("A.jpg", "B.jpg", "C.jpg")):
        write_photo(folder / name, scene(1), START + timedelta(seconds=second))
    write_photo(folder / "L.jpg", scene(7), START + timedelta(seconds=900))
    write_film(folder / "L.MOV", START + timedelta(seconds=900))
    write_film(folder / "CLIP1.MOV", START + timedelta(seconds=1), seed=2)
    write_film(folder / "CLIP2.MP4", START + timedelta(seconds=60), seed=3)
    return folder


PICKED = {"CLIP1.MOV": Flag.PICK, "CLIP2.MP4": Flag.REJECT}


def exported(shoot: Path, kind: str, *more: object) -> None:
    assert command("export", shoot, "--as", kind, *more) == EXIT_OK


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_culling_a_shoot_with_films_measures_and_suggests_photos_alone(
    shoot: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("cull", shoot, "--best", 10, "--json") == EXIT_OK
    said = json.loads(capsys.readouterr().out)
    counts = said["summary"]
    assert (counts["photos"], counts["films among them"], counts["bursts"]) == (6, 2, 1)
    assert counts["files that failed"] == counts["likely rejects"] == 0
    assert not any("CLIP" in best["path"] for best in said["best"])
    with opened(shoot) as (found, _):
        clip = photo_named(found, "CLIP1.MOV")
        burst = found.cluster_of(photo_named(found, "A.jpg").id)
        assert {found.photos[photo_id].path.name for photo_id in burst.photo_ids} == {
            "A.jpg",
            "B.jpg",
            "C.jpg",
        }
        assert found.cluster_of(clip.id).kind is ClusterKind.SINGLE
        assert found.why_reject(clip.id) == ()
        assert [path.name for path in photo_named(found, "L.jpg").companions] == ["L.MOV"]


def test_accepting_every_suggestion_decides_on_no_film(shoot: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert command("cull", shoot, "--export", "xmp", "--out", out, "--reject-rest") == EXIT_OK
    assert {"A.xmp", "B.xmp", "C.xmp"} <= names(out)
    assert not any("CLIP" in name for name in names(out))


def test_a_picked_film_is_copied_and_a_rejected_one_is_not(shoot: Path, tmp_path: Path) -> None:
    decide(shoot, {**PICKED, "L.jpg": Flag.PICK})
    exported(shoot, "copy", "--out", tmp_path / "picks")
    assert names(tmp_path / "picks") == {"CLIP1.MOV", "L.jpg", "L.MOV"}
    assert (tmp_path / "picks" / "CLIP1.MOV").read_bytes() == (shoot / "CLIP1.MOV").read_bytes()


def test_decisions_on_films_go_into_sidecars_and_come_back_from_them(shoot: Path) -> None:
    decide(shoot, PICKED, rating=3)
    film = (shoot / "CLIP1.MOV").read_bytes()
    exported(shoot, "xmp", "--embed")  # nothing is ever written into a film
    assert (shoot / "CLIP1.MOV").read_bytes() == film
    assert read_sidecar(shoot / "CLIP1.xmp").rating == 3
    with opened(shoot) as (found, _):
        marks = found.marks[photo_named(found, "CLIP1.MOV").id]
        assert [each.path.name for each in marks] == ["CLIP1.xmp"]


def test_rejected_films_go_to_the_trash_with_their_sidecars_and_photos_stay(
    shoot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    decide(shoot, PICKED)
    exported(shoot, "trash", "--confirm", 1)
    assert "CLIP2.MP4" not in names(shoot)
    assert {"A.jpg", "CLIP1.MOV", "L.MOV"} <= names(shoot)


@pytest.mark.parametrize("kind", ["html", "csv", "json", "names", "paths"])
def test_lists_name_films_too(shoot: Path, tmp_path: Path, kind: str) -> None:
    decide(shoot, PICKED)
    exported(shoot, kind, "--out", tmp_path / "out", "--photos", "picks")
    written = "".join(path.read_text("utf-8") for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert "CLIP1" in written
    assert "CLIP2" not in written
