"""What paints its own words keeps them in their places, whichever way the window reads."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import ui
from ui.painting import painter_on

IN_THE_MIDDLE = {"welcome_view.py", "drop_overlay.py"}  # which is the same from either side


def test_whoever_paints_words_begins_with_the_painter_that_keeps_their_places() -> None:
    folder = Path(ui.__file__).parent
    written = {
        path.name: path.read_text(encoding="utf-8")
        for path in folder.rglob("*.py")
        if path.name not in IN_THE_MIDDLE
    }
    assert len(written) > 50
    assert [name for name, text in written.items() if "drawText(" in text and "= QPainter(" in text] == []


class Words(QWidget):
    """Paints a word, by a painter that is made for it.

    Args:
        make: begins to paint.
    """

    def __init__(self, make: Callable[[QWidget], QPainter]) -> None:
        super().__init__()
        self._make = make
        self.resize(200, 30)

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._make(self).drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, "Name.")

    def left_edge(self) -> int:
        image = self.grab().toImage()
        ground = image.pixel(100, 1)
        return min(x for x in range(200) for y in range(30) if image.pixel(x, y) != ground)


def test_words_stand_at_the_left_from_either_side(qtbot: QtBot, qapp: QApplication) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        assert Words(painter_on).left_edge() < 10
        assert Words(QPainter).left_edge() > 100, "what Qt does of itself"
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
