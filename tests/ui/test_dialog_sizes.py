"""A dialog takes the room that its contents want, opens as its user left it, and never leaves the screen."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QRect, QSize
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QAbstractScrollArea, QDialog, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from fixtures.dialogs import WINDOWS
from fixtures.windows import running, shown, there
from ui.commands import table
from ui.dialogs.help_dialog import HelpDialog
from ui.dialogs.settings_dialog import SettingsDialog
from ui.export.export_dialog import ExportDialog
from ui.preferences import Preferences
from ui.widgets.scrolled import Scrolled
from ui.widgets.sized_dialog import keep_sizes

pytestmark = pytest.mark.qt_log_ignore(r"propagateSizeHints\(\)", r"raise\(\)")

SMALL, LARGE = QSize(853, 533), QSize(1920, 1080)


@pytest.fixture
def on_screen(monkeypatch: pytest.MonkeyPatch) -> Callable[[QSize], None]:
    """Have the one screen there is be of some size."""

    def have(size: QSize) -> None:
        monkeypatch.setattr(QScreen, "availableGeometry", lambda _: QRect(0, 0, size.width(), size.height()))

    return have


def opened(qtbot: QtBot, dialog: QWidget) -> QWidget:
    qtbot.addWidget(dialog)
    dialog.show()
    QCoreApplication.processEvents()
    return dialog


def names_of_dialogs() -> list[str]:
    return [name for name in WINDOWS if name not in ("filter", "grouping")]


@pytest.mark.parametrize("name", names_of_dialogs())
def test_a_dialog_opens_inside_a_small_screen_and_takes_no_less_of_a_large_one(
    qtbot: QtBot, on_screen: Callable[[QSize], None], name: str
) -> None:
    on_screen(SMALL)
    small = opened(qtbot, WINDOWS[name]())
    assert small.width() <= SMALL.width()
    assert small.height() <= SMALL.height()
    on_screen(LARGE)
    large = opened(qtbot, WINDOWS[name]())
    assert large.width() <= LARGE.width()
    assert large.height() <= LARGE.height()
    assert large.size().expandedTo(small.size()) == large.size(), "no less of a larger one"


def test_no_page_of_the_settings_scrolls_where_the_screen_has_room(
    qtbot: QtBot, on_screen: Callable[[QSize], None]
) -> None:
    on_screen(LARGE)
    dialog = opened(qtbot, WINDOWS["settings"]())
    pages = there(dialog.findChild(QTabWidget))
    for page in range(pages.count()):
        pages.setCurrentIndex(page)
        QCoreApplication.processEvents()
        scrolled = pages.currentWidget()
        assert isinstance(scrolled, Scrolled)
        assert scrolled.verticalScrollBar().maximum() == 0, pages.tabText(page)


def test_a_page_of_the_guide_is_longer_on_a_large_screen(
    qtbot: QtBot, on_screen: Callable[[QSize], None]
) -> None:
    heights = []
    for screen in (SMALL, LARGE):
        on_screen(screen)
        heights.append(opened(qtbot, HelpDialog("first-export")).height())
    assert heights[1] > 1.5 * heights[0]


def test_few_lines_stay_in_a_small_dialog_on_a_large_screen(
    qtbot: QtBot, on_screen: Callable[[QSize], None]
) -> None:
    on_screen(LARGE)
    dialog = opened(qtbot, WINDOWS["accept"]())
    assert dialog.height() < LARGE.height() / 3
    assert not [area for area in dialog.findChildren(QAbstractScrollArea) if area.isVisible()]


def test_a_dialog_opens_as_its_user_left_it_and_in_the_next_window_too(qtbot: QtBot) -> None:
    wanted = QSize(701, 611)
    with running() as program:
        program.window.do(table.SETTINGS)
        dialog = shown(program, SettingsDialog)
        qtbot.waitUntil(dialog.isVisible)
        dialog.resize(wanted)
        dialog.accept()
        QCoreApplication.processEvents()
        program.window.do(table.SETTINGS)
        assert shown(program, SettingsDialog).size() == wanted
    with running() as program:
        program.window.do(table.SETTINGS)
        assert shown(program, SettingsDialog).size() == wanted


def test_a_size_left_on_a_large_screen_is_cut_to_a_small_one(
    qtbot: QtBot, on_screen: Callable[[QSize], None]
) -> None:
    keep_sizes({"ExportDialog": QSize(1800, 1000)})
    on_screen(SMALL)
    dialog = opened(qtbot, ExportDialog())
    assert dialog.width() <= SMALL.width()
    assert dialog.height() <= SMALL.height()


def test_what_nobody_resized_is_not_kept(qtbot: QtBot) -> None:
    left: dict[str, QSize] = {}
    keep_sizes(left)
    dialog: QDialog = SettingsDialog(Preferences())
    opened(qtbot, dialog)
    dialog.accept()
    assert not left
