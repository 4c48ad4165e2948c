"""The window learns from decisions as they are made, says so when suggestions follow, and has a page for it."""

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.paths import places
from app.window import Program
from core.persistence.taste_store import TasteStore
from core.settings import Weights
from core.taste.profiles import shipped
from core.taste.taste import Taste
from core.types import Flag
from fixtures.buttons import button
from fixtures.tastes import of_taste
from fixtures.windows import analysed, flags, running, there
from ui.commands import table
from ui.dialogs.settings_dialog import SettingsDialog
from ui.dialogs.taste_page import TastePage
from ui.export.confirm_dialog import ConfirmDialog
from ui.widgets.choices import ChoiceBox
from ui.widgets.tick_box import TickBox

pytestmark = [
    pytest.mark.qt_log_ignore(r"propagateSizeHints\(\)", r"raise\(\)"),
    pytest.mark.usefixtures("measured_here"),
]

SMILES = {"smile": 6.0, "sharpness": 0.5}


def teach(points: dict[str, float], shoots: str = "abcd", bursts: int = 40) -> None:
    """Let the user have decided some shoots."""
    with closing(TasteStore.open(places().taste)) as store:
        for name in shoots:
            shoot = of_taste(points, bursts, Path(f"/shoots/{name}"))
            Taste(store, shipped()).observe(shoot.photos, shoot.clusters, shoot.decisions)


def lessons(folder: Path) -> int:
    """Return how many bursts of a folder taught, as it is on the disk."""
    with closing(TasteStore.open(places().taste)) as store:
        return store.shoots().get(folder, (0, False))[0]


def settled(qtbot: QtBot, program: Program) -> None:
    """Wait until all that was to be done in the background is."""
    qtbot.waitUntil(lambda: not program.taste.background.is_busy, timeout=30_000)


def opened_page(qtbot: QtBot, program: Program) -> TastePage:
    """Open the settings at the page, and wait until it is filled."""
    program.window.do(table.SETTINGS)
    dialog = there(program.window.findChild(SettingsDialog))
    page = dialog.taste
    dialog.show_page(2)
    qtbot.waitUntil(page.isEnabled, timeout=30_000)
    qtbot.waitUntil(page.isVisible)
    return page


def click(qtbot: QtBot, parent: QWidget, text: str) -> None:
    qtbot.mouseClick(button(parent, text), Qt.MouseButton.LeftButton)


def tick_box(parent: QWidget, text: str) -> TickBox:
    return next(each for each in parent.findChildren(TickBox) if each.text() == text)


