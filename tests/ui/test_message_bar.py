"""Messages: what happened is said quietly, in the place of other words."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.told_work import ToldWork
from core.pipeline.events import Finished
from fixtures.buttons import button
from ui.theme import DARK
from ui.widgets import message_bar
from ui.widgets.message_bar import MessageBar
from ui.widgets.progress_strip import ProgressStrip

# The offscreen screen has no window manager for least sizes and stacking, and says so.
pytestmark = pytest.mark.qt_log_ignore(r"propagateSizeHints\(\)", r"raise\(\)")


@pytest.fixture
def messages(qtbot: QtBot) -> MessageBar:
    bar = MessageBar(DARK)
    host = QWidget()
    layout = QVBoxLayout(host)
    layout.addStretch(1)
    layout.addWidget(ProgressStrip(DARK, host, bar))
    host.resize(800, 600)
    qtbot.addWidget(host)
    host.show()
    bar.host = host  # type: ignore[attr-defined]
    return bar


def test_information_goes_by_itself(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message_bar, "INFO_MS", 20)
    bar = MessageBar(DARK)
    qtbot.addWidget(bar)
    bar.show_info("Rejected 5 frames")
    assert bar.isVisible()
    qtbot.waitUntil(lambda: not bar.isVisible())
    bar.show_error("The disk is full.")
    later = MessageBar(DARK)
    qtbot.addWidget(later)
    later.show_info("Rejected 5 frames")
    qtbot.waitUntil(lambda: not later.isVisible())
    assert bar.isVisible(), "an error stays, though what came later has gone"
    assert bar.text() == "The disk is full."


def test_newer_information_replaces_older_and_waits_behind_errors(messages: MessageBar) -> None:
    messages.show_info("one")
    messages.show_info("two")
    assert messages.text() == "two"
    messages.show_error("first error")
    messages.show_error("second error")
    messages.show_error("second error")
    messages.show_info("three")
    messages.show_info("four")
    seen = []
    while messages.text():
        seen.append(messages.text())
        messages.close_message()
    assert seen == ["first error", "second error", "four"]
    assert not messages.isVisible()


def test_a_question_makes_way_for_what_is_told_meanwhile_and_comes_back(messages: MessageBar) -> None:
    asked: list[bool] = []
    messages.show_question("Two clocks differ.", "Set…", lambda: asked.append(True))
    messages.show_info("Rejected 5 frames")
    assert messages.text() == "Rejected 5 frames"
    messages.close_message()
    assert messages.text() == "Two clocks differ."
    messages.show_error("The disk is full.")
    messages.close_message()
    button(messages, "Set…").click()
    assert asked == [True]
    messages.show_question("Two clocks differ.", "Set…", lambda: asked.append(True))
    messages.withdraw("Two clocks differ.")
    assert not messages.isVisible()


def test_what_is_said_of_a_shoot_goes_with_it_shown_or_waiting(messages: MessageBar) -> None:
    messages.show_question("A card is there.", "Copy…", lambda: None, of_shoot=False)
    messages.show_question("This looks like a wedding.", "Choose it", lambda: None)
    messages.show_info("Accepted.", "Undo", lambda: None)
    messages.leave_shoot()
    assert messages.text() == "A card is there."
    messages.close_message()
    assert messages.text() == ""
    messages.show_error("The disk is full.")
    messages.leave_shoot()
    assert messages.text() == "The disk is full."


def test_the_action_is_done_and_the_message_goes(qtbot: QtBot, messages: MessageBar) -> None:
    done: list[bool] = []
    messages.show_info("Rejected 5 frames", "Undo", lambda: done.append(True))
    qtbot.mouseClick(button(messages, "Undo"), Qt.MouseButton.LeftButton)
    assert done == [True]
    assert messages.text() == ""


def test_a_long_message_can_be_read_whole_within_the_window(messages: MessageBar, qtbot: QtBot) -> None:
    messages.show_error("The decisions could not be written because the disk is full. " * 5)
    host: QWidget = messages.host  # type: ignore[attr-defined]
    for size in ((800, 600), (320, 400)):
        host.resize(*size)
        qtbot.waitUntil(lambda: messages.height() >= messages.heightForWidth(messages.width()))
        assert host.rect().contains(messages.mapTo(host, messages.rect().bottomRight()))


def test_a_message_takes_the_place_of_the_words_and_gives_it_back(qtbot: QtBot) -> None:
    bar = MessageBar(DARK)
    strip = ProgressStrip(DARK, None, bar)
    qtbot.addWidget(strip)
    strip.show_finished(Finished(1, 5, 5, 0, False, 1.0))
    strip.show()
    words = next(label for label in strip.findChildren(QLabel) if label.accessibleName() == strip.text())
    height = strip.height()
    bar.show_info("Rejected 5 frames", "Undo")
    assert not words.isVisible()
    assert strip.sizeHint().height() <= height, "a line more would move the photos"
    bar.close_message()
    assert words.isVisible()


def test_what_came_meanwhile_is_not_closed_with_what_was_said_of_work(messages: MessageBar) -> None:
    told = ToldWork(messages)
    undone: list[str] = []
    told.begin("Looking for duplicates…")
    told.go_on("Looking for duplicates: 1 of 2…")
    assert messages.text() == "Looking for duplicates: 1 of 2…"
    messages.show_info("3 photos rejected.", "Undo", lambda: undone.append("rejected"))
    told.go_on("Looking for duplicates: 2 of 2…")
    told.end()
    assert messages.text() == "3 photos rejected."
    button(messages, "Undo").click()
    assert undone == ["rejected"]


def test_what_is_said_of_work_stays_as_long_as_that_takes_and_is_read_out_once(
    qtbot: QtBot, messages: MessageBar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(message_bar, "INFO_MS", 20)
    heard: list[str] = []
    monkeypatch.setattr(message_bar, "announce", lambda _bar, words, **_how: heard.append(words))
    told = ToldWork(messages)
    told.begin("Looking for duplicates…")
    with qtbot.waitSignal(messages.shown_changed):
        messages.show_info("1 photo rejected.")
    for number in range(3):
        told.go_on(f"Looking for duplicates: {number} of 3…")
    messages.close_message()  # as it goes by itself
    assert messages.text() == "Looking for duplicates: 2 of 3…"
    assert heard == ["Looking for duplicates…", "1 photo rejected.", "Looking for duplicates: 2 of 3…"]
    messages.close_message()  # by its cross
    told.go_on("Looking for duplicates: 3 of 3…")
    assert messages.text() == ""
    told.end()
    assert messages.text() == ""


def test_work_that_failed_leaves_only_the_reason(messages: MessageBar) -> None:
    told = ToldWork(messages)
    messages.show_error("The disk is full.")
    told.begin("Looking for duplicates…")
    told.fail("The library cannot be read.")
    messages.close_message()
    assert messages.text() == "The library cannot be read."
    messages.close_message()
    assert messages.text() == ""


def test_only_the_message_bar_and_its_button_close_what_is_shown() -> None:
    """Whoever has said something takes that back, not whatever is shown by then."""
    closing = [
        path
        for folder in ("app", "ui")
        for path in Path(folder).rglob("*.py")
        if ".close_message" in path.read_text("utf-8")
    ]
    assert closing == [Path("ui", "widgets", "message_bar.py")]
