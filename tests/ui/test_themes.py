"""Themes: every word stands out from its ground, and high contrast is high, in numbers of WCAG 2."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QSlider, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from fixtures.legible import faint_words
from ui.dialogs.settings_dialog import SettingsDialog
from ui.export.confirm_dialog import ConfirmDialog
from ui.export.offload_dialog import OffloadDialog
from ui.preferences import Preferences
from ui.theme import CONTRAST, THEMES, Theme, ThemeName, apply_theme, contrast
from ui.widgets.filter_panel import FilterPanel
from ui.widgets.grouping_panel import GroupingPanel
from ui.widgets.style import button_style, field_style, form_style, segment_style, slider_style

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


@pytest.fixture(params=list(ThemeName))
def worn(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Theme]:
    """Every theme, with all that Qt takes from it."""
    palette, style = qapp.palette(), qapp.style().name()
    apply_theme(qapp, THEMES[request.param])
    yield THEMES[request.param]
    qapp.setPalette(palette)
    qapp.setStyle(style)


def full_of_controls(theme: Theme) -> dict[str, QWidget]:
    """Windows that have every control there is, in use and not."""
    settings = SettingsDialog(Preferences(), theme=theme)
    copying = OffloadDialog(None, theme)
    asked = ConfirmDialog("Trash", "Move 2 photos?", "They can be restored.", "Move", theme=theme)
    return {
        "settings": settings,
        "copying": copying,
        "filter": FilterPanel(theme),
        "grouping": GroupingPanel(theme),
        "question": asked,
    }


def test_words_stand_out_as_they_are_painted_and_what_cannot_be_used_is_still_read(
    qtbot: QtBot, worn: Theme
) -> None:
    least = 7.0 if worn is CONTRAST else 4.5
    least_of_disabled = 7.0 if worn is CONTRAST else 3.0
    for name, window in full_of_controls(worn).items():
        qtbot.addWidget(window)
        window.show()
        tabs = window.findChild(QTabWidget)
        for page in range(tabs.count() if tabs is not None else 1):
            if tabs is not None:
                tabs.setCurrentIndex(page)
            QCoreApplication.processEvents()
            assert not faint_words(window, least, least_of_disabled), f"{name}, page {page}"


@pytest.mark.parametrize("name", ThemeName)
def test_edges_and_handles_of_controls_are_seen(name: ThemeName) -> None:
    theme = THEMES[name]
    for ground in (theme.window, theme.surface, theme.raised):
        assert contrast(theme.faint, ground) >= (7 if theme is CONTRAST else 3)


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_the_edge_of_a_field_is_seen_in_every_theme(qtbot: QtBot, theme: Theme) -> None:
    for style in (form_style(theme), field_style(theme)):
        window = QWidget()
        window.setAutoFillBackground(True)
        window.setPalette(QPalette(theme.window))
        window.setStyleSheet(style)
        qtbot.addWidget(window)
        field = QLineEdit(window)
        field.setGeometry(10, 10, 100, 30)
        window.resize(120, 50)
        edge = window.grab().toImage().pixelColor(60, 10)
        assert contrast(edge, theme.window) >= 3


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


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_a_slider_that_has_the_keyboard_is_ringed_and_stays_round(qtbot: QtBot, theme: Theme) -> None:
    slider = QSlider(Qt.Orientation.Horizontal)
    qtbot.addWidget(slider)
    slider.setStyleSheet(slider_style(theme))
    slider.resize(200, 30)
    slider.setValue(50)
    slider.show()
    slider.activateWindow()
    slider.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(slider.hasFocus)
    image = slider.grab().toImage()
    ring = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y) == theme.suggestion
    ]
    wide, high = (max(places) - min(places) for places in zip(*ring, strict=True))
    assert wide == high
    assert contrast(theme.suggestion, theme.raised) >= 3, "it is told from what it surrounds"
