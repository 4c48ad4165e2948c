"""Another frame of the burst laid over the one that is looked at: by keys, and without anything jumping."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.window import Program
from core.types import PhotoId
from fixtures.windows import analysed, in_front, photo_id, running
from ui.views.big_view import BigView
from ui.views.photo_pane import PhotoPane
from ui.views.zoom import Place

pytestmark = pytest.mark.usefixtures("measured_here")

SHIFT = 6  # pixels between the frames of the burst, of 960


def view_of(program: Program) -> BigView:
    view = program.window.space.views.front
    assert isinstance(view, BigView)
    return view


def pane_of(program: Program) -> PhotoPane:
    pane = view_of(program).active_pane
    assert pane is not None
    return pane


def seen(pane: PhotoPane) -> np.ndarray:
    """The middle of what a pane shows, without what lies in its corners."""
    image = pane.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    height, width = image.height(), image.width()
    whole = lines[:, : 3 * width].reshape(height, width, 3).astype(int)
    return whole[height // 4 : height * 3 // 4, width // 4 : width * 3 // 4].copy()


def apart(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.abs(one - other).mean())


@pytest.fixture
def program(qtbot: QtBot, shoot_folder: Path) -> Iterator[Program]:
    """A burst of three: a sharp frame between two blurred ones, each moved against the one before."""
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        program.window.resize(1280, 800)
        in_front(qtbot, program.window)
        program.window.space.go_to(photo_id(program, "A.jpg"))
        qtbot.keyClick(program.window.space.grid, Qt.Key.Key_E)
        yield program


def wait_until_decoded(qtbot: QtBot, program: Program, *names: str) -> None:
    ids: list[PhotoId] = [photo_id(program, name) for name in names]
    qtbot.waitUntil(lambda: all(program.prefetcher.picture(each) is not None for each in ids), timeout=20_000)


def test_while_the_key_is_held_the_other_frame_is_seen_in_the_same_place(
    qtbot: QtBot, program: Program
) -> None:
    view = view_of(program)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    wait_until_decoded(qtbot, program, "A.jpg", "B.jpg")
    sharp = seen(pane_of(program))
    qtbot.keyPress(view, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: apart(sharp, seen(pane_of(program))) > 0.5, timeout=20_000)
    blurred = seen(pane_of(program))
    assert pane_of(program)._said() == "A.jpg"
    # Laid over each other the two are as near as blur allows; moved by their shift they would be farther apart.
    moved = np.roll(blurred, round(SHIFT * pane_of(program).width() / 960), axis=1)
    assert apart(sharp[:, 20:-20], blurred[:, 20:-20]) < apart(sharp[:, 20:-20], moved[:, 20:-20])
    qtbot.keyRelease(view, Qt.Key.Key_Y)
    assert apart(sharp, seen(pane_of(program))) == 0
    assert program.window.space.current_photo() == photo_id(program, "B.jpg")


def test_a_key_let_go_elsewhere_leaves_no_other_frame_behind(qtbot: QtBot, program: Program) -> None:
    view = view_of(program)
    qtbot.keyPress(view, Qt.Key.Key_Y)
    program.window.space.filter_bar.setFocus()
    view.clearFocus()
    assert not pane_of(program)._flickers


def test_a_veil_comes_and_goes_by_a_key(qtbot: QtBot, program: Program) -> None:
    view = view_of(program)
    wait_until_decoded(qtbot, program, "A.jpg", "B.jpg")
    before = seen(pane_of(program))
    qtbot.keyClick(view, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: seen(pane_of(program)).mean() < before.mean() - 10, timeout=20_000)
    assert pane_of(program)._said() == "Differences from B.jpg"  # the suggested one
    qtbot.keyClick(view, Qt.Key.Key_D)
    assert apart(before, seen(pane_of(program))) == 0


def test_a_single_frame_says_that_there_is_nothing_to_lay_over_it(qtbot: QtBot, program: Program) -> None:
    program.window.space.go_to(photo_id(program, "L.jpg"))
    qtbot.keyClick(view_of(program), Qt.Key.Key_D)
    assert pane_of(program)._said() == "There is no other frame to lay over this one"


def test_where_nothing_can_be_laid_over_each_frame_keeps_its_name_and_one_says_why(
    qtbot: QtBot, program: Program
) -> None:
    space = program.window.space
    space.go_to(photo_id(program, "L.jpg"))
    qtbot.keyClick(view_of(program), Qt.Key.Key_C)
    qtbot.keyClick(view_of(program), Qt.Key.Key_D)
    panes = view_of(program).panes()
    assert len(panes) == 2
    qtbot.waitUntil(lambda: "do not lie over" in pane_of(program)._said(), timeout=20_000)
    for pane in panes:
        assert pane.photo_id is not None
        assert program.session.shoot.photos[pane.photo_id].path.name in pane._said()
        assert ("do not lie over" in pane._said()) is (pane is pane_of(program))


def test_both_sides_of_a_comparison_look_at_the_same_thing(qtbot: QtBot, program: Program) -> None:
    """Also where there is no face, and the hand moved between the frames."""
    qtbot.keyClick(view_of(program), Qt.Key.Key_C)
    view = view_of(program)
    pane = pane_of(program)
    other = next(each for each in view.panes() if each is not pane)
    view.look_at(Place(1.0, 0.6, 0.5))
    qtbot.keyClick(view, Qt.Key.Key_Z)
    qtbot.keyClick(view, Qt.Key.Key_Z)
    view.look_at(Place(1.0, 0.6, 0.5))
    names = {pane.photo_id: pane, other.photo_id: other}
    left, right = names[photo_id(program, "B.jpg")], names[photo_id(program, "A.jpg")]
    qtbot.waitUntil(lambda: abs((right.place.x - left.place.x) * 960 - SHIFT) < 1.5, timeout=20_000)


def test_the_next_frame_is_looked_at_where_the_same_thing_is(qtbot: QtBot, program: Program) -> None:
    view = view_of(program)
    qtbot.keyClick(view, Qt.Key.Key_Z)
    view.look_at(Place(1.0, 0.6, 0.5))
    here, there = photo_id(program, "A.jpg"), photo_id(program, "B.jpg")
    qtbot.waitUntil(lambda: program.finders.registrations.is_known(here, there), timeout=20_000)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert abs((0.6 - pane_of(program).place.x) * 960 - SHIFT) < 1.5


def test_before_the_veil_is_there_it_is_said_that_it_comes(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = view_of(program)
    monkeypatch.setattr(program.finders.registrations, "is_known", lambda *_pair: False)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_D)
    assert pane_of(program)._said() == "Comparing with A.jpg…"
    monkeypatch.undo()
    layers = pane_of(program)._layers
    assert layers is not None
    asked: list[object] = []
    monkeypatch.setattr(layers, "of", asked.append)  # it is being made
    view.refresh()
    qtbot.waitUntil(lambda: bool(asked), timeout=20_000)
    assert pane_of(program)._said() == "Comparing with A.jpg…"
    qtbot.keyPress(view, Qt.Key.Key_Y)
    assert pane_of(program)._said() == "Comparing with A.jpg…", "what is seen is this frame"
    qtbot.keyRelease(view, Qt.Key.Key_Y)
    monkeypatch.undo()
    view.refresh()
    qtbot.waitUntil(lambda: pane_of(program)._said() == "Differences from A.jpg", timeout=10_000)
