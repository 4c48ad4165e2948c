"""All shoots in the real window: what is like a photo, and pictures that are there twice, with one undo."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPushButton, QToolButton
from pytestqt.qtbot import QtBot
from skimage import data

from app.__main__ import main
from app.exit_codes import EXIT_NOTHING, EXIT_OK, EXIT_USAGE
from app.paths import places
from app.window import Program
from core.errors import StoreError
from core.language import say
from core.library.library import ShootLibrary
from core.types import Flag, PhotoId
from fixtures.disks import small_disk
from fixtures.shoots import scene, write_photo
from fixtures.windows import analysed, photo_id, press, running, shown, there
from ui.dialogs.duplicates_dialog import DuplicateRow, DuplicatesDialog
from ui.dialogs.found_dialog import FoundDialog, FoundRow
from ui.dialogs.looks_dialog import LooksDialog, LookTile, NameLookDialog
from ui.dialogs.search_dialog import SearchDialog
from ui.export.confirm_dialog import ConfirmDialog
from ui.widgets.choices import kept
from ui.widgets.listed_bar import ListedBar
from ui.widgets.picture_list import PictureList
from ui.widgets.search_field import SearchField

pytestmark = pytest.mark.usefixtures("measured_here")


@pytest.fixture
def later(tmp_path: Path, shoot_folder: Path) -> Path:
    """A later shoot with a view of the first one, and with copies of its photos."""
    folder = tmp_path / "later"
    folder.mkdir()
    view = scene(2)
    view[150:450, 300:600] = 90  # somebody stands in it now
    write_photo(folder / "view.jpg", view, None)
    shutil.copy(shoot_folder / "L.jpg", folder / "L (1).jpg")
    with Image.open(shoot_folder / "M.jpg") as picture:
        picture.convert("L").convert("RGB").resize((700, 467)).save(folder / "grey.jpg", quality=60)
    return folder


def known(qtbot: QtBot, program: Program, *folders: Path) -> None:
    for folder in folders:
        analysed(qtbot, program, folder)
        qtbot.waitUntil(lambda: not program.session.is_running, timeout=60_000)


def rows(dialog: FoundDialog | DuplicatesDialog | SearchDialog) -> QListWidget:
    return there(dialog.findChild(QListWidget))


def opened(
    qtbot: QtBot, program: Program, command: str, kind: type[FoundDialog] | type[DuplicatesDialog]
) -> FoundDialog | DuplicatesDialog:
    press(program, command)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in program.window.findChildren(kind)), timeout=30_000)
    found: FoundDialog | DuplicatesDialog = shown(program, kind)
    return found


def flags(program: Program, folder: Path) -> dict[str, Flag | None]:
    found = program.session.review
    shoot = program.session.shoot
    assert found.decisions is shoot.decisions
    return {
        photo.path.name: shoot.decision(photo.id).flag
        for photo in shoot.photos.values()
        if photo.path.parent == folder
    }


def test_a_photo_of_another_shoot_opens_its_shoot_at_that_photo(
    qtbot: QtBot, shoot_folder: Path, later: Path
) -> None:
    with running() as program:
        known(qtbot, program, shoot_folder, later)
        program.window.space.go_to(photo_id(program, "view.jpg"))
        dialog = opened(qtbot, program, "similar", FoundDialog)
        first = there(kept(there(rows(dialog).item(0)), FoundRow))
        assert first.words.startswith(("D.jpg", "E.jpg"))
        assert str(shoot_folder) in first.words
        rows(dialog).setCurrentRow(0)
        qtbot.keyClick(rows(dialog), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: program.session.sources == (shoot_folder,))
        qtbot.waitUntil(lambda: program.session.shoot.finished is not None, timeout=60_000)
        assert program.window.space.current_photo() == first.photo_id
        qtbot.waitUntil(lambda: not program.session.is_running, timeout=60_000)


def test_a_photo_of_this_shoot_is_shown_with_the_others_found_in_it(
    qtbot: QtBot, shoot_folder: Path, later: Path
) -> None:
    with running() as program:
        known(qtbot, program, later, shoot_folder)
        program.window.space.go_to(photo_id(program, "F.jpg"))
        dialog = opened(qtbot, program, "similar", FoundDialog)
        assert "in this shoot" in dialog.text()
        qtbot.keyClick(rows(dialog), Qt.Key.Key_Return)
        listed = there(program.window.space.filters.bar.criteria.listed)
        assert listed.title == "Similar to F.jpg"
        assert {program.session.shoot.photos[each].path.parent for each in listed.photo_ids} == {shoot_folder}
        assert "% alike" in next(iter(listed.why.values()))


def test_duplicates_are_rejected_in_one_step_and_taken_back_in_one(
    qtbot: QtBot, shoot_folder: Path, later: Path
) -> None:
    with running() as program:
        known(qtbot, program, later, shoot_folder)
        dialog = opened(qtbot, program, "duplicates", DuplicatesDialog)
        assert isinstance(dialog, DuplicatesDialog)
        sets: dict[int, list[str]] = {}
        for at in range(rows(dialog).count()):
            row = there(kept(there(rows(dialog).item(at)), DuplicateRow))
            sets.setdefault(row.set_number, []).append(row.words.split("\n")[0])
        assert sorted(sets.values()) == [["L.jpg", "L (1).jpg"], ["M.jpg", "grey.jpg"]]
        assert "the same file" in dialog.text()
        assert "smaller" in dialog.text()
        assert "paler or grey" in dialog.text()
        reject = there(next(b for b in dialog.findChildren(QPushButton) if b.text() == "Reject 2 files"))
        qtbot.mouseClick(reject, Qt.MouseButton.LeftButton)
        assert "2 files are marked as rejected" in dialog.text()
        assert (later / "grey.jpg").exists()
        qtbot.mouseClick(reject, Qt.MouseButton.LeftButton)  # it says Undo now
        assert "Reject 2 files" in dialog.text()

        # The copy is kept instead, whose original is in the open shoot; the other set is left alone.
        items = [there(rows(dialog).item(at)) for at in range(rows(dialog).count())]
        rows(dialog).setCurrentItem(next(i for i in items if "L (1).jpg" in i.text()))
        qtbot.keyClick(rows(dialog), Qt.Key.Key_Space)
        rows(dialog).setCurrentItem(next(i for i in items if "grey.jpg" in i.text()))
        qtbot.keyClick(rows(dialog), Qt.Key.Key_Delete)
        assert "left alone" in dialog.text()
        qtbot.mouseClick(reject, Qt.MouseButton.LeftButton)
        assert flags(program, shoot_folder)["L.jpg"] is Flag.REJECT
        assert flags(program, shoot_folder)["M.jpg"] is None
        dialog.close()
        known(qtbot, program, later)
        assert set(flags(program, later).values()) == {None}


def test_a_picked_duplicate_is_never_rejected(qtbot: QtBot, shoot_folder: Path, later: Path) -> None:
    with running() as program:
        known(qtbot, program, shoot_folder, later)
        program.window.space.go_to(photo_id(program, "L (1).jpg"))
        press(program, "pick")
        picked: PhotoId = photo_id(program, "L (1).jpg")
        dialog = opened(qtbot, program, "duplicates", DuplicatesDialog)
        assert isinstance(dialog, DuplicatesDialog)
        assert picked not in dialog.to_reject()
        assert len(dialog.to_reject()) == 1
        dialog.close()


def test_switched_off_both_say_so(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        known(qtbot, program, shoot_folder)
        program.settings.change(library=False)
        for command in ("similar", "duplicates"):
            press(program, command)
            assert "switched off in the settings" in program.window.messages.text()
            program.window.messages.close_message()


def searched(qtbot: QtBot, program: Program, text: str) -> SearchDialog:
    press(program, "search_all")
    dialog: SearchDialog = shown(program, SearchDialog)
    field = there(dialog.findChild(SearchField))
    field.clear()
    qtbot.keyClicks(field, text)
    return dialog


def test_words_are_asked_of_all_shoots_and_a_hit_opens_its_shoot(
    qtbot: QtBot, shoot_folder: Path, later: Path
) -> None:
    write_photo(later / "chelsea.jpg", data.chelsea(), None)
    with running() as program:
        known(qtbot, program, later, shoot_folder)
        dialog = searched(qtbot, program, "cat")
        qtbot.waitUntil(lambda: "1 photo has all of it." in dialog.words(), timeout=30_000)
        assert "chelsea.jpg" in dialog.words()
        assert str(later) in dialog.words()
        assert "it shows: cat" in dialog.words()
        field = there(dialog.findChild(SearchField))
        field.clear()
        qtbot.keyClicks(field, "people:1 -name:chelsea")
        qtbot.waitUntil(lambda: "3 photos have all of it." in dialog.words(), timeout=30_000)
        assert "in this shoot" in dialog.words()
        field.clear()
        qtbot.keyClicks(field, "name:grey")
        qtbot.waitUntil(lambda: "grey.jpg" in dialog.words(), timeout=30_000)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        qtbot.keyClick(rows(dialog), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: program.session.sources == (later,))
        qtbot.waitUntil(lambda: program.session.shoot.finished is not None, timeout=60_000)
        current = there(program.window.space.current_photo())
        assert program.session.shoot.photos[current].path.name == "grey.jpg"
        qtbot.waitUntil(lambda: not program.session.is_running, timeout=60_000)


def test_the_search_of_all_shoots_begins_with_what_is_in_the_search_box(
    qtbot: QtBot, shoot_folder: Path
) -> None:
    with running() as program:
        known(qtbot, program, shoot_folder)
        press(program, "search")
        field = there(program.window.space.findChild(SearchField))
        qtbot.keyClicks(field, "name:a.jpg")
        button = next(each for each in field.findChildren(QToolButton) if "all shoots" in each.toolTip())
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        dialog: SearchDialog = shown(program, SearchDialog)
        qtbot.waitUntil(lambda: "A.jpg" in dialog.words(), timeout=30_000)
        inner = there(dialog.findChild(SearchField))
        inner.clear()
        qtbot.keyClicks(inner, "is:burst")
        qtbot.waitUntil(lambda: "of an open shoot only" in inner.accessibleDescription())
        inner.clear()
        qtbot.keyClicks(inner, "rating:many")
        qtbot.waitUntil(lambda: "does not know" in inner.accessibleDescription())
        inner.clear()
        inner.setText("name:d.jpg " * 200)  # as pasted
        qtbot.waitUntil(lambda: "D.jpg" in dialog.words() and "1 photo has" in dialog.words())
        qtbot.keyClick(inner, Qt.Key.Key_Return)
        qtbot.keyClick(rows(dialog), Qt.Key.Key_Return)
        bar = there(program.window.space.findChild(ListedBar))
        qtbot.waitUntil(bar.isVisible)
        assert bar.text().startswith("Found: name:d.jpg name:d.jpg")
        assert program.window.minimumSizeHint().width() < 700, "what was typed does not widen the window"


def test_photos_that_are_away_are_found_and_of_an_earlier_version_it_is_said(
    qtbot: QtBot, shoot_folder: Path, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "drive", 2**24) as drive, running() as program:
        folder = drive / "trip"
        folder.mkdir()
        shutil.copy(shoot_folder / "L.jpg", folder / "lake.jpg")
        shutil.copy(shoot_folder / "M.jpg", folder / "moor.jpg")
        known(qtbot, program, folder, shoot_folder)
    with closing(sqlite3.connect(places().library)) as library, library:
        library.execute(
            "UPDATE frame SET facts_version = 1, facts = '{}' WHERE CAST(path AS TEXT) LIKE '%moor%'"
        )
    with running() as program:
        known(qtbot, program, shoot_folder)
        dialog = searched(qtbot, program, "name:lake")
        qtbot.waitUntil(lambda: "1 photo has all of it." in dialog.words(), timeout=30_000)
        assert "away: its drive is not connected" in dialog.words()
        assert "1 shoot was measured by an earlier version" in dialog.words()
        qtbot.keyClick(there(dialog.findChild(SearchField)), Qt.Key.Key_Return)
        qtbot.keyClick(rows(dialog), Qt.Key.Key_Return)
        assert "on a drive that is not connected" in program.window.messages.text()
        dialog = searched(qtbot, program, "moor")
        qtbot.waitUntil(lambda: "moor.jpg" in dialog.words(), timeout=30_000)
        dialog.close()


def test_of_a_damaged_photo_nobody_is_told_to_wait(qtbot: QtBot, shoot_folder: Path) -> None:
    whole = (shoot_folder / "A.jpg").read_bytes()
    (shoot_folder / "Z.jpg").write_bytes(whole[:600])
    with running() as program:
        known(qtbot, program, shoot_folder)
        program.window.space.go_to(photo_id(program, "Z.jpg"))
        press(program, "similar")
        qtbot.waitUntil(lambda: "“Z.jpg” is damaged" in program.window.messages.text())


def test_all_shoots_are_sorted_by_look_and_a_name_holds_in_each(
    qtbot: QtBot, shoot_folder: Path, later: Path
) -> None:
    for number in range(6):
        write_photo(later / f"again-{number}.jpg", scene(2, (960 - number, 640)), None)
    with running() as program:
        known(qtbot, program, later, shoot_folder)
        press(program, "looks_all")
        qtbot.waitUntil(
            lambda: any(d.isVisible() for d in program.window.findChildren(LooksDialog)), timeout=60_000
        )
        dialog: LooksDialog = shown(program, LooksDialog)
        tiles = there(dialog.findChild(PictureList))
        found = [there(kept(there(tiles.item(row)), LookTile)) for row in range(tiles.count())]
        assert sum(len(tile.photo_ids) for tile in found) == program.session._services.library.file.count()
        view = photo_id(program, "D.jpg")
        at = next(row for row, tile in enumerate(found) if view in tile.photo_ids)
        assert len(found[at].photo_ids) >= 8, "the view of both shoots is one look"
        tiles.clearSelection()
        tiles.setCurrentItem(tiles.item(at))
        qtbot.keyClick(dialog, Qt.Key.Key_F2)
        naming: NameLookDialog = shown(program, NameLookDialog)
        qtbot.keyClicks(there(naming.findChild(QLineEdit)), "The hill")
        qtbot.keyClick(naming, Qt.Key.Key_Return)
        assert program.session.shoot.decision(view).look == "The hill"
        qtbot.keyClick(tiles, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert program.session.shoot.decision(view).look is None
        at = next(
            row
            for row in range(tiles.count())
            if view in there(kept(there(tiles.item(row)), LookTile)).photo_ids
        )
        tiles.clearSelection()
        tiles.setCurrentItem(tiles.item(at))
        qtbot.keyClick(dialog, Qt.Key.Key_F2)
        naming = shown(program, NameLookDialog)
        qtbot.keyClicks(there(naming.findChild(QLineEdit)), "The hill")
        qtbot.keyClick(naming, Qt.Key.Key_Return)
        tiles.clearSelection()
        tiles.setCurrentItem(next(i for i in map(tiles.item, range(tiles.count())) if "The hill" in i.text()))
        qtbot.keyClick(tiles, Qt.Key.Key_Return)
        listed: FoundDialog = shown(program, FoundDialog)
        assert "again-3.jpg" in listed.text()
        names = [there(rows(listed).item(row)).text() for row in range(rows(listed).count())]
        rows(listed).setCurrentRow(next(row for row, text in enumerate(names) if "again-3.jpg" in text))
        qtbot.keyClick(rows(listed), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: program.session.sources == (later,))
        qtbot.waitUntil(lambda: program.session.shoot.finished is not None, timeout=60_000)
        assert program.session.shoot.decision(photo_id(program, "again-3.jpg")).look == "The hill"
        qtbot.waitUntil(lambda: not program.session.is_running, timeout=60_000)


def test_names_of_looks_go_into_all_shoots_as_keywords_in_one_export_and_back(
    qtbot: QtBot, shoot_folder: Path, later: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def keywords() -> set[str]:
        return {
            path.name
            for folder in (shoot_folder, later)
            for path in folder.glob("*.xmp")
            if "The hill" in path.read_text("utf-8")
        }

    assert main(["export", "--looks", "--all-shoots"]) == EXIT_NOTHING
    with running() as program:
        known(qtbot, program, later, shoot_folder)
        program.session.review.set_rating(list(program.session.shoot.photos), 4)
        press(program, "looks_all")
        qtbot.waitUntil(lambda: bool(program.window.findChildren(LooksDialog)), timeout=60_000)
        dialog: LooksDialog = shown(program, LooksDialog)
        button = next(
            each for each in dialog.findChildren(QPushButton) if each.text() == "Write names as keywords…"
        )
        assert not button.isEnabled(), "nothing has a name yet"
        there(dialog.findChild(PictureList)).selectAll()
        tiles = there(dialog.findChild(PictureList))
        odd = [
            row for row in range(tiles.count()) if there(kept(there(tiles.item(row)), LookTile)).look is None
        ]
        for row in odd:
            there(tiles.item(row)).setSelected(False)
        named = {
            each
            for row in range(tiles.count())
            if row not in odd
            for each in there(kept(there(tiles.item(row)), LookTile)).photo_ids
        }
        qtbot.keyClick(dialog, Qt.Key.Key_F2)
        naming: NameLookDialog = shown(program, NameLookDialog)
        there(naming.findChild(QLineEdit)).clear()
        qtbot.keyClicks(there(naming.findChild(QLineEdit)), "The hill")
        qtbot.keyClick(naming, Qt.Key.Key_Return)
        moved = {folder: folder.with_name(f"{folder.name} moved") for folder in (shoot_folder, later)}
        for folder, elsewhere in moved.items():
            folder.rename(elsewhere)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: program.window.messages.text() == "There is nothing to export yet.")
        assert not program.window.findChildren(ConfirmDialog), "of no photo nothing is asked"
        for folder, elsewhere in moved.items():
            elsewhere.rename(folder)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: bool(program.window.findChildren(ConfirmDialog)), timeout=10_000)
        question: ConfirmDialog = shown(program, ConfirmDialog)
        assert f"beside {len(named)} photos" in "".join(
            label.text() for label in question.findChildren(QLabel)
        )
        qtbot.keyClick(question, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: len(keywords()) == len(named), timeout=10_000)
        qtbot.waitUntil(lambda: not program.export.is_running)
        written = list(shoot_folder.glob("*.xmp"))
        assert written
        assert all("Rating" not in path.read_text("utf-8") for path in written), "names alone"
        told = "".join(label.text() for label in program.export.dialog.findChildren(QLabel))
        assert "Lightroom" in told, "it reads no sidecars of JPEGs"
        program.export.dialog.close()
        dialog.close()
    assert main(["export", "--undo"]) == EXIT_OK
    assert keywords() == set()
    assert main(["export", "--looks", "--all-shoots", "--dry-run"]) == EXIT_OK
    assert keywords() == set()
    assert main(["export", "--looks", "--all-shoots"]) == EXIT_OK
    assert len(keywords()) == len(named)
    assert main(["export", "--all-shoots"]) == EXIT_USAGE
    assert main(["export", "--looks", "--all-shoots", str(later)]) == EXIT_USAGE


def test_all_that_is_asked_of_an_incomplete_library_says_that_it_is(
    qtbot: QtBot, shoot_folder: Path, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **_more: object) -> None:
        raise StoreError(say("The disk is full. Make room and try again."))

    incomplete = "so not everything that was measured may be found. The disk is full."
    with running() as program:
        known(qtbot, program, shoot_folder)
        whole = ShootLibrary.take
        monkeypatch.setattr(ShootLibrary, "take", refuse)
        known(qtbot, program, later)
        dialog = searched(qtbot, program, "grey")
        qtbot.waitUntil(lambda: "No photo of any shoot has all of it." in dialog.words(), timeout=30_000)
        assert incomplete in dialog.words()
        dialog.close()
        twice = opened(qtbot, program, "duplicates", DuplicatesDialog)
        assert incomplete in "".join(label.text() for label in twice.findChildren(QLabel))
        twice.close()
        press(program, "looks_all")
        qtbot.waitUntil(lambda: bool(program.window.findChildren(LooksDialog)), timeout=30_000)
        looks: LooksDialog = shown(program, LooksDialog)
        assert incomplete in "".join(label.text() for label in looks.findChildren(QLabel))
        looks.close()
        monkeypatch.setattr(ShootLibrary, "take", whole)
        dialog = searched(qtbot, program, "grey")
        qtbot.waitUntil(lambda: "1 photo has all of it." in dialog.words(), timeout=30_000)
        assert incomplete not in dialog.words()
        dialog.close()
