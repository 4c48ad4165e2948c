"""Names and licences of what ships with Shortlist, for the about dialog."""

from models.manifest import manifest

_LIBRARIES = (
    ("Qt and PySide6", "LGPL-3.0"),
    ("ONNX Runtime", "MIT"),
    ("NumPy", "BSD-3-Clause"),
    ("Pillow", "MIT-CMU"),
    ("pillow-heif with libheif", "BSD-3-Clause, LGPL-3.0"),
    ("OpenCV", "Apache-2.0"),
    ("rawpy with LibRaw", "MIT, LGPL-2.1"),
    ("simplejpeg with libjpeg-turbo", "MIT, BSD-3-Clause"),
    ("ExifRead", "BSD-3-Clause"),
    ("ImageHash", "BSD-2-Clause"),
    ("OpenCV", "Apache-2.0"),
    ("SciPy", "BSD-3-Clause"),
    ("Pebble", "LGPL-3.0"),
    ("platformdirs", "MIT"),
    ("rich", "MIT"),
    ("truststore", "MIT"),
)


def notices() -> tuple[tuple[str, str], ...]:
    """Libraries first, then the models. Raises ModelError where the manifest is damaged."""
    return (*_LIBRARIES, *((model.version, model.licence) for model in manifest()))
