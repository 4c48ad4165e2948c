"""``shortlist find similar`` and ``words`` over several shoots, with the real weights; and the switch that wipes it."""

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from skimage import data

from app.__main__ import main
from app.exit_codes import EXIT_BROKEN, EXIT_NOTHING, EXIT_OK, EXIT_SOME_FAILED, EXIT_USAGE
from app.paths import places
from core.export.gallery import PAGE
from fixtures.shoots import scene, write_photo
from fixtures.windows import analysed, press, running, shown, there
from ui.dialogs.settings_dialog import SettingsDialog
from ui.widgets.tick_box import TickBox

pytestmark = pytest.mark.usefixtures("measured_here")


@pytest.fixture
def second(tmp_path: Path, shoot_folder: Path) -> Path:
    """A later shoot in another folder, and both are known."""
    folder = tmp_path / "later"
    folder.mkdir()
    write_photo(folder / "again.jpg", scene(2), None)  # what D.jpg shows
    write_photo(folder / "chelsea.jpg", data.chelsea(), None)
    for each in (shoot_folder, folder):
        assert main(["cull", str(each)]) == EXIT_OK
    return folder


def listed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    capsys.readouterr()
    assert main(["find", *arguments]) == EXIT_OK
    photos: list[dict[str, object]] = json.loads(capsys.readouterr().out)["photos"]
    return photos


