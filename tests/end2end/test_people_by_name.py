"""People by name in the real window: named in one shoot, proposed in the next, found, exported and forgotten."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.__main__ import main
from app.window import Program
from core.sidecar.xmp_edit import XmpEdit, new_packet
from core.sidecar.xmp_packet import parse
from core.sidecar.xmp_regions import named_faces
from core.types import FaceRegion, FaceRegions
from fixtures.shoots import face, scene, write_photo
from fixtures.windows import analysed, in_front, press, running, shown
from ui.dialogs.name_person_dialog import NamePersonDialog
from ui.dialogs.search_dialog import SearchDialog
from ui.dialogs.settings_dialog import SettingsDialog
from ui.export.confirm_dialog import ConfirmDialog
from ui.widgets.people_panel import PeoplePanel
from ui.widgets.search_field import SearchField
from ui.widgets.tick_box import TickBox

pytestmark = pytest.mark.usefixtures("measured_here")

START = datetime(2025, 6, 14, 10, 0, 0)


def write(folder: Path, first: int) -> Path:
    """Two photos of one person, an hour apart, and one of nobody."""
    folder.mkdir()
    for number in range(2):
        write_photo(folder / f"who-{number}.jpg", face(first + 3 * number), START + timedelta(hours=number))
    write_photo(folder / "nobody.jpg", scene(1), START + timedelta(hours=3))
    return folder


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running() as program:
        analysed(qtbot, program, write(tmp_path / "wedding", 0))
        yield program


def panel(program: Program) -> PeoplePanel:
    found = program.window.findChild(PeoplePanel)
    assert isinstance(found, PeoplePanel)
    return found


def people(qtbot: QtBot, program: Program) -> QListWidget:
    """The people as the panel lists them."""
    if not panel(program).isVisible():
        press(program, "people")
    qtbot.waitUntil(panel(program).isVisible)
    found = panel(program).findChild(QListWidget)
    assert isinstance(found, QListWidget)
    return found


def texts(listed: QListWidget) -> list[str]:
    return [listed.item(row).text() for row in range(listed.count())]


def ask(qtbot: QtBot, program: Program) -> NamePersonDialog:
    """Choose the first person and press F2, once what tells faces apart is there."""
    qtbot.waitUntil(lambda: not program.session.is_running, timeout=60_000)
    qtbot.keyClick(people(qtbot, program), Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: any(each.isVisible() for each in program.window.findChildren(NamePersonDialog)))
    return shown(program, NamePersonDialog)


def name(qtbot: QtBot, program: Program, text: str) -> None:
    dialog = ask(qtbot, program)
    field = dialog.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    recognised = program.session.shoot.people.recognised
    qtbot.waitUntil(lambda: program.session.shoot.people.recognised != recognised)


def test_a_name_given_in_one_shoot_is_proposed_in_the_next_and_given_by_enter(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    assert texts(people(qtbot, program)) == ["2 photos"]
    name(qtbot, program, "Anna K.")
    assert texts(people(qtbot, program)) == ["Anna K.\n2 photos"]
    panel(program).hide()

    analysed(qtbot, program, write(tmp_path / "party", 50))
    shoot = program.session.shoot
    qtbot.waitUntil(lambda: bool(shoot.people.recognised.proposed))
    assert shoot.people.recognised.named == {}, "nobody is named unseen"
    assert texts(people(qtbot, program)) == ["Anna K.?\n2 photos"]
    dialog = ask(qtbot, program)
    assert next(button.text() for button in dialog.findChildren(QPushButton)) == "Not Anna K."
    field = dialog.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(shoot.people.recognised.named))
    assert texts(people(qtbot, program)) == ["Anna K.\n2 photos"]
    panel(program).hide()

    press(program, "search")
    box = program.window.findChild(SearchField)
    assert isinstance(box, SearchField)
    qtbot.keyClicks(box, "person:anna")
    model = program.window.space.model
    qtbot.waitUntil(lambda: len(model.frames()) == 2)
    names = shoot.people.names_by_photo()
    assert all(names[photo_id] == ("Anna K.",) for photo_id in model.frames())

    press(program, "search_all")
    everywhere = shown(program, SearchDialog)
    qtbot.waitUntil(lambda: "4 photos have all of it." in everywhere.words(), timeout=30_000)
    assert "in this shoot\nAnna K. is in it" in everywhere.words()
    assert f"{tmp_path / 'wedding'}\nAnna K. is in it" in everywhere.words()
    everywhere.close()


def test_who_is_not_the_one_proposed_is_not_proposed_again(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    name(qtbot, program, "Anna")
    panel(program).hide()
    analysed(qtbot, program, write(tmp_path / "party", 50))
    qtbot.waitUntil(lambda: bool(program.session.shoot.people.recognised.proposed))
    deny = next(each for each in ask(qtbot, program).findChildren(QPushButton) if each.text() == "Not Anna")
    deny.click()
    qtbot.waitUntil(lambda: not program.session.shoot.people.recognised.proposed)
    assert texts(people(qtbot, program)) == ["2 photos"]


@pytest.mark.parametrize("answer", ["Not Anna", "Name the person"])
def test_the_people_are_shown_again_once_the_window_has_the_keyboard_back_and_stay(
    qtbot: QtBot, program: Program, tmp_path: Path, answer: str
) -> None:
    """A window manager gives it back when it likes: what pops up before that would be closed by it."""
    name(qtbot, program, "Anna")
    panel(program).hide()
    analysed(qtbot, program, write(tmp_path / "party", 50))
    shoot = program.session.shoot
    qtbot.waitUntil(lambda: bool(shoot.people.recognised.proposed))
    buttons = ask(qtbot, program).findChildren(QPushButton)
    elsewhere = QWidget()
    qtbot.addWidget(elsewhere)
    elsewhere.show()
    in_front(qtbot, elsewhere)
    next(each for each in buttons if each.text() == answer).click()
    qtbot.waitUntil(lambda: not shoot.people.recognised.proposed)
    assert not panel(program).isVisible()
    program.window.activateWindow()
    qtbot.waitUntil(panel(program).isVisible)
    QCoreApplication.processEvents()
    assert panel(program).isVisible()
    assert texts(people(qtbot, program)) == ["Anna\n2 photos" if answer == "Name the person" else "2 photos"]


def test_nobody_is_shown_over_what_was_opened_meanwhile(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    name(qtbot, program, "Anna")
    press(program, "settings")
    program.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    QCoreApplication.processEvents()
    assert not panel(program).isVisible()
    shown(program, SettingsDialog).close()


def test_a_name_holds_when_the_photos_are_renamed(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    name(qtbot, program, "Anna")
    panel(program).hide()
    press(program, "close_folder")
    folder = tmp_path / "wedding"
    for photo in sorted(folder.glob("who-*.jpg")):
        photo.rename(photo.with_name(f"2025_{photo.name}"))
    analysed(qtbot, program, folder)
    qtbot.waitUntil(lambda: bool(program.session.shoot.people.recognised.named))
    assert texts(people(qtbot, program)) == ["Anna\n2 photos"]


def test_a_name_in_small_letters_is_that_of_whom_it_is_known_of(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    name(qtbot, program, "Anna")
    panel(program).hide()
    analysed(qtbot, program, write(tmp_path / "party", 50))
    qtbot.waitUntil(lambda: bool(program.session.shoot.people.recognised.proposed))
    name(qtbot, program, "anna")
    assert texts(people(qtbot, program)) == ["Anna\n2 photos"]


def test_turned_off_it_asks_and_then_nothing_of_anybody_is_left(
    qtbot: QtBot, program: Program, home: Path
) -> None:
    name(qtbot, program, "Anna Karenina")
    panel(program).hide()

    def kept() -> bool:
        return any(b"Anna Karenina" in file.read_bytes() for file in home.rglob("*.sqlite*"))

    assert kept()
    press(program, "settings")
    settings = shown(program, SettingsDialog)
    tick = next(
        each for each in settings.findChildren(TickBox) if each.text().startswith("Tell people apart")
    )
    tick.click()
    assert tick.isChecked(), "only after it is confirmed"
    assert kept()
    question = next(each for each in settings.findChildren(ConfirmDialog) if each.isVisible())
    next(each for each in question.findChildren(QPushButton) if each.text() == "Forget all names").click()
    assert not tick.isChecked()
    assert not kept()
    assert not list(home.rglob("people.sqlite*"))
    settings.close()


def test_the_command_line_lists_and_forgets(
    qtbot: QtBot, program: Program, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    name(qtbot, program, "Anna")
    panel(program).hide()
    assert main(["people", "list"]) == 0
    assert capsys.readouterr().out.splitlines() == ["Anna"]
    assert main(["people", "forget", "Bob"]) == 3
    assert main(["people", "forget", "Anna"]) == 0
    assert main(["people", "list"]) == 0
    assert capsys.readouterr().out == ""


def test_names_go_into_files_where_a_template_asks_for_them(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    name(qtbot, program, "Anna K.")
    panel(program).hide()
    template = tmp_path / "people.toml"
    template.write_text('keywords = "party; {people}"\npersons = "{people}"\n')
    wedding = tmp_path / "wedding"
    assert main(["export", str(wedding), "--as", "xmp", "--photos", "all", "--metadata", str(template)]) == 0
    with_her = (wedding / "who-0.xmp").read_text()
    assert with_her.count("<rdf:li>Anna K.</rdf:li>") == 2
    assert "Anna" not in (wedding / "nobody.xmp").read_text()


def test_faces_go_into_files_as_regions_where_that_is_asked_for(
    qtbot: QtBot, program: Program, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name(qtbot, program, "Anna K.")
    panel(program).hide()
    shoot = program.session.shoot
    photo = next(each for each in shoot.photos.values() if each.path.stem == "who-0")
    (seen,) = shoot.analyses[photo.id].faces
    export = ["export", str(tmp_path / "wedding"), "--as", "xmp", "--photos", "all"]
    capsys.readouterr()
    assert main([*export, "--regions", "--dry-run"]) == 0
    assert "mwg-rs:Regions" in capsys.readouterr().out, "what is written is shown before"
    assert main([*export, "--regions"]) == 0
    (region,) = named_faces(parse((tmp_path / "wedding" / "who-0.xmp").read_bytes()))
    assert region.name == "Anna K."
    assert region.box.x == pytest.approx(seen.box.x, abs=1e-5)
    assert not (tmp_path / "wedding" / "nobody.xmp").exists()
    with_regions = (tmp_path / "wedding" / "who-0.xmp").read_bytes()
    assert main(export) == 0
    assert (tmp_path / "wedding" / "who-0.xmp").read_bytes() == with_regions, "not asked for, not touched"


def test_a_name_that_another_program_wrote_is_asked_about_and_never_taken_unseen(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    (seen,) = next(each.faces for each in program.session.shoot.analyses.values() if each.faces)
    party = write(tmp_path / "party", 0)
    said = FaceRegions(512, 512, (FaceRegion("Maria", seen.box),))
    (party / "who-0.xmp").write_bytes(new_packet(XmpEdit(regions=said)))
    analysed(qtbot, program, party)
    assert program.session.shoot.people.recognised.named == {}
    assert texts(people(qtbot, program)) == ["Maria?\n2 photos"]
    dialog = ask(qtbot, program)
    assert "The files call this face Maria." in {each.text() for each in dialog.findChildren(QLabel)}
    next(each for each in dialog.findChildren(QPushButton) if each.text() == "Not Maria").click()
    qtbot.waitUntil(lambda: not program.session.shoot.people.recognised.proposed)
    assert texts(people(qtbot, program)) == ["2 photos"]
    panel(program).hide()
    press(program, "close_folder")
    analysed(qtbot, program, party)
    qtbot.waitUntil(lambda: not program.session.shoot.people.recognised.proposed)
    assert texts(people(qtbot, program)) == ["2 photos"], "said once"
    name(qtbot, program, "Anna")
    assert texts(people(qtbot, program)) == ["Anna\n2 photos"]
