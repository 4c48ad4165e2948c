"""A person chosen among all: the bar, the panel and the loupe say so, and each leads back to everybody."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from app.window import Program
from core.pipeline.events import PeopleFound
from fixtures.frames import face
from fixtures.windows import analysed, photo_id, running, there
from ui.commands.table import BY_ID
from ui.widgets.filter_chips import FilterChips
from ui.widgets.filter_panel import FilterPanel
from ui.widgets.people_panel import PeoplePanel
from ui.widgets.person_button import PersonButton

pytestmark = pytest.mark.usefixtures("measured_here")

NAMES = ("A.jpg", "B.jpg", "L.jpg")


def with_somebody(program: Program) -> None:
    """Somebody in three photos, as the search for people tells of them."""
    shoot = program.session.shoot
    chosen = {photo_id(program, name) for name in NAMES}
    somebody = (replace(face(), identity=0),)
    seen = [replace(each, faces=somebody if pid in chosen else ()) for pid, each in shoot.analyses.items()]
    shoot.apply(PeopleFound(0, tuple(seen)))


def choose_first(qtbot: QtBot, program: Program) -> None:
    people = program.window.space.findChild(PeoplePanel)
    assert people is not None
    qtbot.waitUntil(people.isVisible)
    qtbot.keyClick(people.findChild(QListWidget), Qt.Key.Key_Return)


def test_the_chosen_person_is_seen_wherever_it_matters(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        with_somebody(program)
        review = program.window.space
        panel = review.filter_bar.findChild(FilterPanel)
        assert panel is not None
        chip = next(
            each for each in review.filter_bar.findChildren(PersonButton) if each.window() is program.window
        )
        row = panel.findChild(PersonButton)
        assert row is not None
        assert not chip.isVisible()
        assert row.text() == "Everybody"

        review.filter_bar.open_panel()
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
        assert not panel.isVisible()
        choose_first(qtbot, program)
        assert (chip.text(), row.text()) == (" 3 photos", " 3 photos")
        assert chip.isVisible()
        qtbot.waitUntil(lambda: not chip.icon().isNull())
        assert {program.session.shoot.photos[each].path.name for each in review.model.frames()} == set(NAMES)
        assert review.big.loupe._panes[0]._overlays.person == 0

        chips = there(review.findChild(FilterChips))
        assert chips.texts() == ["One person"]
        assert f"3 of {len(program.session.shoot.photos)} photos" in [
            label.text() for label in chips.findChildren(QLabel)
        ]
        cross = next(each for each in chips.findChildren(QPushButton) if each.text() == "One person")
        qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)
        assert review.filter_bar.criteria.shows_all
        review.filter_bar.open_panel()
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
        choose_first(qtbot, program)

        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
        assert not chip.isVisible()
        assert row.text() == "Everybody"
        assert review.filter_bar.criteria.shows_all
        assert review.big.overlays.person is None


def test_whoever_was_chosen_stays_chosen_when_people_are_numbered_anew(
    qtbot: QtBot, shoot_folder: Path
) -> None:
    """As it happens while the rest of the shoot is still being measured."""
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        with_somebody(program)
        shoot, review = program.session.shoot, program.window.space
        program.window.keymap.action(BY_ID["people"]).trigger()
        choose_first(qtbot, program)
        somebody_else = (replace(face(), identity=0),)
        anew = []
        for photo_id_, each in shoot.analyses.items():
            was = tuple(replace(one, identity=1) for one in each.faces)
            anew.append(replace(each, photo_id=photo_id_, faces=was or somebody_else))
        shoot.apply(PeopleFound(0, tuple(anew)))
        review.photos_changed()
        assert review.filter_bar.criteria.person == 1
        assert {shoot.photos[each].path.name for each in review.model.frames()} == set(NAMES)
        assert review.big.overlays.person == 1


def test_reset_lets_go_of_the_person_too(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        with_somebody(program)
        review = program.window.space
        program.window.keymap.action(BY_ID["people"]).trigger()
        choose_first(qtbot, program)
        review.filter_bar.open_panel()
        panel = review.filter_bar.findChild(FilterPanel)
        assert panel is not None
        reset = next(each for each in panel.findChildren(QPushButton) if each.text() == "Reset")
        qtbot.mouseClick(reset, Qt.MouseButton.LeftButton)
        assert review.filter_bar.criteria.shows_all
        panel.close()
