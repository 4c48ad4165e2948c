"""The list of photos decided elsewhere: what it shows, and for which photos an answer counts."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QTableWidget
from pytestqt.qtbot import QtBot

from core.review.marks import Conflict
from core.types import Decision, FileMarks, Flag, Label, Marks, PhotoId
from fixtures.frames import photo
from fixtures.windows import there
from ui.dialogs.conflicts_dialog import ConflictsDialog, decision_words

PHOTOS = {PhotoId(name): photo(name) for name in "abc"}
SOURCE = FileMarks(Path("/shoot/a.xmp"), datetime(2026, 5, 1, tzinfo=UTC), Marks(rating=5))


def conflict(name: str) -> Conflict:
    ours = Decision(PhotoId(name), Flag.PICK, 2)
    return Conflict(ours, replace(ours, rating=5), SOURCE)


@pytest.fixture
def dialog(qtbot: QtBot) -> ConflictsDialog:
    dialog = ConflictsDialog()
    qtbot.addWidget(dialog)
    dialog.show_conflicts([conflict(name) for name in "abc"], PHOTOS)
    dialog.present()
    return dialog


def button(dialog: ConflictsDialog, words: str) -> QPushButton:
    return next(one for one in dialog.findChildren(QPushButton) if one.text().startswith(words))


def test_both_decisions_stand_side_by_side(dialog: ConflictsDialog) -> None:
    table = there(dialog.findChild(QTableWidget))
    row = [there(table.item(0, column)).text() for column in range(4)]
    assert row == ["a.jpg", "Picked · ★★", "Picked · ★★★★★", "a.xmp"]
    assert there(table.item(0, 3)).toolTip() == str(SOURCE.path)


def test_an_answer_counts_for_all_unless_some_are_selected(dialog: ConflictsDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.keep_requested) as kept:
        button(dialog, "Keep all").click()
    assert list(kept.args[0]) == ["a", "b", "c"]
    there(dialog.findChild(QTableWidget)).selectRow(1)
    with qtbot.waitSignal(dialog.take_requested) as taken:
        button(dialog, "Take the file's").click()
    assert list(taken.args[0]) == ["b"]


def test_a_double_click_goes_to_the_photo(dialog: ConflictsDialog, qtbot: QtBot) -> None:
    table = there(dialog.findChild(QTableWidget))
    with qtbot.waitSignal(dialog.photo_chosen) as chosen:
        table.itemDoubleClicked.emit(table.item(2, 0))
    assert chosen.args == ["c"]


def test_nothing_to_answer_offers_no_answer(dialog: ConflictsDialog) -> None:
    dialog.show_conflicts((), PHOTOS)
    assert not button(dialog, "Keep").isEnabled()
    assert not button(dialog, "Take").isEnabled()


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (Decision(PhotoId("a")), "Undecided"),
        (Decision(PhotoId("a"), Flag.REJECT, 0, Label.NONE), "Rejected · No stars · No label"),
        (Decision(PhotoId("a"), Flag.UNFLAGGED, 3, Label.BLUE), "Unflagged · ★★★ · Blue"),
    ],
)
def test_decisions_in_short(decision: Decision, words: str) -> None:
    assert decision_words(decision) == words
