"""Exports in the window: shown, carried out, undone, and told of when one was killed."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.bootstrap import Services, open_services
from app.controllers import export_controller
from app.export_choices import load_choices, load_metadata
from app.paths import places
from app.window import Program
from core.export.carry_out import ExportResult, export
from core.export.journal import Journal
from core.export.kinds import Choice, ExportKind, Selection
from core.export.proofs import ProofChoices
from core.export.request import ExportRequest
from core.export.touched import Touched
from core.language import say
from core.naming.names import NameTemplate, Naming
from core.types import Flag
from fixtures.exports import THEIRS, contents
from fixtures.patience import PATIENCE
from fixtures.windows import there
from ui.commands.table import BY_ID
from ui.export.confirm_dialog import ConfirmDialog
from ui.export.metadata_dialog import MetadataDialog
from ui.export.names_view import NamesView
from ui.export.plan_view import PlanView, Preview
from ui.export.proof_form import ProofForm
from ui.export.result_view import ResultView
from ui.widgets.choices import ChoiceBox

NAMED = Naming(NameTemplate.parse("{name}_x"))

pytestmark = pytest.mark.usefixtures("measured_here")


@pytest.fixture
def services() -> Iterator[Services]:
    with open_services(places()) as services:
        yield services


@pytest.fixture
def questions() -> list[str]:
    return []


@pytest.fixture
def program(
    qtbot: QtBot, services: Services, questions: list[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Program]:
    def yes(question: ConfirmDialog) -> int:
        questions.extend(label.text() for label in question.findChildren(QLabel))
        return 1

    monkeypatch.setattr(ConfirmDialog, "exec", yes)
    program = Program(services)
    program.window.show()
    yield program
    program.window.close()
    program.window.deleteLater()


@pytest.fixture
def picked(qtbot: QtBot, program: Program, shoot_folder: Path) -> Path:
    """The made-up shoot, open in the window, with its first photo picked."""
    program.session.open([shoot_folder])
    qtbot.waitUntil(lambda: len(program.session.shoot.photos) == 13, timeout=20_000)
    found = program.session.shoot.photos
    first = next(photo.id for photo in found.values() if photo.path.name == "A.jpg")
    program.window.space.go_to(first)
    program.window.keymap.action(BY_ID["pick"]).trigger()
    assert program.session.shoot.decision(first).flag is Flag.PICK
    return shoot_folder


def shown(qtbot: QtBot, program: Program, request: ExportRequest) -> list[str]:
    """Chooses an export on the screen and gives the preview."""
    program.window.keymap.action(BY_ID["export"]).trigger()
    program.export.dialog.choose(request)
    view = there(program.export.dialog.findChild(PlanView))
    qtbot.waitUntil(lambda: program.export.dialog._export.isEnabled(), timeout=10_000)
    return view.lines()


def go(qtbot: QtBot, program: Program) -> str:
    """Presses the button and gives the result."""
    program.export.dialog._export.click()
    return finished(qtbot, program)


def finished(qtbot: QtBot, program: Program) -> str:
    qtbot.waitUntil(lambda: not program.export.is_running, timeout=10_000)
    return there(program.export.dialog.findChild(ResultView)).text()


def undone(qtbot: QtBot, program: Program) -> str:
    """Waits for an undoing and gives its result."""
    result = there(program.export.dialog.findChild(ResultView))
    qtbot.waitUntil(lambda: result.text().startswith("Undo: "), timeout=10_000)
    return result.text()


def test_what_is_shown_is_done_and_can_be_undone(
    qtbot: QtBot, program: Program, picked: Path, questions: list[str]
) -> None:
    before = contents(picked)
    lines = shown(qtbot, program, ExportRequest(ExportKind.XMP))
    assert lines == ["A.xmp | create", "xmpDM:pick | – | 1", "xmpDM:good | – | true"]
    assert "1 file done" in go(qtbot, program)
    said = [label.text() for label in program.export.dialog._result.findChildren(QLabel)]
    assert any("will not see the decision on 1 photo" in words for words in said), "Lightroom, of a JPEG"
    assert set(contents(picked)) - set(before) == {"A.xmp"}
    program.export.dialog._result.undo_requested.emit()
    assert "1 file done" in undone(qtbot, program)
    assert any("XMP metadata" in question for question in questions)
    assert contents(picked) == before
    program.window.keymap.action(BY_ID["undo_export"]).trigger()
    assert "no export to undo" in program.window.messages.text()


@pytest.mark.parametrize(
    ("key", "is_undone"), [(Qt.Key.Key_Return, True), (Qt.Key.Key_Enter, True), (Qt.Key.Key_Escape, False)]
)
def test_enter_undoes_an_export_and_escape_does_not(
    qtbot: QtBot,
    program: Program,
    picked: Path,
    monkeypatch: pytest.MonkeyPatch,
    key: Qt.Key,
    *,
    is_undone: bool,
) -> None:
    def answer(question: ConfirmDialog) -> int:
        question.show()
        QTest.keyClick(there(question.focusWidget()), key)
        return question.result()

    before = contents(picked)
    shown(qtbot, program, ExportRequest(ExportKind.XMP))
    go(qtbot, program)
    monkeypatch.setattr(ConfirmDialog, "exec", answer)
    program.export.dialog._result.undo_requested.emit()
    if is_undone:
        undone(qtbot, program)
    else:
        finished(qtbot, program)
    assert (contents(picked) == before) is is_undone


def test_asked_to_undo_while_it_writes_an_export_goes_on_to_its_end(
    qtbot: QtBot, program: Program, picked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on, cancelled = threading.Event(), list[bool]()

    def slow(*how: Any) -> ExportResult:
        goes_on.wait(10)
        cancelled.append(how[-1]())
        return export(*how)

    monkeypatch.setattr(export_controller, "export", slow)
    shown(qtbot, program, ExportRequest(ExportKind.XMP))
    program.export.dialog._export.click()
    qtbot.waitUntil(lambda: program.export.is_writing)
    program.export.undo()
    program.export.carry_out((), say("Names of looks"), ())
    assert program.window.messages.text() == "Files are being written. Ask again when that is done."
    goes_on.set()
    assert "1 file done" in finished(qtbot, program)
    assert cancelled == [False]
    assert (picked / "A.xmp").exists()
    assert not program.export.is_running, "nothing begins by itself after it"


def test_a_plan_that_comes_after_other_choices_were_made_is_not_shown(
    qtbot: QtBot, program: Program, picked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_end = threading.Event(), threading.Event()
    make = export_controller._make_preview

    def slow(*how: Any) -> Preview | None:
        begun.set()
        may_end.wait(PATIENCE)
        return make(*how)

    monkeypatch.setattr(export_controller, "_make_preview", slow)
    dialog = program.export.dialog
    program.window.keymap.action(BY_ID["export"]).trigger()
    dialog.choose(ExportRequest(ExportKind.XMP))
    qtbot.waitUntil(begun.is_set, timeout=10_000)
    dialog.choose(ExportRequest.usual(ExportKind.COPY))  # into a folder that is not chosen yet
    may_end.set()
    qtbot.waitUntil(lambda: not program.export.is_running, timeout=10_000)
    assert there(dialog.findChild(PlanView)).lines() == []
    assert "Choose a folder to write to." in [label.text() for label in dialog.findChildren(QLabel)]
    assert not dialog._export.isEnabled()


def test_moved_photos_leave_the_screen_and_come_back_with_undo(
    qtbot: QtBot, program: Program, picked: Path, tmp_path: Path
) -> None:
    before = contents(picked)
    request = ExportRequest(ExportKind.MOVE, Selection(ExportKind.MOVE.usual_choice), tmp_path / "out")
    shown(qtbot, program, request)
    go(qtbot, program)
    assert not (picked / "A.jpg").exists()
    program.export.dialog.reject()
    qtbot.waitUntil(lambda: len(program.session.shoot.photos) == 12, timeout=20_000)
    program.window.keymap.action(BY_ID["undo_export"]).trigger()
    undone(qtbot, program)
    assert contents(picked) == before
    program.export.dialog.reject()
    qtbot.waitUntil(lambda: len(program.session.shoot.photos) == 13, timeout=20_000)
    flags = {
        p.path.name: program.session.shoot.decision(p.id).flag for p in program.session.shoot.photos.values()
    }
    assert flags["A.jpg"] is Flag.PICK


def test_an_interrupted_export_is_told_of_and_undone_on_request(
    qtbot: QtBot, program: Program, services: Services, tmp_path: Path
) -> None:
    sidecar = tmp_path / "IMG_1.xmp"
    Journal(services.exports, "XMP metadata", 5).note((Touched.write(sidecar, None, b"new"),))
    sidecar.write_bytes(b"new")
    program.export.tell_of_interrupted()
    assert "interrupted" in program.window.messages.text()
    program.session.open([tmp_path])
    bar = program.window.messages
    qtbot.waitUntil(bar.isVisible)
    on_top = program.window.childAt(bar.mapTo(program.window, bar.rect().center()))
    assert on_top is not None
    assert bar is on_top or bar.isAncestorOf(on_top), "the shoot that opens does not cover it"
    bar._actions[0].click()
    undone(qtbot, program)
    assert not sidecar.exists()
    program.window.messages.close_message()
    program.export.tell_of_interrupted()
    assert program.window.messages.text() == ""


def test_where_a_link_leads_is_shown_before_it_is_written(
    qtbot: QtBot, program: Program, picked: Path, tmp_path: Path
) -> None:
    real = tmp_path / "elsewhere.xmp"
    real.write_bytes(THEIRS)
    (picked / "A.xmp").symlink_to(real)
    lines = shown(qtbot, program, ExportRequest(ExportKind.XMP))
    assert any("A.xmp" in line and str(real) in line for line in lines), lines
    assert "1 file done" in go(qtbot, program)
    assert real.read_bytes() != THEIRS
    program.window.keymap.action(BY_ID["undo_export"]).trigger()
    assert "1 file done" in undone(qtbot, program) or "2 files done" in undone(qtbot, program)
    assert real.read_bytes() == THEIRS
    assert (picked / "A.xmp").is_symlink()


def test_photos_are_renamed_where_they_are_and_get_their_names_back(
    qtbot: QtBot, program: Program, picked: Path
) -> None:
    (picked / "A.xmp").write_bytes(THEIRS)
    before = contents(picked)
    shown(qtbot, program, ExportRequest(ExportKind.RENAME, Selection(Choice.PICKS), naming=NAMED))
    dialog = program.export.dialog
    names = there(dialog.findChild(NamesView))
    template = next(
        each for each in dialog.findChildren(QLineEdit) if each.accessibleName() == "Template of the names"
    )
    template.selectAll()
    qtbot.keyClicks(template, "{shoot}?_{counter:03}_{flag}")
    wanted = f"A.jpg | {picked.name}__001_pick.jpg | Characters that some disks refuse were replaced."
    qtbot.waitUntil(lambda: names.isEnabled() and names.lines() == [wanted], timeout=10_000)
    qtbot.waitUntil(lambda: dialog._export.isEnabled(), timeout=10_000)
    assert "2 files done" in go(qtbot, program)
    renamed = {f"{picked.name}__001_pick.jpg", f"{picked.name}__001_pick.xmp"}
    assert contents(picked).keys() - before.keys() == renamed
    dialog.reject()
    qtbot.waitUntil(
        lambda: any(photo.path.name in renamed for photo in program.session.shoot.photos.values()),
        timeout=20_000,
    )
    qtbot.waitUntil(lambda: program.session.shoot.finished is not None, timeout=20_000)
    shoot = program.session.shoot
    ours = next(photo.id for photo in shoot.photos.values() if photo.path.name in renamed)
    assert shoot.decision(ours).flag is Flag.PICK, "the decision is the photo's under its new name as well"
    program.window.keymap.action(BY_ID["undo_export"]).trigger()
    assert "2 files done" in undone(qtbot, program)
    assert contents(picked) == before


def test_a_metadata_template_is_written_shown_and_taken_back(
    qtbot: QtBot, program: Program, picked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(dialog: MetadataDialog) -> int:
        for name, text in (("Creator", "Anna"), ("City", "Kiel"), ("Job number", "{name}-{flag}")):
            box = next(each for each in dialog.findChildren(QLineEdit) if each.accessibleName() == name)
            qtbot.keyClicks(box, text)
        return 1

    monkeypatch.setattr(MetadataDialog, "exec", write)
    (picked / "A.xmp").write_bytes(THEIRS)
    before = contents(picked)
    shown(qtbot, program, ExportRequest(ExportKind.XMP))
    dialog = program.export.dialog
    ticks = dialog.findChildren(QCheckBox)
    next(each for each in ticks if each.text() == "With a metadata template").click()
    view = there(dialog.findChild(PlanView))
    qtbot.waitUntil(lambda: "photoshop:City | – | Kiel" in view.lines(), timeout=10_000)
    assert "dc:creator | – | Anna" in view.lines()
    assert "photoshop:TransmissionReference | – | A-pick" in view.lines()
    qtbot.waitUntil(lambda: dialog._export.isEnabled(), timeout=10_000)
    go(qtbot, program)
    assert b"<rdf:li>Anna</rdf:li>" in (picked / "A.xmp").read_bytes()
    assert load_choices(program.export._kept).xmp.metadata == load_metadata(program.export._kept)
    assert load_metadata(program.export._kept).texts["creator"] == "Anna"
    dialog._result.undo_requested.emit()
    undone(qtbot, program)
    assert contents(picked) == before


def test_proofs_are_written_as_chosen_and_remembered(
    qtbot: QtBot, program: Program, picked: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    request = ExportRequest(ExportKind.PROOFS, Selection(Choice.PICKS), out)
    shown(qtbot, program, request)
    sizes = there(program.export.dialog.findChild(ProofForm)).findChild(ChoiceBox)
    mark, title = there(program.export.dialog.findChild(ProofForm)).findChildren(QLineEdit)
    qtbot.keyClick(there(sizes), Qt.Key.Key_Up)
    qtbot.keyClicks(mark, "Proof")
    qtbot.keyClicks(title, "For Anna")
    qtbot.waitUntil(lambda: not program.export.dialog._export.isEnabled())
    lines = shown(qtbot, program, program.export.dialog.request())
    assert any("index.html" in line for line in lines)
    assert "For Anna proofs" in go(qtbot, program)
    assert len(list((out / "For Anna proofs").rglob("*.jpg"))) == 2, "the one pick, large and small"
    assert load_choices(program._kept).proofs == ProofChoices(1024, "Proof", "For Anna")
    program.export.dialog._result.undo_requested.emit()
    undone(qtbot, program)
    assert not out.exists()


def test_a_mark_that_no_font_can_write_is_said_on_the_screen(
    qtbot: QtBot, program: Program, picked: Path, tmp_path: Path
) -> None:
    request = ExportRequest(ExportKind.PROOFS, Selection(Choice.PICKS), tmp_path / "out")
    shown(qtbot, program, request)
    there(program.export.dialog.findChild(ProofForm)).findChildren(QLineEdit)[0].setText("\U0001e900")
    qtbot.waitUntil(lambda: "all letters" in program.export.dialog._summary.text(), timeout=10_000)
    assert not program.export.dialog._export.isEnabled()
