"""Files renamed, moved and copied outside the program between two openings: each decision stays with its photo."""

import os
import shutil
import sys
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from app.exit_codes import EXIT_OK
from core.ingest.content import content_of_file
from core.types import Flag, Label
from fixtures.openings import command, decide, shown, write_raw
from fixtures.shoots import scene, write_photo
from fixtures.windows import analysed, photo_id, running
from ui.commands.table import BY_ID

NOON = datetime(2025, 6, 14, 12)

pytestmark = [
    pytest.mark.usefixtures("measured_here"),
    pytest.mark.skipif(sys.platform == "win32", reason="Windows does not say when a file got its name"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three photos, none of them like another."""
    folder = tmp_path / "shoot"
    folder.mkdir()
    for number in range(3):
        write_photo(folder / f"IMG_{number}.jpg", scene(number, (120, 80)), NOON + timedelta(minutes=number))
    return folder


def flags(*sources: Path) -> dict[str, Flag | None]:
    """What an opening shows, by name; it has nothing to complain of."""
    shoot = shown(*sources)
    assert not shoot.failures
    return {photo.path.name: shoot.decision(photo.id).flag for photo in shoot.photos.values()}


def rename(folder: Path, *names: tuple[str, str]) -> None:
    """All at once, as programs do that number a whole folder anew."""
    for at, (name, _) in enumerate(names):
        (folder / name).rename(folder / f"{at}.tmp")
    for at, (_, name) in enumerate(names):
        (folder / f"{at}.tmp").rename(folder / name)


def at_one_time(paths: Iterable[Path]) -> None:
    for path in paths:
        os.utime(path, ns=(10**18, 10**18))


@pytest.mark.parametrize("name", ["Wedding 1.jpg", "IMG_1.JPEG", "sub/IMG_1.jpg", "sub/a.jpg", "../b.jpg"])
def test_a_renamed_or_moved_photo_keeps_its_decision(folder: Path, name: str) -> None:
    decide(folder, {"IMG_0.jpg": Flag.REJECT, "IMG_1.jpg": Flag.PICK}, rating=4)
    (folder / "sub").mkdir()
    (folder / "IMG_1.jpg").rename(folder / name)
    shoot = shown(folder.parent)
    decisions = {photo.path.name: shoot.decision(photo.id) for photo in shoot.photos.values()}
    assert decisions[Path(name).name].flag is Flag.PICK
    assert decisions[Path(name).name].rating == 4
    assert flags(folder.parent) == {"IMG_0.jpg": Flag.REJECT, Path(name).name: Flag.PICK, "IMG_2.jpg": None}


def test_in_the_window_a_renamed_photo_is_as_it_was_and_nothing_is_said_of_it(
    folder: Path, qtbot: QtBot
) -> None:
    with running() as program:
        analysed(qtbot, program, folder)
        program.window.space.go_to(photo_id(program, "IMG_1.jpg"))
        for key in ("pick", "rate_4", "label_red"):
            program.window.keymap.action(BY_ID[key]).trigger()
            program.window.space.go_to(photo_id(program, "IMG_1.jpg"))
    rename(folder, ("IMG_1.jpg", "Wedding 1.jpg"))
    with running() as program:
        analysed(qtbot, program, folder)
        decision = program.session.shoot.decision(photo_id(program, "Wedding 1.jpg"))
        assert (decision.flag, decision.rating, decision.label) == (Flag.PICK, 4, Label.RED)
        assert not program.session.shoot.failures
        assert not program.window.messages.isVisible()


def test_a_raw_is_known_again_and_so_is_what_was_renamed_on_another_disk(folder: Path) -> None:
    for number in range(3):
        write_raw(folder / f"R_{number}.CR2", NOON, seed=number)
    at_one_time(folder.glob("R_*"))
    decide(folder, {"R_0.CR2": Flag.PICK, "R_1.CR2": Flag.REJECT})
    for number in range(3):  # by a copy, after which the original goes
        shutil.copy2(folder / f"R_{number}.CR2", folder / f"20250614_{number}.CR2")
        (folder / f"R_{number}.CR2").unlink()
    expected = {"20250614_0.CR2": Flag.PICK, "20250614_1.CR2": Flag.REJECT, "20250614_2.CR2": None}
    assert {name: flag for name, flag in flags(folder).items() if name.endswith(".CR2")} == expected


def test_a_photo_renamed_again_and_back_shows_the_last_decision(folder: Path) -> None:
    decide(folder, {"IMG_1.jpg": Flag.PICK})
    rename(folder, ("IMG_1.jpg", "a.jpg"))
    assert flags(folder)["a.jpg"] is Flag.PICK
    rename(folder, ("a.jpg", "b.jpg"))
    decide(folder, {"b.jpg": Flag.REJECT})
    rename(folder, ("b.jpg", "IMG_1.jpg"))
    assert flags(folder)["IMG_1.jpg"] is Flag.REJECT


def test_photos_that_were_numbered_anew_keep_each_its_own(folder: Path) -> None:
    decide(folder, {"IMG_0.jpg": Flag.PICK, "IMG_1.jpg": Flag.REJECT, "IMG_2.jpg": Flag.UNFLAGGED})
    rename(folder, ("IMG_0.jpg", "IMG_1.jpg"), ("IMG_1.jpg", "IMG_2.jpg"), ("IMG_2.jpg", "IMG_0.jpg"))
    expected = {"IMG_1.jpg": Flag.PICK, "IMG_2.jpg": Flag.REJECT, "IMG_0.jpg": Flag.UNFLAGGED}
    assert flags(folder) == expected
    rename(folder, ("IMG_2.jpg", "IMG_3.jpg"), ("IMG_1.jpg", "IMG_2.jpg"))
    expected = {"IMG_2.jpg": Flag.PICK, "IMG_3.jpg": Flag.REJECT, "IMG_0.jpg": Flag.UNFLAGGED}
    assert flags(folder) == expected
    assert flags(folder) == expected


@pytest.mark.parametrize("was_seen", [True, False])
@pytest.mark.parametrize("copy", ["copy.jpg", "other/IMG_1.jpg", "other/copy.jpg"])
def test_a_copy_does_not_take_the_decision_of_a_photo_that_is_deleted(
    folder: Path, copy: str, was_seen: bool
) -> None:
    """Whether it was open with the other then, or is opened for the first time when the other is gone."""
    (folder.parent / "other").mkdir()
    copied = folder.parent / (copy if "/" in copy else f"shoot/{copy}")
    shutil.copy2(folder / "IMG_1.jpg", copied)
    if was_seen:
        shown(folder.parent)
    decide(folder if "/" in copy else folder / "IMG_1.jpg", {"IMG_1.jpg": Flag.REJECT})
    (folder / "IMG_1.jpg").unlink()
    assert flags(copied.parent)[copied.name] is None
    assert flags(folder.parent)[copied.name] is None


@pytest.mark.parametrize("decided", [Flag.PICK, None])
def test_a_renamed_photo_and_its_copy_are_not_mistaken_for_each_other(
    folder: Path, decided: Flag | None
) -> None:
    shutil.copy2(folder / "IMG_1.jpg", folder / "copy.jpg")
    decide(folder, {"IMG_1.jpg": Flag.REJECT})
    if decided:
        decide(folder, {"copy.jpg": decided})
    rename(folder, ("IMG_1.jpg", "renamed.jpg"))
    assert flags(folder)["renamed.jpg"] is Flag.REJECT
    assert flags(folder)["copy.jpg"] is decided
    shutil.copy2(folder / "renamed.jpg", folder / "another copy.jpg")
    assert flags(folder)["another copy.jpg"] is None


def test_of_two_copies_renamed_at_once_none_takes_the_others_decision(folder: Path) -> None:
    shutil.copy2(folder / "IMG_1.jpg", folder / "copy.jpg")
    decide(folder, {"IMG_1.jpg": Flag.REJECT})
    decide(folder, {"copy.jpg": Flag.PICK})
    rename(folder, ("IMG_1.jpg", "a.jpg"), ("copy.jpg", "b.jpg"))
    assert [flags(folder)[name] for name in ("a.jpg", "b.jpg")] == [None, None]
    rename(folder, ("a.jpg", "IMG_1.jpg"), ("b.jpg", "copy.jpg"))
    assert [flags(folder)[name] for name in ("IMG_1.jpg", "copy.jpg")] == [Flag.REJECT, Flag.PICK]


def test_copies_of_different_times_keep_each_its_own_when_renamed_at_once(folder: Path) -> None:
    shutil.copyfile(folder / "IMG_1.jpg", folder / "copy.jpg")
    os.utime(folder / "copy.jpg", (10**9, 10**9))
    decide(folder, {"IMG_1.jpg": Flag.REJECT})
    decide(folder, {"copy.jpg": Flag.PICK})
    rename(folder, ("IMG_1.jpg", "a.jpg"), ("copy.jpg", "b.jpg"))
    assert [flags(folder)[name] for name in ("a.jpg", "b.jpg")] == [Flag.REJECT, Flag.PICK]


def test_a_photo_written_into_is_known_again_before_it_is_opened_once_more(folder: Path) -> None:
    decide(folder, {"IMG_1.jpg": Flag.PICK}, rating=3)
    assert command("export", folder, "--embed") == EXIT_OK
    decide(folder / "IMG_0.jpg", {"IMG_0.jpg": Flag.PICK})  # without a look at the other
    rename(folder, ("IMG_1.jpg", "renamed.jpg"))
    assert flags(folder)["renamed.jpg"] is Flag.PICK


def test_a_photo_edited_in_its_place_keeps_its_decision(folder: Path) -> None:
    decide(folder, {"IMG_1.jpg": Flag.PICK})
    shutil.copy2(folder / "IMG_1.jpg", folder / "before.jpg")
    write_photo(folder / "IMG_1.jpg", scene(9, (120, 80)), NOON)
    assert flags(folder) == {"IMG_0.jpg": None, "IMG_1.jpg": Flag.PICK, "before.jpg": None, "IMG_2.jpg": None}


def test_pictures_that_begin_alike_are_told_apart(tmp_path: Path) -> None:
    """Uncompressed, with a border of one colour, as scanners and studios make them."""
    paths = [tmp_path / f"{number}.tif" for number in range(2)]
    for number, path in enumerate(paths):
        picture = np.full((600, 400, 3), 255, np.uint8)
        picture[300 + number, 200] = 0
        picture[280:320, 100:300] = scene(number, (200, 40))
        Image.fromarray(picture).save(path)
    first, second = (path.read_bytes() for path in paths)
    assert len(first) == len(second)
    assert first[: 2**16] == second[: 2**16]
    assert content_of_file(paths[0]) != content_of_file(paths[1])
    assert content_of_file(tmp_path / "none.tif") == ""
