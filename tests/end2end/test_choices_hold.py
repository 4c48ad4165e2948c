"""What the user chose in the settings holds for every way into the program."""

import ast
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from app.__main__ import main
from app.cli import headless
from app.cli.table import COMMANDS
from app.exit_codes import EXIT_CANCELLED, EXIT_OK
from app.paths import places
from core.language import tr
from core.pipeline.context import Dependencies
from core.settings import Settings, Weights
from fixtures.disks import write_protected
from fixtures.shoots import face, write_photo
from fixtures.syntax import tree_of
from fixtures.windows import analysed, running
from ui.commands.table import BY_ID
from ui.dialogs.settings_dialog import SettingsDialog
from ui.widgets.message_bar import MessageBar

pytestmark = pytest.mark.usefixtures("measured_here")

ROOT = Path(__file__).parents[2]


@pytest.fixture
def faces(tmp_path: Path) -> Path:
    """Two photos of one person."""
    folder = tmp_path / "faces"
    folder.mkdir()
    for number in range(2):
        write_photo(folder / f"{number}.jpg", face(5 * number))
    return folder


def signatures() -> int:
    with closing(sqlite3.connect(places().measures)) as connection:
        return int(connection.execute("SELECT count(*) FROM signature").fetchone()[0])


def click_people_apart(qtbot: QtBot) -> None:
    """Opens the program, ticks or unticks the box in its settings, and closes it."""
    with running() as program:
        program.window.keymap.action(BY_ID["settings"]).trigger()
        dialog = program.window.findChild(SettingsDialog)
        assert dialog is not None
        (box,) = [
            each
            for each in dialog.findChildren(QCheckBox)
            if each.text() == tr("Tell people apart by their faces")
        ]
        was = box.isChecked()
        qtbot.keyClick(box, Qt.Key.Key_Space)
        assert box.isChecked() is not was
        dialog.close()


def open_window(folder: Path, qtbot: QtBot) -> None:
    with running() as program:
        analysed(qtbot, program, folder)


def take_choice(folder: Path, _: QtBot) -> None:
    chosen = folder.parent / "chosen.txt"
    chosen.write_text("0.jpg")
    main(["choice", str(folder), str(chosen), "--dry-run"])


Entry = Callable[[Path, QtBot], object]

ENTRIES: dict[str, Entry] = {
    "window": open_window,
    "cull": lambda folder, _: main(["cull", str(folder), "--export", "json", "--out", str(folder / "out")]),
    "export": lambda folder, _: main(["export", str(folder), "--as", "csv", "--out", str(folder / "out")]),
    "find": lambda folder, _: main(["find", str(folder), "face"]),
    "looks": lambda folder, _: main(["looks", str(folder)]),
    "proofs": lambda folder, _: main(["proofs", str(folder), "--photos", "all", "--out", str(folder.parent)]),
    "choice": take_choice,
    "ingest": lambda folder, _: main(["ingest", str(folder), "--to", str(folder.parent / "copies")]),
    "verify": lambda folder, _: main(["verify", str(folder)]),
    "demo": lambda folder, _: main(["demo", "--to", str(folder.parent / "demo")]),
    "people": lambda *_: main(["people", "list"]),
    "taste": lambda *_: main(["taste", "show"]),
    "models": lambda *_: main(["models", "list"]),
    "doctor": lambda *_: main(["doctor"]),
    "repair": lambda *_: main(["repair"]),
}


def test_every_way_into_the_program_is_tried_here() -> None:
    assert set(ENTRIES) == {"window", *(command.word for command in COMMANDS)}


@pytest.mark.parametrize("entry", ["window", "cull"])
def test_people_are_told_apart_while_nobody_says_otherwise(entry: str, faces: Path, qtbot: QtBot) -> None:
    ENTRIES[entry](faces, qtbot)
    assert signatures() == 2


@pytest.mark.parametrize("entry", ENTRIES)
def test_no_way_into_the_program_keeps_faces_once_that_is_off(entry: str, faces: Path, qtbot: QtBot) -> None:
    click_people_apart(qtbot)
    ENTRIES[entry](faces, qtbot)
    assert signatures() == 0


@pytest.mark.parametrize("entry", ["window", "cull", "export"])
def test_what_another_computer_kept_of_faces_is_wiped_at_the_next_opening(
    entry: str, faces: Path, qtbot: QtBot
) -> None:
    assert main(["cull", str(faces)]) == EXIT_OK
    where = places().preferences
    where.write_text("[general]\nidentity = False\n")  # as a hand writes it
    ENTRIES[entry](faces, qtbot)
    assert signatures() == 0


def test_a_cluster_is_given_the_same_choice(
    faces: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def cluster(address: object, sources: object, dependencies: Dependencies, timeout: float) -> None:
        asked.append(dependencies.models.identity_sha256)
        raise KeyboardInterrupt

    monkeypatch.setattr(headless, "cluster", cluster)
    click_people_apart(qtbot)
    assert main(["cull", str(faces), "--scheduler", "tcp://127.0.0.1:1"]) == EXIT_CANCELLED
    assert asked == [""]


def test_choices_that_cannot_be_read_keep_no_faces(faces: Path) -> None:
    places().preferences.mkdir()  # stands for whatever keeps a file from being read
    assert main(["cull", str(faces)]) == EXIT_OK
    assert signatures() == 0
    assert "people are not told apart" in places().log.read_text("utf-8")


def test_a_choice_that_cannot_be_kept_is_told(
    qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running() as program:
        said: list[str] = []
        monkeypatch.setattr(MessageBar, "show_error", lambda _bar, words: said.append(words))
        program.settings.change(auto_advance=True)
        assert not said
        with write_protected(home):
            program.settings.change(identity=False)
        assert len(said) == 1
        assert str(places().preferences) in said[0]
        assert not program.settings.preferences.identity


def test_the_command_line_ranks_as_the_window_does(shoot_folder: Path, tmp_path: Path) -> None:
    with running() as program:
        program.settings.change(
            weights=Weights(sharpness=0.0, seen=0.0, whole=0.0, eyes=0.0, smile=0.0, exposure=1.0)
        )
    out = tmp_path / "out"
    assert main(["cull", str(shoot_folder), "--export", "json", "--out", str(out)]) == EXIT_OK
    listed = json.loads((out / "shortlist.json").read_text("utf-8"))
    photos = listed["photos"] if isinstance(listed, dict) else listed
    burst = next(one for one in photos if Path(one["path"]).name == "B.jpg")
    told = burst["terms"]
    assert told["exposure"]["weight"] + told["original"]["weight"] == pytest.approx(1.0)


def test_settings_of_a_run_are_made_in_one_place_of_the_program() -> None:
    makers = {
        path.name
        for path in (ROOT / "app").rglob("*.py")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == Settings.__name__
    }
    assert makers == {"run_settings.py"}


def test_no_file_keeps_faces_once_the_box_is_unticked(faces: Path, home: Path, qtbot: QtBot) -> None:
    """Nor a copy that an earlier version set aside, nor the log, nor pages that are free by now."""
    assert main(["cull", str(faces)]) == EXIT_OK
    measures = places().measures
    with closing(sqlite3.connect(measures)) as connection:
        kept = [bytes(one) for (one,) in connection.execute("SELECT faces FROM signature")]
    assert all(len(one) > 100 for one in kept)
    for name in ("measures.sqlite.damaged", "measures.sqlite.damaged-2"):
        shutil.copy(measures, home / name)
    click_people_apart(qtbot)
    assert [
        path.name for path in home.rglob("*") if path.is_file() for one in kept if one in path.read_bytes()
    ] == []
