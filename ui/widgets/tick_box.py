"""A box to tick, which shows a tick: a style sheet alone can only fill it, and a filled box reads as a dot."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

from ui.marks.icons import tick_icon


class TickBox(QCheckBox):
    """A check box whose tick is drawn in the window's colour on the ground that ``form_style`` gives it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the stock control, and the tick on it."""
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = QRectF(
            self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        ).adjusted(1, 1, -1, -1)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self.palette().color(QPalette.ColorRole.Window), box.height() / 6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(tick_icon(box), pen)
