"""A watched folder in the real window: photos come in as they arrive, join their bursts, and are shown if wanted."""

import os
import shutil
import threading
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.controllers import export_controller
from app.window import Program
from core.export.carry_out import ExportResult, export
from core.export.kinds import Choice, ExportKind, Selection
from core.export.request import ExportRequest
from core.export.xmp import XmpChoices
from core.ingest import arrivals, watched
from core.ingest.arrivals import Arrivals, ArrivalsSeen
from core.ingest.scanner import ScannedFile
from core.naming.names import NameTemplate, Naming
from core.types import Flag, Photo
from fixtures.buttons import button
from fixtures.patience import PATIENCE
from fixtures.photo_files import packet
from fixtures.windows import analysed, photo_id, press, running, wait_until_analysed
from ui.commands import table

pytestmark = pytest.mark.usefixtures("measured_here")

LATER = ("B.jpg", "G.jpg")
LONG = 20_000  # milliseconds


@pytest.fixture
def later(shoot_folder: Path, tmp_path: Path) -> Path:
    """Frames of the shoot that have not been taken yet."""
    folder = tmp_path / "camera"
    folder.mkdir()
    for name in LATER:
        shutil.move(shoot_folder / name, folder / name)
    return folder


@pytest.fixture
def program(qtbot: QtBot, shoot_folder: Path, later: Path) -> Iterator[Program]:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        yield program


def names(program: Program) -> set[str]:
    return {photo.path.name for photo in program.session.shoot.photos.values()}


def watch(qtbot: QtBot, program: Program) -> None:
    press(program, "watch")
    qtbot.waitUntil(lambda: program.watch.is_idle, timeout=LONG)


def measured(program: Program, name: str) -> bool:
    shoot = program.session.shoot
    return name in names(program) and shoot.finished is not None and photo_id(program, name) in shoot.analyses


def photo(program: Program, name: str) -> Photo:
    return program.session.shoot.photos[photo_id(program, name)]


def has_stars(program: Program, name: str, stars: int) -> bool:
    return program.session.shoot.decision(photo_id(program, name)).stars == stars


def group_of(program: Program, name: str) -> set[str]:
    shoot = program.session.shoot
    return {shoot.photos[one].path.name for one in shoot.cluster_of(photo_id(program, name)).photo_ids}


def test_a_photo_that_arrives_is_measured_and_joins_its_burst(
    qtbot: QtBot, program: Program, shoot_folder: Path, later: Path
) -> None:
    first = photo_id(program, "A.jpg")
    program.session.review.set_flag([first], Flag.PICK)
    program.window.space.go_to(photo_id(program, "C.jpg"))
    watch(qtbot, program)
    shutil.copy2(later / "B.jpg", shoot_folder / "B.jpg")
    qtbot.waitUntil(lambda: measured(program, "B.jpg"), timeout=LONG)
    assert group_of(program, "B.jpg") >= {"A.jpg", "B.jpg"}
    assert program.session.shoot.decision(first).flag is Flag.PICK
    assert program.window.space.current_photo() == photo_id(program, "C.jpg"), (
        "nobody is taken away from a photo"
    )
    qtbot.waitUntil(lambda: program.watch.is_idle, timeout=LONG)


def test_groups_stay_while_a_newcomer_is_not_grouped_yet(
    qtbot: QtBot, program: Program, shoot_folder: Path, later: Path
) -> None:
    before = group_of(program, "F.jpg")
    seen: list[set[str]] = []
    program.session.decisions_changed.connect(lambda: seen.append(group_of(program, "F.jpg")))
    watch(qtbot, program)
    shutil.copy2(later / "B.jpg", shoot_folder / "B.jpg")
    qtbot.waitUntil(lambda: measured(program, "B.jpg"), timeout=LONG)
    assert seen
    assert all(each == before for each in seen)


