"""The chrome: the why-line, progress, filters, messages, what is dropped, and the start."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from core.language import languages, set_language, spoken_language
from core.pipeline.events import Finished, PhotosAnalyzed, Progress, Stage
from core.shoot.listed import Listed
from core.shoot.tally import Tally
from core.types import Cluster, ClusterId, ClusterKind, Face, Fact, PhotoId, Reason, SceneId
from fixtures.frames import analysis, face
from fixtures.one_burst import BURST, PHOTOS, shoot_of
from fixtures.patience import PATIENCE
from ui.imaging.arguments import Arguments
from ui.marks.photo_words import place_in_group
from ui.recent_shoot import RecentShoot
from ui.theme import DARK
from ui.welcome_view import WelcomeView
from ui.widgets import message_bar
from ui.widgets.drop_overlay import DropOverlay, drop_words, dropped_paths
from ui.widgets.listed_bar import ListedBar
from ui.widgets.message_bar import MessageBar
from ui.widgets.progress_strip import ProgressStrip, finished_words, progress_words, time_left
from ui.widgets.why_line import WhyLine

# The offscreen screen has no window manager for least sizes and stacking, and says so.
pytestmark = pytest.mark.qt_log_ignore(r"propagateSizeHints\(\)", r"raise\(\)")

# The why-line


@pytest.fixture
def line(qtbot: QtBot) -> Iterator[WhyLine]:
    arguments = Arguments()
    line = WhyLine(arguments)
    qtbot.addWidget(line)
    yield line
    assert arguments.shutdown(PATIENCE)


def test_the_why_line_names_the_photo_its_place_and_the_reason(line: WhyLine) -> None:
    line.show_photo(PHOTOS[1], shoot_of(BURST))
    first, second = line.text().splitlines()
    assert first.startswith("b.jpg")
    assert "2 of 3 in burst (3 frames in 2.0 s)" in first
    assert second == "Suggested from 3: eyes open, sharpest of 3 · ahead by 0.12"
    assert "sharpness 90 %" in line.accessibleDescription()


@pytest.mark.parametrize(
    ("faces", "anybody"),
    [((), False), ((replace(face(), confidence=0.7),), False), ((face(),), True)],
    ids=["nobody", "a cat", "somebody"],
)
def test_of_people_the_why_line_says_that_something_cannot_be_told_only_where_there_are_any(
    line: WhyLine, faces: tuple[Face, ...], anybody: bool
) -> None:
    shoot = shoot_of(BURST)
    shoot.apply(PhotosAnalyzed(1, (analysis("a", faces=faces),)))
    for photo in PHOTOS[:2]:  # alike for all frames of the burst: no column comes and goes
        line.show_photo(photo, shoot)
        assert ("smile: can't compare" in line.accessibleDescription()) is anybody


def test_the_why_line_keeps_its_height_whatever_it_says(line: WhyLine) -> None:
    empty = line.sizeHint().height()
    line.show_photo(PHOTOS[1], shoot_of(replace(BURST, reasons=(Reason(Fact.BEST_SMILE),) * 80)))
    assert line.sizeHint().height() == empty
    line.resize(300, empty)
    assert not line.grab().isNull()
    line.clear()
    assert line.text() == ""


@pytest.mark.parametrize("language", languages())
def test_the_whole_reason_is_read_at_1280_pixels_and_of_the_place_at_least_its_number(
    line: WhyLine, language: str
) -> None:
    before = spoken_language()
    set_language(language)
    try:
        reasons = (Reason(Fact.EYES_OPEN, 5, 7), Reason(Fact.NOBODY_CUT))
        line.show_photo(PHOTOS[1], shoot_of(replace(BURST, reasons=reasons)))
        name, facts, reason = line.words(1280)
        assert (name, reason) == ("b.jpg", line.text().splitlines()[1])
        place = place_in_group(PHOTOS[1].id, BURST, grounds=False)
        assert facts.rpartition("   ·   ")[2].startswith(place)
        assert "…" in line.words(200)[2]
    finally:
        set_language(before)


def test_bars_show_the_terms_and_a_tick_where_the_suggestion_stands(line: WhyLine) -> None:
    line.resize(1200, line.sizeHint().height())

    def colours(index: int) -> set[str]:
        line.show_photo(PHOTOS[index], shoot_of(BURST))
        image = line.grab().toImage()
        bars = (image.pixelColor(x, y) for x in range(700, 1190) for y in range(20, 32))
        return {colour.name() for colour in bars}

    assert DARK.suggestion.name() in colours(0)  # the tick
    assert DARK.suggestion.name() not in colours(2)  # not measured: no bars


# Progress


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (2, "a few seconds left"),
        (38, "about 40 seconds left"),
        (70, "about a minute left"),
        (200, "about 3 minutes left"),
        (4000, "about 1 h 7 min left"),
    ],
)
def test_time_left_is_said_no_more_exactly_than_it_is_known(seconds: float, words: str) -> None:
    assert time_left(seconds) == words


def test_progress_leaves_out_what_is_not_known_yet() -> None:
    assert progress_words(Progress(1, Stage.SCAN, 1203, 0)) == "Looking for photos  ·  1,203 so far"
    words = progress_words(Progress(1, Stage.ANALYSIS, 63, 141, 12.34, 95))
    assert words == "Measuring photos  ·  63 of 141  ·  12.3 photos/s  ·  about 2 minutes left"


def tally(*sizes: int) -> Tally:
    """Of groups of so many photos, none of them decided."""
    clusters = [
        Cluster(
            ClusterId(str(number)),
            ClusterKind.BURST if size > 1 else ClusterKind.SINGLE,
            tuple(PhotoId(f"{number}-{frame}") for frame in range(size)),
            SceneId("scene"),
        )
        for number, size in enumerate(sizes)
    ]
    return Tally(clusters, lambda _photo_id: None)


def test_a_finished_run_is_one_quiet_line() -> None:
    finished = Finished(1, photos=141, computed=141, failed=2, cancelled=False, seconds=12.43)
    assert finished_words(finished, tally(3, 2, 1)) == "6 photos  ·  5 photos in 2 groups  ·  12.4 s"
    stopped = finished_words(replace(finished, cancelled=True), tally(1, 2))
    assert stopped == "Stopped early  ·  3 photos  ·  2 photos in 1 group  ·  12.4 s"
    assert finished_words(finished, tally(1)) == "1 photo  ·  no groups  ·  12.4 s"


@pytest.fixture
def strip(qtbot: QtBot) -> ProgressStrip:
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    strip.resize(1280, strip.sizeHint().height())
    strip.show()
    return strip


def button(widget: QWidget, text: str) -> QPushButton:
    return next(each for each in widget.findChildren(QPushButton) if each.text() == text)


def test_the_strip_keeps_its_height_from_start_to_end(strip: ProgressStrip) -> None:
    heights = [strip.sizeHint().height()]
    strip.show_progress(Progress(1, Stage.ANALYSIS, 1, 9))
    heights.append(strip.sizeHint().height())
    strip.show_finished(Finished(1, 9, 9, 1, False, 1.0))
    heights.append(strip.sizeHint().height())
    assert len(set(heights)) == 1


def test_cancel_is_offered_while_a_run_goes_on_and_pressed_once(qtbot: QtBot, strip: ProgressStrip) -> None:
    cancel = button(strip, "Cancel")
    assert not cancel.isVisible()
    strip.show_progress(Progress(1, Stage.ANALYSIS, 1, 9))
    with qtbot.waitSignal(strip.cancel_requested):
        qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    strip.show_progress(Progress(1, Stage.ANALYSIS, 2, 9))  # was under way already
    assert (strip.text(), cancel.isEnabled()) == ("Stopping…", False)
    strip.show_finished(Finished(1, 9, 2, 0, True, 1.0))
    assert not cancel.isVisible()
    go_on = button(strip, "Go on measuring")
    with qtbot.waitSignal(strip.resume_requested):
        qtbot.mouseClick(go_on, Qt.MouseButton.LeftButton)
    strip.show_progress(Progress(2, Stage.SCAN, 0, 0))
    assert cancel.isEnabled()
    assert not go_on.isVisible()


def test_the_strip_s_numbers_follow_the_shoot_after_the_run(strip: ProgressStrip) -> None:
    strip.set_tally(tally(3, 2))
    strip.show_finished(Finished(1, 5, 5, 0, False, 1.0))
    assert strip.text() == "5 photos  ·  5 photos in 2 groups  ·  1.0 s"
    strip.set_tally(tally(5))
    assert strip.text() == "5 photos  ·  5 photos in 1 group  ·  1.0 s"
    strip.reset()
    strip.show_finished(Finished(2, 0, 0, 0, True, 1.0))
    assert strip.text() == "Stopped early  ·  0 photos  ·  no groups  ·  1.0 s", "nothing of the former shoot"


def test_problems_are_a_button_only_where_there_are_some(qtbot: QtBot, strip: ProgressStrip) -> None:
    strip.show_finished(Finished(1, 9, 9, 0, False, 1.0))
    assert not any(each.isVisible() for each in strip.findChildren(QPushButton))
    strip.set_problems(1)
    with qtbot.waitSignal(strip.problems_requested):
        qtbot.mouseClick(button(strip, "1 problem"), Qt.MouseButton.LeftButton)


# Messages


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


# What is dropped


def mime(*urls: QUrl) -> QMimeData:
    data = QMimeData()
    data.setUrls(list(urls))
    return data


def test_only_files_and_folders_of_this_machine_are_taken(tmp_path: Path) -> None:
    local, remote = QUrl.fromLocalFile(str(tmp_path)), QUrl("https://example.org/a.jpg")
    assert dropped_paths(mime(local, remote)) == [tmp_path]
    assert dropped_paths(QMimeData()) == []


def test_the_overlay_says_what_a_drop_would_do(qtbot: QtBot) -> None:
    host = QWidget()
    host.resize(640, 480)
    qtbot.addWidget(host)
    overlay = DropOverlay(DARK, host)
    overlay.present([Path("/photos/Teamday")])
    assert overlay.text() == "Drop to open Teamday"
    assert overlay.geometry() == host.rect()
    assert drop_words([Path("a"), Path("b")]) == "Drop to open these 2 items"


# The start


@pytest.fixture
def welcome(qtbot: QtBot) -> WelcomeView:
    view = WelcomeView()
    qtbot.addWidget(view)
    view.resize(1280, 800)
    view.show()
    return view


def test_a_recent_folder_opens_and_a_missing_one_says_why_not(
    qtbot: QtBot, welcome: WelcomeView, tmp_path: Path
) -> None:
    missing = tmp_path / "card"
    welcome.set_recent([RecentShoot(tmp_path), RecentShoot(missing)])
    there, gone = (
        next(each for each in welcome.findChildren(QPushButton) if each.toolTip() == str(folder))
        for folder in (tmp_path, missing)
    )
    assert not gone.isEnabled()
    assert "disk" in gone.accessibleName()
    with qtbot.waitSignal(welcome.open_requested) as opened:
        qtbot.keyClick(there, Qt.Key.Key_Space)
    assert opened.args == [[tmp_path]]


def test_the_button_asks_for_a_folder(qtbot: QtBot, welcome: WelcomeView) -> None:
    with qtbot.waitSignal(welcome.choose_requested):
        qtbot.mouseClick(button(welcome, "Open folder…"), Qt.MouseButton.LeftButton)


def test_a_folder_dropped_is_opened_as_a_copy_so_that_nothing_is_moved(
    qtbot: QtBot, welcome: WelcomeView, tmp_path: Path
) -> None:
    data = mime(QUrl.fromLocalFile(str(tmp_path)))
    offered = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    drop = QDropEvent(QPointF(9, 9), offered, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    drop.setDropAction(Qt.DropAction.MoveAction)
    with qtbot.waitSignal(welcome.open_requested) as opened:
        welcome.dropEvent(drop)
    assert opened.args == [[tmp_path]]
    assert drop.dropAction() is Qt.DropAction.CopyAction


def test_subfolders_are_part_of_the_shoot_unless_told_otherwise(welcome: WelcomeView) -> None:
    assert welcome.include_subfolders
    welcome.set_include_subfolders(False)
    assert not welcome.include_subfolders


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2 contrast ratio, 1 to 21."""

    def luminance(colour: QColor) -> float:
        parts = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (colour.redF(), colour.greenF(), colour.blueF())
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("ground", [DARK.window, DARK.surface, DARK.raised])
def test_text_can_be_read_on_every_ground(ground: QColor) -> None:
    for text in (DARK.text, DARK.text_dim, DARK.suggestion, DARK.warning):
        assert contrast(text, ground) >= 4.5, (text.name(), ground.name())


def test_why_a_listed_photo_is_one_is_cut_short_where_a_button_takes_the_room(qtbot: QtBot) -> None:
    bar = ListedBar()
    qtbot.addWidget(bar)
    bar.resize(480, 40)
    bar.show()
    why = "the first chosen of its scene, the first with 3 of the people, unlike those chosen before it"
    bar.show_listed(Listed("Proposal: 1 photo", frozenset({PhotoId("a")}), {PhotoId("a"): why}))
    bar.show_photo(PhotoId("a"))
    bar.offer("4 stars for 30 photos", lambda: None)
    qtbot.waitUntil(lambda: bar._why.fontMetrics().horizontalAdvance(bar._why.text()) <= bar._why.width())
    assert bar._why.text().endswith("…")
    assert bar.text().endswith(why)
