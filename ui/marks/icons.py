"""The few marks of the chrome as paths, so that they are sharp at every size and need no files."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QTransform

from core.types import Flag
from ui.theme import SPACING


def _placed(path: QPainterPath, rect: QRectF) -> QPainterPath:
    """Return a path drawn in the unit square, brought into a rectangle."""
    return QTransform(rect.width(), 0, 0, rect.height(), rect.x(), rect.y()).map(path)


def flag_icon(rect: QRectF) -> QPainterPath:
    """Draw a flag on its pole, to be filled: a pick."""
    path = QPainterPath()
    path.addRect(0.16, 0.08, 0.12, 0.86)
    path.moveTo(0.28, 0.08)
    path.lineTo(0.90, 0.08)
    path.lineTo(0.74, 0.32)
    path.lineTo(0.90, 0.56)
    path.lineTo(0.28, 0.56)
    path.closeSubpath()
    return _placed(path, rect)


def cross_icon(rect: QRectF) -> QPainterPath:
    """Draw a cross, to be stroked: a reject, or a button that closes."""
    path = QPainterPath()
    path.moveTo(0.18, 0.18)
    path.lineTo(0.82, 0.82)
    path.moveTo(0.82, 0.18)
    path.lineTo(0.18, 0.82)
    return _placed(path, rect)


def paint_flag(painter: QPainter, rect: QRectF, flag: Flag | None, colour: QColor) -> None:
    """Paint a pick's flag or a reject's cross in a colour; nothing for no decision."""
    if flag is Flag.PICK:
        painter.fillPath(flag_icon(rect), colour)
    elif flag is Flag.REJECT:
        painter.strokePath(cross_icon(rect), QPen(colour, rect.width() / 6))


def tick_icon(rect: QRectF) -> QPainterPath:
    """Draw a tick, to be stroked: what is chosen."""
    path = QPainterPath(QPointF(0.22, 0.52))
    path.lineTo(0.42, 0.72)
    path.lineTo(0.78, 0.28)
    return _placed(path, rect)


def star_icon(rect: QRectF) -> QPainterPath:
    """Draw a five-pointed star, to be filled."""
    path = QPainterPath()
    for corner in range(10):
        radius = 0.5 if corner % 2 == 0 else 0.21
        angle = math.pi * corner / 5
        point = QPointF(0.5 + radius * math.sin(angle), 0.53 - radius * math.cos(angle))
        if corner == 0:
            path.moveTo(point)
        else:
            path.lineTo(point)
    path.closeSubpath()
    return _placed(path, rect)


def folder_icon(rect: QRectF) -> QPainterPath:
    """Draw a folder, to be stroked."""
    path = QPainterPath(QPointF(0.06, 0.20))
    for x, y in ((0.38, 0.20), (0.48, 0.32), (0.94, 0.32), (0.94, 0.84), (0.06, 0.84)):
        path.lineTo(x, y)
    path.closeSubpath()
    return _placed(path, rect)


def cross_button_icon(colour: QColor) -> QIcon:
    """Return a cross as the icon of a button that closes."""
    side = 3 * SPACING
    pixmap = QPixmap(QSize(2 * side, 2 * side))  # drawn at twice the size for dense screens
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.strokePath(cross_icon(QRectF(pixmap.rect())), QPen(colour, 5))
    painter.end()
    return QIcon(pixmap)
