"""First-run hints: one a screen, with the user's own keys, and gone for good once put away."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.pipeline.shoot import Shoot
from fixtures.windows import running
from ui.command import Where
from ui.commands import COMMANDS
from ui.hints import HINTS, hint_text, next_hint
from ui.key_presets import Preset, with_keys
from ui.theme import SPACING


def button(parent: QWidget, text: str) -> QPushButton:
    return next(each for each in parent.findChildren(QPushButton) if each.text() == text)


def test_hints_name_the_user_s_own_keys() -> None:
    own = {"grid": (), "pick": ("K",), "put_aside": ("B",), "look": (), "challenger_wins": ("W",)}
    texts = [hint_text(hint, with_keys(Preset.LIGHTROOM, own)) for hint in HINTS]
    assert not any("{" in text for text in texts)
    expected = ("K keeps", "Back to grid leads", "W makes", "B only puts it aside", "Look or a click")
    assert all(words in text for words, text in zip(expected, texts, strict=True))


def test_every_screen_has_its_hint_once() -> None:
    assert next_hint(Where.GRID, frozenset()) is HINTS[0]
    assert next_hint(Where.GRID, frozenset({HINTS[0].id})) is None
    assert next_hint(Where.WELCOME, frozenset()) is None
    for screen in (Where.LOUPE, Where.COMPARE, Where.SURVEY, Where.FACES):
        assert next_hint(screen, frozenset()) is not None


def test_a_hint_put_away_is_gone_for_good(qtbot: QtBot) -> None:
    with running() as first:
        assert first.window.hints.text() == "", "the welcome screen speaks for itself"
        first.window.show_shoot(Shoot(), "shoot")
        assert first.window.hints.text() == hint_text(HINTS[0], COMMANDS)
        qtbot.mouseClick(button(first.window.hints, "Got it"), Qt.MouseButton.LeftButton)
        assert first.window.hints.text() == ""
    with running() as second:
        second.window.show_shoot(Shoot(), "shoot")
        assert second.window.hints.text() == ""


def test_a_key_puts_the_hint_away_and_none_are_shown_where_none_are_wanted(qtbot: QtBot) -> None:
    with running() as program:
        program.window.show_shoot(Shoot(), "shoot")
        program.window.keymap.action("hide_hint").trigger()
        assert program.settings.preferences.hints_seen == {"grid"}
        program.settings.change(hints_seen=frozenset())
        assert program.window.hints.text() != ""
        qtbot.mouseClick(button(program.window.hints, "No hints"), Qt.MouseButton.LeftButton)
        assert program.window.hints.text() == ""
        assert not program.settings.preferences.hints


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


def test_a_hint_stands_at_the_foot_of_the_photos_and_covers_nothing_below_them(qtbot: QtBot) -> None:
    with running() as program:
        window = program.window
        window.show_shoot(Shoot(), "shoot")
        strip = window.review.filmstrip
        assert strip.isVisible()

        def gap(below: QWidget) -> int:
            card = window.hints
            return below.mapTo(window, QPoint()).y() - card.mapTo(window, QPoint(0, card.height())).y()

        qtbot.waitUntil(lambda: gap(strip) == SPACING)
        window.keymap.action("filmstrip").trigger()
        assert not strip.isVisible()
        qtbot.waitUntil(lambda: gap(window.review.why_line) == SPACING)
