"""The people of a shoot: choosing one shows every frame with that person."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QListWidget, QWidget
from pytestqt.qtbot import QtBot

from core.pipeline.events import PeopleFound, PhotosAnalyzed, PhotosFound
from core.shoot.criteria import Criteria
from core.shoot.shoot import Filter, Shoot
from core.types import Box, PhotoId
from fixtures.frames import analysis, face, photo
from fixtures.patience import PATIENCE
from ui.imaging.face_crops import FaceCrops
from ui.imaging.pictures import Pixels
from ui.widgets.people_panel import PeoplePanel

NAMES = "ABCDE"
WHO = {"A": (0, 1), "B": (0, None), "C": (1, 0), "D": (2,)}  # 2 is in one photo only; nobody in E


class Blue:
    """Blue photos."""

    def load(self, photo_id: PhotoId, box: tuple[int, int] | None) -> Pixels:
        return Pixels(np.full((400, 600, 3), (30, 40, 220), np.uint8))


@pytest.fixture
def shoot() -> Shoot:
    shoot = Shoot()
    shoot.apply(PhotosFound(1, tuple(photo(name, 10.0 * at) for at, name in enumerate(NAMES))))
    seen = {name: (face(),) * len(WHO.get(name, ())) for name in NAMES}
    shoot.apply(PhotosAnalyzed(1, tuple(analysis(name, faces=seen[name]) for name in NAMES)))
    named = {
        name: tuple(
            replace(face(), identity=person, box=Box(0.1 + 0.4 * at, 0.2, 0.2, 0.2))
            for at, person in enumerate(who)
        )
        for name, who in WHO.items()
    }
    shoot.apply(PeopleFound(1, tuple(analysis(name, faces=faces) for name, faces in named.items())))
    return shoot


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(1200, 800)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def panel(qtbot: QtBot, window: QWidget) -> Iterator[PeoplePanel]:
    crops = FaceCrops(Blue())
    panel = PeoplePanel(crops, parent=window)
    yield panel
    panel.close()
    assert crops.shutdown(PATIENCE)


def items(panel: PeoplePanel) -> QListWidget:
    found = panel.findChild(QListWidget)
    assert isinstance(found, QListWidget)
    return found


def test_a_shoot_knows_who_is_where(shoot: Shoot) -> None:
    assert shoot.people.photos() == {0: ["A", "B", "C"], 1: ["A", "C"], 2: ["D"]}
    assert [name for name in NAMES if Criteria(person=1).passes(PhotoId(name), shoot)] == ["A", "C"]
    assert Criteria(person=1).details == Criteria(person=0).details == 1


def test_people_stand_in_the_order_of_the_photos_they_are_in_and_keep_their_colours(
    qtbot: QtBot, panel: PeoplePanel, shoot: Shoot, window: QWidget
) -> None:
    other = replace(face(), identity=2)  # in more photos than 1 by now
    shoot.apply(PeopleFound(1, tuple(analysis(name, faces=(other,)) for name in "DE")))
    first = shoot.analyses[PhotoId("B")]
    shoot.apply(PeopleFound(1, (replace(first, faces=(*first.faces, other)),)))
    panel.pop_up(shoot, Criteria(), window)
    assert [items(panel).item(row).text() for row in range(3)] == ["3 photos", "3 photos", "2 photos"]
    qtbot.waitUntil(lambda: not items(panel).item(0).icon().isNull())
    icon = items(panel).item(0).icon()
    usual, chosen = (icon.pixmap(96, 96, mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected))
    assert usual == chosen


def test_people_are_shown_by_their_faces_and_how_often_they_were_seen(
    qtbot: QtBot, panel: PeoplePanel, shoot: Shoot, window: QWidget
) -> None:
    panel.pop_up(shoot, Criteria(), window)
    people = items(panel)
    assert [people.item(row).text() for row in range(people.count())] == ["3 photos", "2 photos"]
    qtbot.waitUntil(lambda: not any(people.item(row).icon().isNull() for row in range(2)))
    assert panel.size().width() <= window.width()


def test_everybody_is_seen_at_once_where_the_window_has_room(
    qtbot: QtBot, panel: PeoplePanel, shoot: Shoot, window: QWidget
) -> None:
    people = tuple(replace(face(), identity=number) for number in range(40))
    shoot.apply(PeopleFound(40, tuple(analysis(name, faces=people) for name in "AB")))
    heights = []
    for size in (QSize(800, 500), QSize(1900, 1000)):
        window.resize(size)
        panel.hide()
        panel.pop_up(shoot, Criteria(), window)
        assert items(panel).count() == 40
        QCoreApplication.processEvents()
        heights.append((items(panel).verticalScrollBar().maximum(), panel.size()))
        assert panel.size().boundedTo(size) == panel.size()
    (scrolled, _), (not_scrolled, large) = heights
    assert scrolled > 0
    assert not_scrolled == 0, large


def test_return_chooses_a_person_and_keeps_the_other_criteria(
    qtbot: QtBot, panel: PeoplePanel, shoot: Shoot, window: QWidget
) -> None:
    panel.pop_up(shoot, Criteria(show=Filter.PICKS), window)
    items(panel).setCurrentRow(1)
    with qtbot.waitSignal(panel.criteria_chosen) as chosen:
        qtbot.keyClick(items(panel), Qt.Key.Key_Return)
    assert chosen.args == [Criteria(show=Filter.PICKS, person=1)]
    assert not panel.isVisible()


def test_everybody_comes_back(qtbot: QtBot, panel: PeoplePanel, shoot: Shoot, window: QWidget) -> None:
    panel.pop_up(shoot, Criteria(person=1), window)
    people = items(panel)
    assert people.item(0).text() == "Everybody"
    assert people.currentRow() == 2, "who is shown now"
    with qtbot.waitSignal(panel.criteria_chosen) as chosen:
        qtbot.mouseClick(
            people.viewport(), Qt.MouseButton.LeftButton, pos=people.visualItemRect(people.item(0)).center()
        )
    assert chosen.args == [Criteria()]


def test_without_people_it_says_so(panel: PeoplePanel, window: QWidget) -> None:
    panel.pop_up(Shoot(), Criteria(), window)
    assert not items(panel).isVisible()
