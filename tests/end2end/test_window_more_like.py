"""More like this thing in the real window: a box drawn with the mouse, and what is listed for it."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from skimage import data

from app import things
from app.controllers import words_controller
from app.window import Program
from fixtures.films import write_film
from fixtures.shoots import scene, write_photo
from fixtures.windows import analysed, photo_id, press, running, shown, there
from ui.dialogs.more_like_dialog import MoreLikeDialog
from ui.dialogs.search_dialog import SearchDialog
from ui.marks.info_plates import info_lines
from ui.marks.roles import Role
from ui.views.box_drawer import BoxDrawer
from ui.widgets.choices import kept
from ui.widgets.filter_chips import FilterChips
from ui.widgets.filter_panel import FilterPanel
from ui.widgets.picture_list import PictureList
from ui.widgets.search_field import SearchField

pytestmark = pytest.mark.usefixtures("measured_here")

CAT = {"1.jpg": (40, 60), "2.jpg": (500, 300), "3.jpg": (480, 20)}  # left and top, in pixels


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    cat = np.ascontiguousarray(data.chelsea())[:300, :400]
    for at, (name, (left, top)) in enumerate(CAT.items()):
        picture = np.array(scene(at))
        picture[top : top + 300, left : left + 400] = cat
        write_photo(tmp_path / name, picture)
    for at in range(2):
        write_photo(tmp_path / f"other-{at}.jpg", np.array(scene(10 + at)))
    return tmp_path


def drawer(program: Program) -> BoxDrawer:
    return there(program.window.space.big.loupe.findChild(BoxDrawer))


def begin(qtbot: QtBot, program: Program, name: str) -> BoxDrawer:
    program.window.space.go_to(photo_id(program, name))
    press(program, "loupe")
    press(program, "more_like")
    sheet = drawer(program)
    qtbot.waitUntil(sheet.isVisible)
    return sheet


def draw(qtbot: QtBot, sheet: BoxDrawer, first: QPoint, last: QPoint) -> None:
    qtbot.mousePress(sheet, Qt.MouseButton.LeftButton, pos=first)
    qtbot.mouseMove(sheet, (first + last) / 2)
    qtbot.mouseMove(sheet, last)
    qtbot.mouseRelease(sheet, Qt.MouseButton.LeftButton, pos=last)


def around_the_cat(program: Program, name: str) -> tuple[QPoint, QPoint]:
    """Corners of the cat in the loupe's pane, as a user sees them."""
    pane = there(program.window.space.big.loupe.active_pane)
    whole = there(pane.part_in(QRectF(pane.rect())))
    assert (whole.x, whole.y, whole.width, whole.height) == (0, 0, 1, 1)
    scale = min(pane.width() / 960, pane.height() / 640)
    corner = QPointF((pane.width() - 960 * scale) / 2, (pane.height() - 640 * scale) / 2)
    left, top = CAT[name]
    ends = [corner + QPointF(left + x, top + y) * scale for x, y in ((0, 0), (400, 300))]
    return ends[0].toPoint(), ends[1].toPoint()


def open_dialog(program: Program) -> MoreLikeDialog | None:
    return next((each for each in program.window.findChildren(MoreLikeDialog) if each.isVisible()), None)


def test_a_box_around_a_thing_lists_where_it_is_first(qtbot: QtBot, folder: Path) -> None:
    with running() as program:
        analysed(qtbot, program, folder)
        shoot = program.session.shoot
        sheet = begin(qtbot, program, "1.jpg")
        draw(qtbot, sheet, *around_the_cat(program, "1.jpg"))
        assert not sheet.isVisible()
        qtbot.waitUntil(lambda: open_dialog(program) is not None, timeout=30_000)
        dialog = there(open_dialog(program))
        tiles = there(dialog.findChild(PictureList))
        listed = [there(tiles.item(row)) for row in range(tiles.count())]
        assert {item.text() for item in listed[:2]} == {"2.jpg", "3.jpg"}
        assert len(listed) == len(shoot.photos) - 1
        qtbot.keyClick(tiles, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: dialog.result() == QDialog.DialogCode.Accepted)
        space = program.window.space
        assert space.views.in_grid
        assert space.current_photo() == kept(listed[0], str)
        assert photo_id(program, "1.jpg") not in space.model.frames()


