"""``shortlist looks``: from a folder to what looks alike in it, with the real weights."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import main
from app.bootstrap import Services, open_services
from app.exit_codes import EXIT_NOTHING, EXIT_OK, EXIT_USAGE
from app.paths import places
from app.run_settings import run_settings
from benchmarks.grouping import truth
from benchmarks.grouping.scores import agreement
from core.export.gallery import PAGE
from core.pipeline.runner import run
from core.review.review import Review
from core.shoot.shoot import Shoot


def listed(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    capsys.readouterr()
    assert main(["looks", *arguments, "--json"]) == EXIT_OK
    return json.loads(capsys.readouterr().out)


def kept_shoot(services: Services, folder: Path) -> Shoot:
    shoot, (settings, _) = Shoot(), run_settings(services.places)
    dependencies = services.dependencies(settings, measure=False, regroups=False)
    run([folder], settings, dependencies, lambda: False, shoot.apply)
    return shoot


def names(paths: list[str]) -> set[str]:
    return {Path(path).name for path in paths}


@pytest.mark.usefixtures("measured_here")
def test_what_looks_alike_is_listed_together(shoot_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = listed(capsys, str(shoot_folder))
    looks = [names(look["photos"]) for look in document["looks"]]
    assert {"F.jpg", "G.jpg", "H.jpg"} in looks, "the faces"
    everybody = [name for look in looks for name in look] + list(names(document["odd"]))
    assert sorted(everybody) == sorted(path.name for path in shoot_folder.glob("*.jpg"))
    assert all(Path(look["cover"]).name in names(look["photos"]) for look in document["looks"])
    few = listed(capsys, str(shoot_folder), "--detail", "0")
    assert len(few["looks"]) <= len(document["looks"])


@pytest.mark.usefixtures("measured_here")
def test_a_name_given_to_a_look_is_listed(shoot_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed(capsys, str(shoot_folder))
    with open_services(places()) as services:
        shoot = kept_shoot(services, shoot_folder)
        faces = [photo.id for photo in shoot.photos.values() if photo.path.name in ("F.jpg", "G.jpg")]
        review = Review(services.decisions, [shoot_folder], shoot)
        review.load(shoot.photos.values())
        review.name_look(faces, "Portraits <1>")
    document = listed(capsys, str(shoot_folder))
    named = {look["name"]: names(look["photos"]) for look in document["looks"] if look["name"]}
    assert named == {"Portraits <1>": {"F.jpg", "G.jpg"}}
    assert "H.jpg" in names(document["odd"]), "a frame alone is no look"


@pytest.mark.usefixtures("measured_here")
def test_the_gallery_is_written_and_taken_away_again(
    shoot_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gallery = tmp_path / "gallery"
    before = sorted(shoot_folder.iterdir())
    assert main(["looks", str(shoot_folder), "--export", "gallery", str(gallery)]) == EXIT_OK
    assert str(gallery / PAGE) in capsys.readouterr().err
    page = (gallery / PAGE).read_text("utf-8")
    for picture in gallery.rglob("*.jpg"):
        assert picture.relative_to(gallery).as_posix() in page
        assert picture.read_bytes().startswith(b"\xff\xd8")
    assert "A.jpg" in page
    assert sorted(shoot_folder.iterdir()) == before
    assert main(["export", "--undo"]) == EXIT_OK
    assert not gallery.exists()


def test_wrong_words_are_answered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["looks", str(tmp_path), "--detail", "2"])
    assert "a number from 0 to 1 is wanted" in capsys.readouterr().err
    assert main(["looks", str(tmp_path), "--export", "pdf", "x"]) == EXIT_USAGE
    assert "gallery" in capsys.readouterr().err
    assert main(["looks", str(tmp_path)]) == EXIT_NOTHING


@pytest.mark.photos
@pytest.mark.usefixtures("measured_here")
def test_views_of_one_thing_are_one_look(photos_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = photos_folder / "ukbench14"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there")
    document = listed(capsys, str(folder))
    found = {name: look["cover"] for look in document["looks"] for name in names(look["photos"])}
    found.update({name: name for name in names(document["odd"])})
    right = truth.groups(folder)["burst"]
    assert agreement({name: found[name] for name in right}, right)["v"] >= 0.95
