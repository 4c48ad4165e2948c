"""Key people in the real window: whom the user marks decides between two frames, and nobody else does."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QMenu
from pytestqt.qtbot import QtBot

from app.__main__ import main
from app.demo.eyes import with_shut_eyes
from app.window import Program
from core.ranking.reasons import in_words
from core.types import Cluster, ClusterKind
from fixtures.shoots import Picture, face, write_photo
from fixtures.windows import analysed, press, running, shown
from models.face_identity import SFaceIdentifier
from ui.dialogs.name_person_dialog import NamePersonDialog
from ui.widgets.choices import kept
from ui.widgets.people_panel import PeoplePanel

START = datetime(2025, 6, 14, 10, 0, 0)


def two_people(*, left_blinks: bool) -> Picture:
    """The same face twice, on the right mirrored and in other colours; one of the two blinks."""
    left, right = (with_shut_eyes(face()) if blinks else face() for blinks in (left_blinks, not left_blinks))
    sides = (left[0:300, 80:380], right[0:300, 80:380][:, ::-1, ::-1])
    return np.hstack(sides)


def by_colour(_self: object, crop: Picture, _points: object) -> NDArray[np.float32]:
    """Stands in for what tells faces apart: red ones are somebody else than blue ones."""
    red, _, blue = crop.mean(axis=(0, 1))
    made: NDArray[np.float32] = np.eye(128, dtype=np.float32)[int(blue > red)]
    return made


@pytest.fixture
def program(
    qtbot: QtBot, tmp_path: Path, measured_here: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Program]:
    """A burst of two frames: who stands on the left blinks in the first, who stands on the right in the second."""
    monkeypatch.setattr(SFaceIdentifier, "embed", by_colour)
    folder = tmp_path / "party"
    folder.mkdir()
    for number, name in enumerate(("first", "second")):
        taken = START + timedelta(seconds=number / 2)
        write_photo(folder / f"{name}.png", two_people(left_blinks=not number), taken)
    with running() as program:
        analysed(qtbot, program, folder)
        yield program


def burst(program: Program) -> Cluster:
    (found,) = program.session.shoot.clusters.values()
    assert found.kind is ClusterKind.BURST
    return found


def suggested(program: Program) -> str:
    pick = burst(program).suggested_pick
    assert pick is not None
    return program.session.shoot.photos[pick].path.stem


def choose(qtbot: QtBot, program: Program, *, on_the_left: bool) -> QListWidget:
    """Whoever stands there, as the panel of people lists them."""
    panel = program.window.findChild(PeoplePanel)
    assert isinstance(panel, PeoplePanel)
    if not panel.isVisible():
        press(program, "people")
    qtbot.waitUntil(panel.isVisible)
    listed = panel.findChild(QListWidget)
    assert isinstance(listed, QListWidget)
    faces = next(iter(program.session.shoot.analyses.values())).faces
    who = next(each.identity for each in faces if (each.box.x < 0.5) is on_the_left)
    listed.setCurrentRow(next(row for row in range(listed.count()) if kept(listed.item(row), int) == who))
    return listed


def name(
    qtbot: QtBot, program: Program, text: str, *, on_the_left: bool, asked_by: Qt.Key = Qt.Key.Key_F2
) -> None:
    listed = choose(qtbot, program, on_the_left=on_the_left)
    qtbot.keyClick(listed, asked_by)
    qtbot.waitUntil(lambda: any(each.isVisible() for each in program.window.findChildren(NamePersonDialog)))
    dialog = shown(program, NamePersonDialog)
    field = dialog.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: text in program.session.shoot.people.recognised.named.values())


def test_the_key_person_decides_and_the_reason_says_so(
    qtbot: QtBot, program: Program, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    before = burst(program)
    shoot = program.session.shoot
    name(qtbot, program, "Anna", on_the_left=True)
    name(qtbot, program, "Bob", on_the_left=False)
    assert burst(program) == before, "a name alone counts for nothing"

    qtbot.keyClick(choose(qtbot, program, on_the_left=True), Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: "Anna" in shoot.people.key_people().values())
    assert suggested(program) == "second"
    assert "Anna, a key person, has open eyes" in map(in_words, burst(program).reasons)
    listed = choose(qtbot, program, on_the_left=True)
    assert listed.currentItem().text() == "Anna, key\n2 photos"

    where = listed.visualItemRect(listed.currentItem()).center()
    listed.customContextMenuRequested.emit(where)  # a right click, which ends what a left one or F3 began
    menu = listed.window().findChild(QMenu)
    assert isinstance(menu, QMenu)
    key = next(action for action in menu.actions() if action.text() == "Key person")
    assert key.isChecked()
    key.trigger()
    menu.close()
    qtbot.waitUntil(lambda: not shoot.people.key_people())
    assert burst(program) == before, "as much as everybody else again"

    listed = choose(qtbot, program, on_the_left=False)
    qtbot.keyClick(listed, Qt.Key.Key_Return)  # shows Bob's photos only
    qtbot.waitUntil(lambda: program.window.space.model.criteria.person is not None)
    press(program, "key_person")
    qtbot.waitUntil(lambda: "Bob" in shoot.people.key_people().values())
    assert suggested(program) == "first"

    folder = str(tmp_path / "party")
    assert main(["people", "unkey", "Bob"]) == 0
    assert main(["people", "key", "Nobody"]) == 3
    assert main(["people", "key", "Anna"]) == 0
    assert main(["people", "list"]) == 0
    assert capsys.readouterr().out.splitlines() == ["Anna  (key person)", "Bob"]
    assert main(["export", folder, "--as", "json", "--photos", "all", "--out", str(tmp_path)]) == 0
    written = (tmp_path / "shortlist.json").read_text()
    rows = {Path(row["path"]).stem: row for row in json.loads(written)["photos"]}
    assert rows["second"]["suggested"], "what is kept of the shoot is ranked by her, too"
    assert "A key person has open eyes" in rows["second"]["reasons"]
    assert "Anna" not in written, "no name goes into a file unasked"


def test_who_has_no_name_is_asked_for_it_and_is_a_key_person_then(qtbot: QtBot, program: Program) -> None:
    qtbot.keyClick(choose(qtbot, program, on_the_left=True), Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: any(each.isVisible() for each in program.window.findChildren(NamePersonDialog)))
    shown(program, NamePersonDialog).reject()
    assert not program.session.shoot.people.key_people(), "the question was not answered"

    name(qtbot, program, "Anna", on_the_left=True, asked_by=Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: "Anna" in program.session.shoot.people.key_people().values())
    assert suggested(program) == "second", "without another key press"
