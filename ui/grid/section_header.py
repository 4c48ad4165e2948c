"""What stands over a scene, and what is said where there is nothing to show."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from core.pipeline.shoot import Filter
from ui.grid.sections import Section
from ui.theme import SPACING, Theme

HEADER_HEIGHT = 4 * SPACING

_NOTHING = {
    Filter.ALL: "",
    Filter.PICKS: "No picks yet",
    Filter.REJECTS: "No rejects yet",
    Filter.UNDECIDED: "Everything is decided",
    Filter.GROUPS: "No bursts or brackets",
}


def paint_header(painter: QPainter, rect: QRect, section: Section, theme: Theme, *, floating: bool) -> None:
    """Paints a scene's header; a floating one stands over cells that pass below it."""
    painter.fillRect(rect, theme.window)
    font = QFont(painter.font())
    font.setPixelSize(12)
    font.setWeight(QFont.Weight.DemiBold)
    line = rect.adjusted(SPACING + SPACING // 2, SPACING // 2, -SPACING, 0)
    middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.save()
    painter.setFont(font)
    painter.setPen(theme.text)
    painter.drawText(line, middle, section.title)
    if section.title:
        line.setLeft(line.left() + QFontMetrics(font).horizontalAdvance(section.title) + SPACING)
    font.setWeight(QFont.Weight.Normal)
    painter.setFont(font)
    painter.setPen(theme.text_dim)
    painter.drawText(line, middle, section.detail)
    if floating:
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.outline)
    painter.restore()


def paint_nothing(painter: QPainter, rect: QRect, which: Filter, theme: Theme) -> None:
    """Says calmly why the grid is empty."""
    painter.setPen(theme.text_dim)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, _NOTHING[which])
