"""Colours on their way to the screen: from the profile inside a photo to that of the screen.

What is kept of a shoot is sRGB throughout (``core.ingest.pixels.to_srgb``). Qt paints numbers as they are, so all
that is shown is converted here; of a picture at full resolution only the part that is seen.
"""

import io
from functools import lru_cache
from pathlib import Path

from PIL import ImageCms
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColorSpace, QImage

from core.files import read_file

SRGB = QColorSpace(QColorSpace.NamedColorSpace.SRgb)

NAMED = {
    "display-p3": QColorSpace(QColorSpace.NamedColorSpace.DisplayP3),
    "adobe-rgb": QColorSpace(QColorSpace.NamedColorSpace.AdobeRgb),
}
"""Screens of wider gamut than sRGB, by the name a user's choice is kept under."""

SYSTEM_SCREEN = "system"
"""The choice of whatever profile the system keeps for the screen."""

_screen = SRGB


def use_screen(space: QColorSpace) -> None:
    """Convert to the colours of this screen from now on; what was converted before stays as it is."""
    global _screen
    _screen = space


def screen_space(choice: str, system: bytes | None = None) -> QColorSpace | None:
    """Return the colours of a screen.

    Args:
        choice: a name of ``NAMED``, "" for sRGB, ``SYSTEM_SCREEN``, or the path of the screen's ICC profile.
        system: the profile that the system keeps for the screen; None where it keeps none, which means sRGB.

    Returns:
        None where that file is not there, or the profile is none that pictures can be converted to.
    """
    if not choice or (choice == SYSTEM_SCREEN and system is None):
        return SRGB
    if choice in NAMED:
        return NAMED[choice]
    try:
        icc = system if choice == SYSTEM_SCREEN and system is not None else read_file(Path(choice))
    except OSError:
        return None
    space = _read(icc)
    return space if space is not None and space.isValidTarget() else None


@lru_cache(maxsize=16)
def space_of(icc: bytes | None) -> QColorSpace:
    """Return the colour space of a photo; sRGB where it has no profile, or one that Qt cannot use."""
    return (_read(icc) if icc is not None else None) or SRGB


def _read(icc: bytes) -> QColorSpace | None:
    if not _is_profile(icc):
        return None
    space = QColorSpace.fromIccProfile(QByteArray(icc))
    return space if space.isValid() and space.colorModel() == QColorSpace.ColorModel.Rgb else None


def _is_profile(icc: bytes) -> bool:
    """Tell by Little CMS, which refuses damaged profiles in silence; Qt would write a warning for each."""
    try:
        ImageCms.getOpenProfile(io.BytesIO(icc))
    except (ImageCms.PyCMSError, OSError):
        return False
    return True


def to_screen(picture: QImage, icc: bytes | None = None) -> QImage:
    """Return a picture in the screen's colours, in the format that is painted at once.

    Args:
        picture: of any format, in the colours of ``icc``; may be changed.
        icc: the photo's profile; None for sRGB.
    """
    space = space_of(icc)
    if space != _screen:
        picture.setColorSpace(space)
        picture.convertToColorSpace(_screen)
    return picture.convertToFormat(QImage.Format.Format_RGB32)
