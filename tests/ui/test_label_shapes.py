"""Colour labels are told apart by their shapes, without their colours."""

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from core.types import Label
from ui.marks.label_shapes import label_shape
from ui.theme import LABEL_COLOURS


def drawn(label: Label, side: int) -> QImage:
    image = QImage(side, side, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(label_shape(label, QRectF(0, 0, side, side)), Qt.GlobalColor.white)
    painter.end()
    return image


@pytest.mark.parametrize("side", [11, 13, 22])
def test_no_two_labels_have_one_shape(qtbot: QtBot, side: int) -> None:
    shapes = {label: bytes(drawn(label, side).constBits()) for label in LABEL_COLOURS}
    for one, other in combinations(shapes, 2):
        differing = sum(abs(a - b) > 100 for a, b in zip(shapes[one], shapes[other], strict=True))
        assert differing >= side * side * 0.06, f"{one} and {other}"


@pytest.mark.parametrize("label", LABEL_COLOURS)
def test_a_shape_fills_its_box_and_stays_in_it(label: Label) -> None:
    box = QRectF(3, 5, 20, 20)
    bounds = label_shape(label, box).boundingRect()
    assert box.adjusted(-0.1, -0.1, 0.1, 0.1).contains(bounds)
    assert bounds.width() * bounds.height() > 0.45 * box.width() * box.height()
