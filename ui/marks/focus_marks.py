"""Where the camera focused, framed on a photo of any colour."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from core.types import Box
from ui.marks.face_marks import box_in
from ui.marks.plates import BEHIND
from ui.theme import Theme

_LINE, _CASING = 1.5, 4.0  # logical pixels; the casing keeps the line apart from white
_LEAST = 10.0  # of a frame that is still seen


def paint_focus_areas(
    painter: QPainter, picture: QRectF, theme: Theme, areas: Iterable[Box], *, in_focus: bool
) -> None:
    """Paint a frame around each area, dashed where the camera does not say that it found focus there.

    Args:
        painter: paints.
        picture: where the whole picture lies.
        theme: colours.
        areas: in fractions of the picture.
        in_focus: whether the camera says that it found focus.
    """
    style = Qt.PenStyle.SolidLine if in_focus else Qt.PenStyle.DashLine
    frames = [_seen(box_in(picture, area)) for area in areas]
    painter.save()
    painter.setClipRect(picture)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    casing = QPen(BEHIND, _CASING, j=Qt.PenJoinStyle.MiterJoin)
    line = QPen(theme.text, _LINE, style, j=Qt.PenJoinStyle.MiterJoin)
    for pen in (casing, line):  # all casings first: areas that touch must not hide each other's lines
        painter.setPen(pen)
        for frame in frames:
            painter.drawRect(frame)
    painter.restore()


def _seen(frame: QRectF) -> QRectF:
    """Return the frame, larger where it would be a dot."""
    wider = max(0.0, _LEAST - frame.width()) / 2
    higher = max(0.0, _LEAST - frame.height()) / 2
    return frame.adjusted(-wider, -higher, wider, higher)
