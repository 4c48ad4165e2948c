"""Every window fits the smallest screens: 1920 x 1080 at 200 %, and 1280 x 800 at 150 %, in every language."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.notices import notices, system_words
from core.language import languages, set_language, spoken_language
from core.review.audit.bound import Bound, in_words
from core.review.audit.doubt import Reach
from core.review.changes import Acceptance
from core.review.summary import Outcome, Summary
from core.shoot.criteria import Criteria
from core.shoot.listed import Listed
from core.shoot.shoot import Filter, Shoot
from core.subject.spots import Spot
from core.taste.account import TermAccount
from core.taste.lessons import LEARNED_TERMS
from core.taste.profiles import shipped, title_of
from core.taste.verdict import Verdict
from core.types import Box, PhotoId
from fixtures.windows import running
from ui.dialogs.about_dialog import AboutDialog
from ui.dialogs.accept_dialog import AcceptDialog
from ui.dialogs.best_dialog import BestDialog
from ui.dialogs.bound_dialog import BoundDialog
from ui.dialogs.clocks_dialog import CameraClock, ClocksDialog
from ui.dialogs.conflicts_dialog import ConflictsDialog
from ui.dialogs.cover_dialog import BestWhere, CoverDialog
from ui.dialogs.help_dialog import HelpDialog
from ui.dialogs.missing_dialog import Missing, MissingDialog
from ui.dialogs.problems_dialog import ProblemsDialog
from ui.dialogs.repair_dialog import RepairDialog
from ui.dialogs.sample_dialog import SampleDialog
from ui.dialogs.settings_dialog import SettingsDialog
from ui.dialogs.summary_dialog import SummaryDialog
from ui.dialogs.taste_page import TasteFacts
from ui.export.confirm_dialog import ConfirmDialog
from ui.export.export_dialog import ExportDialog
from ui.preferences import Preferences
from ui.widgets.filter_bar import FilterBar
from ui.widgets.filter_panel import FilterPanel
from ui.widgets.grouping_panel import GroupingPanel
from ui.widgets.person_button import ShownPerson

pytestmark = pytest.mark.qt_log_ignore(r"propagateSizeHints\(\)", r"raise\(\)")

SCREEN = QSize(853 - 16, 533 - 48)  # logical pixels, without what a desktop draws around a window


def learned_settings() -> SettingsDialog:
    """The settings with all that the page of the user's taste can say."""
    dialog = SettingsDialog(Preferences())
    terms = tuple(TermAccount(term, 0.3, 0.1, 400) for term in LEARNED_TERMS)
    profiles = tuple((name, title_of(profile)) for name, profile in shipped().items())
    verdict = Verdict(412, 342, 313, 60, 31, 5)
    facts = TasteFacts(
        True,
        "",
        verdict,
        terms,
        1412,
        12,
        2,
        profiles,
        "A wedding in June",
        "",
        "It could be “Portraits”.",
        False,
    )
    dialog.taste.show_facts(facts)
    dialog.show_page(2)
    return dialog


