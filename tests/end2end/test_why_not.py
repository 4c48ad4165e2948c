"""W compares the active frame with the suggested one or the other selected one; the foot says by what it loses."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.window import Program
from core.types import Cluster, PhotoId
from fixtures.windows import analysed, photo_id, running
from ui.commands import table
from ui.dialogs.why_not_dialog import WhyNotDialog

pytestmark = [
    pytest.mark.qt_log_ignore(r"propagateSizeHints\(\)", r"raise\(\)"),
    pytest.mark.usefixtures("measured_here"),
]


def burst(program: Program) -> Cluster:
    """Return the burst of three of the made-up shoot."""
    return program.session.shoot.cluster_of(photo_id(program, "A.jpg"))


def go_to(program: Program, photo: PhotoId) -> None:
    program.window.space.go_to(photo)
    assert program.window.space.current_photo() == photo


def asked(qtbot: QtBot, program: Program) -> WhyNotDialog:
    """Press W where the photos are seen, and return what opens."""
    qtbot.keyClick(program.window.space.views.front, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: program.window.findChild(WhyNotDialog) is not None, timeout=30_000)
    dialog = program.window.findChild(WhyNotDialog)
    assert dialog is not None
    return dialog


def name_of(program: Program, photo: PhotoId) -> str:
    return program.session.shoot.photos[photo].path.name


def test_w_says_by_what_a_frame_loses_to_the_suggested_one(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        best, *_, worst = [score.photo_id for score in burst(program).scores]
        go_to(program, worst)
        dialog = asked(qtbot, program)
        totals = {score.photo_id: score.total for score in burst(program).scores}
        figure = f"{totals[best] - totals[worst]:.2f}"
        said = f"{name_of(program, worst)} loses to {name_of(program, best)} by {figure}: "
        assert dialog.text().startswith(said)
        assert re.search(r"Best in (every reasonable weighting|\d+ % of weightings)\.", dialog.text())
        parts = [part.points for part in dialog.table.parts]
        assert sum(parts) == pytest.approx(totals[worst] - totals[best]), "the rows add up to what is said"
        assert parts[dialog.table.row] == min(parts), "what decided is shown first"


def test_of_the_suggested_frame_w_shows_the_runner_up(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        best, second, *_ = [score.photo_id for score in burst(program).scores]
        go_to(program, best)
        text = asked(qtbot, program).text()
        assert text.startswith(f"{name_of(program, best)} is ahead of {name_of(program, second)} by ")


def test_two_selected_frames_are_compared_with_each_other(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        _, second, third = [score.photo_id for score in burst(program).scores]
        program.window.do(table.TOGGLE_ALL_STACKS)
        grid = program.window.space.grid
        go_to(program, second)
        for photo in (second, third):
            rect = grid.visualRect(program.window.space.model.index(program.window.space.model.row_of(photo)))
            modifier = (
                Qt.KeyboardModifier.ControlModifier if photo is third else Qt.KeyboardModifier.NoModifier
            )
            qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifier, rect.center())
        assert set(program.window.space.targets()) == {second, third}
        text = asked(qtbot, program).text()
        assert {name_of(program, second), name_of(program, third)} == set(
            re.findall(r"\w\.jpg", text.split(":")[0])
        )


def test_what_decided_is_cut_out_of_both_and_lies_over_each_other_while_y_is_held(
    qtbot: QtBot, shoot_folder: Path
) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        go_to(program, burst(program).scores[-1].photo_id)
        dialog = asked(qtbot, program)
        qtbot.waitUntil(lambda: dialog.crops.scale_words() == "1:1", timeout=30_000)

        def halves() -> tuple[QImage, QImage]:
            image = dialog.crops.grab().toImage()
            middle = image.width() // 2
            return image.copy(0, 0, middle, image.height()), image.copy(middle, 0, middle, image.height())

        qtbot.waitUntil(lambda: halves()[0] != halves()[1], timeout=30_000)
        before = halves()
        QTest.keyPress(dialog.table, Qt.Key.Key_Y)
        held = halves()
        assert held[0] != before[0]
        assert held[1] == before[1]
        QTest.keyRelease(dialog.table, Qt.Key.Key_Y)
        assert halves() == before
        row = dialog.table.row
        qtbot.keyClick(dialog.table, Qt.Key.Key_Down if row == 0 else Qt.Key.Key_Up)
        assert dialog.table.row == row + (1 if row == 0 else -1)
        qtbot.keyClick(dialog.table, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: program.window.findChild(WhyNotDialog) is None)


def test_a_single_frame_has_nothing_to_be_compared_with(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        shoot = program.session.shoot
        single = next(cluster for cluster in shoot.clusters.values() if not cluster.scores)
        go_to(program, single.photo_ids[0])
        qtbot.keyClick(program.window.space.grid, Qt.Key.Key_W)
        assert program.window.messages.text().startswith("A single frame")


def test_the_foot_says_by_what_a_frame_loses_and_how_far_a_suggestion_hangs_on_the_weights(
    qtbot: QtBot, shoot_folder: Path
) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        best, *_, worst = [score.photo_id for score in burst(program).scores]
        line = program.window.space.why_line
        go_to(program, best)
        qtbot.waitUntil(lambda: "weighting" in line.text(), timeout=30_000)
        assert re.search(r" · best in (every reasonable weighting|\d+ % of weightings)$", line.text())
        go_to(program, worst)
        assert f"Loses to {name_of(program, best)} by 0." in line.text()
