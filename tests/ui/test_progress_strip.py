"""The foot of the window: how far the analysis is, and what came of it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core.pipeline.events import Finished, Progress, Stage
from core.shoot.tally import Tally
from core.types import Cluster, ClusterId, ClusterKind, PhotoId, SceneId
from fixtures.buttons import button
from ui.widgets.progress_strip import ProgressStrip, finished_words, progress_words, time_left

# The offscreen screen has no window manager for least sizes and stacking, and says so.
pytestmark = pytest.mark.qt_log_ignore(r"propagateSizeHints\(\)", r"raise\(\)")


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
    known = replace(finished, computed=0, seconds=0.04)
    assert finished_words(known, tally(1)) == "1 photo  ·  no groups"


def test_a_stopped_run_says_how_much_is_not_measured_and_one_from_the_cache_no_time() -> None:
    stopped = Finished(1, photos=160, computed=26, failed=0, cancelled=True, seconds=20.3, unmeasured=134)
    words = finished_words(stopped, tally(2))
    assert (
        words == "Stopped early: 134 photos are not measured  ·  2 photos  ·  2 photos in 1 group  ·  20.3 s"
    )
    known = Finished(1, photos=2, computed=0, failed=0, cancelled=False, seconds=0.04)
    assert finished_words(known, tally(2)) == "2 photos  ·  2 photos in 1 group"


@pytest.fixture
def strip(qtbot: QtBot) -> ProgressStrip:
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    strip.resize(1280, strip.sizeHint().height())
    strip.show()
    return strip


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
    assert strip.text() == "Stopped early  ·  0 photos  ·  no groups", "nothing of the former shoot"


def test_problems_are_a_button_only_where_there_are_some(qtbot: QtBot, strip: ProgressStrip) -> None:
    strip.show_finished(Finished(1, 9, 9, 0, False, 1.0))
    assert not any(each.isVisible() for each in strip.findChildren(QPushButton))
    strip.set_problems(1)
    with qtbot.waitSignal(strip.problems_requested):
        qtbot.mouseClick(button(strip, "1 problem"), Qt.MouseButton.LeftButton)
