"""What the window's process loads before it shows itself: nothing that only some users, or only workers, need."""

import subprocess
import sys

import pytest

_LATER = ("onnxruntime", "urllib.request", "truststore", "scipy", "skimage", "core.review.choice.read")


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    asked = "import sys, app.window; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    return set(told.stdout.split())


@pytest.mark.parametrize("module", _LATER)
def test_the_window_shows_itself_without(loaded: set[str], module: str) -> None:
    assert "app.window" in loaded
    assert module not in loaded
