"""What the loupe says on top of a photo: the decision, the suggestion, the faces, the zoom."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QTextOption

from core.language import mark, tr
from core.types import Decision, Flag, Label
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


def _pieces(
    painter: QPainter, theme: Theme, decision: Decision, advice: Advice, *, words: bool
) -> list[tuple[float, Callable[[QRectF], None]]]:
    """Return what the plate shows, from left to right: the width of each piece and how it is painted."""
    metrics = painter.fontMetrics()
    icon, gap = float(metrics.ascent()), SPACING / 2
    pieces: list[tuple[float, Callable[[QRectF], None]]] = []
    colour, label = flag_colour(theme, decision.flag), decision.label
    if colour:
        word = (tr("Picked") if decision.flag is Flag.PICK else tr("Rejected")) if words else ""

        def flag(rect: QRectF, colour: QColor = colour) -> None:
            spot = _square(rect, icon)
            paint_flag(painter, spot, decision.flag, colour)
            text_in(painter, rect.adjusted(icon + gap, 0, 1, 0), theme.text, word)

        pieces.append((icon + gap + metrics.horizontalAdvance(word), flag))
    if stars := decision.rating or 0:

        def rating(rect: QRectF) -> None:
            for star in range(stars):
                spot = _square(rect, icon).translated(star * (icon + gap / 2), 0)
                painter.fillPath(star_icon(spot), theme.text)

        pieces.append((stars * (icon + gap / 2), rating))
    if label in LABEL_COLOURS:

        def shape(rect: QRectF, label: Label = label) -> None:
            paint_label(painter, label, _square(rect, icon))

        pieces.append((icon, shape))
    if advice is not Advice.NONE:
        advised = tr(_ADVICE[advice]) if words else ""

        def suggestion(rect: QRectF) -> None:
            sure = advice is Advice.SUGGESTED
            paint_glyph(painter, spark, _square(rect, icon), theme.suggestion, filled=sure)
            text_in(painter, rect.adjusted(icon + gap, 0, 1, 0), theme.suggestion, advised)
            if advice is Advice.SO_FAR:
                painter.setPen(QPen(theme.suggestion, 1, Qt.PenStyle.DashLine))
                under = rect.bottom() - SPACING / 2
                painter.drawLine(QPointF(rect.left(), under), QPointF(rect.right(), under))

        pieces.append((icon + gap + metrics.horizontalAdvance(advised), suggestion))
    return pieces


def _square(rect: QRectF, side: float) -> QRectF:
    """Return a square at the left of a rectangle, in the middle of its height."""
    return QRectF(rect.left(), rect.center().y() - side / 2, side, side)


def _height(metrics: QFontMetrics) -> float:
    return metrics.height() + SPACING
