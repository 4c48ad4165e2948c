"""From JPEG bytes to pictures Qt paints without a further conversion."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from ui.imaging.colours import to_screen

_SMOOTH = 90  # from 50 on, Qt's JPEG reader scales smoothly after its cheap reduction by eighths


def decode_jpeg(data: bytes, max_side: int | None = None) -> QImage | None:
    """Decodes an upright sRGB JPEG, reduced while it is decoded where it is larger than wanted.

    Safe in any thread: the result is a QImage, not a QPixmap.

    Args:
        data: the file's bytes.
        max_side: pixels the longer side may have at most; None for all of them. Never enlarges.

    Returns:
        The picture as RGB32 in the screen's colours, or None where the bytes are no picture.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setQuality(_SMOOTH)
    size = reader.size()
    if max_side is not None and size.isValid() and max(size.width(), size.height()) > max_side:
        reader.setScaledSize(_bounded(size, max_side))
    image = reader.read()
    return None if image.isNull() else to_screen(image)


def _bounded(size: QSize, side: int) -> QSize:
    scaled = size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)
    return scaled.expandedTo(QSize(1, 1))  # a panorama's short side must not vanish
