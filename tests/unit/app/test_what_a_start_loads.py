"""What the window's process loads before it shows itself: nothing that only some users, or only workers, need."""

import subprocess
import sys

import pytest

_LATER = ("onnxruntime", "urllib.request", "truststore", "scipy", "skimage", "core.review.choice.read")


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    asked = """
import builtins, gc, linecache, sys
from app.cli.window import quick_start
plain = builtins.__import__
quick_start()
import app.window
print(*sys.modules)
if builtins.__import__ is plain:
    print("plain-import")
if gc.isenabled() or any("main_window" in name for name in linecache.cache):
    print("needless-work")
"""
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    return set(told.stdout.split())


@pytest.mark.parametrize("module", _LATER)
def test_the_window_shows_itself_without(loaded: set[str], module: str) -> None:
    assert "app.window" in loaded
    assert module not in loaded


def test_what_is_imported_for_the_window_is_neither_read_as_source_nor_searched_for_garbage(
    loaded: set[str],
) -> None:
    assert "plain-import" in loaded
    assert "needless-work" not in loaded
