"""Themes: every word stands out from its ground, and high contrast is high, in numbers of WCAG 2."""

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from ui.theme import CONTRAST, THEMES, Theme, ThemeName, apply_theme, contrast
from ui.widgets.style import button_style, segment_style

LEAST = {ThemeName.DARK: 4.5, ThemeName.LIGHT: 4.5, ThemeName.CONTRAST: 7.0}
WORDS = {  # what is written in each colour, and on which grounds
    "text": ("window", "surface", "raised", "pressed"),
    "active": ("window", "surface", "raised", "pressed"),
    "text_dim": ("window", "surface", "raised"),
    "suggestion": ("window", "surface", "raised"),
    "pick": ("window", "surface"),
    "reject": ("window", "surface"),
    "warning": ("window", "surface", "raised"),
    "window": ("active", "text", "suggestion"),  # on the button that Enter presses, and on what is selected
}


def test_black_on_white_is_as_far_apart_as_can_be() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor(119, 119, 119), QColor("white")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", ThemeName)
def test_every_colour_of_text_stands_out_from_its_grounds(name: ThemeName) -> None:
    theme = THEMES[name]
    for colour, grounds in WORDS.items():
        for ground in grounds:
            found = contrast(getattr(theme, colour), getattr(theme, ground))
            assert found >= LEAST[name], f"{colour} on {ground}: {found:.2f}"


@pytest.mark.parametrize("name", ThemeName)
def test_greys_judge_no_photo(name: ThemeName) -> None:
    theme = THEMES[name]
    for each in (theme.window, theme.surface, theme.raised, theme.outline, theme.text, theme.faint):
        assert each.red() == each.green() == each.blue()


def test_edges_of_high_contrast_are_strong() -> None:
    assert contrast(CONTRAST.outline, CONTRAST.window) >= 7
    assert contrast(CONTRAST.faint, CONTRAST.window) >= 4.5, "edges of controls, and what is disabled"
    others = [theme for theme in THEMES.values() if theme is not CONTRAST]
    assert all(CONTRAST.line > theme.line and CONTRAST.ring > theme.ring for theme in others)


@pytest.mark.parametrize("name", ThemeName)
def test_the_keyboard_frame_stands_out_from_every_ground(name: ThemeName) -> None:
    theme = THEMES[name]
    for ground in (theme.window, theme.surface, theme.raised):
        assert contrast(theme.suggestion, ground) >= 3


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_what_is_on_is_told_by_more_than_a_shade(qtbot: QtBot, theme: Theme) -> None:
    """A line under it, which stands out from the ground, says so too."""
    button = QPushButton("Picks")
    button.setCheckable(True)
    button.setChecked(True)
    button.setStyleSheet(segment_style(theme))
    qtbot.addWidget(button)
    button.resize(120, 32)
    line = button.grab().toImage().pixelColor(60, 31)
    assert contrast(line, theme.surface) >= 4.5


def test_a_button_keeps_its_size_when_it_gets_the_keyboard(qtbot: QtBot) -> None:
    for theme in THEMES.values():
        button = QPushButton("Export")
        button.setStyleSheet(button_style(theme))
        qtbot.addWidget(button)
        before = button.sizeHint()
        button.show()
        button.setFocus()
        assert button.sizeHint() == before


def test_the_application_takes_the_palette(qapp: QApplication) -> None:
    before = qapp.palette()
    apply_theme(qapp, CONTRAST)
    assert qapp.palette().color(QPalette.ColorRole.WindowText) == CONTRAST.text
    assert qapp.palette().color(QPalette.ColorRole.Window) == CONTRAST.window
    qapp.setPalette(before)