DAY = tuple((datetime(2025, 6, 14, hour), Outcome(2, 6, 1)) for hour in range(24))
MISSING = [
    Missing(
        "Somebody who is in 1,234 frames, none of them kept", Listed("Somebody", frozenset()), PhotoId("a")
    )
] * 9
WINDOWS: dict[str, Callable[[], QWidget]] = {
    "about": lambda: AboutDialog("1.0", system_words(), notices()),
    "accept": lambda: AcceptDialog(Acceptance(5, 5, 9), Acceptance(3, 3, 6), "this scene"),
    "best": BestDialog,
    "bound": lambda: BoundDialog(
        f"{in_words(Bound(1200, 60, 3, 149))}.", {Reach.FRAMES: 3, Reach.BURSTS: 11, Reach.STRATA: 120}
    ),
    "clocks": lambda: ClocksDialog(
        [
            CameraClock(name, f"Canon EOS {name}", 60.0, "12 of 14 pairs of alike photos agree")
            for name in "abc"
        ]
    ),
    "confirm": lambda: ConfirmDialog("Trash", "Move 2 photos?", "They can be restored.", "Move 2 photos"),
    "conflicts": ConflictsDialog,
    "export": ExportDialog,
    "cover": lambda: CoverDialog(
        ["IMG_1234.JPG", "IMG_1235.JPG"],
        [BestWhere(PhotoId("a"), "IMG_1234.JPG", Spot(Box(0, 0, 1, 1)), False)] * 30,
        None,
    ),
    "filter": FilterPanel,
    "grouping": GroupingPanel,
    "help": lambda: HelpDialog("first-export"),
    "missing": lambda: MissingDialog(MISSING, "They have no keeper yet. " * 4, None),
    "problems": ProblemsDialog,
    "repair": lambda: RepairDialog("It is damaged.", [("Take the copy of yesterday", "As of 18:40.")] * 4),
    "sample": lambda: SampleDialog(
        1200, [f"The sample of 2025-06-14: {in_words(Bound(1200, 60, 3, 149))}."], "Go on with it (12 of 60)"
    ),
    "settings": lambda: SettingsDialog(Preferences()),
    "settings, a taste": lambda: learned_settings(),
    "summary": lambda: SummaryDialog(Summary(Outcome(3, 6, 1), 3.2, DAY), "Wedding"),
}


@pytest.fixture(params=languages())
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    before = spoken_language()
    set_language(request.param)
    yield request.param
    set_language(before)


def fits(window: QWidget) -> bool:
    least = window.minimumSizeHint().expandedTo(window.minimumSize())
    return least.width() <= SCREEN.width() and least.height() <= SCREEN.height()


@pytest.mark.parametrize("name", WINDOWS)
def test_a_dialog_can_be_as_small_as_the_smallest_screen(qtbot: QtBot, language: str, name: str) -> None:
    window = WINDOWS[name]()
    qtbot.addWidget(window)
    window.show()
    QCoreApplication.processEvents()
    assert fits(window), f"{window.minimumSizeHint()} and {window.minimumSize()}"


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
    assert ours <= tried


def subclasses(kind: type[QWidget]) -> set[type[QWidget]]:
    return {kind}.union(*(subclasses(each) for each in kind.__subclasses__()))


def test_the_window_keeps_its_foot_on_the_smallest_screen(
    qtbot: QtBot, language: str, tmp_path: Path
) -> None:
    """The pages that are not seen count too: a list of recent folders once made the window taller than the screen."""
    folders = [tmp_path / f"shoot {number}" for number in range(12)]
    for folder in folders:
        folder.mkdir()
    with running() as program:
        window = program.window
        window.show_welcome(folders)
        assert fits(window)
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
        program.window.show_welcome(folders)
        program.window.resize(SCREEN)
        welcome = program.window.welcome
        program.window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is program.window)
        last = welcome.findChildren(QWidget, "recent")[-1]
        while (focus := QApplication.focusWidget()) is not last:
            assert focus is not None
            qtbot.keyClick(focus, "\t")
        seen = last.mapTo(welcome.viewport(), last.rect().bottomLeft()).y()
        assert seen <= welcome.viewport().height()


@pytest.mark.parametrize("width", [837, 944, 1280])
def test_nothing_of_the_filter_bar_lies_over_anything_in_it(qtbot: QtBot, language: str, width: int) -> None:
    bar = FilterBar()
    qtbot.addWidget(bar)
    bar.resize(width, 40)
    bar.set_counts(dict.fromkeys(Filter, 1234))
    bar.show()
    for person in (None, ShownPerson(QIcon(), 1234), None):
        bar.set_criteria(Criteria(person=None if person is None else 0))
        bar.show_person(person)
        QCoreApplication.processEvents()
        shown = [
            each.geometry()
            for each in bar.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
            if each.isVisible() and not each.isWindow()
        ]
        assert len(shown) >= 8
        assert not any(one.intersects(other) for one, other in combinations(shown, 2))
        assert all(bar.rect().contains(each) for each in shown)