def test_a_view_is_found_again_in_another_shoot(
    second: Path, shoot_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = listed(capsys, "similar", str(second / "again.jpg"), "--count", "3", "--json")
    assert {found[0]["path"], found[1]["path"]} == {str(shoot_folder / name) for name in ("D.jpg", "E.jpg")}
    assert not any(each["away"] for each in found)
    assert len(found) == 3
    everything = listed(capsys, "similar", str(second / "again.jpg"), "--count", "1000000000", "--json")
    assert everything[:3] == found
    shutil.rmtree(shoot_folder)
    found = listed(capsys, "similar", str(second / "again.jpg"), "--json")
    assert {each["path"] for each in found} == {str(second / "chelsea.jpg")}, "what was deleted is forgotten"


def test_of_a_damaged_file_only_the_damage_is_told(
    second: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cut, note = tmp_path / "cut.jpg", tmp_path / "note.txt"
    whole = (second / "chelsea.jpg").read_bytes()
    cut.write_bytes(whole[: len(whole) // 3])
    note.write_text("no photo", "utf-8")
    capsys.readouterr()
    assert main(["find", "similar", str(cut)]) == EXIT_SOME_FAILED
    told = capsys.readouterr().err
    assert "cut.jpg" in told
    assert "once it is measured" not in told
    assert main(["find", "similar", str(note)]) == EXIT_NOTHING
    assert "No photos were found." in capsys.readouterr().err


def test_words_are_asked_of_all_shoots(
    second: Path, shoot_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = listed(capsys, "words", "--json", "cat")
    assert [(each["path"], each["why"]) for each in found] == [
        (str(second / "chelsea.jpg"), ["it shows: cat"])
    ]
    faces = listed(capsys, "words", "--json", "people:1", "-name:chelsea")
    assert {Path(str(each["path"])).name for each in faces} == {"F.jpg", "G.jpg", "H.jpg"}
    assert main(["find", "words", "helicopter"]) == EXIT_NOTHING
    assert main(["find", "words", "is:burst"]) == EXIT_USAGE
    assert "“is:burst” can be asked of an open shoot only" in capsys.readouterr().err.replace("\n", " ")


def test_what_was_measured_before_there_was_a_library_is_in_it(
    second: Path, shoot_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    places().library.write_bytes(b"half a library")
    found = listed(capsys, "similar", str(second / "again.jpg"), "--count", "2", "--json")
    assert {Path(str(each["path"])).name for each in found} == {"D.jpg", "E.jpg"}


@pytest.mark.parametrize("damage", ["newer", "half written", "gone"])
def test_a_library_that_was_lost_is_made_anew_before_it_is_asked(
    second: Path, damage: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = places().library
    match damage:
        case "newer":
            with closing(sqlite3.connect(path)) as library:
                library.execute("PRAGMA user_version = 99")
        case "half written":
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        case "gone":
            path.unlink()
    found = listed(capsys, "words", "--json", "cat")
    assert [each["path"] for each in found] == [str(second / "chelsea.jpg")]


def test_all_shoots_are_listed_by_look_and_written_as_a_gallery(
    second: Path, shoot_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gallery = tmp_path / "gallery"
    capsys.readouterr()
    assert main(["looks", "--all-shoots", "--json", "--export", "gallery", str(gallery)]) == EXIT_OK
    document = json.loads(capsys.readouterr().out)
    listed = {Path(path) for look in document["looks"] for path in look["photos"]}
    listed |= set(map(Path, document["odd"]))
    assert {path.parent for path in listed} == {second, shoot_folder}
    assert len(listed) == 15
    page = (gallery / PAGE).read_text("utf-8")
    assert "chelsea.jpg" in page
    assert "F.jpg" in page
    assert main(["looks"]) == EXIT_USAGE
    assert main(["looks", str(second), "--all-shoots"]) == EXIT_USAGE


def test_where_nothing_is_asked_nothing_is_listed(
    shoot_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments, words in (
        (["words", ""], "nothing to look for"),
        ([str(shoot_folder), ""], "nothing to look for"),
        (["words", " "], "nothing between the quotation marks"),
    ):
        assert main(["find", *arguments]) == EXIT_USAGE
        told = capsys.readouterr()
        assert words in told.err
        assert told.out == ""


def test_the_box_in_the_settings_wipes_it_for_window_and_commands(
    qtbot: QtBot, home: Path, second: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(places().library)) as library:
        looks = [bytes(one) for (one,) in library.execute("SELECT vector FROM look")]
    assert len(looks) == 15
    with running() as program:
        analysed(qtbot, program, second)
        press(program, "settings")
        dialog = shown(program, SettingsDialog)
        box = there(next(each for each in dialog.findChildren(TickBox) if "all shoots" in each.text()))
        box.click()
        dialog.close()
        assert not program.settings.preferences.library
    left = [
        path.name for path in home.rglob("*") if path.is_file() and any(x in path.read_bytes() for x in looks)
    ]
    assert left == []
    assert not list(home.glob("library*"))
    assert main(["cull", str(second)]) == EXIT_OK
    assert not list(home.glob("library*"))
    assert main(["find", "similar", str(second / "again.jpg")]) == EXIT_NOTHING
    assert "switched off in the settings" in capsys.readouterr().err.replace("\n", " ")
    with running() as program:
        analysed(qtbot, program, second)
        program.settings.change(library=True)
        qtbot.waitUntil(lambda: not program.session.is_running, timeout=60_000)
        assert program.session.shoot.finished is not None
    assert listed(capsys, "similar", os.fspath(second / "again.jpg"), "--count", "2", "--json")


def test_decisions_are_untouched_by_a_library_that_is_lost(
    shoot_folder: Path, capsys: pytest.CaptureFixture[str], qtbot: QtBot
) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        press(program, "pick")
        decided = {each for each, decision in program.session.shoot.decisions.items() if decision.flag}
        qtbot.waitUntil(lambda: not program.session.is_running, timeout=60_000)
    places().library.unlink()
    places().library.mkdir()  # stands for whatever keeps a file from being opened
    with running() as program:
        assert any("All shoots" in each or "library of all shoots" in each for each in program.troubles)
        analysed(qtbot, program, shoot_folder)
        again = {each for each, decision in program.session.shoot.decisions.items() if decision.flag}
        assert again == decided
    assert main(["find", "words", "cat"]) == EXIT_BROKEN
    assert "library.sqlite" in capsys.readouterr().err


@pytest.mark.parametrize("asked", [["words", "dog"], ["duplicates"]])
def test_a_library_that_knows_no_photo_is_not_said_to_have_been_looked_through(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["find", *asked]) == 3
    said = capsys.readouterr().err
    assert "No photos are known yet" in said
    assert "Nothing was found" not in said


@pytest.mark.parametrize("action", ["similar", "duplicates", "words"])
def test_the_help_of_each_question_lists_its_exit_codes(
    action: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["find", action, "--help"])
    assert "\n  3    nothing there" in capsys.readouterr().out
