"""The profile that colour management puts on an X11 screen is found there."""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColorSpace

from app.screen_profile import system_profile
from fixtures.patience import PATIENCE
from ui.imaging.colours import NAMED, SRGB, SYSTEM_SCREEN, screen_space

pytestmark = pytest.mark.skipif(not shutil.which("Xvfb"), reason="needs Xvfb, a screen to keep a profile on")

_CARDINAL, _REPLACE = 6, 0  # of X11's predefined atoms and modes


@pytest.fixture
def display(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A virtual display without a profile."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "64x64x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as told:
            name = f":{told.readline().strip()}"
        monkeypatch.setenv("DISPLAY", name)
        yield name
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def put_on_screen(icc: bytes) -> None:
    """As colour management does; xprop sets no more than 64 bytes."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XDefaultRootWindow.restype = x11.XInternAtom.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    root, kind = ctypes.c_ulong(x11.XDefaultRootWindow(display)), ctypes.c_ulong(_CARDINAL)
    name = ctypes.c_ulong(x11.XInternAtom(display, b"_ICC_PROFILE", False))
    x11.XChangeProperty(display, root, name, kind, 8, _REPLACE, icc, len(icc))
    x11.XCloseDisplay(display)


@pytest.mark.usefixtures("display")
def test_the_screen_s_profile_is_found_where_x11_keeps_it() -> None:
    assert system_profile("xcb") is None
    icc = bytes(NAMED["adobe-rgb"].iccProfile().data())
    put_on_screen(icc)
    found = system_profile("xcb")
    assert found == icc
    space = screen_space(SYSTEM_SCREEN, found)
    assert space is not None
    assert space.primaries() == QColorSpace.Primaries.AdobeRgb


def test_where_nothing_is_told_the_screen_is_taken_for_srgb(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DISPLAY", f"{tmp_path}/nowhere:0")
    assert system_profile("xcb") is None
    assert system_profile("wayland") is None
    assert screen_space(SYSTEM_SCREEN, None) == SRGB
    assert screen_space(SYSTEM_SCREEN, b"no profile") is None
