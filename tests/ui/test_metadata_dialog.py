"""The metadata template in the window: what is written is seen at once, with what is not known."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QMenu, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from core.export.metadata_template import MetadataTemplate, load_template
from core.export.xmp import XmpChoices
from core.naming.facts import PhotoFacts
from core.sidecar.metadata_fields import FIELDS
from fixtures.buttons import button
from fixtures.windows import there
from ui.export.metadata_dialog import MetadataDialog
from ui.export.xmp_choices import XmpForm
from ui.theme import DARK
from ui.widgets.tick_box import TickBox

pytestmark = pytest.mark.qt_log_ignore(r"propagateSizeHints\(\)", r"raise\(\)")

SAMPLE = PhotoFacts(taken=datetime(2024, 5, 1), shoot="Regatta", name="IMG_1")


@pytest.fixture
def chosen() -> list[Path]:
    """What the file choosers answer, in turn."""
    return []


@pytest.fixture
def make(qtbot: QtBot, chosen: list[Path]) -> Callable[[MetadataTemplate], MetadataDialog]:
    def made(template: MetadataTemplate) -> MetadataDialog:
        dialog = MetadataDialog(
            template, SAMPLE, choose_file=lambda _title: chosen.pop(0), choose_new=lambda: chosen.pop(0)
        )
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return made


@pytest.fixture
def dialog(make: Callable[[MetadataTemplate], MetadataDialog]) -> MetadataDialog:
    return make(MetadataTemplate())


def field(dialog: QWidget, name: str) -> QWidget:
    kinds = (QLineEdit, QPlainTextEdit)
    return next(each for kind in kinds for each in dialog.findChildren(kind) if each.accessibleName() == name)


def said(dialog: QWidget) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def click(qtbot: QtBot, target: QWidget) -> None:
    qtbot.mouseClick(target, Qt.MouseButton.LeftButton)


def test_what_is_typed_is_seen_as_it_would_be_written(qtbot: QtBot, dialog: MetadataDialog) -> None:
    qtbot.keyClicks(field(dialog, "Creator"), "Anna; Ben")
    qtbot.keyClicks(field(dialog, "Caption"), "{shoot} {date:%Y}, =7= {person}")
    assert dialog.lines() == ["Creator | Anna; Ben", "Caption | Regatta 2024, =7="]
    assert "Nothing is known for {person}." in said(dialog)
    assert "No list has the code =7=." in said(dialog)
    mode = next(each for each in dialog.findChildren(QComboBox))
    assert mode.currentText() == "Fill only what is empty"
    mode.setCurrentText("Replace what is there")
    click(qtbot, button(dialog, "Use"))
    assert dialog.result() == MetadataDialog.DialogCode.Accepted
    assert dialog.template == MetadataTemplate(
        {"creator": "Anna; Ben", "caption": "{shoot} {date:%Y}, =7= {person}"}, replaces=True
    )


def test_every_field_can_be_written(dialog: MetadataDialog) -> None:
    for each in FIELDS:
        box = field(dialog, each.title)
        assert isinstance(box, QLineEdit | QPlainTextEdit)
        box.setText(each.word) if isinstance(box, QLineEdit) else box.setPlainText(each.word)
    assert dialog.template.texts == {each.word: each.word for each in FIELDS}
    assert dialog.lines() == [f"{each.title} | {each.word}" for each in FIELDS]


def test_what_cannot_be_understood_is_said_with_its_field(qtbot: QtBot, dialog: MetadataDialog) -> None:
    qtbot.keyClicks(field(dialog, "City"), "{cty}")
    assert "City: There is no placeholder {cty} (at character 1)." in said(dialog)
    assert not button(dialog, "Use").isEnabled()


def test_a_placeholder_goes_where_one_wrote_last(qtbot: QtBot, dialog: MetadataDialog) -> None:
    dialog.activateWindow()
    title = field(dialog, "Title")
    title.setFocus()
    qtbot.waitUntil(title.hasFocus)
    menu = there(dialog.findChild(QMenu))
    next(action for action in menu.actions() if action.text().startswith("Name of the shoot\t")).trigger()
    assert dialog.template.texts == {"title": "{shoot}"}


def test_codes_are_replaced_once_their_list_is_chosen(
    qtbot: QtBot, dialog: MetadataDialog, chosen: list[Path], tmp_path: Path
) -> None:
    codes = tmp_path / "team.txt"
    codes.write_text("7\tAda Smith\n7\tSomebody\n")
    qtbot.keyClicks(field(dialog, "Caption"), "=7=")
    chosen.append(codes)
    click(qtbot, button(dialog, "Choose…"))
    assert dialog.lines() == ["Caption | Ada Smith"]
    assert "team.txt" in said(dialog)
    assert "The list has codes twice, of which the first counts: 7" in said(dialog)
    assert dialog.template == MetadataTemplate({"caption": "=7="}, codes_path=codes)
    codes.write_text("nothing")
    chosen.append(codes)
    click(qtbot, button(dialog, "Choose…"))
    assert "It holds no codes" in said(dialog)
    click(qtbot, button(dialog, "None"))
    assert dialog.template == MetadataTemplate({"caption": "=7="})
    assert "It holds no codes" not in said(dialog)


def test_a_template_is_saved_and_opened(
    qtbot: QtBot, make: Callable[[MetadataTemplate], MetadataDialog], chosen: list[Path], tmp_path: Path
) -> None:
    template = MetadataTemplate({"creator": "Anna", "caption": "two\nlines"}, replaces=True)
    path = tmp_path / "agency.toml"
    chosen += [path, path]
    click(qtbot, button(make(template), "Save as file…"))
    assert load_template(path) == template
    other = make(MetadataTemplate({"city": "Kiel"}))
    click(qtbot, button(other, "Open a file…"))
    assert other.template == template
    path.write_text("citty = 1")
    chosen.append(path)
    click(qtbot, button(other, "Open a file…"))
    assert "There is no field “citty”" in said(other)
    assert other.template == template


def test_ticking_asks_for_a_template_where_there_is_none(qtbot: QtBot) -> None:
    answers: list[MetadataTemplate | None] = [None, MetadataTemplate({"city": "Kiel"})]
    form = XmpForm(DARK, lambda _template: answers.pop(0))
    qtbot.addWidget(form)
    form.show()
    box = next(each for each in form.findChildren(TickBox) if each.text() == "With a metadata template")
    click(qtbot, box)
    assert not box.isChecked(), "he thought better of it"
    assert form.choices().metadata is None
    click(qtbot, box)
    assert form.choices().metadata == MetadataTemplate({"city": "Kiel"})
    click(qtbot, box)
    assert form.choices().metadata is None
    click(qtbot, box)
    assert form.choices().metadata == MetadataTemplate({"city": "Kiel"}), "what was written stays"
    assert answers == []
    form.set_choices(XmpChoices())
    assert form.choices() == XmpChoices()
