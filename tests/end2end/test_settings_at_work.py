"""Settings on the real window: the ranking follows without a new analysis, and a new window takes over."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.language import set_language, spoken_language
from core.settings import Weights
from core.shoot.criteria import Criteria
from core.shoot.shoot import Filter
from core.types import Flag, TermName
from fixtures.windows import analysed, photo_id, running
from ui.commands.presets import Preset
from ui.commands.table import BY_ID
from ui.dialogs.accept_dialog import AcceptDialog
from ui.theme import LIGHT, ThemeName

pytestmark = pytest.mark.usefixtures("measured_here")


def test_the_ranking_follows_the_sliders_and_a_new_window_the_colours(
    qtbot: QtBot, shoot_folder: Path
) -> None:
    with running() as first:
        analysed(qtbot, first, shoot_folder)
        shoot = first.session.shoot
        burst = photo_id(first, "A.jpg")
        before = shoot.cluster_of(burst).scores[0].terms
        first.settings.change(
            weights=Weights(sharpness=0.0, seen=0.0, whole=0.0, eyes=0.0, smile=0.0, exposure=1.0)
        )
        qtbot.waitUntil(lambda: shoot.cluster_of(burst).scores[0].terms != before, timeout=5_000)
        told = {term.name: term.weight for term in shoot.cluster_of(burst).scores[0].terms}
        assert told[TermName.EXPOSURE] > 0.0
        assert told[TermName.EXPOSURE] + told[TermName.ORIGINAL] == pytest.approx(1.0)

        first.settings.change(preset=Preset.PHOTO_MECHANIC)
        assert first.window.keymap.action(BY_ID["pick"]).shortcut().toString() == "T"
        first.window.space.set_criteria(Criteria(text="nothing.like.it"))
        key = first.window.keymap.action(BY_ID["filter_all"]).shortcut().toString()
        assert key in first.window.space.grid.why_empty(), "the words go by the keys of now"
        first.settings.change(keys={"filter_all": ("F9",)})
        assert "F9 shows all photos again" in first.window.space.grid.why_empty()
        first.window.space.set_criteria(Criteria())
        assert first.window.space.grid.why_empty() == ""

        first.window.space.go_to(photo_id(first, "L.jpg"))
        first.settings.change(theme=ThemeName.LIGHT)
        first.settings.new_window_wanted.emit()
        assert first.next is not None
        assert first.next.sources == (shoot_folder,)
        following = first.next
    with running() as second:
        assert second.window.theme is LIGHT
        analysed(qtbot, second, following.sources[0], following.photo)
        assert second.window.space.current_photo() == photo_id(second, "L.jpg")
        assert second.session.shoot.weights.exposure == 1.0
        assert second.window.keymap.action(BY_ID["pick"]).shortcut().toString() == "T"


def test_a_window_that_may_not_be_left_says_that_it_stays_as_it_is(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        # As while photos are copied, and somebody says no.
        program.window.before_closing.append(lambda: False)
        program.settings.change(theme=ThemeName.LIGHT)
        program.settings.new_window_wanted.emit()
        assert program.next is None
        assert program.window.isVisible()
        assert "This window stays as it is" in program.window.messages.text()
        program.window.before_closing.pop()


def test_auto_advance_goes_on_under_a_filter_and_survives(qtbot: QtBot, shoot_folder: Path) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        space, press = program.window.space, program.window.keymap.action
        press(BY_ID["auto_advance"]).trigger()
        space.set_criteria(Criteria(Filter.UNDECIDED, text="nothing.like.it"))
        assert space.model.rowCount() == 0
        space.set_criteria(Criteria(Filter.UNDECIDED))
        space.go_to(photo_id(program, "L.jpg"))
        press(BY_ID["pick"]).trigger()
        assert space.current_photo() == photo_id(program, "M.jpg")
        assert space.model.row_of(photo_id(program, "L.jpg")) >= 0, (
            "it stays until the filter is chosen again"
        )
        space.set_criteria(Criteria(Filter.UNDECIDED))
        assert space.model.row_of(photo_id(program, "L.jpg")) == -1
        assert program.session.shoot.decision(photo_id(program, "L.jpg")).flag is Flag.PICK
    with running() as again:
        assert again.settings.preferences.auto_advance


def test_the_suggestions_of_the_shoot_are_accepted_after_a_word_and_undone_in_one(
    qtbot: QtBot, shoot_folder: Path
) -> None:
    with running() as program:
        analysed(qtbot, program, shoot_folder)
        shoot, press = program.session.shoot, program.window.keymap.action
        press(BY_ID["accept_shoot"]).trigger()
        dialog = program.window.findChild(AcceptDialog)
        assert dialog is not None
        assert not any(decision.flag for decision in shoot.decisions.values()), "asking decides nothing"
        bursts = shoot.tally.open_bursts
        assert bursts == 3
        dialog.confirmed.emit(True)
        dialog.close()
        assert shoot.tally.open_bursts == 0
        assert program.window.messages.text() == "Accept 3 suggestions: done."
        press(BY_ID["undo"]).trigger()
        assert shoot.tally.open_bursts == bursts
        assert not any(decision.flag for decision in shoot.decisions.values())


def test_what_can_be_undone_is_named_in_the_language_chosen_since(qtbot: QtBot, shoot_folder: Path) -> None:
    before = spoken_language()
    try:
        with running() as program:
            analysed(qtbot, program, shoot_folder)
            photo = next(iter(program.session.shoot.photos.values()))
            program.session.review.set_flag([photo.id], Flag.PICK)
            assert program.window.keymap.action(BY_ID["undo"]).text() == f"Undo Pick {photo.path.stem}"
        set_language("de")
        with running() as program:
            analysed(qtbot, program, shoot_folder)
            text = program.window.keymap.action(BY_ID["undo"]).text()
            assert text.endswith(f"{photo.path.stem} wählen")
            program.session.review.undo()
            assert program.window.keymap.action(BY_ID["redo"]).text().endswith(f"{photo.path.stem} wählen")
    finally:
        set_language(before)
