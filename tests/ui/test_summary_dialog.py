"""The summary page and the page of help after the export."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.review.summary import Outcome, Summary
from ui.dialogs.summary_dialog import SummaryDialog, TallyBar, pace_words
from ui.theme import DARK

pytestmark = pytest.mark.qt_log_ignore(r"propagateSizeHints\(\)", r"raise\(\)")

MORNING = datetime(2025, 6, 14, 9)
HOURS = ((MORNING, Outcome(2, 6, 0)), (MORNING + timedelta(hours=2), Outcome(1, 0, 1)))


def words(dialog: SummaryDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


def test_the_numbers_and_the_hours_are_told(qtbot: QtBot) -> None:
    dialog = SummaryDialog(Summary(Outcome(3, 6, 1), 3.2, HOURS), "Wedding")
    qtbot.addWidget(dialog)
    dialog.show()
    said = words(dialog)
    for word in ("3", "kept", "6", "rejected", "1", "undecided", "09:00", "2 / 8", "11:00", "1 / 2"):
        assert word in said
    assert "10 photos, 3 minutes of deciding: 3 a minute." in said
    assert len(dialog.findChildren(TallyBar)) == 2


def test_several_days_are_told_apart(qtbot: QtBot) -> None:
    hours = (*HOURS, (MORNING + timedelta(days=1), Outcome(1)))
    dialog = SummaryDialog(Summary(Outcome(4, 6, 1), 0, hours), "Wedding")
    qtbot.addWidget(dialog)
    assert "2025-06-15 09:00" in words(dialog)


@pytest.mark.parametrize(
    ("tally", "minutes", "said"),
    [
        (Outcome(1), 0.2, "1 photo, less than a minute of deciding."),
        (Outcome(100, 300, 5), 23.9, "405 photos, 24 minutes of deciding: 17 a minute."),
        (Outcome(1, 0, 1999), 5.0, "2,000 photos, 5 minutes of deciding."),
    ],
)
def test_the_pace_in_words(tally: Outcome, minutes: float, said: str) -> None:
    assert pace_words(Summary(tally, minutes, ())) == said


def test_from_the_summary_it_goes_on_to_the_export(qtbot: QtBot) -> None:
    dialog = SummaryDialog(Summary(Outcome(1), 0, ()), "Wedding")
    qtbot.addWidget(dialog)
    dialog.show()
    export = next(each for each in dialog.findChildren(QPushButton) if each.text() == "Export…")
    with qtbot.waitSignal(dialog.export_requested):
        export.click()


def test_a_bar_is_as_long_as_its_hour_was_full(qtbot: QtBot) -> None:
    bar = TallyBar(Outcome(kept=1, rejected=1), most=4, theme=DARK)
    qtbot.addWidget(bar)
    bar.resize(100, 16)
    picture = QImage(bar.grab().toImage())
    middle = picture.height() // 2
    at = picture.width() / 100
    assert picture.pixelColor(int(10 * at), middle) == DARK.pick
    assert picture.pixelColor(int(40 * at), middle) == DARK.reject
    assert picture.pixelColor(int(80 * at), middle) not in (DARK.pick, DARK.reject, DARK.outline)


def test_kept_and_rejected_are_told_apart_in_grey_too(qtbot: QtBot) -> None:
    bar = TallyBar(Outcome(10, 10, 0), 20, DARK)
    qtbot.addWidget(bar)
    bar.resize(200, 16)
    grey = bar.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    kept = {grey.pixelColor(x, 8).lightness() for x in range(5, 95)}
    rejected = {grey.pixelColor(x, 8).lightness() for x in range(105, 195)}
    assert len(kept) == 1, "plain"
    assert len(rejected) > 1, "hatched"
