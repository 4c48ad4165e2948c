"""The colour profile that the system keeps for the main screen, where it tells programs of one.

X11 has it as a property of the root window (freedesktop.org, "ICC Profiles in X Specification"), where colord and
its like put it; Windows names its file. Wayland and macOS convert colours themselves or in ways that Qt gives no
access to, so there is nothing to read there: the settings let the user name the profile's file.
"""

import ctypes
import logging
import sys
from pathlib import Path
from typing import Any

from core.files import read_file

_log = logging.getLogger(__name__)

_PROPERTY = b"_ICC_PROFILE"
_MOST_BYTES = 1 << 24  # profiles with large tables take a few megabytes
_LONGEST_PATH = 1024  # characters


def system_profile(platform: str) -> bytes | None:
    """Return the ICC profile of the main screen; None where the system tells of none.

    Args:
        platform: as Qt calls the window system, such as "xcb".
    """
    try:
        if platform == "xcb":
            return _of_x11()
        if platform == "windows" and sys.platform == "win32":
            return _of_windows()
    except (OSError, AttributeError):  # without the library, or with another than we know
        _log.info("the system's colour profile cannot be read", exc_info=True)
    return None


def _of_x11() -> bytes | None:
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XDefaultRootWindow.restype = ctypes.c_ulong
    x11.XInternAtom.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    if not display:
        return None
    try:
        return _property(x11, display)
    finally:
        x11.XCloseDisplay(display)


def _property(x11: Any, display: ctypes.c_void_p) -> bytes | None:
    """Read all bytes of the property on the root window (Xlib Programming Manual, XGetWindowProperty)."""
    atom = ctypes.c_ulong(x11.XInternAtom(display, _PROPERTY, True))
    if not atom:
        return None
    kind, count, left = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_ulong()
    width, values = ctypes.c_int(), ctypes.POINTER(ctypes.c_ubyte)()
    failed = x11.XGetWindowProperty(
        display,
        ctypes.c_ulong(x11.XDefaultRootWindow(display)),
        atom,
        ctypes.c_long(0),
        ctypes.c_long(_MOST_BYTES // 4),
        False,
        ctypes.c_ulong(0),  # of any type
        *map(ctypes.byref, (kind, width, count, left, values)),
    )
    if failed or not values:
        return None
    whole = width.value == 8 and not left.value
    profile = ctypes.string_at(values, count.value) if whole else None
    x11.XFree(values)
    return profile or None


if sys.platform == "win32":  # type checks on other systems know no windll

    def _of_windows() -> bytes | None:
        screen = ctypes.windll.user32.GetDC(None)
        path, length = ctypes.create_unicode_buffer(_LONGEST_PATH), ctypes.c_ulong(_LONGEST_PATH)
        named = ctypes.windll.gdi32.GetICMProfileW(screen, ctypes.byref(length), path)
        ctypes.windll.user32.ReleaseDC(None, screen)
        return read_file(Path(path.value)) if named else None