def choose_file(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Let the user choose this file in the next dialogs of the system."""
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: (str(path), ""))


def test_what_is_decided_by_keys_is_learned_and_unlearned_when_it_is_undone(
    qtbot: QtBot, shoot_folder: Path
) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        grid = program.window.space.grid
        qtbot.keyClick(grid, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
        qtbot.keyClick(grid, Qt.Key.Key_Return)
        assert Flag.PICK in flags(program).values()
        qtbot.waitUntil(lambda: lessons(shoot_folder) == 1, timeout=30_000)
        program.window.do(table.UNDO)
        qtbot.waitUntil(lambda: lessons(shoot_folder) == 0, timeout=30_000)
        program.window.do(table.REDO)
        program.window.close()  # what was decided last is learned before it is closed
    assert lessons(shoot_folder) == 1


def test_what_was_decided_while_photos_were_measured_is_learned_in_the_end(
    qtbot: QtBot, shoot_folder: Path
) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        program.window.do(table.NEXT_UNDECIDED)
        program.window.do(table.ACCEPT_SUGGESTION)
    with closing(TasteStore.open(places().taste)) as store:
        store.forget({})
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        settled(qtbot, program)
    assert lessons(shoot_folder) == 1


def test_suggestions_follow_and_the_window_says_so_once_with_a_way_back(
    qtbot: QtBot, shoot_folder: Path
) -> None:
    teach(SMILES)
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        shoot, messages = program.session.shoot, program.window.messages
        assert shoot.weights.smile > 2 * shoot.weights.sharpness, "ranked by what was learned from the start"
        assert messages.text().startswith("Suggestions go by your own taste now: it agrees with you in ")
        assert "% of 160 bursts it had not seen, the standard in" in messages.text()
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        settled(qtbot, program)
        assert "your own taste" not in program.window.messages.text(), "it was said"
        page = opened_page(qtbot, program)
        assert "It ranks." in page.text()
        assert "Learned from 160 bursts of 4 shoots." in page.text()
        assert "A smile counts more to you than in the standard." in page.text()


def test_the_way_back_leads_to_the_standard_at_once_and_the_page_back_to_the_taste(
    qtbot: QtBot, shoot_folder: Path
) -> None:
    teach(SMILES)
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        qtbot.waitUntil(lambda: bool(program.window.messages.text()))
        program.window.do(table.CLOSE_FOLDER)  # it is said once, and not of this shoot alone
        analysed(qtbot, program, shoot_folder)
        click(qtbot, program.window.messages, "Back to the standard")
        qtbot.waitUntil(lambda: program.session.shoot.weights == Weights(), timeout=30_000)
        page = opened_page(qtbot, program)
        assert "Switched off" in page.text()
        qtbot.keyClick(tick_box(page, "Learn from what I decide"), Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: program.session.shoot.weights.smile > 1, timeout=30_000)
        qtbot.waitUntil(lambda: "It ranks." in page.text(), timeout=30_000)


def test_nothing_is_claimed_of_a_few_decisions(qtbot: QtBot, shoot_folder: Path) -> None:
    teach(SMILES, "a", bursts=12)
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        assert program.session.shoot.weights == Weights()
        page = opened_page(qtbot, program)
        assert "Too few decisions yet: 12 of at least 30 bursts." in page.text()
        assert "smile" not in page.text().casefold()
        assert not button(page, "Export…").isEnabled()


def test_forgetting_asks_once_and_leaves_nothing_on_the_disk(
    qtbot: QtBot, shoot_folder: Path, home: Path
) -> None:
    teach(SMILES)
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        page = opened_page(qtbot, program)
        click(qtbot, page, "Forget me…")
        asked = there(page.window().findChild(ConfirmDialog))
        assert any(b"/shoots/a" in file.read_bytes() for file in home.glob("taste.sqlite*"))
        click(qtbot, asked, "Forget all of it")
        qtbot.waitUntil(lambda: "Nothing was learned yet" in page.text(), timeout=30_000)
        assert program.session.shoot.weights == Weights()
        assert not any(b"/shoots/a" in file.read_bytes() for file in home.glob("taste.sqlite*"))


def test_a_taste_goes_out_and_another_one_s_comes_in_and_a_damaged_one_is_refused_by_name(
    qtbot: QtBot, shoot_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    teach(SMILES)
    file = tmp_path / "mine.toml"
    choose_file(monkeypatch, file)
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        page = opened_page(qtbot, program)
        click(qtbot, page, "Export…")
        qtbot.waitUntil(lambda: "Written: " in page.text(), timeout=30_000)
        assert 'kind = "shortlist-taste"' in file.read_text("utf-8")
        click(qtbot, page, "Import…")
        qtbot.waitUntil(lambda: "it would count twice" in page.text(), timeout=30_000)
        file.write_text("kind = 3", "utf-8")
        click(qtbot, page, "Import…")
        qtbot.waitUntil(lambda: "mine.toml: It is damaged, or no taste" in page.text(), timeout=30_000)
        assert program.session.shoot.weights.smile > 1, "nothing is lost by it"


def test_the_profile_is_chosen_by_keys_kept_and_lets_pass_what_is_meant(
    qtbot: QtBot, shoot_folder: Path
) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        page = opened_page(qtbot, program)
        box = next(each for each in page.findChildren(ChoiceBox) if each.accessibleName() == "Profile")
        names = [box.value_at(at) for at in range(box.count())]
        assert names == ["", "portraits", "event", "sport", "wildlife", "landscape", "product"]
        box.setFocus()
        for _ in range(names.index("sport")):
            qtbot.keyClick(box, Qt.Key.Key_Down)
        assert program.session.shoot.forgiven == shipped()["sport"].forgives
        settled(qtbot, program)
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        assert program.session.shoot.forgiven == shipped()["sport"].forgives
        assert program.taste.ranked.profile == "sport"


def test_a_profile_of_one_s_own_can_be_chosen_once_its_file_is_imported(
    qtbot: QtBot, shoot_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "circus.toml"
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        program.taste.choose_profile("event")
        settled(qtbot, program)
        page = opened_page(qtbot, program)
        choose_file(monkeypatch, file)
        click(qtbot, page, "Save as a file…")
        qtbot.waitUntil(file.exists, timeout=30_000)
        told = file.read_text("utf-8").replace("my_event", "circus").replace("smile = 1.0", "smile = 0.0")
        file.write_text(told, "utf-8")
        click(qtbot, page, "Import…")
        qtbot.waitUntil(lambda: "“circus” can be chosen" in page.text(), timeout=30_000)
        settled(qtbot, program)
        program.taste.choose_profile("circus")
        qtbot.waitUntil(lambda: program.session.shoot.weights.smile == 0, timeout=30_000)


def test_a_shoot_that_is_left_out_teaches_nothing(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        page = opened_page(qtbot, program)
        qtbot.keyClick(tick_box(page, "Learn nothing from this shoot"), Qt.Key.Key_Space)
        settled(qtbot, program)
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        program.window.do(table.NEXT_UNDECIDED)
        program.window.do(table.ACCEPT_SUGGESTION)
        qtbot.waitUntil(lambda: lessons(shoot_folder) == 1, timeout=30_000)
        page = opened_page(qtbot, program)
        qtbot.waitUntil(lambda: "1 shoot is left out." in page.text(), timeout=30_000)
        assert tick_box(page, "Learn nothing from this shoot").isChecked()
        assert "Nothing was learned yet" in page.text()
