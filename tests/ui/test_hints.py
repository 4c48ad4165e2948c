"""First-run hints: one a screen, with the user's own keys, and gone for good once put away."""

from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from core.shoot.shoot import Shoot
from fixtures.buttons import button
from fixtures.windows import analysed, running
from ui.commands.command import Where
from ui.commands.presets import Preset, with_keys
from ui.commands.table import BY_ID, COMMANDS
from ui.hints import HINTS, hint_text, next_hint

ALONE = next(hint for hint in HINTS if hint.bursts is False)


def test_hints_name_the_user_s_own_keys() -> None:
    own = {
        "grid": (),
        "next_undecided": ("H",),
        "pick": ("K",),
        "put_aside": ("B",),
        "look": (),
        "challenger_wins": ("W",),
    }
    texts = [hint_text(hint, with_keys(Preset.LIGHTROOM, own)) for hint in HINTS]
    assert not any("{" in text for text in texts)
    assert texts[0].startswith("H goes to the next stack")
    expected = (
        "H goes to",
        "K keeps",
        "Back to grid leads",
        "W makes",
        "B only puts it aside",
        "Look or a click",
    )
    assert all(words in text for words, text in zip(expected, texts, strict=True))


def test_no_key_in_a_hint_looks_like_the_end_of_its_sentence() -> None:
    texts = [hint_text(hint, COMMANDS) for hint in HINTS]
    assert texts[0].endswith("F1 shows all keys.")
    assert not any(f" {sign} " in text for text in texts for sign in ".,?!:;")


def test_every_screen_has_its_hint_once() -> None:
    for bursts, hint in ((True, HINTS[0]), (False, ALONE)):
        assert next_hint(Where.GRID, frozenset(), bursts=bursts) is hint
        assert next_hint(Where.GRID, frozenset({hint.id}), bursts=bursts) is None
    assert next_hint(Where.WELCOME, frozenset(), bursts=True) is None
    for screen in (Where.LOUPE, Where.COMPARE, Where.SURVEY, Where.FACES):
        assert next_hint(screen, frozenset(), bursts=False) is not None


@pytest.mark.usefixtures("measured_here")
def test_bursts_are_spoken_of_where_there_are_some(qtbot: QtBot, shoot_folder: Path) -> None:
    alone = min(shoot_folder.iterdir())
    with running() as program:
        analysed(qtbot, program, alone)
        assert program.window.hints.text() == hint_text(ALONE, COMMANDS)
        analysed(qtbot, program, shoot_folder)
        assert program.window.hints.text() == hint_text(HINTS[0], COMMANDS)


def test_a_hint_put_away_is_gone_for_good(qtbot: QtBot) -> None:
    with running() as first:
        assert first.window.hints.text() == "", "the welcome screen speaks for itself"
        first.window.show_shoot(Shoot(), "shoot")
        assert first.window.hints.text() == hint_text(ALONE, COMMANDS)
        qtbot.mouseClick(button(first.window.hints, "Got it"), Qt.MouseButton.LeftButton)
        assert first.window.hints.text() == ""
    with running() as second:
        second.window.show_shoot(Shoot(), "shoot")
        assert second.window.hints.text() == ""


def test_a_key_puts_the_hint_away_and_none_are_shown_where_none_are_wanted(qtbot: QtBot) -> None:
    with running() as program:
        program.window.show_shoot(Shoot(), "shoot")
        program.window.keymap.action(BY_ID["hide_hint"]).trigger()
        assert program.settings.preferences.hints_seen == {"alone"}
        program.settings.change(hints_seen=frozenset())
        assert program.window.hints.text() != ""
        qtbot.mouseClick(button(program.window.hints, "No hints"), Qt.MouseButton.LeftButton)
        assert program.window.hints.text() == ""
        assert not program.settings.preferences.hints


def test_a_hint_goes_by_itself_when_what_it_says_was_done_a_few_times(qtbot: QtBot) -> None:
    with running() as program:
        program.window.show_shoot(Shoot(), "shoot")
        action = program.window.keymap.action(BY_ID["shortcuts"])
        for times in (1, 2, 3):
            assert program.window.hints.text() != "", f"read {times} times"
            action.trigger()
        assert program.window.hints.text() == ""
        assert program.settings.preferences.hints_seen == {"alone"}


def test_errors_stay_in_the_list_behind_the_bar(qtbot: QtBot, tmp_path: Path) -> None:
    with running() as program:
        program.session.open([tmp_path / "missing"])
        qtbot.waitUntil(lambda: "missing" in program.window.messages.text(), timeout=10_000)
        qtbot.mouseClick(button(program.window.messages, "List"), Qt.MouseButton.LeftButton)
        assert program.window.problems.isVisible()
        labels = [
            label.text() for label in program.window.problems.findChildren(QWidget) if hasattr(label, "text")
        ]
        assert any("missing" in str(text) for text in labels)
        program.window.problems.close()


def rect_in(window: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint()), widget.size())


@pytest.mark.usefixtures("measured_here")
@pytest.mark.parametrize("size", [(1280, 800), (960, 500)])
def test_what_is_told_lies_over_nothing_on_any_screen(
    qtbot: QtBot, shoot_folder: Path, size: tuple[int, int]
) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        window, review = program.window, program.window.space
        window.resize(*size)
        for command in ("grid", "loupe", "grid", "compare", "grid", "survey", "grid", "face_panel"):
            window.keymap.action(BY_ID[command]).trigger()
            for words in ("Rejected 5 frames", "The decisions could not be written: the disk is full. " * 4):
                window.messages.show_error(words)
                assert window.hints.isVisible()
                assert window.messages.isVisible()
                told = (window.hints, window.messages)
                parts = (review.filter_bar, review.views, review.filmstrip, review.why_line)

                def apart(told: tuple[QWidget, ...] = told, parts: tuple[QWidget, ...] = parts) -> bool:
                    shown = [rect_in(window, each) for each in (*told, *parts) if each.isVisible()]
                    return not any(one.intersects(other) for one, other in combinations(shown, 2)) and all(
                        window.rect().contains(each) for each in shown
                    )

                qtbot.waitUntil(apart)
                window.messages.close_message()


def test_the_welcome_screen_has_a_foot_only_while_something_is_told(qtbot: QtBot) -> None:
    with running() as program:
        assert not program.window.progress.isVisible()
        program.window.messages.show_error("The disk is full.")
        assert program.window.messages.isVisible()
        program.window.messages.close_message()
        assert not program.window.progress.isVisible()


@pytest.mark.usefixtures("measured_here")
def test_what_is_left_to_decide_stays_in_sight_beside_an_offer(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        window = program.window
        (left,) = (
            each for each in window.findChildren(QLabel) if each.accessibleDescription() == "Left to decide"
        )
        window.messages.show_question("This looks like an event.", "Choose it", lambda: None)
        window.resize(1280, 800)
        qtbot.waitUntil(left.isVisible)
        assert "bursts open" in left.text()
        window.resize(640, 500)
        qtbot.waitUntil(lambda: not left.isVisible() or window.width() > 640)
        window.messages.close_message()
        assert left.isVisible()
