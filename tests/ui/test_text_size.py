"""The size of text: the application's font and what is painted follow it, and nothing else moves."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar
from pytestqt.qtbot import QtBot

from app.dress import Dress
from ui.grid.cell_layout import cell_height, cell_layout
from ui.grid.photo_delegate import chip_font
from ui.motion import show_busy, use_motion
from ui.preferences import Preferences
from ui.text_size import TEXT_SIZES, USUAL, text_size, use_text_size


@pytest.fixture(autouse=True)
def as_it_was(qapp: QApplication) -> Iterator[None]:
    palette, style = qapp.palette(), qapp.style().name()
    yield
    use_text_size(USUAL)
    use_motion(still=False)
    qapp.setPalette(palette)
    qapp.setStyle(style)


@pytest.mark.parametrize("percent", TEXT_SIZES)
def test_labels_chips_and_captions_follow(qtbot: QtBot, percent: int) -> None:
    usual = QApplication.font().pointSizeF()
    chip = chip_font(QApplication.font(), 200).pixelSize()
    caption = cell_layout(QRect(0, 0, 200, cell_height(200))).caption.height()
    use_text_size(percent)
    label = QLabel("Picks")
    qtbot.addWidget(label)
    assert label.font().pointSizeF() == pytest.approx(usual * percent / 100, abs=0.01)
    assert chip_font(QApplication.font(), 200).pixelSize() == round(chip * percent / 100)
    assert cell_layout(QRect(0, 0, 200, cell_height(200))).caption.height() == round(caption * percent / 100)


def test_going_to_and_fro_ends_at_the_usual_size(qtbot: QtBot) -> None:
    before = QApplication.font().pointSizeF()
    for percent in (160, 80, 145, USUAL):
        use_text_size(percent)
    assert QApplication.font().pointSizeF() == before


def test_a_size_nobody_offers_becomes_the_nearest(qtbot: QtBot) -> None:
    use_text_size(1000)
    assert text_size() == max(TEXT_SIZES)


def test_what_is_chosen_is_put_on(qapp: QApplication) -> None:
    Dress(qapp).put_on(Preferences(text_size=130, still=True, language="en"))
    assert text_size() == 130
    assert qapp.cursorFlashTime() == 0
    assert not qapp.isEffectEnabled(Qt.UIEffect.UI_AnimateCombo)


def test_a_busy_bar_runs_only_where_things_may_move(qtbot: QtBot) -> None:
    bar = QProgressBar()
    qtbot.addWidget(bar)
    show_busy(bar)
    assert (bar.minimum(), bar.maximum()) == (0, 0), "Qt's sign for a bar that runs to and fro"
    use_motion(still=True)
    show_busy(bar)
    assert bar.maximum() > 0
