"""Copying from a card in the real window: offered, planned, copied while the window goes on, opened decided."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.controllers import offload_controller
from app.drives import CardVolume, Drives
from app.window import Program
from core.offload.carry_out import offload
from core.offload.outcome import OffloadResult
from core.offload.plan import check_folders
from core.offload.verify import verify
from core.types import Flag
from fixtures.cards import copies_in, copy_cards
from fixtures.disks import small_disk
from fixtures.exports import contents
from fixtures.patience import PATIENCE
from fixtures.windows import analysed, flags, photo_id, press, running, there, wait_until_analysed
from ui.export.confirm_dialog import ConfirmDialog
from ui.export.metadata_dialog import MetadataDialog
from ui.export.names_view import NamesView
from ui.export.offload_dialog import OffloadDialog
from ui.widgets.tick_box import TickBox

pytestmark = pytest.mark.usefixtures("measured_here")


@pytest.fixture
def program(qtbot: QtBot) -> Iterator[Program]:
    with running() as program:
        yield program


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """What the user chooses in the system's dialogs, one after another."""

    def will_choose(*folders: Path) -> None:
        answers = iter(folders)
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(next(answers)))

    return will_choose


def button(dialog: OffloadDialog, words: str, at: int = 0) -> QPushButton:
    return [each for each in dialog.findChildren(QPushButton) if each.text() == words][at]


def click(qtbot: QtBot, dialog: OffloadDialog, words: str, at: int = 0) -> None:
    qtbot.mouseClick(button(dialog, words, at), Qt.MouseButton.LeftButton)


def dialog_with(
    qtbot: QtBot, program: Program, choose: Callable[..., None], card: Path, *targets: Path
) -> OffloadDialog:
    """The dialog as its command opens it, with a card and targets chosen by the mouse."""
    press(program, "copy_card")
    dialog = program.offload.dialog
    assert dialog.isVisible()
    choose(card, *targets)
    click(qtbot, dialog, "Other folder…")
    for at in range(len(targets)):
        click(qtbot, dialog, "Choose…", at)
    return dialog


def copied(qtbot: QtBot, dialog: OffloadDialog) -> str:
    """Waits for the plan, has it copied, and returns what is said at the end."""
    qtbot.waitUntil(button(dialog, "Copy").isEnabled, timeout=30_000)
    click(qtbot, dialog, "Copy")
    qtbot.waitUntil(lambda: not dialog.is_running, timeout=30_000)
    return dialog.text()


def test_a_shoot_culled_on_the_card_is_copied_to_two_folders_and_opens_decided(
    qtbot: QtBot, program: Program, shoot_folder: Path, tmp_path: Path, choose: Callable[..., None]
) -> None:
    analysed(qtbot, program, shoot_folder)
    before = contents(shoot_folder)
    for name in ("A.jpg", "C.jpg"):
        program.window.space.go_to(photo_id(program, name))
        press(program, "pick")
    out, backup = tmp_path / "out", tmp_path / "backup"
    dialog = dialog_with(qtbot, program, choose, shoot_folder, out, backup)
    which = there(dialog.findChild(QComboBox))
    while which.currentText() != "Picks only":
        qtbot.keyClick(which, Qt.Key.Key_Down)
    qtbot.waitUntil(button(dialog, "Copy").isEnabled, timeout=30_000)
    assert dialog.text().startswith("2 files (")
    assert copied(qtbot, dialog).startswith("2 files (")
    assert "were copied, read again and compared. Nothing is missing." in dialog.text()
    assert copies_in(out).keys() == copies_in(backup).keys() == {"A.jpg", "C.jpg"}
    assert verify(tmp_path).sound == 4
    assert contents(shoot_folder) == before
    qtbot.keyClick(dialog, Qt.Key.Key_Return)  # opens the copies
    assert program.session.sources == (out,)
    wait_until_analysed(qtbot, program)
    shoot = program.session.shoot
    assert {photo.path.parent for photo in shoot.photos.values()} == {out}
    assert {shoot.decision(one).flag for one in shoot.photos} == {Flag.PICK}


