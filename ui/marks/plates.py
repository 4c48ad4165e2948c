"""The dark plates that words over a photo stand on."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QTextOption

BEHIND = QColor(10, 10, 10, 215)
"""Dark enough for 4.5:1 under light text even over a white photo."""

_BRIM = QColor(255, 255, 255, 60)  # a plate is seen as one on a black photo, too
_LIGHT_BEHIND = QColor(245, 245, 245, 215)

_ROUNDING = 4
_MIDDLE = 127  # lightness of colours
_SMALLEST = 9  # pixels of a font that is still read


def plate(painter: QPainter, rect: QRectF) -> QRectF:
    """Paint a plate, and give its rectangle back."""
    path = QPainterPath()
    path.addRoundedRect(rect, _ROUNDING, _ROUNDING)
    painter.fillPath(path, BEHIND)
    painter.strokePath(path, QPen(_BRIM, 1))
    return rect


def outline(painter: QPainter, rect: QRectF, colour: QColor, width: float) -> None:
    """Paint a frame along the inside of a rectangle, with a line of the other lightness at its inner side.

    So it is seen on any photo, whatever its own colour.
    """
    painter.setBrush(Qt.BrushStyle.NoBrush)
    behind = BEHIND if colour.lightness() > _MIDDLE else _LIGHT_BEHIND
    for line, wide, inset in ((behind, 1.5, width + 0.75), (colour, width, width / 2)):
        painter.setPen(QPen(line, wide, j=Qt.PenJoinStyle.MiterJoin))
        painter.drawRect(rect.adjusted(inset, inset, -inset, -inset))


def text_in(
    painter: QPainter,
    rect: QRectF,
    colour: QColor,
    text: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter,
) -> None:
    """Paint a line of text; one that is too long is not cut."""
    painter.setPen(colour)
    painter.drawText(rect, align | Qt.TextFlag.TextDontClip, text)


def fitting(font: QFont, text: str, width: float) -> QFont:
    """Return a font in which a line of text is as wide as it may be, in pixels; none too small to be read."""
    fits = QFont(font)
    size = font.pixelSize() if font.pixelSize() > 0 else round(QFontMetricsF(font).ascent())
    while size > _SMALLEST and QFontMetricsF(fits).horizontalAdvance(text) > width:
        size -= 1
        fits.setPixelSize(size)
    return fits


def whole_text(painter: QPainter, rect: QRectF, colour: QColor, text: str) -> None:
    """Paint a name in the middle of a rectangle, never cut: smaller where it is too long, then in several lines."""
    usual = painter.font()
    painter.setFont(fitting(usual, text, rect.width()))
    painter.setPen(colour)
    option = QTextOption(Qt.AlignmentFlag.AlignCenter)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    painter.drawText(rect, text, option)
    painter.setFont(usual)
