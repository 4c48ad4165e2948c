"""Two photographers at one wedding: their clocks are told apart from the photos, set once, and kept."""

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.__main__ import main
from app.window import Program
from fixtures.shoots import Picture, scene, shifted, write_photo
from fixtures.windows import analysed, running, there, wait_until_analysed
from ui.commands.table import BY_ID
from ui.dialogs.clocks_dialog import ClocksDialog

pytestmark = pytest.mark.usefixtures("measured_here")

AHEAD = timedelta(hours=1, minutes=3, seconds=12)
START = datetime(2025, 6, 14, 10, 0, 0)
SCENES = 4


def nearer(picture: Picture) -> Picture:
    return np.asarray(Image.fromarray(picture[30:610, 50:920]).resize((960, 640)))


@pytest.fixture
def wedding(tmp_path: Path) -> Path:
    folder = tmp_path / "wedding"
    for camera in ("Alphacam", "Betacam"):
        (folder / camera).mkdir(parents=True)
    for number in range(SCENES):
        moment, view = START + timedelta(minutes=9 * number), scene(40 + number)
        for index in range(2):
            at = moment + timedelta(seconds=index)
            frame = shifted(view, 3 * index)
            name = f"{number}{index}.jpg"
            write_photo(folder / "Alphacam" / name, frame, at, camera="Alphacam")
            if index == 0 or number:  # one frame fewer, so that the first camera leads
                write_photo(folder / "Betacam" / name, nearer(frame), at + AHEAD, camera="Betacam")
    return folder


def groups(program: Program) -> list[set[str]]:
    photos = program.session.shoot.photos
    return [
        {f"{photos[one].path.parent.name} {photos[one].path.name[0]}" for one in cluster.photo_ids}
        for cluster in program.session.shoot.clusters_in_order()
    ]


def test_a_proposal_is_accepted_once_and_stays_until_it_is_taken_back(qtbot: QtBot, wedding: Path) -> None:
    with running() as program:
        analysed(qtbot, program, wedding)
        bar = program.window.messages
        assert bar.text().startswith("The clock of Betacam is 1 h 3 min 12 s ahead of that of Alphacam")
        assert len(groups(program)) == 2 * SCENES
        bar.findChildren(QPushButton)[0].click()
        dialog = there(program.window.findChild(ClocksDialog))
        assert dialog.answer() == pytest.approx({"Alphacam": 0.0, "Betacam": AHEAD.total_seconds()}, abs=1.0)
        dialog.accept()
        wait_until_analysed(qtbot, program)
        assert groups(program) == [{f"Alphacam {n}", f"Betacam {n}"} for n in range(SCENES)]
        assert not bar.text().startswith("The clock of"), "what was answered is not asked any more"
    with running() as program:
        analysed(qtbot, program, wedding)
        assert len(groups(program)) == SCENES
        assert program.window.messages.text() == "", "what the user settled is not asked again"
        program.window.keymap.action(BY_ID["clocks"]).trigger()
        dialog = there(program.window.findChild(ClocksDialog))
        there(dialog.findChild(QCheckBox)).setChecked(False)
        assert dialog.answer() == {"Alphacam": 0.0, "Betacam": None}
        dialog.accept()
        wait_until_analysed(qtbot, program)
        assert len(groups(program)) == 2 * SCENES
        written = {photo.taken_at for photo in program.session.shoot.photos.values()}
        assert START in written
        assert START + AHEAD in written


def test_clocks_that_were_set_are_taken_back_by_one_press(qtbot: QtBot, wedding: Path) -> None:
    with running() as program:
        analysed(qtbot, program, wedding)
        program.clocks.show()
        there(program.window.findChild(ClocksDialog)).accept()
        assert program.window.messages.text() == "The cameras' clocks are set."
        undo = next(one for one in program.window.messages.findChildren(QPushButton) if one.text() == "Undo")
        undo.click()
        wait_until_analysed(qtbot, program)
        assert len(groups(program)) == 2 * SCENES
        qtbot.waitUntil(lambda: program.window.messages.text().startswith("The clock of Betacam"))


def test_the_command_line_tells_what_it_found(wedding: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cull", str(wedding)]) == 0
    assert "Betacam is 1 h 3 min 12 s ahead of that of Alphacam" in capsys.readouterr().err


def test_a_field_that_cannot_be_read_is_not_used(qtbot: QtBot, wedding: Path) -> None:
    with running() as program:
        analysed(qtbot, program, wedding)
        program.clocks.show()
        dialog = there(program.window.findChild(ClocksDialog))
        use = next(one for one in dialog.findChildren(QPushButton) if one.text() == "Use these times")
        field = there(dialog.findChild(QLineEdit))
        field.setText("an hour")
        assert not use.isEnabled()
        field.setText("-0:02:00")
        assert use.isEnabled()
        assert dialog.answer()["Betacam"] == -120.0
        dialog.reject()
