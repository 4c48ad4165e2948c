"""Every window fits the smallest screens, 1920 x 1080 at 200 % and 1280 x 800 at 150 %, with large text too."""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QDialog, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from core.shoot.criteria import Criteria
from core.shoot.shoot import Filter, Shoot
from fixtures.dialogs import WINDOWS
from fixtures.legible import cut_words, overlaps
from fixtures.windows import running, there
from ui.export.export_dialog import ExportDialog
from ui.recent_shoot import RecentShoot
from ui.text_size import USUAL, use_text_size
from ui.widgets.filter_bar import FilterBar
from ui.widgets.person_button import ShownPerson
from ui.widgets.scrolled import Scrolled, ScrolledLine

pytestmark = pytest.mark.qt_log_ignore(r"propagateSizeHints\(\)", r"raise\(\)")

SCREEN = QSize(853 - 16, 533 - 48)  # logical pixels, without what a desktop draws around a window


@pytest.fixture(params=[100, 160])
def text(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[int]:
    """The size of text, in per cent."""
    use_text_size(request.param)
    yield request.param
    use_text_size(USUAL)


def fits(window: QWidget) -> bool:
    least = window.minimumSizeHint().expandedTo(window.minimumSize())
    return least.width() <= SCREEN.width() and least.height() <= SCREEN.height()


@pytest.mark.parametrize("name", WINDOWS)
def test_a_dialog_can_be_as_small_as_the_smallest_screen_and_cuts_no_word(
    qtbot: QtBot, language: str, text: int, name: str
) -> None:
    window = WINDOWS[name]()
    qtbot.addWidget(window)
    window.show()
    QCoreApplication.processEvents()
    assert fits(window), f"{window.minimumSizeHint()} and {window.minimumSize()}"
    if (layout := window.layout()) is not None and window.isWindow():
        assert window.minimumWidth() >= layout.totalMinimumSize().width(), "nothing stands above its layout"
    window.resize(SCREEN)
    pages = window.findChild(QTabWidget)
    for page in range(pages.count() if pages is not None else 1):
        if pages is not None:
            pages.setCurrentIndex(page)
        QCoreApplication.processEvents()
        assert not cut_words(window)


def test_the_export_needs_no_scrolling_at_the_usual_size_of_text(qtbot: QtBot, language: str) -> None:
    window = ExportDialog()
    qtbot.addWidget(window)
    window.show()
    window.resize(SCREEN)
    QCoreApplication.processEvents()
    scrolled = window.findChild(Scrolled)
    assert scrolled is not None
    assert scrolled.horizontalScrollBar().maximum() == 0
    assert scrolled.verticalScrollBar().maximum() == 0


def test_the_export_has_room_to_say_who_is_missing(qtbot: QtBot, language: str) -> None:
    window = ExportDialog()
    qtbot.addWidget(window)
    window.show()
    window.show_missing(["12 people", "3 scenes", "Sat 14 Jun, 17:00 – 17:40", "Sun 15 Jun, 17:00 – 17:40"])
    QCoreApplication.processEvents()
    assert fits(window), f"{window.minimumSizeHint()} and {window.minimumSize()}"


def test_every_dialog_there_is_was_tried(qtbot: QtBot) -> None:
    tried = set()
    for make in WINDOWS.values():
        window = make()
        qtbot.addWidget(window)
        tried.add(type(window))
    ours = {kind for kind in subclasses(QDialog) if kind.__module__.startswith(("ui.", "app."))}
    ours = {kind for kind in ours if not kind.__subclasses__()}  # others are tried by what is built on them
    assert ours <= tried


def subclasses(kind: type[QWidget]) -> set[type[QWidget]]:
    return {kind}.union(*(subclasses(each) for each in kind.__subclasses__()))


def test_the_window_keeps_its_foot_on_the_smallest_screen(
    qtbot: QtBot, language: str, text: int, tmp_path: Path
) -> None:
    """The pages that are not seen count too: a list of recent folders once made the window taller than the screen."""
    folders = [tmp_path / f"shoot {number}" for number in range(12)]
    for folder in folders:
        folder.mkdir()
    with running() as program:
        window = program.window
        window.show_welcome([RecentShoot(folder, 1380, 412, 34) for folder in folders])
        assert fits(window)
        assert not cut_words(window)
        window.show_shoot(Shoot(), "shoot")
        assert window.hints.isVisible()
        window.messages.show_error("The decisions could not be written because the disk is full. " * 3)
        assert fits(window)
        window.resize(SCREEN)
        foot = window.progress
        qtbot.waitUntil(lambda: foot.mapTo(window, foot.rect().bottomRight()).y() == window.height() - 1)
        assert window.size() == SCREEN


def test_recent_folders_that_do_not_fit_are_scrolled_to_by_tab(qtbot: QtBot, tmp_path: Path) -> None:
    folders = [tmp_path / f"shoot {number}" for number in range(6)]
    for folder in folders:
        folder.mkdir()
    with running() as program:
        program.window.show_welcome([RecentShoot(folder, 1380, 412, 34) for folder in folders])
        program.window.resize(SCREEN)
        welcome = program.window.welcome
        program.window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is program.window)
        last = welcome.findChildren(QWidget, "recent")[-1]
        page = there(welcome.widget())
        qtbot.waitUntil(lambda: page.height() > welcome.viewport().height())  # it is laid out
        while (focus := QApplication.focusWidget()) is not last:
            assert focus is not None
            qtbot.keyClick(focus, "\t")
        seen = last.mapTo(welcome.viewport(), last.rect().bottomLeft()).y()
        assert seen <= welcome.viewport().height()


@pytest.mark.parametrize("width", [837, 944, 1280])
def test_nothing_of_the_filter_bar_lies_over_anything_in_it(
    qtbot: QtBot, language: str, text: int, width: int
) -> None:
    bar = FilterBar()
    qtbot.addWidget(bar)
    bar.resize(width, 40)
    bar.set_counts(dict.fromkeys(Filter, 1234), 1234)
    bar.show()
    for person in (None, ShownPerson(QIcon(), 1234), None):
        bar.set_criteria(Criteria(person=None if person is None else 0))
        bar.show_person(person)
        QCoreApplication.processEvents()
        direct = bar.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        shown = [each.geometry() for each in direct if each.isVisible() and not each.isWindow()]
        assert len(shown) >= 3
        assert not any(one.intersects(other) for one, other in combinations(shown, 2))
        assert all(bar.rect().contains(each) for each in shown)
        assert not cut_words(bar)
        assert not overlaps(bar)
        line = bar.findChild(ScrolledLine)
        assert line is not None
        if text == USUAL and person is None and width > SCREEN.width():
            assert line.horizontalScrollBar().maximum() <= 1, "scrolled only where there is no room"
