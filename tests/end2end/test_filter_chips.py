"""What narrows the photos is seen below the bar, with how many are left, and each is taken off where it stands."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from app.window import Program
from core.shoot.asked import EyesAsked, Focus, LikelyReject
from core.shoot.criteria import Criteria
from core.shoot.shoot import Filter
from core.types import ClusterKind, Label
from fixtures.windows import press, there
from ui.theme import LABEL_COLOURS
from ui.widgets.filter_chips import MOST_CHIPS, FilterChips, chips_of
from ui.widgets.filter_panel import FilterPanel
from ui.widgets.search_field import SearchField

pytestmark = pytest.mark.usefixtures("measured_here")


def chips(program: Program) -> FilterChips:
    return there(program.window.findChild(FilterChips))


def chip(program: Program, words: str) -> QPushButton:
    QCoreApplication.processEvents()  # those just made are shown by then
    buttons = chips(program).findChildren(QPushButton)
    return next(each for each in buttons if each.isVisible() and each.text() == words)


def test_each_choice_of_the_panel_has_a_chip_that_takes_it_off(qtbot: QtBot, program: Program) -> None:
    space = program.window.space
    assert not chips(program).isVisible()
    press(program, "more_filters")
    panel = there(space.findChild(FilterPanel))
    kinds = next(each for each in panel.findChildren(QComboBox) if each.accessibleName() == "Kind of group")
    qtbot.keyClick(kinds, Qt.Key.Key_Down)
    panel.close()
    assert chips(program).isVisible()
    assert chips(program).texts() == ["Kind of group: Bursts"]
    shown, everything = len(space.model.frames()), len(program.session.shoot.photos)
    assert 0 < shown < everything
    assert f"{shown} of {everything} photos" in [
        label.text() for label in chips(program).findChildren(QLabel)
    ]
    qtbot.mouseClick(chip(program, "Kind of group: Bursts"), Qt.MouseButton.LeftButton)
    assert space.model.criteria.shows_all
    assert len(space.model.frames()) == everything
    assert not chips(program).isVisible()


def test_a_label_and_a_search_have_chips_too_and_one_button_takes_all_off(
    qtbot: QtBot, program: Program
) -> None:
    space = program.window.space
    press(program, "label_red")
    press(program, "more_filters")
    panel = there(space.findChild(FilterPanel))
    red = next(each for each in panel.findChildren(QToolButton) if each.accessibleName() == "Red label")
    qtbot.mouseClick(red, Qt.MouseButton.LeftButton)
    panel.close()
    press(program, "search")
    field = there(program.window.focusWidget())
    qtbot.keyClicks(field, "A")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: chips(program).texts() == ["Red label", "“A”"])
    qtbot.mouseClick(chip(program, "Red label"), Qt.MouseButton.LeftButton)
    assert chips(program).texts() == ["“A”"]
    qtbot.mouseClick(chip(program, "Show all"), Qt.MouseButton.LeftButton)
    assert space.model.criteria == Criteria()


def test_a_search_that_is_taken_off_elsewhere_leaves_neither_cross_nor_complaint(
    qtbot: QtBot, program: Program
) -> None:
    field = there(program.window.findChild(SearchField))
    cross = next(each for each in field.findChildren(QToolButton) if not each.text())
    plain = field.styleSheet()
    for words, complains in (("A", False), ('"A', True)):
        press(program, "search")
        qtbot.keyClicks(field, words)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert bool(field.accessibleDescription()) is complains
        qtbot.waitUntil(lambda: cross.property("opacity") == 1.0)
        program.window.space.set_criteria(Criteria(kind=ClusterKind.BURST))
        press(program, "filter_all")
        assert (field.text(), field.accessibleDescription(), field.styleSheet()) == ("", "", plain)
        qtbot.waitUntil(lambda: cross.property("opacity") == 0.0)


def test_nothing_that_narrows_is_without_a_chip() -> None:
    """A field that is added to the criteria is refused here until it is seen."""
    # In the bar's segments, the row of a list.
    seen_elsewhere = {"show", "listed"}
    narrowing = {
        "stars": 3,
        "labels": frozenset({Label.BLUE}),
        "eyes": EyesAsked.ALL_OPEN,
        "focus": Focus.SOFT,
        "camera": "Canon EOS 60D",
        "thing": "dog",
        "kind": ClusterKind.BURST,
        "reject": LikelyReject.ALL,
        "doubtful": True,
        "text": "beach",
        "person": 0,
    }
    assert narrowing.keys() | seen_elsewhere == set(Criteria.__slots__)
    assert len(chips_of(Criteria(**{**narrowing, "labels": frozenset(LABEL_COLOURS)}))) <= MOST_CHIPS  # type: ignore[arg-type]
    for name, value in narrowing.items():
        ((words, without),) = chips_of(Criteria(**{name: value}))  # type: ignore[arg-type]
        assert words
        assert without == Criteria()


@pytest.mark.parametrize("which", [each for each in Filter if each is not Filter.ALL])
def test_a_second_press_of_a_filter_key_takes_it_back(program: Program, which: Filter) -> None:
    space = program.window.space
    key = {Filter.OPEN: "filter_open"}.get(which, f"filter_{which.value}")
    space.set_criteria(Criteria(kind=ClusterKind.BURST))
    press(program, key)
    assert space.model.criteria == Criteria(which, kind=ClusterKind.BURST), "beside all else that narrows"
    press(program, key)
    assert space.model.criteria == Criteria(kind=ClusterKind.BURST), "what was shown before"
    press(program, key)
    press(program, "filter_all")
    assert space.model.criteria == Criteria()


def test_every_number_in_the_bar_is_what_a_press_of_it_shows(program: Program) -> None:
    space, shoot = program.window.space, program.session.shoot
    space.go_to(next(iter(shoot.photos)))
    press(program, "pick")
    narrowed = (
        Criteria(),
        Criteria(kind=ClusterKind.BURST),
        Criteria(text="A"),
        Criteria(reject=LikelyReject.ALL),
    )
    for criteria in narrowed:
        space.set_criteria(criteria)
        for which in (*Filter, Filter.ALL):
            for each in Filter:
                said = int(space.filter_bar.segment_text(each).split()[-1])
                shown = replace(criteria, show=each)
                assert said == len([one for one in shoot.photos if shown.passes(one, shoot)])
            space.filter_bar._choose_segment(which)
            assert len(space.model.frames()) == int(space.filter_bar.segment_text(which).split()[-1])