def test_a_window_that_is_open_on_the_target_shows_what_was_decided_on_the_card(
    qtbot: QtBot, program: Program, shoot_folder: Path, tmp_path: Path, choose: Callable[..., None]
) -> None:
    out = tmp_path / "out"
    assert copy_cards([shoot_folder], [out]).missing == 0
    (out / "C.jpg").unlink()
    analysed(qtbot, program, shoot_folder)
    for name in ("A.jpg", "C.jpg"):
        program.window.space.go_to(photo_id(program, name))
        press(program, "pick")
    analysed(qtbot, program, out)
    press(program, "watch")
    assert flags(program)["A.jpg"] is None
    assert "C.jpg" not in flags(program)
    dialog = dialog_with(qtbot, program, choose, shoot_folder, out)
    (opened,) = (box for box in dialog.findChildren(TickBox) if box.text().startswith(out.name))
    qtbot.mouseClick(opened, Qt.MouseButton.LeftButton)  # what is open is offered as a card
    assert "Nothing is missing." in copied(qtbot, dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert program.session.sources == (out,)
    qtbot.waitUntil(lambda: flags(program).get("C.jpg") is Flag.PICK, timeout=10_000)
    press(program, "filter_picks")
    shown = {program.session.shoot.photos[one].path.name for one in program.window.space.model.frames()}
    assert shown == {"A.jpg", "C.jpg"}


def test_a_plan_of_choices_that_were_given_up_is_not_shown(
    qtbot: QtBot,
    program: Program,
    shoot_folder: Path,
    tmp_path: Path,
    choose: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def slow(*how: Any) -> None:
        begun.set()
        may_end.wait(PATIENCE)
        check_folders(*how)

    monkeypatch.setattr(offload_controller, "check_folders", slow)
    dialog = dialog_with(qtbot, program, choose, shoot_folder, tmp_path / "out")
    qtbot.waitUntil(begun.is_set, timeout=10_000)
    card = next(each for each in dialog.findChildren(TickBox) if each.isChecked())
    card.click()  # no card is left to be copied
    may_end.set()
    qtbot.waitUntil(lambda: not program.offload._job.is_running, timeout=10_000)
    assert dialog.text().startswith("Choose a card, and a folder to copy to.")
    assert not button(dialog, "Copy").isEnabled()


def test_what_is_decided_on_the_card_meanwhile_is_decided_on_the_copies_as_well(
    qtbot: QtBot, program: Program, shoot_folder: Path, tmp_path: Path, choose: Callable[..., None]
) -> None:
    analysed(qtbot, program, shoot_folder)
    out = tmp_path / "out"
    dialog = dialog_with(qtbot, program, choose, shoot_folder, out)
    assert "Nothing is missing." in copied(qtbot, dialog)
    program.window.space.go_to(photo_id(program, "A.jpg"))
    press(program, "pick")  # culling goes on beside the dialog
    click(qtbot, dialog, "Open the copies")
    assert program.session.sources == (out,)
    wait_until_analysed(qtbot, program)
    shoot = program.session.shoot
    assert shoot.decision(photo_id(program, "A.jpg")).flag is Flag.PICK


def test_names_by_a_template_are_shown_and_what_is_wrong_with_it_is_said(
    qtbot: QtBot, program: Program, shoot_folder: Path, tmp_path: Path, choose: Callable[..., None]
) -> None:
    out = tmp_path / "out"
    dialog = dialog_with(qtbot, program, choose, shoot_folder, out)
    names = there(dialog.findChild(QLineEdit))  # the template comes first
    qtbot.keyClicks(names, "{nonsense}")
    qtbot.waitUntil(lambda: "nonsense" in dialog.text(), timeout=30_000)
    assert not button(dialog, "Copy").isEnabled()
    names.clear()
    qtbot.keyClicks(names, "cards/{name}_{counter:03}")
    qtbot.waitUntil(
        lambda: any("cards/A_" in line for line in there(dialog.findChild(NamesView)).lines()), timeout=30_000
    )
    assert copied(qtbot, dialog).endswith("Nothing is missing.")
    assert all(name.startswith("cards/") for name in copies_in(out))
    assert sorted(copies_in(out).values()) == sorted(
        content for name, content in contents(shoot_folder).items() if content is not None
    )


def test_another_choice_takes_the_plan_back(
    qtbot: QtBot, program: Program, shoot_folder: Path, tmp_path: Path, choose: Callable[..., None]
) -> None:
    dialog = dialog_with(qtbot, program, choose, shoot_folder, shoot_folder / "below")
    qtbot.waitUntil(lambda: "lie in each other" in dialog.text(), timeout=30_000)
    assert not button(dialog, "Copy").isEnabled()
    choose(tmp_path / "out")
    click(qtbot, dialog, "Choose…")
    qtbot.waitUntil(button(dialog, "Copy").isEnabled, timeout=30_000)
    choose(tmp_path / "elsewhere")
    click(qtbot, dialog, "Choose…")
    assert not button(dialog, "Copy").isEnabled()
    copied(qtbot, dialog)
    assert not (tmp_path / "out").exists()
    assert copies_in(tmp_path / "elsewhere")


def test_a_pick_beside_the_open_dialog_is_in_the_plan(
    qtbot: QtBot, program: Program, shoot_folder: Path, tmp_path: Path, choose: Callable[..., None]
) -> None:
    analysed(qtbot, program, shoot_folder)
    dialog = dialog_with(qtbot, program, choose, shoot_folder, tmp_path / "out")
    which = there(dialog.findChild(QComboBox))
    while which.currentText() != "Picks only":
        qtbot.keyClick(which, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: dialog.text() == "There is nothing to copy.", timeout=30_000)
    program.window.space.go_to(photo_id(program, "B.jpg"))
    press(program, "pick")
    assert copied(qtbot, dialog).startswith("1 file (")
    assert copies_in(tmp_path / "out").keys() == {"B.jpg"}


def test_what_is_open_is_offered_or_the_card_it_lies_on(
    qtbot: QtBot, program: Program, shoot_folder: Path, choose: Callable[..., None], tmp_path: Path
) -> None:
    program.session.open([shoot_folder])
    press(program, "copy_card")
    dialog, drives = program.offload.dialog, program.offload.drives
    choose(tmp_path / "out")
    click(qtbot, dialog, "Choose…")
    assert there(dialog.form.request()).cards == (shoot_folder,)
    dialog.close()
    drives._volumes = lambda: (CardVolume(tmp_path / "other", "B"), CardVolume(shoot_folder.parent, "A"))
    with qtbot.waitSignals([drives.came, drives.came]):
        drives.look()
    press(program, "copy_card")
    assert there(dialog.form.request()).cards == (shoot_folder.parent,)
    wait_until_analysed(qtbot, program)


def test_what_is_closed_meanwhile_goes_on_and_is_told_in_the_window(
    qtbot: QtBot, program: Program, shoot_folder: Path, tmp_path: Path, choose: Callable[..., None]
) -> None:
    dialog = dialog_with(qtbot, program, choose, shoot_folder, tmp_path / "out")
    qtbot.waitUntil(button(dialog, "Copy").isEnabled, timeout=30_000)
    click(qtbot, dialog, "Copy")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: "Nothing is missing." in program.window.messages.text(), timeout=30_000)
    press(program, "copy_card")
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: "there already" in dialog.text(), timeout=30_000)
    assert not button(dialog, "Copy").isEnabled(), "nothing is left to do"


