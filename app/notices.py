"""Whose work Shortlist stands on, in which version and under which licence, with the licence's own text."""

import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import qVersion

from app.program_version import program_version
from core.files import read_file
from core.language import tr
from models.manifest import manifest
from ui.dialogs.about_dialog import Notice

_LEGAL = re.compile(r"licen[cs]e|copying|notice|third.?party", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Library:
    """What we build on.

    Attributes:
        name: as people call it.
        licence: SPDX expression, of what is linked into its package as well.
        package: its name as a Python package.
        texts: files in ``resources/licences`` that its licence refers to, or that it does not bring itself.
    """

    name: str
    licence: str
    package: str
    texts: tuple[str, ...] = ()


_LGPL = ("LGPL-3.0", "GPL-3.0")

LIBRARIES = (
    Library("Qt and PySide6", "LGPL-3.0-only", "PySide6-Essentials", _LGPL),
    Library("Shiboken", "LGPL-3.0-only", "shiboken6", _LGPL),
    Library("ONNX Runtime", "MIT", "onnxruntime"),
    Library("FlatBuffers", "Apache-2.0", "flatbuffers", ("Apache-2.0",)),
    Library("Protocol Buffers", "BSD-3-Clause", "protobuf"),
    Library("NumPy with OpenBLAS", "BSD-3-Clause", "numpy"),
    Library("SciPy", "BSD-3-Clause", "scipy"),
    Library(
        "OpenCV with FFmpeg", "Apache-2.0 AND LGPL-2.1-or-later", "opencv-python-headless", ("LGPL-2.1",)
    ),
    Library("Pillow", "MIT-CMU", "pillow"),
    Library(
        "pillow-heif with libheif, libde265 and x265",
        "BSD-3-Clause AND LGPL-3.0-or-later AND GPL-2.0-or-later",
        "pillow-heif",
        (*_LGPL, "GPL-2.0"),
    ),
    Library("rawpy with LibRaw", "MIT AND LGPL-2.1-only", "rawpy"),
    Library("simplejpeg with libjpeg-turbo", "MIT AND BSD-3-Clause AND IJG", "simplejpeg"),
    Library("ExifRead", "BSD-3-Clause", "exifread"),
    Library("ImageHash", "BSD-2-Clause", "imagehash"),
    Library("PyWavelets", "MIT", "PyWavelets"),
    Library("HDBSCAN", "BSD-3-Clause", "hdbscan"),
    Library("scikit-learn", "BSD-3-Clause", "scikit-learn"),
    Library("Joblib", "BSD-3-Clause", "joblib"),
    Library("cloudpickle", "BSD-3-Clause", "cloudpickle"),
    Library("threadpoolctl", "BSD-3-Clause", "threadpoolctl"),
    Library("Narwhals", "MIT", "narwhals"),
    Library("filelock", "MIT", "filelock"),
    Library("platformdirs", "MIT", "platformdirs"),
    Library("Send2Trash", "BSD-3-Clause", "send2trash"),
    Library("truststore", "MIT", "truststore"),
    Library("Rich", "MIT", "rich"),
    Library("markdown-it-py", "MIT", "markdown-it-py"),
    Library("mdurl", "MIT", "mdurl"),
    Library("Pygments", "BSD-2-Clause", "pygments"),
    Library("packaging", "Apache-2.0 OR BSD-2-Clause", "packaging"),
)
"""Everything a user's machine gets with Shortlist, what our own dependencies need included."""


def notices() -> tuple[Notice, ...]:
    """Return Shortlist first, then the models, the demo shoot's pictures, then the libraries.

    Raises:
        core.errors.ModelError: the list of models is damaged.
    """
    ours = Notice("Shortlist", program_version(), "MIT", lambda: _kept_text("Shortlist"))
    models = (
        Notice(
            model.version,
            "",
            model.licence,
            files("models").joinpath("licences", model.licence_file).read_text,
        )
        for model in manifest()
    )
    pictures = Notice(
        tr("Pictures of the demo shoot"),
        "",
        "LicenseRef-Public-Domain AND CC0-1.0",
        (files("resources") / "demo" / "SOURCES.txt").read_text,
    )
    return (ours, *models, pictures, *(_notice(library) for library in LIBRARIES))


def system_words() -> str:
    """Say what the program runs on, in a line for a report."""
    return f"Python {platform.python_version()} · Qt {qVersion()} · {platform.platform()}"


def _notice(library: Library) -> Notice:
    found = _distribution(library.package)
    version = found.version if found is not None else ""
    return Notice(library.name, version, library.licence, lambda: licence_text(library))


def licence_text(library: Library) -> str:
    """Return the texts it brings, then those they refer to; "" where neither is there."""
    own = (read_file(path).decode("utf-8", "replace") for path in _texts(_distribution(library.package)))
    return "\n\n".join([*own, *map(_kept_text, library.texts)])


def _texts(found: Distribution | None) -> Iterator[Path]:
    """Yield the texts beside a package's metadata or directly in the package."""
    for file in (found.files if found is not None else None) or ():
        legal = "dist-info" in file.parts[0] or len(file.parts) == 2
        path = Path(str(file.locate()))
        if legal and file.suffix != ".py" and _LEGAL.search(file.name) and path.is_file():
            yield path


def _kept_text(name: str) -> str:
    return files("resources").joinpath("licences", f"{name}.txt").read_text("utf-8")


def _distribution(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None