def test_a_box_is_drawn_by_keys_as_well(qtbot: QtBot, folder: Path) -> None:
    with running() as program:
        analysed(qtbot, program, folder)
        sheet = begin(qtbot, program, "1.jpg")
        before = dict(program.session.shoot.decisions)

        def keys(key: Qt.Key, times: int = 1, *, shift: bool = False) -> None:
            for _ in range(times):
                held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
                qtbot.keyClick(there(program.window.focusWidget()), key, held)

        keys(Qt.Key.Key_Return)
        assert sheet.isVisible(), "there is no box yet"
        keys(Qt.Key.Key_Left, 30)
        keys(Qt.Key.Key_Up, 30)
        keys(Qt.Key.Key_Left, 30, shift=True)
        keys(Qt.Key.Key_Right, 9, shift=True)  # from the least there is, two of 24 steps
        keys(Qt.Key.Key_Down, 5, shift=True)
        assert program.window.space.current_photo() == photo_id(program, "1.jpg")
        keys(Qt.Key.Key_Return)
        assert not sheet.isVisible()
        qtbot.waitUntil(lambda: open_dialog(program) is not None, timeout=30_000)
        dialog = there(open_dialog(program))
        tiles = there(dialog.findChild(PictureList))
        assert {tiles.item(row).text() for row in range(2)} == {"2.jpg", "3.jpg"}
        dialog.close()
        assert program.session.shoot.decisions == before


def test_films_are_not_said_to_be_missing(qtbot: QtBot, folder: Path) -> None:
    write_film(folder / "CLIP0001.MOV")
    with running() as program:
        analysed(qtbot, program, folder)
        sheet = begin(qtbot, program, "1.jpg")
        draw(qtbot, sheet, *around_the_cat(program, "1.jpg"))
        qtbot.waitUntil(lambda: open_dialog(program) is not None, timeout=30_000)
        dialog = there(open_dialog(program))
        assert not [each for each in dialog.findChildren(QLabel) if "could not be looked at" in each.text()]
        dialog.close()


@pytest.mark.parametrize("few", [things.FEW, 0], ids=["here", "in a process of its own"])
def test_a_thing_in_a_part_of_the_frame_is_found_by_its_word(
    qtbot: QtBot, folder: Path, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(things, "FEW", few)
    monkeypatch.setattr(words_controller, "_PATIENCE_MS", 100)
    with running() as program:
        analysed(qtbot, program, folder)
        space = program.window.space
        qtbot.keyClick(space.grid, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClicks(there(space.findChild(SearchField)), "cat")
        names = {photo.id: photo.path.name for photo in program.session.shoot.photos.values()}
        qtbot.waitUntil(lambda: {names[each] for each in space.model.frames()} == set(CAT), timeout=30_000)
        press(program, "search_all")
        everywhere: SearchDialog = shown(program, SearchDialog)
        qtbot.waitUntil(lambda: "3 photos have all of it." in everywhere.words(), timeout=30_000)
        assert all(f"{name}\nin this shoot\nit shows: cat" in everywhere.words() for name in CAT)
        everywhere.close()
        qtbot.keyClick(there(space.findChild(SearchField)), Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: len(space.model.frames()) == len(names))

        press(program, "more_filters")
        panel = there(space.findChild(FilterPanel))
        (box,) = [each for each in panel.findChildren(QComboBox) if each.accessibleName() == "It shows"]
        assert [box.itemText(row) for row in range(box.count())] == ["Any", "cat  (3)"]
        box.setFocus()
        qtbot.keyClick(box, Qt.Key.Key_Down)
        qtbot.keyClick(panel, Qt.Key.Key_Escape)
        assert {names[each] for each in space.model.frames()} == set(CAT)
        cell = space.model.index(space.model.row_of(photo_id(program, "1.jpg")))
        assert cell.data(Role.MEASURES).thing == "cat"
        assert "it shows: cat" in cell.data(Qt.ItemDataRole.ToolTipRole)
        assert "it shows: cat" in cell.data(Qt.ItemDataRole.AccessibleTextRole)
        chips = there(space.findChild(FilterChips))
        assert "it shows: cat" in " ".join(button.text() for button in chips.findChildren(QPushButton))
        press(program, "loupe")
        pane = there(space.big.loupe.active_pane)
        assert "it shows: cat" in info_lines(
            program.session.shoot.photos[there(pane.photo_id)],
            QSizeF(960, 640),
            program.session.shoot.things[there(pane.photo_id)],
        )


def test_a_click_is_no_box_and_esc_or_another_photo_takes_the_sheet_away(qtbot: QtBot, folder: Path) -> None:
    with running() as program:
        analysed(qtbot, program, folder)
        sheet = begin(qtbot, program, "1.jpg")
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: not sheet.isVisible())
        assert program.window.space.views.in_loupe
        assert program.window.focusWidget() is program.window.space.big.loupe
        press(program, "grid")
        sheet = begin(qtbot, program, "1.jpg")
        qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
        assert sheet.isVisible()
        draw(qtbot, sheet, QPoint(2, 2), QPoint(20, 3))
        assert sheet.isVisible()
        program.window.space.step(1)  # as the filmstrip does; the arrows are the box's now
        qtbot.waitUntil(lambda: not sheet.isVisible())
        assert open_dialog(program) is None
