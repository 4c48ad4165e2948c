"""A ticked box shows a tick, not a filled dot."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionButton
from pytestqt.qtbot import QtBot

from ui.theme import DARK
from ui.widgets.style import form_style
from ui.widgets.tick_box import TickBox


def _indicator(box: TickBox) -> list[QColor]:
    """Every pixel of the box, in rows."""
    option = QStyleOptionButton()
    box.initStyleOption(option)
    rect: QRect = box.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, box)
    image = box.grab(rect).toImage()
    return [image.pixelColor(x, y) for y in range(image.height()) for x in range(image.width())]


def test_a_ticked_box_is_filled_and_bears_a_tick_in_another_colour(qtbot: QtBot) -> None:
    box = TickBox("With the suggestion")
    box.setStyleSheet(form_style(DARK))
    palette = box.palette()
    palette.setColor(QPalette.ColorRole.Window, DARK.window)
    box.setPalette(palette)
    qtbot.addWidget(box)

    empty = _indicator(box)
    box.setChecked(True)
    ticked = _indicator(box)

    light = sum(colour.lightness() > 200 for colour in ticked)
    dark = sum(colour.lightness() < 80 for colour in ticked)
    assert not any(colour.lightness() > 200 for colour in empty)
    assert light > len(ticked) // 3, "the ground is filled"
    assert dark > len(ticked) // 12, "the tick stands out from its ground"
