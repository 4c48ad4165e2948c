"""A shoot with other programs' decisions in it: shown on import, and asked about where they contradict."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.__main__ import main
from app.window import Program
from core.export.kinds import Choice, ExportKind, Selection
from core.export.request import ExportRequest
from core.export.xmp import XmpChoices
from core.sidecar.photo_embed import plan_embed, write_embed
from core.sidecar.xmp_edit import XmpEdit, new_packet
from core.sidecar.xmp_reader import read_packet
from core.types import Decision, Flag, Label
from fixtures.windows import analysed, exported, running
from ui.commands.table import BY_ID
from ui.export.confirm_dialog import ConfirmDialog
from ui.widgets.message_bar import MessageBar

pytestmark = pytest.mark.usefixtures("measured_here")


@contextmanager
def opened(qtbot: QtBot, folder: Path) -> Iterator[Program]:
    with running() as program:
        analysed(qtbot, program, folder)
        yield program


@pytest.fixture
def few(shoot_folder: Path) -> Path:
    """Three frames are enough here."""
    for path in shoot_folder.iterdir():
        if path.stem not in ("A", "D", "L"):
            path.unlink()
    return shoot_folder


def decision(program: Program, name: str) -> Decision:
    photo = next(photo for photo in program.session.shoot.photos.values() if photo.path.name == name)
    return program.session.shoot.decision(photo.id)


def rate(program: Program, name: str, rating: int) -> None:
    program.window.space.go_to(decision(program, name).photo_id)
    program.window.keymap.action(BY_ID[f"rate_{rating}"]).trigger()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All information that was shown, also what has gone again by itself."""
    texts: list[str] = []
    really = MessageBar.show_info

    def show_info(self: MessageBar, text: str, *rest: Any) -> None:
        texts.append(text)
        really(self, text, *rest)

    monkeypatch.setattr(MessageBar, "show_info", show_info)
    return texts


def test_what_others_decided_is_shown_and_a_contradiction_is_asked_once(
    few: Path, qtbot: QtBot, told: list[str]
) -> None:
    (few / "A.xmp").write_bytes(new_packet(XmpEdit(Flag.PICK, 4)))
    write_embed(plan_embed(few / "D.jpg", XmpEdit(label=Label.RED)))
    (few / "L.xmp").write_bytes(b"<torn")
    with opened(qtbot, few) as first:
        shown = decision(first, "A.jpg")
        assert (shown.flag, shown.rating) == (Flag.PICK, 4)
        assert decision(first, "D.jpg").label is Label.RED
        assert "L.xmp" in [failure.path.name for failure in first.session.shoot.failures]
        assert "Flags, stars and labels of 2 photos were read from files." in told
        rate(first, "A.jpg", 2)

    theirs = new_packet(XmpEdit(Flag.REJECT, 5)).replace(b"Shortlist", b"Adobe XMP Core 7.0")
    (few / "A.xmp").write_bytes(theirs)
    later = time.time() + 60
    os.utime(few / "A.xmp", (later, later))
    with opened(qtbot, few) as second:
        assert decision(second, "A.jpg").rating == 2, "never overwritten without a word"
        assert "1 photo was decided differently" in second.window.messages.text()
        second.window.keymap.action(BY_ID["conflicts"]).trigger()
        assert second.marks._dialog.isVisible()
        second.marks._dialog.take_requested.emit([decision(second, "A.jpg").photo_id])
        taken = decision(second, "A.jpg")
        assert (taken.flag, taken.rating) == (Flag.REJECT, 5)
        second.window.keymap.action(BY_ID["undo"]).trigger()
        assert not second.marks._dialog.isVisible()
        assert decision(second, "A.jpg").rating == 2
        second.marks._dialog.keep_requested.emit([decision(second, "A.jpg").photo_id])

    with opened(qtbot, few) as third:
        assert decision(third, "A.jpg").rating == 2
        assert "otherwise" not in third.window.messages.text()
        third.window.keymap.action(BY_ID["conflicts"]).trigger()
        assert told[-1] == "No other program has decided differently since then."


def test_a_run_without_a_screen_respects_them_too(few: Path, tmp_path: Path) -> None:
    (few / "A.xmp").write_bytes(new_packet(XmpEdit(Flag.REJECT, 4)))
    main(["cull", str(few), "--export", "xmp", "--out", str(tmp_path / "out")])
    facts = read_packet((tmp_path / "out" / "A.xmp").read_bytes())
    assert (facts.flag, facts.rating) == (Flag.REJECT, 4)


def test_embedding_changes_no_picture_so_nothing_is_measured_again(
    few: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = ExportRequest(ExportKind.XMP, Selection(Choice.DECIDED), xmp=XmpChoices(embed=True))
    before = (few / "A.jpg").read_bytes()
    with opened(qtbot, few) as first:
        rate(first, "A.jpg", 4)
        exported(qtbot, first, request)
        assert (few / "A.jpg").read_bytes() != before
        photo = first.session.shoot.photos[decision(first, "A.jpg").photo_id]
        assert first.session._services.thumbnails.get(photo) is not None
    with opened(qtbot, few) as second:
        assert second.session.shoot.finished is not None
        assert second.session.shoot.finished.computed == 0
        photo = second.session.shoot.photos[decision(second, "A.jpg").photo_id]
        assert photo.marks.rating == 4, "what it says about itself is read again"
        monkeypatch.setattr(ConfirmDialog, "exec", lambda _dialog: True)
        second.export.undo()
        qtbot.waitUntil(lambda: not second.export.is_running, timeout=10_000)
    assert (few / "A.jpg").read_bytes() == before
    with opened(qtbot, few) as third:
        assert third.session.shoot.finished is not None
        assert third.session.shoot.finished.computed == 0
