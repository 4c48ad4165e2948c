"""The histogram of a RAW itself, in stops below a full photosite, with how much of it is lost."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetrics, QPainter

from core.ingest.raw_truth import STOPS, RawTruth
from core.language import numeral, tr
from ui.marks.info_plates import CHANNELS, histogram_place, paint_levels
from ui.marks.plates import plate, text_in
from ui.theme import SPACING, Theme

_TOWERING = 99  # percentile of the counts that are seen in full: what towers over the rest is cut off
_LEAST = 0.0001  # of the picture: less is said to be nothing


def raw_histogram_place(room: QRectF, metrics: QFontMetrics) -> QRectF:
    """Return the lower right of a room, with two lines of words over the histogram."""
    place = histogram_place(room)
    words = max(
        metrics.horizontalAdvance(line) for line in (_shares(0.99999, 0.99999), _channels_of(np.ones(3)))
    )
    width = min(room.width(), max(place.width(), words + 2 * SPACING))
    height = min(room.height(), place.height() + 2 * metrics.height())
    return QRectF(room.right() - width, room.bottom() - height, width, height)


def paint_raw_histogram(painter: QPainter, place: QRectF, theme: Theme, truth: RawTruth) -> QRectF:
    """Paint red, green and blue of a RAW and say what is lost, on a plate; return its place."""
    metrics = painter.fontMetrics()
    inner = plate(painter, place).adjusted(SPACING / 2, SPACING / 2, -SPACING / 2, -SPACING / 2)
    line = float(metrics.height())
    text_in(
        painter,
        QRectF(inner.left(), inner.top(), inner.width(), line),
        theme.text,
        _shares(truth.lost, truth.partly),
    )
    left = inner.left()
    for words, colour in zip(_channels(truth.full), CHANNELS, strict=True):
        text_in(painter, QRectF(left, inner.top() + line, inner.width(), line), colour.lighter(130), words)
        left += metrics.horizontalAdvance(words + "  ")
    levels = inner.adjusted(0, 2 * line, 0, 0)
    counts = np.sqrt(truth.histogram)
    seen = counts[counts > 0]
    highest = float(np.percentile(seen, _TOWERING)) if seen.size else 1.0
    stops = [stop / STOPS for stop in range(2, STOPS, 2)]
    paint_levels(painter, levels, theme, np.minimum(counts / highest, 1.0), stops)
    return place


def _shares(lost: float, partly: float) -> str:
    """Say how much of the picture is lost in all channels, and how much in some."""
    return tr("RAW: {lost} lost, {partly} in part").format(lost=_percent(lost), partly=_percent(partly))


def _channels(full: NDArray[np.float64]) -> list[str]:
    """Say how many photosites of red, green and blue are full."""
    return [f"{name} {_percent(float(share))}" for name, share in zip("RGB", full, strict=True)]


def _channels_of(full: NDArray[np.float64]) -> str:
    """Say it in one line."""
    return "  ".join(_channels(full))


def _percent(share: float) -> str:
    if share < _LEAST:
        return "0 %"
    return f"{numeral(100 * share, '.2g' if share < 0.1 else '.0f')} %"
