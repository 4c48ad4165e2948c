"""The shoot by look in the real window: tiles, opened in the grid, named, merged and split, and kept."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidgetItem, QPushButton, QSlider
from pytestqt.qtbot import QtBot

from app import grown_looks
from app.window import Program
from fixtures.films import write_film
from fixtures.windows import analysed, photo_id, press, running, there
from models.catalogue import DEFAULT_EMBEDDER
from ui.dialogs.looks_dialog import LooksDialog, LookTile, NameLookDialog
from ui.widgets.choices import kept
from ui.widgets.listed_bar import ListedBar
from ui.widgets.picture_list import PictureList

pytestmark = pytest.mark.usefixtures("measured_here")

FACES = {"F.jpg", "G.jpg", "H.jpg"}


def opened(qtbot: QtBot, program: Program) -> LooksDialog:
    press(program, "looks")
    qtbot.waitUntil(
        lambda: any(d.isVisible() for d in program.window.findChildren(LooksDialog)), timeout=60_000
    )
    return next(d for d in program.window.findChildren(LooksDialog) if d.isVisible())


def tiles(dialog: LooksDialog) -> PictureList:
    return there(dialog.findChild(PictureList))


def names(program: Program, tile: LookTile) -> set[str]:
    return {program.session.shoot.photos[each].path.name for each in tile.photo_ids}


def tile_of(program: Program, dialog: LooksDialog, wanted: set[str]) -> QListWidgetItem:
    found = tiles(dialog)
    items = [there(found.item(row)) for row in range(found.count())]
    return next(item for item in items if wanted <= names(program, there(kept(item, LookTile))))


def shown(program: Program) -> set[str]:
    shoot, space = program.session.shoot, program.window.space
    return {shoot.photos[each].path.name for each in space.model.frames()}


def name_it(qtbot: QtBot, program: Program, name: str) -> None:
    dialog = there(next((d for d in program.window.findChildren(NameLookDialog) if d.isVisible()), None))
    field = there(dialog.findChild(QLineEdit))
    field.selectAll()
    qtbot.keyClicks(field, name)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_a_tile_opens_in_the_grid_and_can_be_taken_off(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        dialog = opened(qtbot, program)
        everybody = [
            names(program, there(kept(there(tiles(dialog).item(row)), LookTile)))
            for row in range(tiles(dialog).count())
        ]
        assert sorted(name for each in everybody for name in each) == sorted(shown(program))
        tiles(dialog).setCurrentItem(tile_of(program, dialog, FACES))
        qtbot.keyClick(tiles(dialog), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: shown(program) == FACES)
        assert not dialog.isVisible()
        bar = there(program.window.space.findChild(ListedBar))
        assert bar.text().startswith("3 photos")
        back, away = (each for each in bar.findChildren(QPushButton) if each.isVisible())
        assert back.text() == "Back to the looks"
        qtbot.mouseClick(away, Qt.MouseButton.LeftButton)
        assert len(shown(program)) == 13


def test_a_film_is_not_said_to_be_still_measured(qtbot: QtBot, shoot_folder: Path) -> None:
    write_film(shoot_folder / "CLIP0001.MOV")
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        assert any(photo.is_film for photo in program.session.shoot.photos.values())
        dialog = opened(qtbot, program)
        assert not [
            label.text() for label in dialog.findChildren(QLabel) if "not measured yet" in label.text()
        ]
        dialog.close()


def test_a_photo_that_cannot_be_read_is_not_said_to_be_still_measured(
    qtbot: QtBot, shoot_folder: Path
) -> None:
    (shoot_folder / "Z.jpg").write_bytes((shoot_folder / "A.jpg").read_bytes()[:600])
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        dialog = opened(qtbot, program)
        words = " ".join(label.text() for label in dialog.findChildren(QLabel))
        assert "1 photo cannot be measured" in words
        assert "not measured yet" not in words
        dialog.close()


def test_of_a_selection_only_its_photos_are_sorted_by_look(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        grid = program.window.space.grid
        for _ in range(2):
            qtbot.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        photos = program.session.shoot.photos
        wanted = {photos[each].path.name for each in program.window.space.frames_to_group()}
        assert 1 < len(wanted) < 13
        dialog = opened(qtbot, program)
        found = [kept(there(tiles(dialog).item(row)), LookTile) for row in range(tiles(dialog).count())]
        assert {name for tile in found for name in names(program, there(tile))} == wanted
        assert any(
            label.text() == f"Of the {len(wanted)} selected photos." for label in dialog.findChildren(QLabel)
        )
        dialog.close()


def test_the_slider_goes_from_few_to_many_and_esc_leaves_all_as_it_was(
    qtbot: QtBot, shoot_folder: Path
) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        dialog = opened(qtbot, program)
        slider = there(dialog.findChild(QSlider))
        counts = []
        for key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            qtbot.keyClick(slider, key)
            found = tiles(dialog)
            looks = [kept(there(found.item(row)), LookTile) for row in range(found.count())]
            counts.append(sum(tile is not None and tile.look is not None for tile in looks))
        assert 1 <= counts[0] <= counts[1]
        qtbot.keyClick(tiles(dialog), Qt.Key.Key_Escape)
        assert not dialog.isVisible()
        assert len(shown(program)) == 13
        again = opened(qtbot, program)
        assert there(again.findChild(QSlider)).value() == there(again.findChild(QSlider)).maximum()
        again.close()


def test_a_look_is_named_merged_split_undone_and_there_after_a_restart(
    qtbot: QtBot, shoot_folder: Path
) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        dialog = opened(qtbot, program)
        tiles(dialog).setCurrentItem(tile_of(program, dialog, FACES))
        qtbot.keyClick(tiles(dialog), Qt.Key.Key_F2)
        name_it(qtbot, program, "Portraits")
        assert tile_of(program, dialog, FACES).text() == "Portraits\n3 photos"
        other = next(
            item
            for row in range(tiles(dialog).count())
            if (tile := kept(item := there(tiles(dialog).item(row)), LookTile)) is not None
            and tile.look is not None
            and not FACES & names(program, tile)
        )
        merged = FACES | names(program, there(kept(other, LookTile)))
        tile_of(program, dialog, FACES).setSelected(True)
        other.setSelected(True)
        qtbot.keyClick(tiles(dialog), Qt.Key.Key_F2)
        name_it(qtbot, program, "People")
        assert tile_of(program, dialog, merged).text() == f"People\n{len(merged)} photos"
        dialog.close()
        press(program, "undo")
        assert set(program.session.shoot.look_names().values()) == {"Portraits"}

        space = program.window.space
        space.go_to(photo_id(program, "H.jpg"))
        press(program, "name_look")
        name_it(qtbot, program, "Alone")
        named = {
            program.session.shoot.photos[each].path.name: name
            for each, name in program.session.shoot.look_names().items()
        }
        assert named["H.jpg"] == "Alone"
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        again = {
            program.session.shoot.photos[each].path.name: name
            for each, name in program.session.shoot.look_names().items()
        }
        assert again == named


def test_many_frames_are_found_in_another_process_and_closing_the_window_ends_it(
    qtbot: QtBot, shoot_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grown_looks, "_IN_A_MOMENT", 5)
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        dialog = opened(qtbot, program)
        assert tile_of(program, dialog, FACES)
        dialog.close()
        program.session.shoot.analyses.popitem()  # so that it is found anew
        press(program, "looks")


def test_before_anything_is_measured_it_says_so(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        program.session.shoot.analyses.clear()
        press(program, "looks")
        assert "as soon as photos are measured" in program.window.messages.text()


def test_where_the_model_is_gone_a_sentence_says_so_and_the_window_goes_on(
    qtbot: QtBot, shoot_folder: Path
) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        session = program.session
        # Known, and not on this machine.
        session._by.settings = replace(session.settings, embedder="dinov2-small")
        press(program, "looks")
        qtbot.waitUntil(lambda: "dinov2-small" in program.window.messages.text())
        assert not program.window.findChildren(LooksDialog)
        session._by.settings = replace(session.settings, embedder=DEFAULT_EMBEDDER)
        assert opened(qtbot, program).isVisible(), "and can be asked again"
