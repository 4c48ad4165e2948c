"""Photos found by a description, by a small pair of towers in the place of CLIP's: by command and in the window."""

import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from skimage import data

from app.__main__ import main
from app.exit_codes import EXIT_BROKEN, EXIT_OK
from app.paths import places
from fixtures.describers import known_as_clip, put_on_shelf
from fixtures.shoots import scene, write_photo
from fixtures.windows import analysed, running, there
from models.catalogue import DescriberEntry
from ui.widgets.search_field import SearchField

pytestmark = pytest.mark.usefixtures("measured_here")

TINTS = {"a-red.jpg": (1.0, 0.2, 0.2), "b-green.jpg": (0.2, 1.0, 0.2), "c-blue.jpg": (0.2, 0.2, 1.0)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for at in range(6):
        tint = list(TINTS.values())[at % 3] if at < 3 else (0.8, 0.8, 0.8)
        name = list(TINTS)[at] if at < 3 else f"grey-{at}.jpg"
        write_photo(tmp_path / name, (np.array(scene(at)) * tint).astype(np.uint8))
    return tmp_path


@pytest.fixture
def entry(monkeypatch: pytest.MonkeyPatch) -> DescriberEntry:
    return known_as_clip(monkeypatch)


def test_what_is_described_is_found_nearest_first_with_why(
    folder: Path, entry: DescriberEntry, capsys: pytest.CaptureFixture[str]
) -> None:
    put_on_shelf(entry, places().models)
    assert main(["find", "--json", str(folder), "shows:a blue thing"]) == EXIT_OK
    found = {Path(each["path"]).name: each["why"] for each in json.loads(capsys.readouterr().out)["photos"]}
    assert found["c-blue.jpg"] == ["nearest to “a blue thing”: number 1"]
    assert len(found) == 5
    assert main(["find", "--json", str(folder), "shows:red", "name:red"]) == EXIT_OK
    assert [Path(each["path"]).name for each in json.loads(capsys.readouterr().out)["photos"]] == [
        "a-red.jpg"
    ]


def test_all_shoots_are_asked_for_a_description_and_for_things_in_a_part_of_a_frame(
    folder: Path, entry: DescriberEntry, capsys: pytest.CaptureFixture[str]
) -> None:
    put_on_shelf(entry, places().models)
    with_cat = np.array(scene(5))
    with_cat[300:600, 500:900] = data.chelsea()[:300, :400]
    write_photo(folder / "with a cat.jpg", with_cat)
    assert main(["find", str(folder), "cat"]) == EXIT_OK  # measures it, and takes it to pieces

    def found(*words: str) -> list[str]:
        capsys.readouterr()
        assert main(["find", "words", "--json", *words]) == EXIT_OK
        return [Path(each["path"]).name for each in json.loads(capsys.readouterr().out)["photos"]]

    assert found("thing:cat") == ["with a cat.jpg"]
    assert found("shows:a blue thing", "name:blue") == ["c-blue.jpg"]


def test_without_the_model_it_says_how_to_get_it(
    folder: Path, entry: DescriberEntry, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["find", str(folder), "shows:red"]) == EXIT_BROKEN
    assert "shortlist models install clip-vit-b32" in capsys.readouterr().err.replace("\n", " ")


def test_models_lists_it_and_need_not_choose_it(
    entry: DescriberEntry, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert main(["models", "list"]) == EXIT_OK
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith(entry.name)]
    assert "to download" in line
    put_on_shelf(entry, places().models)
    assert main(["models", "list"]) == EXIT_OK
    assert "installed" in capsys.readouterr().out
    assert main(["models", "use", entry.name]) == EXIT_OK
    assert "need not be chosen" in capsys.readouterr().err


def test_a_description_typed_into_the_search_box_narrows_the_grid(
    qtbot: QtBot, folder: Path, entry: DescriberEntry
) -> None:
    put_on_shelf(entry, places().models)
    with running() as program:
        analysed(qtbot, program, folder)
        space, shoot = program.window.space, program.session.shoot
        qtbot.keyClick(space.grid, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        field = there(space.findChild(SearchField))

        def shown() -> set[str]:
            return {shoot.photos[each].path.name for each in space.model.frames()}

        qtbot.keyClicks(field, 'shows:"something green"')
        qtbot.waitUntil(lambda: "b-green.jpg" in shown() and len(shown()) == 5)
        qtbot.waitUntil(lambda: "nearest to" in space.why_line.text())
        field.clear()
        qtbot.keyClicks(field, "shows:red name:a-")
        qtbot.waitUntil(lambda: shown() == {"a-red.jpg"})


def test_in_the_window_a_missing_model_is_told_once(
    qtbot: QtBot, folder: Path, entry: DescriberEntry
) -> None:
    with running() as program:
        analysed(qtbot, program, folder)
        space = program.window.space
        qtbot.keyClick(space.grid, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClicks(there(space.findChild(SearchField)), "shows:red")
        qtbot.waitUntil(lambda: "models install clip-vit-b32" in program.window.messages.text())