class ClosedByHand(QCloseEvent):
    """What a window is told when somebody presses its cross; Qt lets nobody else send it."""

    def spontaneous(self) -> bool:
        return True


def test_a_window_that_copies_is_not_closed_unasked(
    qtbot: QtBot,
    program: Program,
    shoot_folder: Path,
    tmp_path: Path,
    choose: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    goes_on = threading.Event()

    def no(question: ConfirmDialog) -> int:
        asked.extend(label.text() for label in question.findChildren(QLabel))
        return 0

    def slow(*how: Any, **more: Any) -> OffloadResult:
        goes_on.wait(PATIENCE)
        return offload(*how, **more)

    monkeypatch.setattr(ConfirmDialog, "exec", no)
    monkeypatch.setattr(offload_controller, "offload", slow)
    dialog = dialog_with(qtbot, program, choose, shoot_folder, tmp_path / "out")
    qtbot.waitUntil(button(dialog, "Copy").isEnabled, timeout=30_000)
    click(qtbot, dialog, "Copy")
    assert dialog.is_running
    press(program, "quit")
    assert "Photos are still being copied from the card." in asked
    event = ClosedByHand()
    program.window.closeEvent(event)
    assert not event.isAccepted()
    assert len(asked) == 4
    assert program.window.isVisible()
    goes_on.set()
    qtbot.waitUntil(lambda: not dialog.is_running, timeout=30_000)
    assert "Nothing is missing." in dialog.text()
    press(program, "quit")
    assert not program.window.isVisible()
    assert len(asked) == 4, "only while it copies"


def test_the_choices_of_the_last_time_come_up(
    qtbot: QtBot, shoot_folder: Path, tmp_path: Path, choose: Callable[..., None]
) -> None:
    with running() as program:
        copied(qtbot, dialog_with(qtbot, program, choose, shoot_folder, tmp_path / "a", tmp_path / "b"))
    with running() as program:
        program.offload.drives._volumes = lambda: (CardVolume(shoot_folder, "EOS_DIGITAL"),)
        with qtbot.waitSignal(program.offload.drives.came):
            program.offload.drives.look()
        press(program, "copy_card")
        request = there(program.offload.dialog.form.request())
        assert request.cards == (shoot_folder,), "the only card that is in"
        assert request.targets == (tmp_path / "a", tmp_path / "b")


def test_a_card_is_offered_never_opened_unasked_and_forgotten_when_it_goes(
    qtbot: QtBot, program: Program, shoot_folder: Path
) -> None:
    drives, messages = program.offload.drives, program.window.messages
    card = CardVolume(shoot_folder, "EOS_DIGITAL")
    drives._volumes = lambda: (card,)
    with qtbot.waitSignal(drives.came):
        drives.look()
    assert messages.text() == "There is a card: “EOS_DIGITAL”."
    assert program.session.sources == ()
    assert not program.offload.dialog.isVisible()
    offer = next(each for each in messages.findChildren(QPushButton) if each.text() == "Copy from card…")
    qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    dialog = program.offload.dialog
    box = next(each for each in dialog.findChildren(TickBox) if "EOS_DIGITAL" in each.text())
    assert box.isVisible()
    assert box.isChecked()
    drives._volumes = lambda: ()
    with qtbot.waitSignal(drives.went):
        drives.look()
    assert messages.text() == ""
    assert dialog.form.request() is None


def test_what_is_mounted_is_noticed(qtbot: QtBot, tmp_path: Path, program: Program) -> None:
    looked: list[bool] = []

    def volumes() -> tuple[CardVolume, ...]:
        looked.append(True)
        return (CardVolume(tmp_path, "card"),) if (tmp_path / "card" / "DCIM").is_dir() else ()

    drives = Drives(program.window, volumes)
    try:
        drives.watch()
        qtbot.waitUntil(lambda: bool(looked))
        with qtbot.waitSignal(drives.came), small_disk(tmp_path / "card", 100_000) as card:
            (card / "DCIM").mkdir()
            qtbot.waitUntil(lambda: bool(drives.cards), timeout=10_000)
    finally:
        drives.stop()


def test_copies_are_checked_in_the_window(
    qtbot: QtBot, program: Program, shoot_folder: Path, tmp_path: Path, choose: Callable[..., None]
) -> None:
    out, messages = tmp_path / "out", program.window.messages
    copied(qtbot, dialog_with(qtbot, program, choose, shoot_folder, out))
    program.offload.dialog.close()
    choose(out)
    press(program, "check_copies")
    qtbot.waitUntil(lambda: "are what they were." in messages.text(), timeout=30_000)
    messages.close_message()
    (out / "A.jpg").write_bytes(b"damaged")
    choose(out)
    press(program, "check_copies")
    qtbot.waitUntil(lambda: "1 has changed." in messages.text(), timeout=30_000)
    qtbot.mouseClick(
        next(each for each in messages.findChildren(QPushButton) if each.text() == "List"),
        Qt.MouseButton.LeftButton,
    )
    told = [label.text() for label in program.window.problems.findChildren(QLabel)]
    assert any(f"{out / 'A.jpg'}: changed" in text for text in told)
    messages.close_message()
    choose(shoot_folder)
    press(program, "check_copies")
    qtbot.waitUntil(lambda: "has no list of checksums" in messages.text(), timeout=30_000)


def test_a_metadata_template_is_written_beside_the_copies(
    qtbot: QtBot,
    program: Program,
    shoot_folder: Path,
    tmp_path: Path,
    choose: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def write(dialog: MetadataDialog) -> int:
        boxes = {each.accessibleName(): each for each in dialog.findChildren(QLineEdit)}
        qtbot.keyClicks(boxes["Creator"], "Anna")
        qtbot.keyClicks(boxes["Headline"], "=7=, {name}")
        return 1

    monkeypatch.setattr(MetadataDialog, "exec", write)
    before = contents(shoot_folder)
    out = tmp_path / "out"
    dialog = dialog_with(qtbot, program, choose, shoot_folder, out)
    ticks = dialog.findChildren(TickBox)
    next(each for each in ticks if each.text() == "With a metadata template").click()
    assert "No list has the code =7=." in copied(qtbot, dialog)
    copies = {path.stem for path in out.glob("*.jpg")}
    assert {path.stem for path in out.glob("*.xmp")} >= copies
    assert "=7=, A" in (out / "A.xmp").read_text("utf-8")
    assert contents(shoot_folder) == before
    assert verify(tmp_path).sound >= len(copies)
