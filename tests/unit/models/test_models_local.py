"""The factory travels to a worker; what it loads there keeps quiet and loads late."""

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import ModelError
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
    loaded = []
    read = manifest.ModelFile.read
    monkeypatch.setattr(manifest.ModelFile, "read", lambda self: loaded.append(self.id) or read(self))
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
    models = LocalModels()()
    monkeypatch.setattr(manifest.ModelFile, "read", lambda self: b"\0" * self.size_bytes)
    with pytest.raises(ModelError, match=r"yunet\.onnx cannot be loaded"):
        _ = models.face_detector


def test_a_worker_that_uses_all_models_says_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", WORKER], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == done.stderr == ""
