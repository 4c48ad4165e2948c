"""What the tests of whole windows share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.window import Program
from fixtures.windows import analysed, in_front, running


@pytest.fixture
def program(qtbot: QtBot, shoot_folder: Path) -> Iterator[Program]:
    """The program with a small shoot open and measured, its window in front."""
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        in_front(qtbot, program.window)
        yield program
