"""The small marks on a cell: paths, crisp at any scale, each with a shape of its own beside its colour."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QTransform

from ui.marks.cell_facts import Light, MeasureFacts
from ui.theme import Theme

Glyph = Callable[[], QPainterPath]
"""Draws in the unit square."""

_STROKE = 0.11  # of a stroked glyph's side
_STEPS = 3


@dataclass(frozen=True, slots=True)
class Badge:
    """One mark.

    Attributes:
        glyph: its shape.
        filled: filled rather than stroked.
        text: behind the glyph.
        step: lit pips of three behind the glyph; None for no pips.
        warns: worth showing where there is room for warnings only.
    """

    glyph: Glyph
    filled: bool = False
    text: str = ""
    step: int | None = None
    warns: bool = False


def badges_for(facts: MeasureFacts, room_for_all: bool) -> tuple[Badge, ...]:
    """Return the marks of a frame in fixed order; on small cells only those that warn, and that it is a film."""
    found = []
    if facts.thing:
        found.append(Badge(tag, text=facts.thing))
    if facts.film:
        found.append(Badge(film, filled=True))
    if facts.damaged:
        found.append(Badge(missing, warns=True))
    if facts.empty:
        found.append(Badge(blank, warns=True))
    if facts.blurred:
        found.append(Badge(smeared, warns=True))
    if facts.light is not Light.FINE:
        found.append(Badge(sun if facts.light is Light.OVER else moon, warns=True))
    if facts.eyes_told:
        shut = facts.eyes_open < facts.eyes_told
        text = f"{facts.eyes_open}/{facts.eyes_told}"
        found.append(Badge(shut_eye if shut else open_eye, text=text, warns=shut))
    elif facts.faces:
        found.append(Badge(face, text=str(facts.faces)))
    if facts.sharpness is not None:
        found.append(Badge(focus, step=facts.sharpness, warns=facts.sharpness == 1))
    return tuple(badge for badge in found if badge.warns or room_for_all or badge.glyph is film)


def badge_width(badge: Badge, side: float, metrics: QFontMetricsF) -> float:
    """Return the width of a badge whose glyph is ``side`` high, in logical pixels."""
    text = metrics.horizontalAdvance(badge.text) + side * 0.2 if badge.text else 0.0
    pips = side * 0.5 if badge.step is not None else 0.0
    return side + text + pips


def paint_badge(painter: QPainter, badge: Badge, box: QRectF, theme: Theme) -> None:
    """Paint a badge into its box, the glyph as high as the box; the painter's font is the text's."""
    side = box.height()
    colour = theme.warning if badge.warns else theme.text_dim
    paint_glyph(painter, badge.glyph, QRectF(box.left(), box.top(), side, side), colour, badge.filled)
    if badge.text:
        painter.setPen(colour)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, badge.text)
    if badge.step is not None:
        _paint_pips(painter, badge.step, box, colour, theme.text_dim)


def paint_glyph(painter: QPainter, glyph: Glyph, box: QRectF, colour: QColor, filled: bool) -> None:
    """Paint a glyph into a square box."""
    path = QTransform(box.width(), 0, 0, box.height(), box.x(), box.y()).map(glyph())
    if filled:
        painter.fillPath(path, colour)
        return
    pen = QPen(colour, max(1.2, box.width() * _STROKE))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)


def _paint_pips(painter: QPainter, lit: int, box: QRectF, on: QColor, off: QColor) -> None:
    """Paint three small bars at the right end of the box, lit from the bottom; the others are only dots."""
    gap = 1.5
    height = (box.height() - (_STEPS - 1) * gap) / _STEPS
    width = box.height() * 0.3
    for step in range(_STEPS):
        top = box.bottom() - (step + 1) * height - step * gap
        if step < lit:
            painter.fillRect(QRectF(box.right() - width, top, width, height), on)
        else:
            dot = height / 2
            painter.fillRect(QRectF(box.right() - (width + dot) / 2, top + dot / 2, dot, dot), off)


def spark() -> QPainterPath:
    """Draw a four-pointed spark: the program's advice."""
    path = QPainterPath(QPointF(0.5, 0.0))
    waist = 0.10  # half of it, across the middle; thinner ones vanish at twelve pixels
    for x, y, across, down in ((1.0, 0.5, 1, -1), (0.5, 1.0, 1, 1), (0.0, 0.5, -1, 1), (0.5, 0.0, -1, -1)):
        path.quadTo(0.5 + across * waist, 0.5 + down * waist, x, y)
    path.closeSubpath()
    return path


def stack() -> QPainterPath:
    """Draw frames one behind the other: a closed group."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(0.06, 0.36, 0.66, 0.56), 0.06, 0.06)
    path.moveTo(0.24, 0.20)
    path.lineTo(0.84, 0.20)
    path.quadTo(0.90, 0.20, 0.90, 0.26)
    path.lineTo(0.90, 0.72)
    return path


def spread() -> QPainterPath:
    """Draw frames side by side: an opened group."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(0.04, 0.24, 0.38, 0.52), 0.06, 0.06)
    path.addRoundedRect(QRectF(0.58, 0.24, 0.38, 0.52), 0.06, 0.06)
    return path


def bracket() -> QPainterPath:
    """Draw bars from low to high: a set of exposures, focus steps or panorama frames."""
    path = QPainterPath()
    for left, top in ((0.06, 0.62), (0.38, 0.36), (0.70, 0.10)):
        path.addRect(QRectF(left, top, 0.24, 0.9 - top))
    return path


