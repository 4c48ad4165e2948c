"""What the built program leaves out of all that PyInstaller finds: other people's parts that we never use.

README.md lists what remains, with its size. ``make app-test`` is what tells whether something needed was left out.
"""

import re
from pathlib import PurePosixPath

from core.language import languages

UNUSED = [
    # Tests and tools of ours, and toolkits that libraries would use if they were there.
    *(
        "matplotlib",
        "skimage",
        "onnx",
        "hypothesis",
        "pytest",
        "_pytest",
        "babel",
        "psutil",
    ),
    *(
        "IPython",
        "tkinter",
        "setuptools",
        "pkg_resources",
        "pip",
        "PyInstaller",
        "PIL.ImageTk",
        "PIL.ImageQt",
    ),
    *("readline", "yaml"),
    # ImageHash wants it for a hash of another kind.
    "pywt",
    # Of SciPy we use clustering, ImageHash the DCT, and scikit-learn, which HDBSCAN is built on, most of the rest.
    *("scipy.signal", "scipy.io", "scipy.odr", "scipy.datasets"),
    # Of Qt we use QtCore, QtGui, QtWidgets and QtDBus; the window needs no network and no OpenGL.
    *("PySide6.QtNetwork", "PySide6.QtOpenGL", "PySide6.QtSvg", "PySide6.QtTest"),
]
"""Modules to leave out, by name."""

# Of Qt's plugins: what brings it on the screen on each system, to memory for the self-test, and types accents.
_QT_PLUGINS = re.compile(
    r"plugins/("
    r"platforms/(lib)?q(xcb|wayland|offscreen|windows|cocoa)\b"
    r"|platforminputcontexts/lib(compose|ibus)"
    r"|platformthemes/"
    r"|styles/"
    r"|wayland-shell-integration/libxdg-shell"
    r"|wayland-decoration-client/"
    r")"
)
_QT_WORDS = re.compile(rf"translations/qtbase_({'|'.join(languages())})\.qm$")
_QT_UNUSED = re.compile(r"libQt6(EglF[sS]\w*|Network)\.so")
# Of the building machine's own libraries those that a bare desktop may lack. All others must be the system's: GTK,
# GLib and their like break where two copies of a different age meet.
_TRAVELS = re.compile(r"lib(python\d|ssl|crypto|sqlite3|ffi|bz2|lzma|xkbcommon|xcb-(?!glx|dri))")
_LINUX_LIBRARY = re.compile(r"lib[^/]*\.so(\.\d+)*$")


def is_wanted(name: str) -> bool:
    """Tell whether a file belongs into the built program, by its place in it."""
    path = PurePosixPath(name.replace("\\", "/"))
    if "PySide6" in path.parts:
        if "plugins" in path.parts:
            return _QT_PLUGINS.search(str(path)) is not None
        if "translations" in path.parts:
            return _QT_WORDS.search(str(path)) is not None
        return _QT_UNUSED.match(path.name) is None
    is_of_the_system = len(path.parts) == 1 and _LINUX_LIBRARY.match(path.name) is not None
    return not is_of_the_system or _TRAVELS.match(path.name) is not None
