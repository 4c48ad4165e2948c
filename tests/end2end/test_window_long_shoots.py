"""Shoots that are longer than usual: bursts of more frames than fit, several years, cameras years apart."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from core.types import Flag
from fixtures.shoots import scene, shifted, write_photo
from fixtures.windows import analysed, photo_id, running, there, wait_until_analysed
from ui.commands.table import BY_ID
from ui.dialogs.clocks_dialog import ClocksDialog

pytestmark = pytest.mark.usefixtures("measured_here")

START = datetime(2020, 5, 6, 14, 0, 0)
SHIFT = Qt.KeyboardModifier.ShiftModifier


def write_burst(folder: Path, seed: int, frames: int, start: datetime, camera: str = "Alphacam") -> None:
    view = scene(seed)
    folder.mkdir(parents=True, exist_ok=True)
    for index in range(frames):
        at = start + timedelta(seconds=index / 2)
        write_photo(folder / f"{seed}-{index:02}.jpg", shifted(view, index), at, camera=camera)


def test_a_survey_of_fourteen_tells_of_two_and_keeps_none_that_was_not_shown(
    qtbot: QtBot, tmp_path: Path
) -> None:
    write_burst(tmp_path / "shoot", 1, 14, START)
    with running() as program:
        analysed(qtbot, program, tmp_path / "shoot")
        space, shoot = program.window.space, program.session.shoot
        assert [len(cluster.photo_ids) for cluster in shoot.clusters.values()] == [14]
        space.go_to(photo_id(program, "1-00.jpg"))
        qtbot.keyClick(space.views.front, Qt.Key.Key_N)
        survey = space.big.survey
        qtbot.waitUntil(lambda: survey.note() != "")
        assert "12 of 14" in survey.note()
        qtbot.keyClick(survey, Qt.Key.Key_Return)
        assert program.window.messages.text().startswith("2 frames were not shown yet")
        assert not any(decision.flag for decision in shoot.decisions.values())
        for _ in range(13):
            qtbot.keyClick(survey, Qt.Key.Key_Right)
        for _ in range(11):
            qtbot.keyClick(survey, Qt.Key.Key_Slash)
        assert survey.note() == ""
        qtbot.keyClick(survey, Qt.Key.Key_Return)
        flags = [shoot.decision(each).flag for each in shoot.photos]
        assert (flags.count(Flag.PICK), flags.count(Flag.REJECT)) == (3, 11)


def test_the_next_open_burst_is_at_first_the_one_the_user_is_at(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        space, shoot = program.window.space, program.session.shoot
        bursts = [cluster for cluster in shoot.clusters_in_order() if shoot.tally.is_open(cluster)]
        qtbot.keyClick(space.grid, Qt.Key.Key_Home)
        seen = []
        for _ in range(len(bursts) + 1):
            qtbot.keyClick(space.grid, Qt.Key.Key_N, SHIFT)
            seen.append(space.current_cluster())
            if len(seen) == 1:
                assert "still open" in program.window.messages.text(), "it says why nothing moves"
        assert seen == [*bursts, bursts[0]]
        space.go_to(bursts[1].photo_ids[-1])
        qtbot.keyClick(space.views.front, Qt.Key.Key_E)
        qtbot.keyClick(space.views.front, Qt.Key.Key_N, SHIFT)
        assert space.current_photo() == bursts[1].suggested_pick
        qtbot.keyClick(space.views.front, Qt.Key.Key_Return)
        assert space.current_cluster() == bursts[2], "what is accepted is done with"


def test_a_shoot_over_several_years_shows_them(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "years"
    for number, year in enumerate((2009, 2020, 2020)):
        write_burst(folder, 20 + number, 2, datetime(year, 5, 6 + number, 14, 0))
    with running() as program:
        analysed(qtbot, program, folder)
        grid = program.window.space.grid
        titles = [section.title for section in program.window.space.model.sections()]
        assert [title.rpartition(",")[0][-4:] for title in titles] == ["2009", "2020", "2020"]
        marks = [mark.text for mark in grid.timeline().marks()]
        assert [text[-4:] for text in marks[:2]] == ["2009", "2020"]


def test_two_cameras_eleven_years_apart_are_set_by_the_date_of_a_photo(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "cameras"
    wrong = datetime(2009, 1, 1, 0, 3, 12)
    write_burst(folder / "a", 31, 3, START, "Alphacam")
    write_burst(folder / "b", 31, 2, wrong, "Betacam")
    with running() as program:
        analysed(qtbot, program, folder)
        assert len(program.session.shoot.scenes) > 1 or len(program.session.shoot.clusters) > 1
        program.window.keymap.action(BY_ID["clocks"]).trigger()
        dialog = there(program.window.findChild(ClocksDialog))
        field, use = there(dialog.findChild(QLineEdit)), dialog.findChildren(QPushButton)[-1]
        row = next(box for box in dialog.findChildren(QLabel) if "left alone" in box.text())
        there(dialog.findChild(QCheckBox)).click()
        field.clear()
        qtbot.keyClicks(field, "2020-05-06 14:00")
        assert "4143 d" in row.text()
        assert "counts as 2020-05-06 14:00" in row.text()
        assert use.isEnabled()
        dialog.accept()
        wait_until_analysed(qtbot, program)
        moments = [photo.moment for photo in program.session.shoot.photos.values()]
        assert max(moments) - min(moments) < timedelta(seconds=5)  # type: ignore[type-var,operator]
        assert len(program.session.shoot.clusters) == 1
        program.window.keymap.action(BY_ID["clocks"]).trigger()
        again = there(there(program.window.findChild(ClocksDialog)).findChild(QLineEdit))
        assert again.text() == "−4143 d 13:56:48"
