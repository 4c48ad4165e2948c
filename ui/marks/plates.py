"""The dark plates that words over a photo stand on."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QTextOption

BEHIND = QColor(0, 0, 0, 185)
"""Dark enough for 4.5:1 under light text even over a white photo."""

_ROUNDING = 4
_SMALLEST = 9  # pixels of a font that is still read


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


def whole_text(painter: QPainter, rect: QRectF, colour: QColor, text: str) -> None:
    """Paints a name in the middle of a rectangle, never cut: smaller where it is too long, then in several lines."""
    usual = painter.font()
    font = painter.font()
    size = font.pixelSize() if font.pixelSize() > 0 else round(QFontMetricsF(font).ascent())
    while size > _SMALLEST and QFontMetricsF(font).horizontalAdvance(text) > rect.width():
        size -= 1
        font.setPixelSize(size)
    painter.setFont(font)
    painter.setPen(colour)
    option = QTextOption(Qt.AlignmentFlag.AlignCenter)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    painter.drawText(rect, text, option)
    painter.setFont(usual)
