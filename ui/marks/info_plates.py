"""The photo's facts and its histogram, on plates over the photo."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from core.language import numeral, tr
from core.sizes import spelled
from core.types import Photo, Thing
from ui.imaging.overlays import histogram
from ui.marks.photo_words import shot_facts, thing_words, time_taken
from ui.marks.plates import plate, text_in
from ui.theme import SPACING, Theme

_HISTOGRAM = QSizeF(24 * SPACING, 11 * SPACING)
CHANNELS = (QColor(235, 80, 70), QColor(90, 200, 95), QColor(90, 140, 245))


def info_lines(photo: Photo, picture: QSizeF, things: Sequence[Thing] = ()) -> list[str]:
    """Write what a photographer asks of a frame, a line each; lines that would be empty are left out.

    Args:
        photo: the photo.
        picture: pixels of the upright photo.
        things: what it surely shows.
    """
    width, height = round(picture.width()), round(picture.height())
    size = f"{width} × {height}  ({numeral(width * height / 1e6, '.1f')} MP)"
    if photo.size_bytes:
        size += "  " + spelled(photo.size_bytes)
    with_it = ", ".join(path.name for path in photo.companions)
    lines = (
        photo.name,
        time_taken(photo),
        photo.camera_name,
        photo.shot.lens,
        shot_facts(photo.shot),
        size,
        tr("with {files}").format(files=with_it) if with_it else "",
        thing_words(things),
    )
    return [line for line in lines if line]


def paint_info(
    painter: QPainter,
    room: QRectF,
    theme: Theme,
    photo: Photo,
    picture: QSizeF,
    things: Sequence[Thing] = (),
) -> QRectF:
    """Paint the facts in lines, at the room's upper left; what is too long for it is cut short with an ellipsis.

    Returns:
        The plate; a null rectangle where there is no room for a line.
    """
    metrics = painter.fontMetrics()
    line_height = metrics.height() + SPACING / 4
    fitting = max(0, int((room.height() - SPACING) / line_height))
    inner = max(0, int(room.width()) - 2 * SPACING)
    lines = [
        metrics.elidedText(line, Qt.TextElideMode.ElideRight, inner)
        for line in info_lines(photo, picture, things)[:fitting]
    ]
    if not lines:
        return QRectF()
    width = max(metrics.horizontalAdvance(line) for line in lines) + 2 * SPACING
    ground = plate(painter, QRectF(room.left(), room.top(), width, len(lines) * line_height + SPACING))
    for number, line in enumerate(lines):
        top = ground.top() + SPACING / 2 + number * line_height
        place = QRectF(ground.left() + SPACING, top, width, line_height)
        text_in(painter, place, theme.text, line)
    return ground


def histogram_place(room: QRectF) -> QRectF:
    """Return the lower right of a room, at most half of it: small panes have words to show, too."""
    size = _HISTOGRAM.boundedTo(room.size() / 2)
    return QRectF(room.bottomRight() - QPointF(size.width(), size.height()), size)


def paint_histogram(painter: QPainter, place: QRectF, theme: Theme, picture: QImage) -> QRectF:
    """Paint red, green and blue of what is seen of the photo, on a plate; return its place."""
    inner = plate(painter, place).adjusted(SPACING / 2, SPACING / 2, -SPACING / 2, -SPACING / 2)
    paint_levels(painter, inner, theme, histogram(picture), (0.25, 0.5, 0.75))
    return place


def paint_levels(
    painter: QPainter, inner: QRectF, theme: Theme, heights: NDArray[np.float64], lines: Sequence[float]
) -> None:
    """Paint how often each level occurs in red, green and blue.

    Args:
        painter: paints.
        inner: where.
        theme: colours.
        heights: by channel and level, 0 to 1, shape (3, levels).
        lines: upright ones, as shares of the width.
    """
    painter.setPen(theme.outline)
    for share in lines:
        x = inner.left() + inner.width() * share
        painter.drawLine(QPointF(x, inner.top()), QPointF(x, inner.bottom()))
    last = heights.shape[1] - 1
    painter.save()
    # Where all three meet it is white.
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
    for levels, colour in zip(heights, CHANNELS, strict=True):
        path = QPainterPath(inner.bottomLeft())
        for level, height in enumerate(levels):
            path.lineTo(
                inner.left() + inner.width() * level / last, inner.bottom() - inner.height() * float(height)
            )
        path.lineTo(inner.bottomRight())
        path.closeSubpath()
        painter.fillPath(path, QColor(colour.red(), colour.green(), colour.blue(), 150))
    painter.restore()
