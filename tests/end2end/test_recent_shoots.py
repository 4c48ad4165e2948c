"""The welcome page says of each recent shoot how far it is, in words and with its picture, without opening it."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app import bootstrap
from app.paths import places
from app.recent_shoots import RecentShoots
from app.window import Program, kept_choices
from core.persistence.thumbnail_cache import ThumbnailCache
from core.shoot.criteria import Criteria
from fixtures.patience import PATIENCE
from fixtures.runs import Interrupted
from fixtures.windows import analysed, photo_id, press, running, wait_until_analysed
from ui.recent_shoot import RecentShoot

pytestmark = pytest.mark.usefixtures("measured_here")


def recent(program: Program) -> list[QPushButton]:
    return [each for each in program.window.welcome.findChildren(QPushButton, "recent") if each.isVisible()]


def words(button: QPushButton) -> list[str]:
    return [label.text() for label in button.findChildren(QLabel) if label.text()]


def picture(button: QPushButton) -> QImage:
    return next(
        label.pixmap().toImage() for label in button.findChildren(QLabel) if not label.pixmap().isNull()
    )


def notes_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def test_a_shoot_that_is_closed_says_what_was_decided_and_what_is_open(
    qtbot: QtBot, shoot_folder: Path
) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        program.window.space.go_to(photo_id(program, "L.jpg"))
        press(program, "pick")
        whole, bursts = len(program.session.shoot.photos), program.session.shoot.tally.open_bursts
        assert bursts > 1
        press(program, "close_folder")
        qtbot.waitUntil(lambda: len(recent(program)) == 1)
        (button,) = recent(program)
        assert f"1 of {whole} decided  ·  {bursts} bursts open" in words(button)
        assert f"1 of {whole} decided" in button.accessibleName()
        image = picture(button)
        assert len({image.pixel(x, y) for x in range(0, 60, 6) for y in range(0, 40, 6)}) > 20, "of the photo"
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert program.session.sources == (shoot_folder,)


def test_a_shoot_whose_measuring_was_stopped_says_how_much_of_it_is_not_measured(
    qtbot: QtBot, shoot_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = threading.Event()
    monkeypatch.setattr(bootstrap, "local_workers", lambda *_: Interrupted(4, lambda: goes_on.wait(PATIENCE)))
    with running() as program:
        program.session.open([shoot_folder])
        shoot = program.session.shoot
        qtbot.waitUntil(lambda: bool(shoot.photos), timeout=20_000)
        program.session.cancel()
        goes_on.set()
        qtbot.waitUntil(lambda: shoot.finished is not None, timeout=60_000)
        left = len(shoot.photos) - len(shoot.analyses)
        assert left
        press(program, "close_folder")
        qtbot.waitUntil(lambda: len(recent(program)) == 1)
        assert any(said.endswith(f"{left} not measured yet") for said in words(recent(program)[0]))


def test_it_is_noted_too_when_the_window_is_closed_or_another_shoot_opened(
    qtbot: QtBot, shoot_folder: Path, tmp_path: Path
) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
    with running() as program:
        qtbot.waitUntil(lambda: len(recent(program)) == 1)
        assert any("0 of" in said for said in words(recent(program)[0]))
        analysed(qtbot, program, shoot_folder)
        program.window.space.go_to(photo_id(program, "L.jpg"))
        press(program, "reject")
        other = tmp_path / "empty"
        other.mkdir()
        program.session.open([other])
        qtbot.waitUntil(lambda: len(recent(program)) == 2)
        (found,) = [each for each in recent(program) if shoot_folder.name in words(each)]
        assert any("1 of" in said for said in words(found))


def test_how_far_it_is_is_on_disk_while_it_is_open_as_a_program_that_is_killed_leaves_it(
    qtbot: QtBot, shoot_folder: Path
) -> None:
    with running() as program:
        program.session.open([shoot_folder])
        # Once photos are found, for a first run may take an hour; its end does not start this clock.
        qtbot.waitUntil(program.session._note_soon.isActive)
        wait_until_analysed(qtbot, program)
        notes = Path(kept_choices(places()).fileName())
        qtbot.waitUntil(lambda: r"\"decided\": 0" in notes_of(notes))
        program.window.space.go_to(photo_id(program, "L.jpg"))
        press(program, "pick")
        qtbot.waitUntil(lambda: r"\"decided\": 1" in notes_of(notes))


def test_what_was_offered_about_a_shoot_is_not_offered_about_the_next(
    qtbot: QtBot, shoot_folder: Path, tmp_path: Path
) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        program.window.messages.show_question("This looks like a wedding.", "Choose it", lambda: None)
        press(program, "close_folder")
        assert program.window.messages.text() == ""
        program.session.open([shoot_folder])
        program.window.messages.show_question("This looks like a wedding.", "Choose it", lambda: None)
        program.session.open_again()
        assert program.window.messages.text() == "This looks like a wedding.", "it is the same shoot"
        program.session.open([tmp_path])
        assert program.window.messages.text() == ""


def test_a_shoot_opens_where_one_was_in_it(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        first, later = program.window.space.current_photo(), photo_id(program, "L.jpg")
        assert first != later
        program.window.space.go_to(later)
        press(program, "close_folder")
        analysed(qtbot, program, shoot_folder)
        program.window.space.set_criteria(Criteria(text="no such photo"))
        press(program, "close_folder")
        analysed(qtbot, program, shoot_folder)
        assert program.window.space.current_photo() == later
        analysed(qtbot, program, shoot_folder, first)
        assert program.window.space.current_photo() == first, "where it is asked for a photo, that one counts"


def test_a_shoot_whose_photos_are_all_decided_says_so() -> None:
    assert RecentShoot(Path("a"), 1380, 412, 34).progress_words() == "412 of 1,380 decided  ·  34 bursts open"
    assert RecentShoot(Path("a"), 1380, 412).progress_words() == "412 of 1,380 decided"
    stopped = RecentShoot(Path("a"), 1380, 412, 34, 1000)
    assert stopped.progress_words() == "412 of 1,380 decided  ·  34 bursts open  ·  1,000 not measured yet"
    assert RecentShoot(Path("a"), 1380, 1380).progress_words() == "1,380 photos, all decided"
    assert RecentShoot(Path("a")).progress_words() == ""


@pytest.mark.parametrize("kept", ["", "[]", "{", '{"%s": 5}', '{"%s": {"photos": "many", "cover": []}}'])
def test_notes_that_make_no_sense_leave_the_folder(qtbot: QtBot, tmp_path: Path, kept: str) -> None:
    settings: QSettings = kept_choices(places())
    settings.setValue("recent", kept.replace("%s", str(tmp_path)))
    cache = ThumbnailCache.open(tmp_path / "thumbnails.sqlite")
    try:
        assert RecentShoots(settings, cache).of([tmp_path]) == [RecentShoot(tmp_path)]
    finally:
        cache.close()
