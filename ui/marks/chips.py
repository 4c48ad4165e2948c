"""The chips in the corners of a picture, on dark grounds so that they are legible on any."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from core.language import mark, tr
from core.types import ClusterKind, Decision, Flag
from ui.marks import badges
from ui.marks.cell_facts import Advice, GroupFacts
from ui.marks.icons import cross_icon, flag_icon, star_icon
from ui.theme import Theme, flag_colour

_GROUND = QColor(18, 18, 18, 215)
_INSET = 4  # of the chips from the picture's place
_WORDS = {
    Advice.SUGGESTED: mark("Suggested"),
    Advice.CLOSE: mark("Close call"),
    Advice.SO_FAR: mark("So far"),
}


def stack_chip_rect(corners: QRect, height: int, group: GroupFacts, font: QFont) -> QRect:
    """Return where the count of a group's frames stands; empty where the cell shows none.

    Args:
        corners: the rectangle in whose corners chips stand.
        height: of a chip.
        group: the cell's place in its group.
        font: of the chips.
    """
    if not (group.stacked or (group.spread and group.starts)):
        return QRect()
    width = round(height * 0.8) + QFontMetrics(font).horizontalAdvance(str(group.count)) + height // 2
    corner = QRect(0, 0, width, height)
    corner.moveTopRight(corners.topRight())
    return corner.translated(-_INSET, _INSET)


def paint_stack_chip(painter: QPainter, chip: QRect, group: GroupFacts, theme: Theme) -> None:
    """Paint how many frames, and whether they are stacked, side by side, or a bracket."""
    if chip.isEmpty():
        return
    _paint_pill(painter, chip, theme.outline)
    icon = QRectF(chip.left() + chip.height() * 0.26, chip.top(), chip.height() * 0.62, chip.height() * 0.62)
    icon.moveTop(chip.top() + chip.height() * 0.19)
    if group.kind is ClusterKind.BRACKET:
        badges.paint_glyph(painter, badges.bracket, icon, theme.text, filled=True)
    else:
        glyph = badges.stack if group.stacked else badges.spread
        badges.paint_glyph(painter, glyph, icon, theme.text, filled=False)
    painter.setPen(theme.text)
    words = chip.adjusted(0, 0, -chip.height() // 3, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(group.count))


def paint_advice(
    painter: QPainter, corners: QRect, height: int, advice: Advice, theme: Theme, *, wordless: bool
) -> None:
    """Paint the suggested frame's spark: filled; hollow where it is too close to call, dashed while that may change."""
    if advice is Advice.NONE:
        return
    words = "" if wordless else tr(_WORDS[advice])
    advance = QFontMetrics(painter.font()).horizontalAdvance(words) + height // 2 if words else 0
    chip = QRect(corners.left() + _INSET, corners.top() + _INSET, height + advance, height)
    _paint_pill(painter, chip, theme.suggestion, dashed=advice is Advice.SO_FAR)
    margin = height * 0.17
    icon = QRectF(chip.left() + margin, chip.top() + margin, height - 2 * margin, height - 2 * margin)
    badges.paint_glyph(painter, badges.spark, icon, theme.suggestion, filled=advice is Advice.SUGGESTED)
    if words:
        painter.setPen(theme.suggestion)
        painter.drawText(
            chip.adjusted(height, 0, 0, 0),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            words,
        )


def paint_decision(
    painter: QPainter, corners: QRect, height: int, decision: Decision, theme: Theme, *, narrow: bool
) -> None:
    """Paint flag and stars in one corner; where the picture is narrow, short and one over the other."""
    side = height + 2
    left, top = corners.left() + _INSET, corners.bottom() + 1 - _INSET - side
    colour = flag_colour(theme, decision.flag)
    if colour is not None:
        disc = QRectF(left, top, side, side)
        painter.setPen(QPen(theme.window, 1.5))
        painter.setBrush(colour)
        painter.drawEllipse(disc)
        _paint_flag(painter, disc, decision.flag, theme)
        left, top = (left, top - side - 1) if narrow else (left + side + _INSET, top)
    if decision.rating:
        _paint_stars(painter, QRect(left, top + 1, 0, height), decision.rating, narrow, theme)


def _paint_flag(painter: QPainter, disc: QRectF, flag: Flag | None, theme: Theme) -> None:
    inner = disc.adjusted(*(disc.width() * share for share in (0.27, 0.27, -0.27, -0.27)))
    if flag is Flag.PICK:
        painter.fillPath(flag_icon(inner.translated(disc.width() * 0.03, 0)), theme.window)
    else:
        pen = QPen(theme.active, disc.width() * 0.12)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.strokePath(cross_icon(inner), pen)


def _paint_stars(painter: QPainter, place: QRect, rating: int, short: bool, theme: Theme) -> None:
    """Paint stars side by side, or for short the number and one star."""
    height = place.height()
    star = height * 0.66
    digit = str(rating) if short else ""
    advance = QFontMetrics(painter.font()).horizontalAdvance(digit) + 2 if digit else 0
    count = 1 if short else rating
    chip = QRect(place.left(), place.top(), round(count * star + advance + height * 0.6), height)
    _paint_pill(painter, chip, theme.outline)
    left = chip.left() + height * 0.3
    if digit:
        painter.setPen(theme.text)
        words = QRectF(left, chip.top(), advance, height)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, digit)
    for number in range(count):
        box = QRectF(left + advance + number * star, chip.top() + (height - star) / 2, star, star)
        painter.fillPath(star_icon(box.adjusted(0.5, 0.5, -0.5, -0.5)), theme.text)


def _paint_pill(painter: QPainter, chip: QRect, outline: QColor, *, dashed: bool = False) -> None:
    radius = chip.height() / 2
    painter.setPen(QPen(outline, 1.0, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine))
    painter.setBrush(_GROUND)
    painter.drawRoundedRect(QRectF(chip).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
