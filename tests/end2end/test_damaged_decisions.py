"""Decisions that were damaged on the disk: the window asks what shall take their place, a command says what helps."""

import os
import random
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.__main__ import main
from app.bootstrap import Services, open_services
from app.exit_codes import EXIT_BROKEN, EXIT_CANCELLED, EXIT_NOTHING, EXIT_OK, EXIT_USAGE
from app.paths import places
from app.repair_dialogue import open_or_repair
from core.export.carry_out import export
from core.export.kinds import ExportKind
from core.export.request import ExportRequest, Material, plan_export
from core.persistence.session_store import SessionStore
from core.review.audit.kept import KeptAudit
from core.review.audit.sample import draw
from core.types import Accepted, Decision, Flag, Photo, PhotoId
from fixtures.exports import frames
from ui.dialogs.repair_dialog import RepairDialog
from ui.theme import DARK

COUNT = 400
FOLDER = Path("/shoot")


def photo(number: int) -> Photo:
    path = FOLDER / f"IMG_{number:04}.CR2"
    return Photo(PhotoId(f"id{number:06}"), path, size_bytes=1000 + number, mtime_ns=10**18 + number)


PHOTOS = [photo(number) for number in range(COUNT)]


def decide(photos: list[Photo], flag: Flag = Flag.PICK) -> None:
    """A visit: some decisions, and the program is closed."""
    with open_services(places()) as services:
        for at in range(0, len(photos), 20):
            some = photos[at : at + 20]
            before, after = [Decision(one.id) for one in some], [Decision(one.id, flag) for one in some]
            services.decisions.record([FOLDER], "Decide", some, before, after)


def flags() -> dict[PhotoId, Flag | None]:
    with closing(SessionStore.open(places().decisions)) as store:
        return {one: decision.flag for one, decision in store.load_decisions(PHOTOS).items()}


@pytest.fixture
def decisions(home: Path) -> Path:
    """Two visits: yesterday all but 40 photos, of which there is a backup, and the others today."""
    decide(PHOTOS[:-40])
    yesterday = time.time() - 86_400
    os.utime(home / "decisions.sqlite.last-close", (yesterday, yesterday))
    decide(PHOTOS[-40:], Flag.REJECT)
    (home / "decisions.sqlite.last-close").unlink()
    return home / "decisions.sqlite"


EXPECTED = {one.id: Flag.PICK for one in PHOTOS[:-40]} | {one.id: Flag.REJECT for one in PHOTOS[-40:]}


def overwrite(path: Path, start: int, length: int, seed: int = 1) -> None:
    content = bytearray(path.read_bytes())
    content[start : start + length] = random.Random(seed).randbytes(length)
    path.write_bytes(content)


def flip_a_flag(path: Path) -> None:
    """So that SQLite finds nothing wrong with it."""
    with closing(sqlite3.connect(path)) as other, other:
        other.create_function("seal", -1, lambda *_: 12345)
        other.execute("UPDATE decision SET flag = 'unflagged' WHERE photo_id = ?", (PHOTOS[3].id,))


