"""Cells as they were painted last: scrolling moves them, and paints none anew that did not change."""

from collections.abc import Callable, Hashable

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QPainter, QPixmap

from ui.imaging.image_cache import BoundedCache, pixmap_bytes
from ui.painting import painter_on


class CellCache:
    """Paints cells by way of pixmaps; for the GUI thread only.

    Args:
        budget_bytes: most memory that they may take.
    """

    def __init__(self, budget_bytes: int) -> None:
        self._painted: BoundedCache[Hashable, QPixmap] = BoundedCache(budget_bytes, pixmap_bytes)

    def paint(
        self,
        painter: QPainter,
        rect: QRect,
        facts: Hashable,
        ground: QColor,
        draw: Callable[[QPainter, QRect], None],
    ) -> None:
        """Paint a cell, drawn only where it was never drawn like this.

        Args:
            painter: of the view.
            rect: where the cell is, in logical pixels.
            facts: all that its looks depend on, beside its size.
            ground: what is behind it.
            draw: draws it with a painter into a rectangle, nothing beyond that.
        """
        ratio = pixel_ratio(painter)
        if ratio != int(ratio):  # between two pixels a pixmap would be blurred
            draw(painter, rect)
            return
        key = (facts, rect.width(), rect.height(), ratio)
        pixmap = self._painted.get(key)
        if pixmap is None:
            pixmap = QPixmap(rect.size() * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(ground)
            inner = painter_on(pixmap)
            draw(inner, QRect(QPoint(), rect.size()))
            inner.end()
            self._painted.put(key, pixmap)
        painter.drawPixmap(rect.topLeft(), pixmap)


def pixel_ratio(painter: QPainter) -> float:
    """Return the device pixels in a logical one, where a painter paints."""
    device = painter.device()
    return device.devicePixelRatioF() if device is not None else 1.0
