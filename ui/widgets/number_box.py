"""A field to count in, whose edge and arrows are those of the theme."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSpinBox, QStyle, QStyleOptionSpinBox

from ui.widgets.arrows import paint_arrow


class NumberBox(QSpinBox):
    """A spin box that is to stand in a window with ``ui.widgets.style.form_style``."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, and its two arrows."""
        super().paintEvent(event)
        option = QStyleOptionSpinBox()
        self.initStyleOption(option)
        parts = QStyle.SubControl
        for part, up in ((parts.SC_SpinBoxUp, True), (parts.SC_SpinBoxDown, False)):
            place = self.style().subControlRect(QStyle.ComplexControl.CC_SpinBox, option, part, self)
            paint_arrow(self, QRectF(place), up=up)
