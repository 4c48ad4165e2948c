"""What stands over a scene, and what is said where there is nothing to show."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from core.language import mark, tr
from core.shoot.criteria import Criteria
from core.shoot.shoot import Filter
from ui.grid.sections import Section
from ui.text_size import scaled
from ui.theme import SPACING, Theme

HEADER_HEIGHT = 4 * SPACING

_NOTHING = {
    Filter.ALL: mark("No photos yet"),
    Filter.PICKS: mark("No picks yet"),
    Filter.REJECTS: mark("No rejects yet"),
    Filter.UNDECIDED: mark("Everything is decided"),
    Filter.GROUPS: mark("No bursts or brackets"),
    Filter.OPEN: mark("Every burst and bracket is decided"),
}


def paint_header(painter: QPainter, rect: QRect, section: Section, theme: Theme, *, floating: bool) -> None:
    """Paint a scene's header; a floating one stands over cells that pass below it."""
    painter.fillRect(rect, theme.window)
    font = QFont(painter.font())
    font.setPixelSize(scaled(12))
    line = rect.adjusted(SPACING + SPACING // 2, SPACING // 2, -SPACING, 0)
    middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.save()
    font.setWeight(QFont.Weight.DemiBold)
    title = header_title(section, QFontMetrics(font), line.width())
    for text, colour, weight in (
        (title, theme.text, QFont.Weight.DemiBold),
        (section.detail, theme.text_dim, QFont.Weight.Normal),
    ):
        font.setWeight(weight)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(colour)
        if text == section.detail and metrics.horizontalAdvance(text) > line.width():
            continue  # half a word is useless: over a single small cell the time is enough
        painter.drawText(line, middle, text)
        if text:
            line.setLeft(line.left() + metrics.horizontalAdvance(text) + SPACING)
    if floating:
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.outline)
    painter.restore()


def header_title(section: Section, metrics: QFontMetrics, room: int) -> str:
    """Return as much of a scene's title as there is room for: first the day goes, then the end."""
    whole = section.title
    title = whole if metrics.horizontalAdvance(whole) <= room else section.short or whole
    return metrics.elidedText(title, Qt.TextElideMode.ElideRight, max(0, room))


def why_nothing(criteria: Criteria, key: str) -> str:
    """Say calmly why the grid is empty, and by which key something is seen again; "" for a key there is not."""
    words = tr(_NOTHING[criteria.show]) if criteria.by_show_alone else tr("No photo passes the filter")
    if key and criteria != Criteria():
        words += "\n" + tr("{key} shows all photos again").format(key=key)
    return words


def paint_nothing(painter: QPainter, rect: QRect, words: str, theme: Theme) -> None:
    """Paint why the grid is empty."""
    painter.setPen(theme.text_dim)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
