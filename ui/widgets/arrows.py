"""The small arrows of fields to choose and to count in: style sheets cannot draw them in the theme's colours."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QWidget

_ACROSS, _DOWN = 4.0, 2.0  # half the width and half the height, in logical pixels
_PEN = 1.5


def paint_arrow(widget: QWidget, place: QRectF, *, up: bool = False) -> None:
    """Paint an arrow into the middle of a part of a widget; call it after the widget was painted."""
    group = QPalette.ColorGroup.Active if widget.isEnabled() else QPalette.ColorGroup.Disabled
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(widget.palette().color(group, QPalette.ColorRole.ButtonText), _PEN)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    middle, down = place.center(), -_DOWN if up else _DOWN
    tip = QPointF(middle.x(), middle.y() + down)
    for side in (-_ACROSS, _ACROSS):
        painter.drawLine(QPointF(middle.x() + side, middle.y() - down), tip)
    painter.end()
