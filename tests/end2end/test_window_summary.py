"""The summary is offered once, at the moment when nothing is left undecided."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fixtures.shoots import scene, write_photo
from fixtures.windows import running
from ui.commands.table import BY_ID
from ui.dialogs.summary_dialog import SummaryDialog

pytestmark = pytest.mark.usefixtures("measured_here")


def test_the_summary_is_offered_when_the_last_photo_is_decided(qtbot: QtBot, tmp_path: Path) -> None:
    for number in range(2):
        write_photo(tmp_path / f"{number}.jpg", scene(number, (320, 240)))
    with running() as program:
        window, action = program.window, program.window.keymap.action
        program.session.open([tmp_path])
        qtbot.waitUntil(lambda: len(program.session.shoot.photos) == 2, timeout=20_000)
        program.session.cancel()  # the measures do not matter here
        qtbot.waitUntil(lambda: program.session.shoot.finished is not None, timeout=60_000)
        first, second = program.session.shoot.photos
        window.space.go_to(first)
        action(BY_ID["pick"]).trigger()
        assert "undecided" not in window.messages.text()
        window.space.go_to(second)
        action(BY_ID["reject"]).trigger()
        assert window.messages.text() == "Nothing is left undecided."
        window.messages._actions[0].click()
        dialog = window.findChild(SummaryDialog)
        assert dialog is not None
        assert dialog.isVisible()
        dialog.reject()
        action(BY_ID["pick"]).trigger()
        assert window.messages.text() == "", "offered once, not at every change of mind"
