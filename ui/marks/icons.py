"""The few marks of the chrome as paths, so that they are sharp at every size and need no files."""

import math
from collections.abc import Callable

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


def folders_icon(rect: QRectF) -> QPainterPath:
    """Draw a folder with another behind it, to be stroked: all shoots."""
    path = _placed(folder_icon(QRectF(0.04, 0.24, 0.72, 0.72)), QRectF(0, 0, 1, 1))
    path.moveTo(0.30, 0.24)
    for x, y in ((0.30, 0.12), (0.52, 0.12), (0.58, 0.20), (0.92, 0.20), (0.92, 0.62), (0.78, 0.62)):
        path.lineTo(x, y)
    return _placed(path, rect)


def cross_button_icon(colour: QColor) -> QIcon:
    """Return a cross as the icon of a button that closes."""
    return _stroked(cross_icon, colour)


def all_shoots_icon(colour: QColor) -> QIcon:
    """Return a folder before others as the icon of a button that asks all shoots."""
    return _stroked(folders_icon, colour)


def _stroked(draw: Callable[[QRectF], QPainterPath], colour: QColor) -> QIcon:
    side = 3 * SPACING
    pixmap = QPixmap(QSize(2 * side, 2 * side))  # drawn at twice the size for dense screens
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.strokePath(draw(QRectF(pixmap.rect())), QPen(colour, 5))
    painter.end()
    return QIcon(pixmap)
