"""Colours on their way to the screen: from the profile inside a photo to that of the screen.

Thumbnails and measures are sRGB throughout (``core.ingest.pixels.to_srgb``); here only what the loupe shows
is converted, and of a picture at full resolution only the part that is seen.
"""

import io
from functools import lru_cache

from PIL import ImageCms
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColorSpace, QImage

SRGB = QColorSpace(QColorSpace.NamedColorSpace.SRgb)


@lru_cache(maxsize=16)
def space_of(icc: bytes | None) -> QColorSpace:
    """The colour space of a photo; sRGB where it has no profile, or one that Qt cannot use."""
    if icc is None or not _is_profile(icc):
        return SRGB
    space = QColorSpace.fromIccProfile(QByteArray(icc))
    usable = space.isValid() and space.colorModel() == QColorSpace.ColorModel.Rgb
    return space if usable else SRGB


def _is_profile(icc: bytes) -> bool:
    """Little CMS refuses damaged profiles in silence; Qt would write a warning for each."""
    try:
        ImageCms.getOpenProfile(io.BytesIO(icc))
    except (ImageCms.PyCMSError, OSError):
        return False
    return True


def to_screen(picture: QImage, icc: bytes | None) -> QImage:
    """A picture in the screen's colours, which are sRGB for now, in the format that is painted at once.

    Args:
        picture: of any format, in the colours of ``icc``.
        icc: the photo's profile; None for sRGB.
    """
    space = space_of(icc)
    if space != SRGB:
        picture.setColorSpace(space)
        picture.convertToColorSpace(SRGB)
    return picture.convertToFormat(QImage.Format.Format_RGB32)
