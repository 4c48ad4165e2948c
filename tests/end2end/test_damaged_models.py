"""Weights that are not the right ones measure nothing: the user is told what to do, and nothing wrong is kept."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.exit_codes import EXIT_BROKEN, EXIT_OK
from app.paths import places
from fixtures.spoilt_models import copy_models, cull_with
from fixtures.windows import analysed, running
from models import manifest
from ui.widgets.message_bar import MessageBar

FILES = ("efficientnet_lite0.onnx", "yunet.onnx", "face_landmarker.onnx", "sface.onnx")


def overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(bytes(1000))


def measured() -> int:
    """How many photos have measures."""
    with closing(sqlite3.connect(places().measures)) as connection:
        return int(connection.execute("SELECT count(*) FROM analysis").fetchone()[0])


@pytest.mark.parametrize("name", FILES)
def test_the_command_line_names_a_damaged_model_and_measures_nothing(
    name: str, shoot_folder: Path, tmp_path: Path
) -> None:
    folder = copy_models(tmp_path / "program")
    overwrite(folder / name)
    done = cull_with(folder, shoot_folder, "--export", "xmp", "--out", tmp_path / "out")
    assert done.returncode == EXIT_BROKEN
    assert done.stderr.strip() == f"The model file {name} is damaged; reinstall Shortlist."
    assert measured() == 0
    assert not (tmp_path / "out").exists()


def test_a_model_without_which_the_user_does_is_not_asked_for(shoot_folder: Path, tmp_path: Path) -> None:
    folder = copy_models(tmp_path / "program")
    overwrite(folder / "sface.onnx")
    places().preferences.write_text("[General]\nidentity=false\n")
    done = cull_with(folder, shoot_folder)
    assert done.returncode == EXIT_OK, done.stderr


@pytest.mark.parametrize("name", FILES)
def test_the_window_names_a_damaged_model_and_shows_the_photos(
    name: str, shoot_folder: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copy_models(tmp_path / "program")
    overwrite(folder / name)
    monkeypatch.setattr(manifest, "_folder", lambda: folder)
    said: list[str] = []
    with running() as program:
        monkeypatch.setattr(MessageBar, "show_error", lambda _bar, words: said.append(words))
        program.session.open([shoot_folder])
        qtbot.waitUntil(lambda: bool(said), timeout=60_000)
        assert said == [f"The model file {name} is damaged; reinstall Shortlist."]
        assert len(program.session.shoot.photos) == 13
        assert not program.session.shoot.failures
    assert measured() == 0


def test_what_sound_models_measured_is_shown_without_them(
    shoot_folder: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
    folder = copy_models(tmp_path / "program")
    overwrite(folder / "yunet.onnx")
    monkeypatch.setattr(manifest, "_folder", lambda: folder)
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        assert len(program.session.shoot.analyses) == 13
