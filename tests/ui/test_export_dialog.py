"""The export screen: nothing is written that was not shown before, and what was done can be read and kept."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from core.export.carry_out import ExportResult, Refused
from core.export.kinds import Choice, ExportKind, Selection
from core.export.planned import Action, Difference, PlannedFile, Prepared
from core.export.request import ExportRequest
from core.export.space import Space
from core.export.transfers import PlannedTransfer
from core.export.trash import PlannedTrash
from core.export.xmp import XmpChoices
from core.naming.names import NameTemplate, Naming
from core.naming.placeholders import PLACEHOLDERS
from core.sidecar.label_names import LABEL_SETS
from core.sidecar.profiles import BRIDGE, DARKTABLE, EMBEDDING_WARNING
from core.types import Label, PhotoId
from fixtures.buttons import button
from fixtures.windows import there
from ui.export.confirm_dialog import ConfirmDialog
from ui.export.export_dialog import ExportDialog
from ui.export.names_view import NamesView
from ui.export.plan_view import ROWS_SHOWN, PlanView, Preview
from ui.export.result_view import ResultView
from ui.export.ways import WAYS
from ui.theme import DARK

pytestmark = pytest.mark.qt_log_ignore(r"propagateSizeHints\(\)", r"raise\(\)")

OUT = Path("/somewhere/picks")
ROOT = Path("/shoot")


class Planned(PlannedFile):
    """A file of a plan that is only shown."""

    def prepare(self) -> Prepared:
        raise AssertionError("the screen carries nothing out")


def planned(name: str, action: Action = Action.CREATE, remark: str = "") -> Planned:
    return Planned(path=ROOT / name, action=action, remark=remark)


def thrown(name: str, photo: str) -> PlannedTrash:
    return PlannedTrash(path=ROOT / name, action=Action.TRASH, photo_id=PhotoId(photo), stamp=None)


TWO = Preview((planned("IMG_1.xmp"), planned("IMG_2.xmp")))


@pytest.fixture
def chosen() -> list[Path | None]:
    """What the folder chooser answers, in turn."""
    return [OUT]


@pytest.fixture
def questions() -> list[str]:
    """The questions that were asked; all of them are answered by no until ``answers`` says yes."""
    return []


@pytest.fixture
def answers() -> list[bool]:
    return []


@pytest.fixture
def asked() -> list[ExportRequest]:
    """The previews that were asked for."""
    return []


@pytest.fixture
def export(
    qtbot: QtBot,
    chosen: list[Path | None],
    asked: list[ExportRequest],
    questions: list[str],
    answers: list[bool],
) -> ExportDialog:
    def confirm(question: ConfirmDialog) -> bool:
        questions.extend(label.text() for label in question.findChildren(QLabel))
        questions.extend(button.text() for button in question.findChildren(QPushButton))
        return answers.pop(0) if answers else False

    dialog = ExportDialog(choose_folder=lambda: chosen.pop(0), confirm=confirm)
    qtbot.addWidget(dialog)
    dialog.preview_requested.connect(asked.append)
    dialog.present()
    return dialog


def radio(widget: QWidget, text: str) -> QRadioButton:
    return next(each for each in widget.findChildren(QRadioButton) if each.text().startswith(text))


def box(widget: QWidget, name: str) -> QComboBox:
    return next(each for each in widget.findChildren(QComboBox) if each.accessibleName() == name)


def check(widget: QWidget, text: str) -> QCheckBox:
    return next(each for each in widget.findChildren(QCheckBox) if each.text().startswith(text))


def choose(dialog: ExportDialog, kind: ExportKind) -> None:
    there(dialog.findChild(QListWidget)).setCurrentRow([way.kind for way in WAYS].index(kind))


def click(qtbot: QtBot, target: QWidget) -> None:
    qtbot.mouseClick(target, Qt.MouseButton.LeftButton)


def words(dialog: QWidget) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel) if not label.isHidden())


def test_a_preview_comes_before_anything_can_be_exported(
    qtbot: QtBot, export: ExportDialog, asked: list[ExportRequest]
) -> None:
    go = button(export, "Export")
    assert not go.isEnabled()
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == [ExportRequest.usual(ExportKind.XMP)]
    export.show_preview(TWO, ROOT)
    assert there(export.findChild(PlanView)).lines() == ["IMG_1.xmp | create", "IMG_2.xmp | create"]
    with qtbot.waitSignal(export.export_requested) as requested:
        click(qtbot, go)
    assert requested.args == [asked[0]]


def test_what_changes_inside_a_file_is_shown_before_and_after(export: ExportDialog) -> None:
    rating = Difference("xmp:Rating", "2", "5")
    label = Difference("xmp:Label", "", "Red")
    refused = planned("sub/IMG_9.xmp", Action.REFUSED, "It is not valid XML.")
    same = planned("IMG_3.xmp", Action.UNCHANGED)
    plan = (planned("IMG_1.xmp", Action.UPDATE), same, refused)
    export.show_preview(Preview(plan, {0: (rating, label)}), ROOT)
    assert there(export.findChild(PlanView)).lines() == [
        f"{Path('sub/IMG_9.xmp')} | refused | It is not valid XML.",
        "IMG_1.xmp | update",
        "xmp:Rating | 2 | 5",
        "xmp:Label | – | Red",
    ]
    assert "3 files: 1 to update, 1 already as they should be, 1 refused" in words(export)


def test_a_long_plan_is_cut_and_counted(export: ExportDialog) -> None:
    export.show_preview(Preview(tuple(planned(f"{number}.xmp") for number in range(ROWS_SHOWN + 7))), ROOT)
    lines = there(export.findChild(PlanView)).lines()
    assert len(lines) == ROWS_SHOWN + 1
    assert lines[-1] == "… and 7 more"


def test_copies_that_do_not_fit_are_said(export: ExportDialog) -> None:
    export.show_preview(replace(TWO, space=Space(5_000_000_000, 80_000_000_000)))
    assert "2 files: 2 to create (5.0 GB; 80.0 GB are free)" in words(export)
    export.show_preview(replace(TWO, space=Space(5_000_000_000, 1_000_000_000)))
    assert "They do not fit: 5.0 GB; 1.0 GB are free." in words(export)


@pytest.mark.parametrize("preview", [Preview(()), Preview((planned("1.xmp", Action.UNCHANGED),))])
def test_with_nothing_to_do_there_is_nothing_to_export(export: ExportDialog, preview: Preview) -> None:
    export.show_preview(preview)
    assert not button(export, "Export").isEnabled()


def test_a_change_of_mind_takes_the_button_away_until_it_is_planned_anew(
    qtbot: QtBot, export: ExportDialog, asked: list[ExportRequest]
) -> None:
    export.show_preview(TWO)
    box(export, "Which photos").setCurrentText("Picks")
    assert not button(export, "Export").isEnabled()
    qtbot.waitUntil(lambda: bool(asked))
    assert asked[-1].selection.choice is Choice.PICKS


@pytest.mark.parametrize("kind", [kind for kind in ExportKind if kind.needs_folder])
def test_copies_moves_and_links_need_a_folder(
    qtbot: QtBot, export: ExportDialog, asked: list[ExportRequest], kind: ExportKind
) -> None:
    choose(export, kind)
    assert not radio(export, "Beside the photos").isVisible()
    assert "Choose a folder" in words(export)
    assert not any(timer.isActive() for timer in export.findChildren(QTimer)), "nothing is asked for later"
    assert not any(request.kind is kind for request in asked)  # the dialog's first preview may be among them
    click(qtbot, button(export, "Choose…"))
    qtbot.waitUntil(lambda: bool(asked))
    assert (asked[-1].out_dir, asked[-1].selection.choice) == (OUT, Choice.PICKS)


def test_choosing_no_folder_changes_nothing(
    qtbot: QtBot, export: ExportDialog, chosen: list[Path | None]
) -> None:
    chosen[:] = [None]
    choose(export, ExportKind.COPY)
    click(qtbot, button(export, "Choose…"))
    assert export.request().out_dir is None
    assert not button(export, "Copy").isEnabled()
    choose(export, ExportKind.XMP)
    assert radio(export, "Beside the photos").isChecked()


def test_the_folder_of_copies_takes_in_no_sidecars(qtbot: QtBot, export: ExportDialog) -> None:
    choose(export, ExportKind.COPY)
    click(qtbot, button(export, "Choose…"))
    choose(export, ExportKind.XMP)
    assert export.request().out_dir is None
    choose(export, ExportKind.MOVE)
    assert export.request().out_dir == OUT


@pytest.mark.parametrize(
    "request_",
    [
        ExportRequest(ExportKind.XMP, Selection(), OUT, XmpChoices(DARKTABLE, LABEL_SETS["de"], advice=True)),
        ExportRequest(ExportKind.XMP, Selection(Choice.PICKS, 3, Label.RED), xmp=XmpChoices(embed=True)),
        ExportRequest(ExportKind.LINK, Selection(Choice.PICKS, 5), OUT),
        ExportRequest.usual(ExportKind.JSON),
        ExportRequest.usual(ExportKind.TRASH),
    ],
)
def test_the_choices_of_the_last_time_come_back(export: ExportDialog, request_: ExportRequest) -> None:
    export.choose(request_)
    assert export.request() == request_


def test_quick_changes_ask_for_one_preview_only(
    qtbot: QtBot, export: ExportDialog, asked: list[ExportRequest]
) -> None:
    for kind in (ExportKind.CSV, ExportKind.JSON, ExportKind.CSV, ExportKind.JSON):
        choose(export, kind)
    qtbot.waitUntil(lambda: bool(asked))
    assert not any(timer.isActive() for timer in export.findChildren(QTimer)), "nothing is asked for later"
    assert asked == [ExportRequest.usual(ExportKind.JSON)]


def test_each_program_s_needs_are_said(export: ExportDialog) -> None:
    assert "It reads sidecars of RAW files only." in words(export)
    box(export, "Program that will read it").setCurrentText(BRIDGE.name)
    assert BRIDGE.note in words(export)
    assert not box(export, "Names of colour labels").isEnabled(), "Bridge has label names of its own"


def test_what_no_sidecar_can_tell_the_program_is_said_with_the_count(export: ExportDialog) -> None:
    export.show_preview(replace(TWO, unread=84))
    assert "will not see the decisions on 84 photos" in words(export)
    assert "Tick “Write into JPEG, TIFF, PNG and DNG files themselves” for that." in words(export)
    check(export, "Write into").setChecked(True)
    assert EMBEDDING_WARNING in words(export)
    assert "will not see" not in words(export)


def test_in_a_folder_of_its_own_nothing_is_embedded(qtbot: QtBot, export: ExportDialog) -> None:
    check(export, "Write into").setChecked(True)
    click(qtbot, button(export, "Choose…"))
    assert not check(export, "Write into").isEnabled()
    assert export.request().xmp.embed is False


def test_the_trash_is_asked_about_with_the_count_and_only_rejects_are_offered(
    qtbot: QtBot, export: ExportDialog, questions: list[str], answers: list[bool]
) -> None:
    choose(export, ExportKind.TRASH)
    assert not box(export, "Which photos").isEnabled()
    export.show_preview(Preview((thrown("1.CR2", "1"), thrown("1.JPG", "1"), thrown("2.JPG", "2"))))
    go = button(export, "Move to trash…")
    with qtbot.assertNotEmitted(export.export_requested):
        click(qtbot, go)
    assert "Move 2 rejected photos (3 files) to the trash?" in questions
    assert "Move 2 rejected photos to the trash" in questions
    answers.append(True)
    with qtbot.waitSignal(export.export_requested):
        click(qtbot, go)


def test_enter_never_throws_anything_away(qtbot: QtBot) -> None:
    question = ConfirmDialog("Trash", "Move 2 photos?", "They can be restored.", "Move 2 photos")
    qtbot.addWidget(question)
    question.show()
    with qtbot.waitSignal(question.rejected):
        qtbot.keyClick(question, Qt.Key.Key_Return)
    question.show()
    with qtbot.waitSignal(question.accepted):
        qtbot.keyClick(button(question, "Move 2 photos"), Qt.Key.Key_Space)


def test_what_runs_cannot_be_changed_or_closed_but_stopped(qtbot: QtBot, export: ExportDialog) -> None:
    export.show_preview(TWO)
    click(qtbot, button(export, "Export"))
    export.show_progress(1, 2)
    assert "1 of 2" in words(export)
    assert not there(export.findChild(QListWidget)).isEnabled()
    export.close()
    assert export.isVisible()
    with qtbot.waitSignal(export.cancel_requested):
        qtbot.keyClick(export, Qt.Key.Key_Escape)
    assert export.isVisible()


def finished(export: ExportDialog) -> ResultView:
    result = ExportResult(
        written=[ROOT / "IMG_1.xmp"], refused=[Refused(ROOT / "IMG_2.xmp", "It is not valid XML.")]
    )
    export.show_result("XMP metadata", result, "Read the metadata from file.")
    return there(export.findChild(ResultView))


def test_the_result_names_what_was_refused_first(qtbot: QtBot, export: ExportDialog) -> None:
    view = finished(export)
    lines = there(view.findChild(QPlainTextEdit)).toPlainText().splitlines()
    assert lines == [f"refused\t{ROOT / 'IMG_2.xmp'}\tIt is not valid XML.", f"done\t{ROOT / 'IMG_1.xmp'}"]
    assert "XMP metadata: 1 file done, 1 refused" in words(view)
    assert "Read the metadata from file." in words(view)
    click(qtbot, button(export, "Close"))
    assert not export.isVisible()


def test_the_result_can_be_saved_and_a_failure_to_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    places = [tmp_path / "result.txt", tmp_path / "missing" / "result.txt", None]
    view = ResultView(DARK, choose_file=lambda: places.pop(0))
    qtbot.addWidget(view)
    view.show_result("Copies", ExportResult(written=[ROOT / "a.jpg"], cancelled=True))
    for _ in range(3):
        view._save.click()
    saved = (tmp_path / "result.txt").read_text("utf-8")
    assert saved == f"Copies\n1 file done, cancelled\n\ndone\t{ROOT / 'a.jpg'}\n"
    assert "could not be saved" in words(view)


def test_the_export_just_made_can_be_undone_from_its_result(qtbot: QtBot, export: ExportDialog) -> None:
    finished(export)
    with qtbot.waitSignal(export.undo_requested):
        click(qtbot, button(export, "Undo this export"))


def test_after_the_result_comes_another_export_with_a_fresh_look(
    qtbot: QtBot, export: ExportDialog, asked: list[ExportRequest]
) -> None:
    qtbot.waitUntil(lambda: len(asked) == 1)
    finished(export)
    assert not button(export, "Export").isVisible()
    click(qtbot, button(export, "Another export"))
    qtbot.waitUntil(lambda: len(asked) == 2)
    assert button(export, "Export").isVisible()


def test_opened_again_it_looks_again(qtbot: QtBot, export: ExportDialog, asked: list[ExportRequest]) -> None:
    qtbot.waitUntil(lambda: len(asked) == 1)
    export.reject()
    export.present()
    qtbot.waitUntil(lambda: len(asked) == 2)


def test_it_fits_a_full_hd_screen_at_twice_the_scale(export: ExportDialog) -> None:
    for way in WAYS:
        choose(export, way.kind)
        smallest = export.minimumSizeHint()
        assert smallest.width() <= 944, way.title
        assert smallest.height() <= 490, way.title


def field(widget: QWidget, name: str) -> QLineEdit:
    return next(each for each in widget.findChildren(QLineEdit) if each.accessibleName() == name)


def test_a_template_is_typed_and_goes_with_the_request(
    qtbot: QtBot, export: ExportDialog, asked: list[ExportRequest]
) -> None:
    choose(export, ExportKind.RENAME)
    assert "Write how the photos are to be named." in words(export)
    assert asked == []
    template = field(export, "Template of the names")
    qtbot.keyClicks(template, "{date:%Y}_{camra}")
    assert "There is no placeholder {camra} (at character 11); {camera} may be meant." in words(export)
    assert not any(timer.isActive() for timer in export.findChildren(QTimer)), "nothing is asked for"
    template.selectAll()
    qtbot.keyClicks(template, "{shoot}_{counter:03}")
    export.set_shoot("Wedding")
    assert field(export, "Name of the shoot").placeholderText() == "Wedding"
    qtbot.keyClicks(field(export, "Name of the shoot"), "Fair")
    there(export.findChild(QSpinBox)).setValue(7)
    qtbot.waitUntil(lambda: bool(asked))
    assert asked[-1].naming == Naming(NameTemplate.parse("{shoot}_{counter:03}"), "Fair", 7)
    choose(export, ExportKind.CSV)
    assert export.request().naming is None
    assert not template.isVisible()
    export.set_shoot("Another one")
    assert field(export, "Name of the shoot").text() == "", "it was the former shoot's"


def test_a_placeholder_is_inserted_from_the_menu_where_one_writes(qtbot: QtBot, export: ExportDialog) -> None:
    choose(export, ExportKind.RENAME)
    template = field(export, "Template of the names")
    qtbot.keyClicks(template, "a-z")
    template.setCursorPosition(2)
    menu = there(export.findChild(QMenu))
    assert [action.text().partition("\t")[2] for action in menu.actions()] == [
        placeholder.written for placeholder in PLACEHOLDERS
    ]
    next(action for action in menu.actions() if action.text().startswith("Camera\t")).trigger()
    assert template.text() == "a-{camera}z"


def test_ten_names_and_what_was_changed_for_them_are_shown(export: ExportDialog) -> None:
    choose(export, ExportKind.COPY)
    click_folder = button(export, "Choose…")
    click_folder.click()
    view = there(export.findChild(NamesView))
    field(export, "Template of the names").setText("{name}")
    plan = tuple(
        PlannedTransfer(
            path=OUT / "2024" / f"{number}.jpg",
            action=Action.CREATE,
            remark="It was too long and was shortened." if number == 1 else "",
            source=ROOT / f"IMG_{number}.jpg",
            stamp=None,
            is_picture=number != 3,
        )
        for number in range(20)
    )
    export.show_preview(Preview(plan), OUT)
    assert len(view.lines()) == 10
    assert view.lines()[:3] == [
        f"IMG_0.jpg | {Path('2024/0.jpg')}",
        f"IMG_1.jpg | {Path('2024/1.jpg')} | It was too long and was shortened.",
        f"IMG_2.jpg | {Path('2024/2.jpg')}",
    ]
    field(export, "Template of the names").clear()
    assert view.isHidden()
    export.show_preview(Preview(plan), OUT)
    assert view.isHidden(), "they keep their names"
