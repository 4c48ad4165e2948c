"""The bar above the photos: counts, search, the panel that narrows further; nothing moves, nothing echoes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from core.shoot.asked import EyesAsked, Focus, LikelyReject
from core.shoot.criteria import Criteria, Sort
from core.shoot.shoot import Filter
from core.types import ClusterKind, Label
from fixtures.buttons import button
from ui.widgets.filter_bar import FilterBar
from ui.widgets.filter_panel import FilterPanel


def box(parent: QWidget, name: str) -> QComboBox:
    return next(each for each in parent.findChildren(QComboBox) if each.accessibleName() == name)


def step_to(qtbot: QtBot, control: QComboBox, choice: int) -> None:
    """From the first entry, with the arrow key."""
    for _ in range(choice):
        qtbot.keyClick(control, Qt.Key.Key_Down)
    assert control.currentIndex() == choice


def test_the_filters_show_counts_and_signal_what_is_chosen(qtbot: QtBot) -> None:
    bar = FilterBar()
    qtbot.addWidget(bar)
    bar.set_counts({Filter.ALL: 1141, Filter.UNDECIDED: 99}, 1141)
    assert bar.segment_text(Filter.ALL) == "All  1,141"
    assert bar.segment_text(Filter.UNDECIDED) == "Undecided  99"
    with qtbot.waitSignal(bar.criteria_chosen) as chosen:
        qtbot.mouseClick(button(bar, "Undecided  99"), Qt.MouseButton.LeftButton)
    assert chosen.args == [Criteria(Filter.UNDECIDED)]


def test_nothing_moves_in_the_bar_while_photos_are_decided(qtbot: QtBot) -> None:
    bar = FilterBar()
    qtbot.addWidget(bar)
    bar.set_counts({Filter.ALL: 1141, Filter.PICKS: 9, Filter.UNDECIDED: 1132}, 1141)
    before = bar.sizeHint()
    bar.set_counts({Filter.ALL: 1141, Filter.PICKS: 1000, Filter.UNDECIDED: 141}, 1141)
    assert bar.sizeHint() == before


def test_setting_filter_and_size_from_outside_is_silent(qtbot: QtBot) -> None:
    bar = FilterBar()
    qtbot.addWidget(bar)
    with (
        qtbot.assertNotEmitted(bar.criteria_chosen, wait=300),
        qtbot.assertNotEmitted(bar.cell_size_chosen),
        qtbot.assertNotEmitted(bar.sort_chosen),
    ):
        bar.set_criteria(Criteria(Filter.PICKS, text="img", stars=2, labels=frozenset({Label.RED})))
        bar.set_sort(Sort.DOUBT)
        bar.set_cell_size(300)


def test_a_name_is_looked_for_once_typed_and_esc_ends_the_search(qtbot: QtBot) -> None:
    bar = FilterBar()
    qtbot.addWidget(bar)
    bar.show()
    bar.start_search()
    field = bar.findChild(QLineEdit)
    assert field is not None
    with qtbot.waitSignal(bar.criteria_chosen) as chosen:
        qtbot.keyClicks(field, "img 12")
    assert chosen.args == [Criteria(text="img 12")]
    with qtbot.waitSignals([bar.criteria_chosen, bar.left]):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert bar.criteria == Criteria()


@pytest.mark.parametrize(
    ("name", "entries"),
    [
        ("Stars", (0, 1, 2, 3, 4, 5)),
        ("Eyes", (None, *EyesAsked)),
        ("Sharpness", (None, *Focus)),
        ("Kind of group", (None, ClusterKind.BURST, ClusterKind.BRACKET, ClusterKind.SINGLE)),
        ("Likely rejects", (None, *LikelyReject)),
    ],
)
def test_what_is_chosen_in_the_panel_is_the_value_and_no_text_of_it(
    qtbot: QtBot, name: str, entries: tuple[object, ...]
) -> None:
    bar = FilterBar()
    qtbot.addWidget(bar)
    bar.show()
    bar.open_panel()
    panel = bar.findChild(FilterPanel)
    assert panel is not None
    control = box(panel, name)
    assert control.count() == len(entries)
    fields = {"Stars": "stars", "Eyes": "eyes", "Sharpness": "focus", "Kind of group": "kind"}
    field = {**fields, "Likely rejects": "reject"}[name]
    for index, entry in enumerate(entries):
        if index:
            qtbot.keyClick(control, Qt.Key.Key_Down)
        chosen = getattr(bar.criteria, field)
        assert (type(chosen), chosen) == (type(entry), entry)
        bar.set_criteria(bar.criteria)
        assert control.currentIndex() == index, "it shows what is on"
    panel.close()


def test_the_order_chosen_in_the_bar_is_an_order(qtbot: QtBot) -> None:
    bar = FilterBar()
    qtbot.addWidget(bar)
    bar.show()
    for sort in (Sort.SCORE, Sort.DOUBT):
        with qtbot.waitSignal(bar.sort_chosen) as chosen:
            qtbot.keyClick(box(bar, "Order"), Qt.Key.Key_Down)
        assert chosen.args[0] is sort


def test_the_panel_narrows_further_and_the_button_counts_how_much(qtbot: QtBot) -> None:
    bar = FilterBar()
    qtbot.addWidget(bar)
    bar.set_cameras(["Canon EOS R5", "Nikon Z 8"])
    bar.show()
    bar.open_panel()
    panel = bar.findChild(FilterPanel)
    assert panel is not None
    for name, choice in (("Stars", 3), ("Eyes", 2), ("Camera", 2)):
        step_to(qtbot, box(panel, name), choice)
    assert bar.criteria == Criteria(stars=3, eyes=EyesAsked.SOME_CLOSED, camera="Nikon Z 8")
    assert button(bar, "Filter · 3")
    qtbot.mouseClick(button(panel, "Reset"), Qt.MouseButton.LeftButton)
    assert bar.criteria == Criteria()
    panel.close()