DAMAGES: dict[str, Callable[[Path], object]] = {
    "the header is gone": lambda path: overwrite(path, 0, 100),
    "the first page is gone": lambda path: overwrite(path, 0, 4096),
    "pages in the middle": lambda path: overwrite(path, 20 * 4096, 6 * 4096),
    "a flag was flipped": flip_a_flag,
    "the tail was cut off": lambda path: os.truncate(path, path.stat().st_size // 2),
    "it was emptied": lambda path: os.truncate(path, 0),
    "it is gone": lambda path: path.unlink(),
    "text in its place": lambda path: path.write_text("this is no database"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_what_was_decided_before_the_last_backup_always_comes_back(
    decisions: Path, damage: Callable[[Path], object], capsys: pytest.CaptureFixture[str]
) -> None:
    damage(decisions)
    damaged = decisions.read_bytes() if decisions.exists() else None
    assert main(["export", "/nowhere"]) == EXIT_BROKEN
    assert "shortlist repair" in " ".join(capsys.readouterr().err.split())
    assert main(["repair"]) == EXIT_BROKEN
    said = capsys.readouterr().out
    assert "shortlist repair rescue" in said
    assert "shortlist repair last-day" in said
    assert (decisions.read_bytes() if decisions.exists() else None) == damaged, "asking changes nothing"
    assert main(["repair", "rescue"]) == EXIT_OK
    back = flags()
    assert {one: flag for one, flag in back.items() if EXPECTED[one] is not flag} == {}
    assert {one.id for one in PHOTOS[:-40]} <= set(back)
    assert main(["repair"]) == EXIT_OK
    if damaged is not None:
        assert decisions.with_name("decisions.sqlite.damaged").read_bytes() == damaged


@pytest.mark.parametrize("damage", ["the header is gone", "the first page is gone", "a flag was flipped"])
def test_most_comes_back_without_any_backup(decisions: Path, home: Path, damage: str) -> None:
    (home / "decisions.sqlite.last-day").unlink()
    DAMAGES[damage](decisions)
    assert main(["repair", "rescue"]) == EXIT_OK
    back = flags()
    assert len(back) == COUNT - (damage == "a flag was flipped")
    assert all(EXPECTED[one] is flag for one, flag in back.items())


def test_a_decision_that_cannot_be_trusted_is_named(
    decisions: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "decisions.sqlite.last-day").unlink()
    flip_a_flag(decisions)
    main(["repair"])
    assert (
        "The decision on 1 photo cannot be trusted and is left open: IMG_0003.CR2." in capsys.readouterr().out
    )


def test_the_undo_journal_survives_a_rescue(decisions: Path) -> None:
    flip_a_flag(decisions)
    assert main(["repair", "rescue"]) == EXIT_OK
    with closing(SessionStore.open(decisions)) as store:
        assert len(store.journal([FOLDER])) == COUNT // 20


def test_an_audit_and_whose_flags_they_are_survive_a_rescue(decisions: Path) -> None:
    with open_services(places()) as services:
        kept = KeptAudit(services.decisions, [FOLDER])
        audit = draw([one.id for one in PHOTOS[10:50]], 5, seed=1)
        kept.begin(audit)
        audit = kept.answer(audit, audit.drawn[0], keeper=True)
        some = PHOTOS[10:12]
        accepted = [Decision(one.id, Flag.REJECT, accepted=Accepted.MANY) for one in some]
        services.decisions.record([FOLDER], "Accept", some, [Decision(one.id) for one in some], accepted)
    flip_a_flag(decisions)
    assert main(["repair", "rescue"]) == EXIT_OK
    with closing(SessionStore.open(decisions)) as store:
        assert KeptAudit(store, [FOLDER]).latest() == audit
        found = store.load_decisions(PHOTOS)
        assert {one for one, decision in found.items() if decision.is_programs} == {one.id for one in some}


def test_what_is_still_in_the_log_is_rescued(decisions: Path, tmp_path: Path) -> None:
    """The program was killed, and the file damaged before it was started again."""
    with closing(SessionStore.open(decisions)) as store:
        store.record(
            [FOLDER], "Late", PHOTOS[:1], [Decision(PHOTOS[0].id)], [Decision(PHOTOS[0].id, rating=4)]
        )
        for suffix in ("", "-wal"):
            shutil.copy(f"{decisions}{suffix}", tmp_path / f"killed{suffix}")
    for suffix in ("", "-wal"):
        shutil.copy(tmp_path / f"killed{suffix}", f"{decisions}{suffix}")
    overwrite(decisions, 0, 4096)
    assert main(["repair", "rescue"]) == EXIT_OK
    with closing(SessionStore.open(decisions)) as store:
        assert store.load_decisions(PHOTOS)[PHOTOS[0].id].rating == 4


def test_a_backup_takes_the_place_of_what_is_damaged(decisions: Path) -> None:
    overwrite(decisions, 4096, 8 * 4096)
    assert main(["repair", "yesterday"]) == EXIT_USAGE
    assert main(["repair", "last-day"]) == EXIT_OK
    assert flags() == {one.id: Flag.PICK for one in PHOTOS[:-40]}


def test_every_damaged_file_is_kept(decisions: Path, home: Path) -> None:
    for _ in range(2):
        overwrite(decisions, 0, 4096)
        assert main(["repair", "anew"]) == EXIT_OK
        assert flags() == {}
    names = {path.name for path in home.iterdir()}
    assert {"decisions.sqlite.damaged", "decisions.sqlite.damaged-2"} <= names


def test_a_rescue_killed_before_its_last_step_is_done_again(
    decisions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    overwrite(decisions, 0, 4096)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        assert main(["repair", "rescue"]) == EXIT_CANCELLED
    assert not decisions.exists()
    assert main(["repair", "rescue"]) == EXIT_OK
    assert flags() == EXPECTED


def in_dialog(answer: Callable[[RepairDialog], None]) -> list[str]:
    """Answers the question as soon as it is on the screen; returns what stood in it."""
    seen: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, RepairDialog):
            QTimer.singleShot(20, look)
            return
        seen.extend(label.text() for label in dialog.findChildren(QLabel))
        seen.extend(button.text() for button in dialog.findChildren(QAbstractButton))
        try:
            answer(dialog)
        except BaseException as error:  # noqa: BLE001 - the dialog must not wait for ever
            seen.append(f"failed: {error!r}")
        finally:
            if dialog.isVisible():
                dialog.reject()

    QTimer.singleShot(0, look)
    return seen


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


def open_window_services(stack: ExitStack) -> Services | None:
    return open_or_repair(places(), stack, DARK)


def test_enter_takes_the_best_way(qtbot: QtBot, decisions: Path, stack: ExitStack) -> None:
    overwrite(decisions, 0, 4096)
    seen = in_dialog(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return))
    services = open_window_services(stack)
    assert services is not None
    assert any("Rescue what can be read: 400 decisions" in text for text in seen)
    assert services.troubles[0].startswith(
        "400 decisions are back. The damaged file is kept as “decisions.sqlite"
    )
    assert {one.flag for one in services.decisions.load_decisions(PHOTOS).values()} == {
        Flag.PICK,
        Flag.REJECT,
    }


def test_a_backup_is_chosen_with_the_mouse(qtbot: QtBot, decisions: Path, stack: ExitStack) -> None:
    overwrite(decisions, 0, 4096)

    def choose(dialog: RepairDialog) -> None:
        buttons = {button.text(): button for button in dialog.findChildren(QAbstractButton)}
        backup = next(button for text, button in buttons.items() if text.startswith("Put the backup of"))
        qtbot.mouseClick(
            backup, Qt.MouseButton.LeftButton, pos=backup.rect().topLeft() + backup.rect().center() / 8
        )
        assert backup.isChecked()
        qtbot.mouseClick(buttons["Go on"], Qt.MouseButton.LeftButton)

    in_dialog(choose)
    services = open_window_services(stack)
    assert services is not None
    assert len(services.decisions.load_decisions(PHOTOS)) == COUNT - 40


def test_leaving_leaves_all_as_it_is(qtbot: QtBot, decisions: Path, home: Path, stack: ExitStack) -> None:
    overwrite(decisions, 0, 4096)
    before = {path.name: path.read_bytes() for path in home.iterdir()}
    in_dialog(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    assert open_window_services(stack) is None
    assert {path.name: path.read_bytes() for path in home.iterdir()} == before


def test_a_damaged_journal_of_exports_stops_nothing(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photos, chosen = frames(tmp_path / "shoot", 4)
    with open_services(places()) as services:
        plan = list(plan_export(ExportRequest(ExportKind.XMP), Material(list(photos), chosen)))
        export(plan, services.exports, "sidecars")
    overwrite(home / "exports.sqlite", 0, 4096)
    damaged = (home / "exports.sqlite").read_bytes()
    decide(PHOTOS[:20])
    assert (home / "exports.sqlite.damaged").read_bytes() == damaged
    assert len(flags()) == 20
    overwrite(home / "exports.sqlite", 0, 4096, seed=2)
    assert main(["export", "--undo"]) == EXIT_NOTHING
    assert "It is kept as “exports.sqlite.damaged-2”" in " ".join(capsys.readouterr().err.split())
