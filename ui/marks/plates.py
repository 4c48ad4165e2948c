"""The dark plates that words over a photo stand on."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

BEHIND = QColor(0, 0, 0, 185)
"""Dark enough for 4.5:1 under light text even over a white photo."""

_ROUNDING = 4


def plate(painter: QPainter, rect: QRectF) -> QRectF:
    """Paints a plate, and gives its rectangle back."""
    path = QPainterPath()
    path.addRoundedRect(rect, _ROUNDING, _ROUNDING)
    painter.fillPath(path, BEHIND)
    return rect


def text_in(
    painter: QPainter,
    rect: QRectF,
    colour: QColor,
    text: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter,
) -> None:
    """Paints a line of text; one that is too long is not cut."""
    painter.setPen(colour)
    painter.drawText(rect, align | Qt.TextFlag.TextDontClip, text)
