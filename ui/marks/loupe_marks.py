"""What the loupe says on top of a photo: the decision, the suggestion, the faces, the zoom."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QTextOption

from core.language import mark, tr
from core.types import Decision, Flag
from ui.marks.badges import paint_glyph, spark
from ui.marks.cell_facts import Advice
from ui.marks.icons import paint_flag, star_icon
from ui.marks.label_shapes import paint_label
from ui.marks.plates import outline, plate, text_in
from ui.theme import LABEL_COLOURS, SPACING, Theme, flag_colour

_ADVICE = {
    Advice.SUGGESTED: mark("Suggested"),
    Advice.CLOSE: mark("Suggested, a close call"),
    Advice.SO_FAR: mark("Suggested so far"),
}
_EDGE = 3.0
_RING = 2.0
_GAP = SPACING / 2  # between a sign and its word


def paint_edge(painter: QPainter, rect: QRectF, theme: Theme, flag: Flag | None) -> None:
    """Paint a line around the visible picture in the colour of the decision; none where there is none."""
    if colour := flag_colour(theme, flag):
        outline(painter, rect, colour, _EDGE)


def paint_decision(
    painter: QPainter, corner: QPointF, theme: Theme, decision: Decision, advice: Advice, room: float
) -> QRectF:
    """Paint one plate with flag, stars, label and the program's advice; nothing where there is nothing to say.

    Args:
        painter: with the font to be used.
        corner: the plate's lower left corner.
        theme: colours.
        decision: the user's.
        advice: the program's.
        room: the plate's largest width; where its words do not fit, only its signs are painted.

    Returns:
        The plate; a null rectangle where there is none.
    """
    pieces = _pieces(painter, theme, decision, advice, words=True)
    if _width(pieces) > room:
        pieces = _pieces(painter, theme, decision, advice, words=False)
    if not pieces:
        return QRectF()
    height = _height(painter.fontMetrics())
    ground = plate(painter, QRectF(corner.x(), corner.y() - height, _width(pieces), height))
    left = ground.left() + SPACING
    for width, paint in pieces:
        paint(QRectF(left, ground.top(), width, height))
        left += width + 2 * SPACING
    return ground


def _width(pieces: Sequence[tuple[float, Callable[[QRectF], None]]]) -> float:
    return sum(width for width, _ in pieces) + 2 * SPACING * len(pieces)


def paint_note(painter: QPainter, corner: QPointF, colour: QColor, text: str) -> QRectF:
    """Paint a plate with a short text; ``corner`` is its upper right corner. Returns the plate."""
    metrics = painter.fontMetrics()
    width = metrics.horizontalAdvance(text) + 2 * SPACING
    ground = plate(painter, QRectF(corner.x() - width, corner.y(), width, _height(metrics)))
    text_in(painter, ground, colour, text, Qt.AlignmentFlag.AlignCenter)
    return ground


def paint_caption(painter: QPainter, corner: QPointF, theme: Theme, text: str, room: float) -> QRectF:
    """Paint a plate with a word or two, at most so wide; ``corner`` is its upper left one. Returns the plate."""
    metrics = painter.fontMetrics()
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room) - 2 * SPACING)
    width = metrics.horizontalAdvance(text) + 2 * SPACING
    ground = plate(painter, QRectF(corner.x(), corner.y(), width, _height(metrics)))
    text_in(painter, ground, theme.text, text, Qt.AlignmentFlag.AlignCenter)
    return ground


def paint_active(painter: QPainter, view: QRectF, theme: Theme) -> None:
    """Paint the ring around the pane whose photo is the active one."""
    outline(painter, view, theme.active, _RING)


def paint_failure(painter: QPainter, rect: QRectF, theme: Theme, name: str, sentence: str) -> None:
    """Paint a file's name and why it cannot be shown, in the middle of a rectangle."""
    middle = rect.adjusted(4 * SPACING, rect.height() / 2, -4 * SPACING, 0)
    line = painter.fontMetrics().height()
    wrapped = QTextOption(Qt.AlignmentFlag.AlignHCenter)
    font = painter.font()
    for text, colour, bold, top in (
        (name, theme.text, True, -line),
        (sentence, theme.text_dim, False, line / 2),
    ):
        font.setBold(bold)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(middle.adjusted(0, top, 0, 0), text, wrapped)


_Piece = tuple[float, Callable[[QRectF], None]]
"""A part of the plate: its width, and how it is painted."""


def _pieces(
    painter: QPainter, theme: Theme, decision: Decision, advice: Advice, *, words: bool
) -> list[_Piece]:
    """Return what the plate shows, from left to right."""
    metrics = painter.fontMetrics()
    icon = float(metrics.ascent())
    pieces: list[_Piece] = []
    if colour := flag_colour(theme, decision.flag):
        word = (tr("Picked") if decision.flag is Flag.PICK else tr("Rejected")) if words else ""

        def flag(rect: QRectF) -> None:
            paint_flag(painter, _square(rect, icon), decision.flag, colour)
            text_in(painter, rect.adjusted(icon + _GAP, 0, 1, 0), theme.text, word)

        pieces.append((icon + _GAP + metrics.horizontalAdvance(word), flag))
    if stars := decision.rating or 0:
        step = icon + _GAP / 2

        def rating(rect: QRectF) -> None:
            for star in range(stars):
                painter.fillPath(star_icon(_square(rect, icon).translated(star * step, 0)), theme.text)

        pieces.append((stars * step, rating))
    if (label := decision.label) in LABEL_COLOURS:
        pieces.append((icon, lambda rect: paint_label(painter, label, _square(rect, icon))))
    if advice is not Advice.NONE:
        pieces.append(_suggestion(painter, theme, advice, tr(_ADVICE[advice]) if words else ""))
    return pieces


def _suggestion(painter: QPainter, theme: Theme, advice: Advice, words: str) -> _Piece:
    """Return the part that says what the program would keep; a broken line below it where that may still change."""
    icon = float(painter.fontMetrics().ascent())

    def paint(rect: QRectF) -> None:
        sure = advice is Advice.SUGGESTED
        paint_glyph(painter, spark, _square(rect, icon), theme.suggestion, filled=sure)
        text_in(painter, rect.adjusted(icon + _GAP, 0, 1, 0), theme.suggestion, words)
        if advice is Advice.SO_FAR:
            painter.setPen(QPen(theme.suggestion, 1, Qt.PenStyle.DashLine))
            under = rect.bottom() - SPACING / 2
            painter.drawLine(QPointF(rect.left(), under), QPointF(rect.right(), under))

    return icon + _GAP + painter.fontMetrics().horizontalAdvance(words), paint


def _square(rect: QRectF, side: float) -> QRectF:
    """Return a square at the left of a rectangle, in the middle of its height."""
    return QRectF(rect.left(), rect.center().y() - side / 2, side, side)


def _height(metrics: QFontMetrics) -> float:
    return metrics.height() + SPACING
