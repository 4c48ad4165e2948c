"""Colour labels as shapes, so that they are told apart without their colours; the same wherever a label is shown."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from core.types import Label
from ui.theme import LABEL_COLOURS, ON_PHOTO

_CORNERS = {  # of a regular polygon, and how far it is turned from one with a corner at the top
    Label.YELLOW: (3, 0.0),
    Label.GREEN: (4, 0.125),
    Label.BLUE: (4, 0.0),
}


def label_shape(label: Label, box: QRectF) -> QPainterPath:
    """Return a disc for red, a triangle for yellow, a square for green, a diamond for blue, a plus for purple."""
    path = QPainterPath()
    if label is Label.PURPLE:
        arm = box.width() * 0.3
        path.setFillRule(Qt.FillRule.WindingFill)
        path.addRect(box.adjusted(arm, 0, -arm, 0))
        path.addRect(box.adjusted(0, arm, 0, -arm))
        return path.simplified()
    if label not in _CORNERS:
        path.addEllipse(box.adjusted(*(box.width() * share for share in (0.06, 0.06, -0.06, -0.06))))
        return path
    corners, turn = _CORNERS[label]
    radius = box.width() / 2
    points = [
        QPointF(
            box.center().x() + radius * math.sin(2 * math.pi * (at / corners + turn)),
            box.center().y() - radius * math.cos(2 * math.pi * (at / corners + turn)),
        )
        for at in range(corners)
    ]
    path.addPolygon(QPolygonF(points))
    path.closeSubpath()
    return path


def paint_label(painter: QPainter, label: Label, box: QRectF) -> None:
    """Paint a label's shape in its colour, with a dark edge that shows it on any ground."""
    shape = label_shape(label, box)
    painter.fillPath(shape, LABEL_COLOURS[label])
    painter.strokePath(shape, QPen(ON_PHOTO.window, 1))
