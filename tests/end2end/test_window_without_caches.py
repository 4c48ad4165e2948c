"""Where nothing can be kept, the window says so once and goes on."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.errors import StoreError
from core.language import say
from core.persistence.facts_cache import FactsCache
from core.persistence.session_store import SessionStore
from core.types import Decision, Flag
from fixtures.shoots import scene, write_photo
from fixtures.windows import analysed, photo_id, running
from ui.marks.roles import Role

pytestmark = pytest.mark.usefixtures("measured_here")


def test_a_full_disk_is_told_of_and_the_shoot_is_shown(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError(say("The disk is full. Make room and try again."))

    monkeypatch.setattr(FactsCache, "put", full)
    write_photo(tmp_path / "1.jpg", scene(1, (320, 240)))
    with running() as program:
        program.session.open([tmp_path])
        qtbot.waitUntil(lambda: "The disk is full" in program.window.messages.text(), timeout=60_000)
        assert program.window.messages.text().startswith("Nothing that is found out now can be kept")
        program.session.cancel()
        qtbot.waitUntil(lambda: program.session.shoot.finished is not None, timeout=60_000)
        assert len(program.session.shoot.photos) == 1


def test_a_decision_that_cannot_be_written_is_told_of_and_not_shown(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise StoreError(say("The disk is full. Make room and try again."))

    write_photo(tmp_path / "1.jpg", scene(1, (320, 240)))
    with running() as program:
        analysed(qtbot, program, tmp_path)
        space, photo = program.window.space, photo_id(program, "1.jpg")
        with monkeypatch.context() as broken:
            broken.setattr(SessionStore, "record", full)
            qtbot.keyClick(space.views.front, Qt.Key.Key_P)
            assert program.window.messages.text().startswith("The disk is full")
        assert space.model.index(0).data(Role.DECISION) == Decision(photo)
        assert program.session.shoot.tally.flagged(Flag.PICK) == 0
        qtbot.keyClick(space.views.front, Qt.Key.Key_P)
        assert space.model.index(0).data(Role.DECISION).flag is Flag.PICK
        assert program.session.shoot.tally.flagged(Flag.PICK) == 1