def test_a_file_that_is_still_being_written_waits_for_its_end(
    qtbot: QtBot, program: Program, shoot_folder: Path, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrivals, "PATIENCE", PATIENCE)  # a busy machine measures the other one for long
    watch(qtbot, program)
    content = (later / "B.jpg").read_bytes()
    with (shoot_folder / "B.jpg").open("wb", buffering=0) as file:
        file.write(content[: len(content) // 2])
        shutil.copy2(later / "G.jpg", shoot_folder / "G.jpg")
        qtbot.waitUntil(lambda: measured(program, "G.jpg"), timeout=LONG)
        assert "B.jpg" not in names(program), "the other one is not waited for, and is not taken in half"
        file.write(content[len(content) // 2 :])
    qtbot.waitUntil(lambda: measured(program, "B.jpg"), timeout=LONG)
    assert program.session.shoot.analyses[photo_id(program, "B.jpg")].damage is None
    assert not program.session.shoot.failures


def test_the_newest_is_shown_where_that_is_wanted(
    qtbot: QtBot, program: Program, shoot_folder: Path, later: Path
) -> None:
    press(program, "follow_newest")
    assert program.window.keymap.action(table.FOLLOW_NEWEST).isChecked()
    watch(qtbot, program)
    press(program, "loupe")
    part = shoot_folder / "G.jpg.part"
    shutil.copy2(later / "G.jpg", part)
    part.rename(shoot_folder / "G.jpg")
    qtbot.waitUntil(lambda: "G.jpg" in names(program), timeout=LONG)
    qtbot.waitUntil(lambda: program.window.space.current_photo() == photo_id(program, "G.jpg"), timeout=LONG)
    wait_until_analysed(qtbot, program)


def test_new_folders_are_watched_as_well(
    qtbot: QtBot, program: Program, shoot_folder: Path, later: Path
) -> None:
    watch(qtbot, program)
    (shoot_folder / "101CANON").mkdir()
    qtbot.waitUntil(lambda: str(shoot_folder / "101CANON") in program.watch._folders.folders, timeout=LONG)
    shutil.copy2(later / "G.jpg", shoot_folder / "101CANON" / "G.jpg")
    qtbot.waitUntil(lambda: measured(program, "G.jpg"), timeout=LONG)


def test_watching_ends_with_its_command_and_with_the_shoot(
    qtbot: QtBot, program: Program, shoot_folder: Path
) -> None:
    action = program.window.keymap.action(table.WATCH)
    watch(qtbot, program)
    assert action.isChecked()
    press(program, "watch")
    assert not action.isChecked()
    assert not program.watch.is_on
    watch(qtbot, program)
    press(program, "close_folder")
    assert not program.watch.is_on
    assert not action.isChecked()


def test_single_photos_are_no_folder_to_watch(qtbot: QtBot, program: Program, shoot_folder: Path) -> None:
    program.session.open([shoot_folder / "A.jpg"])
    wait_until_analysed(qtbot, program)
    press(program, "watch")
    assert not program.watch.is_on
    assert not program.window.keymap.action(table.WATCH).isChecked()
    assert "open their folder" in program.window.messages.text()


def test_a_folder_with_nothing_in_it_yet_can_be_watched(
    qtbot: QtBot, later: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "tether"
    empty.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: os.fspath(empty))
    with running() as program:
        watch(qtbot, program)
        wait_until_analysed(qtbot, program)
        shutil.copy2(later / "G.jpg", empty / "G.jpg")
        qtbot.waitUntil(lambda: measured(program, "G.jpg"), timeout=LONG)
        assert program.window.space.current_photo() == photo_id(program, "G.jpg")


def picked_and_exported(qtbot: QtBot, program: Program, request: ExportRequest) -> None:
    """Picks the first photo and presses the button of the export screen."""
    program.window.space.go_to(photo_id(program, "A.jpg"))
    press(program, "pick")
    press(program, "export")
    dialog = program.export.dialog
    dialog.choose(request)
    qtbot.waitUntil(dialog._export.isEnabled, timeout=LONG)
    dialog._export.click()
    qtbot.waitUntil(lambda: program.export.is_writing, timeout=LONG)


def test_a_folder_is_watched_on_after_its_photos_were_renamed(
    qtbot: QtBot, program: Program, shoot_folder: Path, later: Path
) -> None:
    watch(qtbot, program)
    naming = Naming(NameTemplate.parse("{name}_x"))
    picked_and_exported(
        qtbot, program, ExportRequest(ExportKind.RENAME, Selection(Choice.PICKS), naming=naming)
    )
    qtbot.waitUntil(lambda: not program.export.is_running, timeout=LONG)
    program.export.dialog.reject()
    qtbot.waitUntil(lambda: measured(program, "A_x.jpg"), timeout=LONG)
    assert program.session.shoot.decision(photo_id(program, "A_x.jpg")).flag is Flag.PICK
    assert program.window.keymap.action(table.WATCH).isChecked()
    shutil.copy2(later / "G.jpg", shoot_folder / "G.jpg")
    qtbot.waitUntil(lambda: measured(program, "G.jpg"), timeout=LONG)


def test_what_an_export_writes_into_a_watched_photo_is_no_news_of_it(
    qtbot: QtBot, program: Program, shoot_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, is_seen = threading.Event(), threading.Event()
    look = Arrivals.look

    def noting(self: Arrivals, files: Iterable[ScannedFile], *how: Any) -> ArrivalsSeen:
        found = look(self, files, *how)
        if found.fresh:
            (is_seen if seen.is_set() else seen).set()
        return found

    def slow(*how: object) -> ExportResult:
        result = export(*how)  # type: ignore[arg-type]
        is_seen.wait(LONG / 1000)  # such as a long shoot takes
        return result

    monkeypatch.setattr(export_controller, "export", slow)
    watch(qtbot, program)
    monkeypatch.setattr(Arrivals, "look", noting)
    run = program.session.shoot.finished
    embedded = ExportRequest(ExportKind.XMP, Selection(Choice.PICKS), xmp=XmpChoices(embed=True))
    picked_and_exported(qtbot, program, embedded)
    qtbot.waitUntil(lambda: not program.export.is_running, timeout=2 * LONG)
    assert is_seen.is_set()
    program.export.dialog.reject()
    qtbot.waitUntil(lambda: program.watch.is_idle, timeout=LONG)
    assert program.session.shoot.finished is run, "nothing is measured anew"

    press(program, "close_folder")
    (shoot_folder / "A.jpg").rename(shoot_folder / "elsewhere.jpg")
    analysed(qtbot, program, shoot_folder)
    assert program.session.shoot.decision(photo_id(program, "elsewhere.jpg")).flag is Flag.PICK


def test_a_photo_that_was_taken_away_and_comes_back_is_part_of_the_shoot_again(
    qtbot: QtBot, program: Program, shoot_folder: Path, later: Path
) -> None:
    program.session.review.set_flag([photo_id(program, "A.jpg")], Flag.PICK)
    watch(qtbot, program)
    (shoot_folder / "A.jpg").rename(later / "A.jpg")
    shutil.copy2(later / "G.jpg", shoot_folder / "G.jpg")
    qtbot.waitUntil(lambda: measured(program, "G.jpg") and "A.jpg" not in names(program), timeout=LONG)
    (later / "A.jpg").rename(shoot_folder / "A.jpg")
    qtbot.waitUntil(lambda: measured(program, "A.jpg"), timeout=LONG)
    assert program.session.shoot.decision(photo_id(program, "A.jpg")).flag is Flag.PICK


def test_a_photo_that_goes_leaves_the_window_soon_and_comes_back_with_what_was_decided(
    qtbot: QtBot, program: Program, shoot_folder: Path, later: Path
) -> None:
    press(program, "watch")
    program.session.review.set_flag([photo_id(program, "A.jpg"), photo_id(program, "C.jpg")], Flag.PICK)
    (shoot_folder / "A.jpg").rename(later / "A.jpg")
    (shoot_folder / "sub").mkdir()
    (shoot_folder / "C.jpg").rename(shoot_folder / "sub" / "C.jpg")
    qtbot.waitUntil(lambda: "A.jpg" not in names(program), timeout=LONG)
    (later / "A.jpg").rename(shoot_folder / "A.jpg")
    qtbot.waitUntil(lambda: measured(program, "A.jpg") and measured(program, "C.jpg"), timeout=LONG)
    shoot = program.session.shoot
    picks = {
        shoot.photos[one].path
        for one, each in shoot.decisions.items()
        if each.flag is Flag.PICK and one in shoot.photos
    }
    assert picks == {shoot_folder / "A.jpg", shoot_folder / "sub" / "C.jpg"}, "also where it was moved to"


def test_a_file_that_a_program_saves_by_another_does_not_leave(
    qtbot: QtBot, program: Program, shoot_folder: Path, later: Path
) -> None:
    seen: list[set[str]] = []
    program.session.decisions_changed.connect(lambda: seen.append(names(program)))
    watch(qtbot, program)
    content = (shoot_folder / "A.jpg").read_bytes()
    (shoot_folder / "A.jpg").unlink()
    qtbot.waitUntil(lambda: not program.watch.is_idle, timeout=LONG)
    (shoot_folder / "A.jpg").write_bytes(content)
    shutil.copy2(later / "G.jpg", shoot_folder / "G.jpg")
    qtbot.waitUntil(lambda: measured(program, "G.jpg"), timeout=LONG)
    assert all("A.jpg" in each for each in seen)


def test_what_another_program_notes_beside_a_photo_is_seen(
    qtbot: QtBot, program: Program, shoot_folder: Path
) -> None:
    watch(qtbot, program)
    sidecar = shoot_folder / "A.xmp"
    for stars in (3, 5):
        half = shoot_folder / "A.xmp.tmp"
        half.write_bytes(packet(f'xmp:Rating="{stars}"'))
        half.rename(sidecar)
        qtbot.waitUntil(partial(has_stars, program, "A.jpg", stars), timeout=LONG)


def test_a_companion_that_comes_and_grows_is_read(qtbot: QtBot, program: Program, shoot_folder: Path) -> None:
    watch(qtbot, program)
    film = shoot_folder / "A.mov"
    film.write_bytes(b"half")
    qtbot.waitUntil(lambda: photo(program, "A.jpg").companions == (film,), timeout=LONG)
    qtbot.waitUntil(
        lambda: program.session.shoot.finished is not None and program.watch.is_idle, timeout=LONG
    )
    run = program.session.shoot.finished
    film.write_bytes(b"half and the other half")
    qtbot.waitUntil(lambda: program.session.shoot.finished not in (None, run), timeout=LONG)


def test_a_folder_that_is_renamed_keeps_its_photos_and_is_opened_by_its_new_name(
    qtbot: QtBot, program: Program, shoot_folder: Path, later: Path
) -> None:
    program.session.review.set_flag([photo_id(program, "A.jpg")], Flag.PICK)
    watch(qtbot, program)
    before, messages = names(program), program.window.messages
    renamed = shoot_folder.rename(shoot_folder.with_name("Anna and Ben"))
    qtbot.waitUntil(lambda: "is called “Anna and Ben” now" in messages.text(), timeout=LONG)
    assert names(program) == before
    button(messages, "Open “Anna and Ben”").click()
    qtbot.waitUntil(lambda: measured(program, "A.jpg"), timeout=LONG)
    assert program.session.sources == (renamed,)
    assert program.session.shoot.decision(photo_id(program, "A.jpg")).flag is Flag.PICK
    assert program.watch.is_on
    shutil.copy2(later / "G.jpg", renamed / "G.jpg")
    qtbot.waitUntil(lambda: measured(program, "G.jpg"), timeout=LONG)


def test_one_of_two_watched_folders_goes_away_and_comes_back(
    qtbot: QtBot, program: Program, shoot_folder: Path, later: Path, tmp_path: Path
) -> None:
    other, drive = tmp_path / "drive" / "second", tmp_path / "drive"
    other.mkdir(parents=True)
    (shoot_folder / "D.jpg").rename(other / "D.jpg")
    program.session.open([shoot_folder, other])
    wait_until_analysed(qtbot, program)
    program.session.review.set_flag([photo_id(program, "D.jpg")], Flag.PICK)
    watch(qtbot, program)
    messages, before = program.window.messages, names(program)
    drive.rename(tmp_path / "unplugged")
    qtbot.waitUntil(lambda: "“second” cannot be reached" in messages.text(), timeout=LONG)
    shutil.copy2(later / "G.jpg", shoot_folder / "G.jpg")
    qtbot.waitUntil(lambda: measured(program, "G.jpg"), timeout=LONG)
    assert names(program) == before | {"G.jpg"}, "what is away stays"
    assert "“second” cannot be reached" in messages.text()
    (tmp_path / "unplugged").rename(drive)
    qtbot.waitUntil(lambda: "cannot be reached" not in messages.text(), timeout=LONG)
    shutil.copy2(later / "B.jpg", other / "B.jpg")
    qtbot.waitUntil(lambda: measured(program, "B.jpg"), timeout=LONG)
    assert program.session.shoot.decision(photo_id(program, "D.jpg")).flag is Flag.PICK


def test_an_empty_folder_where_a_drive_was_takes_no_photo_away(
    qtbot: QtBot, program: Program, shoot_folder: Path, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch(qtbot, program)
    before, real = names(program), watched._identity

    def on_another_device(folder: Path) -> tuple[int, int] | None:
        found = real(folder)
        return (found[0] + 1, found[1]) if found is not None and folder == shoot_folder else found

    monkeypatch.setattr(watched, "_identity", on_another_device)
    for each in list(shoot_folder.iterdir()):
        each.rename(later / each.name)
    qtbot.waitUntil(lambda: "cannot be reached" in program.window.messages.text(), timeout=LONG)
    assert names(program) == before


def test_an_upload_that_stood_still_for_long_and_goes_on_is_read_again(
    qtbot: QtBot, program: Program, shoot_folder: Path, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrivals, "PATIENCE", arrivals.STILL)
    watch(qtbot, program)
    content = (later / "G.jpg").read_bytes()
    with (shoot_folder / "G.jpg").open("wb", buffering=0) as file:
        file.write(content[: len(content) // 2])
        qtbot.waitUntil(lambda: "G.jpg" in names(program), timeout=LONG)
        qtbot.waitUntil(lambda: program.session.shoot.finished is not None, timeout=LONG)
        qtbot.waitUntil(lambda: program.watch.is_idle, timeout=LONG)
        file.write(content[len(content) // 2 :])
    qtbot.waitUntil(
        lambda: (
            measured(program, "G.jpg")
            and program.session.shoot.analyses[photo_id(program, "G.jpg")].damage is None
        ),
        timeout=LONG,
    )
