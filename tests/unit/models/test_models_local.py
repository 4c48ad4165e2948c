"""The factory travels to a worker; what it loads there keeps quiet and loads late."""

import ast
import hashlib
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import ModelError
from fixtures.syntax import tree_of
from models import manifest
from models.local import LocalModels

ROOT = Path(__file__).parents[3]

WORKER = """
import sys
import numpy as np
from models.local import LocalModels
models = LocalModels()()
picture = np.full((300, 400, 3), 120, np.uint8)
models.embedder.embed(picture)
models.face_detector.detect(picture)
models.face_landmarker.read(picture)
assert not {"mediapipe", "PySide6"} & set(sys.modules)
"""


def test_travels_between_processes_and_serves_as_a_key() -> None:
    factory = LocalModels(threads=2)
    assert pickle.loads(pickle.dumps(factory)) == factory
    assert hash(factory) == hash(LocalModels(threads=2))
    assert factory != LocalModels()


def test_the_fingerprint_is_that_of_the_manifest_and_not_of_the_threads() -> None:
    assert LocalModels(4).fingerprint == LocalModels().fingerprint == manifest.fingerprint()


def test_each_model_is_loaded_once_and_only_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    read = manifest.ModelFile.read

    def noting(file: manifest.ModelFile) -> bytes:
        loaded.append(file.id)
        return read(file)

    monkeypatch.setattr(manifest.ModelFile, "read", noting)
    models = LocalModels()()
    assert loaded == []
    assert models.face_detector is models.face_detector
    assert loaded == ["face_detector"]


def test_a_missing_weight_file_is_named_at_first_use(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    models = LocalModels()()
    monkeypatch.setattr(manifest, "_folder", lambda: tmp_path)
    with pytest.raises(ModelError, match=r"efficientnet_lite0\.onnx cannot be read"):
        _ = models.embedder


def test_weights_that_are_no_model_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    no_model = replace(manifest.model_file("face_detector"), sha256=hashlib.sha256(b"0").hexdigest())
    monkeypatch.setattr(manifest, "model_file", lambda _: no_model)
    monkeypatch.setattr(manifest.ModelFile, "read", lambda self: b"0")
    with pytest.raises(ModelError, match=r"yunet\.onnx cannot be loaded"):
        _ = LocalModels()().face_detector


def test_the_only_place_that_starts_a_model_checks_what_it_starts() -> None:
    starters = {
        path.name
        for path in (ROOT / "models").glob("*.py")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("InferenceSession")
    }
    assert starters == {"runtime.py"}


def test_a_worker_that_uses_all_models_says_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", WORKER], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == done.stderr == ""
