"""Likely rejects in the real window: the key that goes through them, the filter, the marks, and who decides."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from app.__main__ import main
from app.exit_codes import EXIT_OK
from benchmarks.quality.degradation import blurred, disc, streak
from core.types import Flag
from fixtures.shoots import scene, write_photo
from fixtures.windows import analysed, photo_id, running
from ui.marks.roles import Role
from ui.widgets.filter_panel import FilterPanel

pytestmark = pytest.mark.usefixtures("measured_here")

START = datetime(2025, 6, 14, 10, 0, 0)
SHIFT = Qt.KeyboardModifier.ShiftModifier
POOR = ["2-cap.jpg", "3-soft.jpg", "5-pocket.jpg", "7-shaken-a.jpg", "7-shaken-b.jpg"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Good singles, a lens cap, a soft one, a pocket, a burst with a sharp frame and one without any."""
    folder = tmp_path_factory.mktemp("likely rejects")
    pictures = {
        "1-good.jpg": (scene(1), 0.0),
        "2-cap.jpg": (np.full((640, 960, 3), 3, np.uint8), 600.0),
        "3-soft.jpg": (blurred(scene(3), disc(10)), 1200.0),
        "4-good.jpg": (scene(4), 1800.0),
        "5-pocket.jpg": (np.full((640, 960, 3), 70, np.uint8), 2400.0),
        "6-burst-a.jpg": (scene(6), 3000.0),
        "6-burst-b.jpg": (blurred(scene(6), disc(6)), 3000.5),
        "7-shaken-a.jpg": (blurred(scene(7), streak(40, 0.3)), 3600.0),
        "7-shaken-b.jpg": (blurred(scene(7), streak(44, 0.4)), 3600.5),
    }
    for name, (picture, seconds) in pictures.items():
        write_photo(folder / name, picture, START + timedelta(seconds=seconds))
    return folder


@pytest.fixture
def shoot(made: Path, tmp_path: Path) -> Path:
    """The same, the test's own."""
    return shutil.copytree(made, tmp_path / "shoot")


def test_a_key_goes_through_the_likely_rejects_and_another_decides(qtbot: QtBot, shoot: Path) -> None:
    with running() as program:
        analysed(qtbot, program, shoot)
        space, known = program.window.space, program.session.shoot
        assert [known.photos[each].path.name for each in known.likely_rejects()] == POOR
        assert not any(decision.flag for decision in known.decisions.values()), "nothing is decided by itself"
        assert space.current_photo() == photo_id(program, "1-good.jpg")
        seen = []
        for _ in POOR:
            qtbot.keyClick(space.views.front, Qt.Key.Key_X, SHIFT)
            seen.append(space.current_photo())
            assert "Likely a reject: " in space.why_line.text()
        assert seen == [photo_id(program, name) for name in POOR]
        qtbot.keyClick(space.views.front, Qt.Key.Key_X, SHIFT)
        assert space.current_photo() == seen[0], "round the end to the start"
        for _ in POOR:
            qtbot.keyClick(space.views.front, Qt.Key.Key_X)
            qtbot.keyClick(space.views.front, Qt.Key.Key_X, SHIFT)
        rejected = [each for each in known.photos if known.decision(each).flag is Flag.REJECT]
        assert rejected == seen
        assert program.window.messages.text() == "No likely reject is left to decide."


def test_the_key_finds_what_a_filter_hides_and_works_in_the_loupe(qtbot: QtBot, shoot: Path) -> None:
    with running() as program:
        analysed(qtbot, program, shoot)
        space = program.window.space
        qtbot.keyClick(space.grid, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
        assert space.model.rowCount() == 0
        qtbot.keyClick(space.grid, Qt.Key.Key_X, SHIFT)
        assert space.current_photo() == photo_id(program, "2-cap.jpg")
        qtbot.keyClick(space.grid, Qt.Key.Key_E)
        qtbot.keyClick(space.views.front, Qt.Key.Key_X, SHIFT)
        assert space.current_photo() == photo_id(program, "3-soft.jpg")


@pytest.mark.parametrize(
    ("steps", "names"),
    [
        (1, POOR),
        (2, ["3-soft.jpg", "7-shaken-a.jpg", "7-shaken-b.jpg"]),
        (3, ["2-cap.jpg", "5-pocket.jpg"]),
        (4, []),
    ],
    ids=["all", "blurred", "nothing to see", "eyes"],
)
def test_the_filter_shows_them_and_x_goes_through_them(
    qtbot: QtBot, shoot: Path, steps: int, names: list[str]
) -> None:
    with running() as program:
        analysed(qtbot, program, shoot)
        space, known = program.window.space, program.session.shoot
        qtbot.keyClick(space.grid, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        panel = space.findChild(FilterPanel)
        assert panel is not None
        control = next(
            each for each in panel.findChildren(QComboBox) if each.accessibleName() == "Likely rejects"
        )
        for _ in range(steps):
            qtbot.keyClick(control, Qt.Key.Key_Down)
        panel.close()
        assert [known.photos[each].path.name for each in space.model.frames()] == names
        qtbot.keyClick(space.grid, Qt.Key.Key_S, SHIFT)
        qtbot.keyClick(space.grid, Qt.Key.Key_A)  # each decision goes to the next photo
        qtbot.keyClick(space.grid, Qt.Key.Key_Home)
        for _ in names:
            qtbot.keyClick(space.grid, Qt.Key.Key_X)
        rejected = {known.photos[each].path.name for each in known.photos if known.decision(each).flag}
        assert rejected == set(names)


def test_the_cell_has_a_mark_and_says_why(qtbot: QtBot, shoot: Path) -> None:
    with running() as program:
        analysed(qtbot, program, shoot)
        model = program.window.space.model

        def cell(name: str, role: int) -> object:
            return model.index(model.row_of(photo_id(program, name)), 0).data(role)

        assert cell("3-soft.jpg", Role.MEASURES).blurred  # type: ignore[attr-defined]
        assert cell("5-pocket.jpg", Role.MEASURES).empty  # type: ignore[attr-defined]
        assert not cell("1-good.jpg", Role.MEASURES).blurred  # type: ignore[attr-defined]
        for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            assert "Likely a reject: black" in str(cell("2-cap.jpg", role))
            assert "Likely a reject" not in str(cell("1-good.jpg", role))


def test_the_command_line_counts_them_and_rejects_none(
    shoot: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["cull", str(shoot), "--export", "csv", "--out", str(out)]) == EXIT_OK
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[-1] for line in lines if "likely rejects" in line] == ["5"]
    table = (out / "shortlist.csv").read_text("utf-8-sig").splitlines()
    told = [
        line for line in table if "blurred all over" in line or "nothing on it" in line or ",black," in line
    ]
    assert len(told) == len(POOR)
    assert not any(",reject," in line for line in told)