def focus() -> QPainterPath:
    """Draw a viewfinder's focus frame."""
    path = QPainterPath()
    near, far, arm = 0.08, 0.92, 0.24
    for x, y, dx, dy in (
        (near, near, arm, arm),
        (far, near, -arm, arm),
        (far, far, -arm, -arm),
        (near, far, arm, -arm),
    ):
        path.moveTo(x + dx, y)
        path.lineTo(x, y)
        path.lineTo(x, y + dy)
    path.addEllipse(QPointF(0.5, 0.5), 0.13, 0.13)
    return path


def sun() -> QPainterPath:
    """Draw a sun: too bright."""
    path = QPainterPath()
    path.addEllipse(QPointF(0.5, 0.5), 0.19, 0.19)
    for ray in range(8):
        x, y = math.cos(math.pi * ray / 4), math.sin(math.pi * ray / 4)
        path.moveTo(0.5 + 0.34 * x, 0.5 + 0.34 * y)
        path.lineTo(0.5 + 0.46 * x, 0.5 + 0.46 * y)
    return path


def moon() -> QPainterPath:
    """Draw a moon: too dark."""
    disc, bite = QPainterPath(), QPainterPath()
    disc.addEllipse(QPointF(0.46, 0.54), 0.40, 0.40)
    bite.addEllipse(QPointF(0.66, 0.36), 0.34, 0.34)
    return disc.subtracted(bite)


def open_eye() -> QPainterPath:
    """Draw an open eye."""
    path = QPainterPath(QPointF(0.03, 0.5))
    path.quadTo(0.5, 0.0, 0.97, 0.5)
    path.quadTo(0.5, 1.0, 0.03, 0.5)
    path.addEllipse(QPointF(0.5, 0.5), 0.12, 0.12)
    return path


def shut_eye() -> QPainterPath:
    """Draw a shut eye: the lid and its lashes."""
    path = QPainterPath(QPointF(0.04, 0.40))
    path.quadTo(0.5, 0.86, 0.96, 0.40)
    for x, y, to_x, to_y in ((0.24, 0.57, 0.14, 0.76), (0.5, 0.63, 0.5, 0.86), (0.76, 0.57, 0.86, 0.76)):
        path.moveTo(x, y)
        path.lineTo(to_x, to_y)
    return path


def towards() -> QPainterPath:
    """Draw a lens seen from the front: somebody looks into it."""
    path = QPainterPath()
    for radius in (0.42, 0.16):
        path.addEllipse(QPointF(0.5, 0.5), radius, radius)
    return path


def aside() -> QPainterPath:
    """Draw an arrow that leaves a dot: somebody looks elsewhere."""
    path = QPainterPath()
    path.addEllipse(QPointF(0.20, 0.5), 0.13, 0.13)
    path.moveTo(0.44, 0.5)
    path.lineTo(0.94, 0.5)
    path.moveTo(0.72, 0.28)
    path.lineTo(0.94, 0.5)
    path.lineTo(0.72, 0.72)
    return path


def smile() -> QPainterPath:
    """Draw a mouth that smiles, with its corners."""
    path = QPainterPath(QPointF(0.08, 0.36))
    path.quadTo(0.5, 1.06, 0.92, 0.36)
    path.moveTo(0.02, 0.44)
    path.lineTo(0.14, 0.30)
    path.moveTo(0.98, 0.44)
    path.lineTo(0.86, 0.30)
    return path


def face() -> QPainterPath:
    """Draw a head and shoulders: faces whose eyes cannot be told."""
    path = QPainterPath()
    path.addEllipse(QPointF(0.5, 0.32), 0.22, 0.24)
    path.moveTo(0.08, 0.94)
    path.quadTo(0.12, 0.66, 0.5, 0.66)
    path.quadTo(0.88, 0.66, 0.92, 0.94)
    return path


def tag() -> QPainterPath:
    """Draw a tag with its hole: what the photo shows."""
    path = QPainterPath(QPointF(0.08, 0.5))
    for x, y in ((0.36, 0.2), (0.92, 0.2), (0.92, 0.8), (0.36, 0.8)):
        path.lineTo(x, y)
    path.closeSubpath()
    path.addEllipse(QPointF(0.38, 0.5), 0.07, 0.07)
    return path


def smeared() -> QPainterPath:
    """Draw a disc seen three times over: nothing in the frame is sharp."""
    path = QPainterPath()
    for x in (0.28, 0.5, 0.72):
        path.addEllipse(QPointF(x, 0.5), 0.24, 0.34)
    return path


def blank() -> QPainterPath:
    """Draw an empty frame, struck through: there is nothing on it."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(0.08, 0.16, 0.84, 0.68), 0.08, 0.08)
    path.moveTo(0.22, 0.70)
    path.lineTo(0.78, 0.30)
    return path


def film() -> QPainterPath:
    """Draw a triangle as on the key that plays a film."""
    path = QPainterPath()
    path.moveTo(0.24, 0.12)
    path.lineTo(0.86, 0.5)
    path.lineTo(0.24, 0.88)
    path.closeSubpath()
    return path


def missing() -> QPainterPath:
    """Draw a frame torn across: a picture that is damaged, or cannot be shown."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(0.08, 0.16, 0.84, 0.68), 0.08, 0.08)
    path.moveTo(0.58, 0.16)
    path.lineTo(0.44, 0.42)
    path.lineTo(0.58, 0.56)
    path.lineTo(0.42, 0.84)
    return path
