"""The face landmarks in Google's own runtime, by choice; where that is not installed, a stand-in of it is asked."""

import hashlib
import io
import sys
import types
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from skimage import data

from core.errors import ModelError
from core.language import Sentence, say
from core.protocols import FaceLandmarker
from models.face_landmarker import MeshFaceLandmarker
from models.litert_landmarker import BLENDSHAPE_POINTS, LiteRtFaceLandmarker
from models.local import LocalModels
from models.manifest import model_file


@dataclass(frozen=True)
class Task:
    """A task file in memory."""

    content: bytes
    sha256: str
    file: str = "face.task"

    @property
    def remedy(self) -> Sentence:
        return say("try again")

    def read(self) -> bytes:
        return self.content


def task(*names: str) -> Task:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, name)
    return Task(packed.getvalue(), hashlib.sha256(packed.getvalue()).hexdigest())


class Interpreter:
    """LiteRT's interface, and behind it our own translation: what it is given and gives back is Google's shape."""

    ours = MeshFaceLandmarker(model_file("face_landmarker"))

    def __init__(self, model_content: bytes, num_threads: int) -> None:
        assert num_threads == 1
        self._is_points = model_content == b"face_landmarks_detector.tflite"
        self._given: np.ndarray = np.empty(0)
        self._answers: list[np.ndarray] = []

    shapes: np.ndarray = np.empty(0)

    def allocate_tensors(self) -> None:
        """Nothing to allocate."""

    def get_input_details(self) -> list[dict[str, int]]:
        return [{"index": 0}]

    def get_output_details(self) -> list[dict[str, int]]:
        return [{"index": at} for at in range(len(self._answers))]

    def set_tensor(self, index: int, values: np.ndarray) -> None:
        assert index == 0
        assert values.shape == ((1, 256, 256, 3) if self._is_points else (1, len(BLENDSHAPE_POINTS), 2))
        self._given = values

    def invoke(self) -> None:
        if not self._is_points:
            self._answers = [Interpreter.shapes]
            return
        reading = self.ours.run(self._given)
        Interpreter.shapes = reading.blendshapes
        presence = min(max(reading.presence, 1e-6), 1 - 1e-6)
        chance = np.log(presence / (1 - presence))
        self._answers = [reading.mesh.reshape(1, 1, 1, 1434), np.full((1, 1, 1, 1), chance), np.zeros((1, 1))]

    def get_tensor(self, index: int) -> np.ndarray:
        return self._answers[index]


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> None:
    package, module = types.ModuleType("ai_edge_litert"), types.ModuleType("ai_edge_litert.interpreter")
    module.Interpreter = Interpreter  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "ai_edge_litert", package)
    monkeypatch.setitem(sys.modules, "ai_edge_litert.interpreter", module)


WHOLE = task("face_landmarks_detector.tflite", "face_blendshapes.tflite")


@pytest.mark.usefixtures("runtime")
def test_behind_the_same_protocol_the_same_face_is_read_the_same() -> None:
    theirs: FaceLandmarker = LiteRtFaceLandmarker(WHOLE)
    crop = np.ascontiguousarray(data.astronaut()[20:230, 120:330])
    reading, ours = theirs.read(crop), Interpreter.ours.read(crop)
    assert reading is not None
    assert ours is not None
    for name in ("blink_left", "smile", "yaw", "pitch", "roll", "gap_right", "looks_down"):
        assert getattr(reading, name) == pytest.approx(getattr(ours, name), abs=1e-4)
    assert theirs.read(np.full((100, 100, 3), 150, np.uint8)) is None
    assert theirs.sha256 == WHOLE.sha256


@pytest.mark.usefixtures("runtime")
def test_a_task_that_the_user_names_is_what_reads_faces(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert type(LocalModels()().face_landmarker) is MeshFaceLandmarker
    named = tmp_path / "face_landmarker.task"
    named.write_bytes(WHOLE.content)
    monkeypatch.setenv("SHORTLIST_FACE_TASK", str(named))
    monkeypatch.setattr("models.local.TASK_SHA256", WHOLE.sha256)
    assert type(LocalModels()().face_landmarker) is LiteRtFaceLandmarker
    LocalModels().check()
    named.write_bytes(WHOLE.content + b"more")
    with pytest.raises(ModelError, match=r"face_landmarker\.task is damaged"):
        LocalModels().check()
    named.unlink()
    with pytest.raises(ModelError, match=r"face_landmarker\.task cannot be read"):
        LocalModels().check()


@pytest.mark.parametrize(
    "wrong",
    [task("other.tflite"), Task(b"no zip", hashlib.sha256(b"no zip").hexdigest()), Task(b"no zip", "0" * 64)],
)
@pytest.mark.usefixtures("runtime")
def test_a_file_that_is_no_task_is_named(wrong: Task) -> None:
    with pytest.raises(ModelError, match=r"face\.task"):
        LiteRtFaceLandmarker(wrong)


def test_without_the_runtime_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds: dict[str, Any] = {"ai_edge_litert": None, "ai_edge_litert.interpreter": None}
    for name, kind in kinds.items():
        monkeypatch.setitem(sys.modules, name, kind)
    with pytest.raises(ModelError, match=r"shortlist\[mediapipe\]"):
        LiteRtFaceLandmarker(WHOLE)
