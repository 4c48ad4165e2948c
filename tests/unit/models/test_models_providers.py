"""Models run on another device where that is quicker and gives the same, and on the CPU everywhere else."""

from types import SimpleNamespace
from typing import Any, ClassVar

import numpy as np
import onnxruntime
import pytest

from models import manifest, providers
from models.runtime import open_session

CUDA, COREML = "CUDAExecutionProvider", "CoreMLExecutionProvider"


class Session:
    """Stands in for onnxruntime's: each provider with its own speed, rounding and faults."""

    clock: ClassVar = [0.0]
    seconds: ClassVar = {providers.CPU: 0.02, CUDA: 0.0, COREML: 0.0}
    error: ClassVar = {providers.CPU: 0.0, CUDA: 1e-4, COREML: 1e-4}
    starts: ClassVar = {providers.CPU, CUDA, COREML}
    has_driver: ClassVar = {providers.CPU, CUDA, COREML}
    opened: ClassVar[list[str]] = []
    fails_while_running = ""

    def __init__(self, content: bytes, options: Any, providers: list[Any], **wishes: int) -> None:
        wished = providers[0] if isinstance(providers[0], str) else providers[0][0]
        self.opened.append(wished)
        self.provider = wished if wished in self.has_driver else "CPUExecutionProvider"
        self.falls_back = bool(wishes.get("enable_fallback", 1))
        if wished not in self.starts:
            raise RuntimeError("no driver")

    def get_providers(self) -> list[str]:
        return [self.provider]

    def get_inputs(self) -> list[Any]:
        inputs: list[Any] = onnxruntime.InferenceSession.real_inputs
        return inputs

    def run(self, names: object, picture: dict[str, np.ndarray]) -> list[np.ndarray]:
        if self.provider == self.fails_while_running:
            raise RuntimeError("out of memory")
        self.clock[0] += self.seconds[self.provider]
        (values,) = picture.values()
        return [values.mean(axis=(2, 3)) * (1 + self.error[self.provider])]

    def enable_fallback(self) -> None:
        self.falls_back = True


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> type[Session]:
    """onnxruntime as if it were the build for a graphics card."""
    embedder = manifest.model_file("embedder")
    real = onnxruntime.InferenceSession(embedder.read(), providers=[providers.CPU]).get_inputs()

    class Fresh(Session):
        real_inputs = real
        opened: ClassVar[list[str]] = []

    monkeypatch.setattr(onnxruntime, "InferenceSession", Fresh)
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: [COREML, CUDA, providers.CPU])
    monkeypatch.setattr(onnxruntime, "preload_dlls", lambda: None)
    monkeypatch.setattr(providers, "_without_device", set())
    monkeypatch.setattr(providers, "time", SimpleNamespace(perf_counter=lambda: Fresh.clock[0]))
    monkeypatch.delenv(providers.WISH_VARIABLE, raising=False)
    return Fresh


def opened() -> Any:
    return open_session(manifest.model_file("embedder"), threads=1)


def test_the_most_promising_device_that_agrees_is_used_and_may_fail_later(fake: type[Session]) -> None:
    session = opened()
    assert session.provider == CUDA
    assert session.falls_back


@pytest.mark.parametrize("driver", [True, False])
def test_cudas_libraries_are_looked_for_where_its_driver_is(
    fake: type[Session], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], driver: bool
) -> None:
    asked: list[list[str]] = []

    def load(name: str) -> None:
        if not driver:
            raise OSError(f"{name}: cannot open shared object file")

    def preload() -> None:
        asked.append(list(fake.opened))
        print("Failed to load libcublas")

    monkeypatch.setattr(providers, "ctypes", SimpleNamespace(CDLL=load))
    monkeypatch.setattr(onnxruntime, "preload_dlls", preload)
    assert opened().provider == CUDA
    assert asked == ([[providers.CPU]] if driver else []), "before the device is tried"
    assert capsys.readouterr().out == ""


def test_a_device_that_does_not_start_leaves_it_to_the_next(fake: type[Session]) -> None:
    fake.starts = {providers.CPU, COREML}
    assert opened().provider == COREML
    fake.starts = {providers.CPU}
    assert opened().provider == providers.CPU


def test_a_device_without_a_driver_is_tried_once(fake: type[Session]) -> None:
    fake.has_driver = {providers.CPU, COREML}
    assert [opened().provider, opened().provider] == [COREML, COREML]
    assert fake.opened.count(CUDA) == 1
    assert providers.worth_trying() == (COREML,)


def test_other_results_than_the_cpus_are_not_taken(fake: type[Session]) -> None:
    fake.error = {providers.CPU: 0.0, CUDA: 0.05, COREML: float("nan")}
    assert opened().provider == providers.CPU


def test_a_device_that_is_no_quicker_is_left_alone(fake: type[Session]) -> None:
    fake.seconds = {providers.CPU: 0.0, CUDA: 0.02, COREML: 0.02}
    assert opened().provider == providers.CPU


def test_a_device_that_fails_at_its_first_picture_is_left_alone(fake: type[Session]) -> None:
    fake.fails_while_running = CUDA
    assert opened().provider == COREML


@pytest.mark.parametrize(
    ("wish", "used"), [("cpu", providers.CPU), ("CoreML", COREML), ("dml", providers.CPU)]
)
def test_the_user_may_choose(
    fake: type[Session], monkeypatch: pytest.MonkeyPatch, wish: str, used: str
) -> None:
    monkeypatch.setenv(providers.WISH_VARIABLE, wish)
    assert opened().provider == used


def test_every_shipped_model_takes_the_trial_and_agrees_with_itself() -> None:
    for model in manifest.manifest():
        session = open_session(model, threads=1)
        picture = providers._noise(session, white=255.0)
        assert all(np.isfinite(values).all() for values in session.run(None, picture))
        outputs, _ = providers._run(session, picture)
        assert all(providers._alike(each, each + 1e-6) for each in outputs)
