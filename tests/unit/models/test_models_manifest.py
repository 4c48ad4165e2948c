"""The weights are the ones this version was made with, and whatever is not is named."""

import hashlib
import re
import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

import models
from core.errors import ModelError
from models import manifest
from models.local import LocalModels
from models.manifest import ModelState

MODELS = Path(models.__file__).parent


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of all weight files, to be spoilt."""
    for model in manifest.manifest():
        shutil.copy(MODELS / model.file, tmp_path)
    return tmp_path


def test_all_shipped_weights_are_as_made() -> None:
    checked = manifest.verify()
    assert {each.model.id for each in checked} == {
        "embedder",
        "thing_classes",
        "face_detector",
        "face_landmarker",
        "face_identity",
        "thing_detector",
    }
    assert [each.state for each in checked] == [ModelState.OK] * len(checked)


def test_an_altered_file_is_named_and_only_it(copied: Path) -> None:
    weights = copied / "yunet.onnx"
    content = bytearray(weights.read_bytes())
    content[1000] ^= 1
    weights.write_bytes(content)
    altered = [each for each in manifest.verify(copied) if each.state is not ModelState.OK]
    assert [each.state for each in altered] == [ModelState.ALTERED]
    assert altered[0].message.startswith("yunet.onnx is not the file it was made as")


def test_a_missing_file_is_named(copied: Path) -> None:
    (copied / "face_landmarker.onnx").unlink()
    states = {each.model.file: each for each in manifest.verify(copied)}
    assert states["face_landmarker.onnx"].state is ModelState.MISSING
    assert "face_landmarker.onnx is missing" in states["face_landmarker.onnx"].message


def test_every_model_ships_its_licence_text() -> None:
    for model in manifest.manifest():
        text = (MODELS / "licences" / model.licence_file).read_text("utf-8")
        assert "Copyright" in text
        assert {"MIT": "MIT License", "Apache-2.0": "Apache License"}[model.licence] in text


def test_every_model_says_which_build_made_it() -> None:
    for model in manifest.manifest():
        source = import_module(model.source.build).SOURCE
        assert (source.sha256, source.member) == (model.source.sha256, model.source.file)


def test_the_fingerprint_is_that_of_all_weights_but_those_of_likeness_and_words() -> None:
    together = "".join(
        hashlib.sha256((MODELS / each.file).read_bytes()).hexdigest()
        for each in manifest.manifest()
        if each.id not in ("embedder", "thing_classes", "thing_detector")
    )
    assert manifest.fingerprint() == hashlib.sha256(together.encode()).hexdigest()


@pytest.mark.parametrize(
    "damage", [lambda content: content[:5000], bytes.upper, lambda content: bytes(len(content))]
)
def test_a_damaged_file_is_refused_when_loaded(
    damage: Callable[[bytes], bytes], copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = copied / "yunet.onnx"
    weights.write_bytes(damage(weights.read_bytes()))
    monkeypatch.setattr(manifest, "_folder", lambda: copied)
    said = re.escape("The model file yunet.onnx is damaged; reinstall Shortlist.")
    with pytest.raises(ModelError, match=said):
        _ = LocalModels()().face_detector
    with pytest.raises(ModelError, match=said):
        LocalModels().check()
    assert manifest.fingerprint_on_disk() != manifest.fingerprint()


def test_sound_files_are_what_the_fingerprint_says() -> None:
    LocalModels().check()
    assert manifest.fingerprint_on_disk() == manifest.fingerprint()


def test_an_unknown_model_is_an_error_to_act_on() -> None:
    with pytest.raises(ModelError, match="does not name palm_reader"):
        manifest.model_file("palm_reader")
