"""The choices of the last export come back with the next window."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from app.export_choices import keep_choices, labels_of, load_choices, load_ways
from core.export.kinds import Choice, ExportKind, Selection
from core.export.request import ExportRequest
from core.export.xmp import XmpChoices
from core.naming.names import NameTemplate, Naming
from core.sidecar.label_names import LABEL_SETS
from core.sidecar.profiles import PROFILES
from core.types import Label
from ui.export.export_dialog import ExportDialog


@pytest.fixture
def kept(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "preferences.ini"), QSettings.Format.IniFormat)


def again(kept: QSettings) -> QSettings:
    """What another start of the program reads."""
    return QSettings(kept.fileName(), QSettings.Format.IniFormat)


@pytest.mark.parametrize(
    "request_",
    [
        ExportRequest(ExportKind.COPY, Selection(Choice.PICKS, 3, Label.GREEN), Path("/mnt/Fotos, schöne")),
        ExportRequest(
            ExportKind.MOVE, out_dir=Path("/x"), naming=Naming(NameTemplate.parse("ä{date}/{name}"))
        ),
        ExportRequest(ExportKind.XMP, xmp=XmpChoices(PROFILES["all"], LABEL_SETS["ja"], True, True)),
        ExportRequest.usual(ExportKind.TRASH),
    ],
)
def test_they_survive_a_restart(kept: QSettings, request_: ExportRequest) -> None:
    keep_choices(kept, request_)
    assert load_choices(again(kept)) == request_


def test_each_way_comes_back_with_its_own_photos_and_its_own_folder(
    qtbot: QtBot, kept: QSettings, tmp_path: Path
) -> None:
    copies = ExportRequest(ExportKind.COPY, Selection(Choice.PICKS, 3, Label.GREEN), tmp_path / "best")
    table = ExportRequest(ExportKind.CSV, Selection(Choice.ALL))
    for made in (copies, table):
        keep_choices(kept, made)
    dialog = ExportDialog()
    qtbot.addWidget(dialog)
    for way in load_ways(again(kept)):
        dialog.remember(way)
    dialog.choose(load_choices(again(kept)))
    assert dialog.request().kind is ExportKind.CSV
    ways = dialog.findChild(QListWidget)
    assert ways is not None
    ways.setFocus()
    qtbot.keyClick(ways, "C")
    assert dialog.request().kind is ExportKind.COPY
    assert dialog.request().selection == copies.selection
    assert dialog.request().out_dir == copies.out_dir
    qtbot.keyClick(ways, Qt.Key.Key_Home)
    assert dialog.request().kind is ExportKind.XMP
    assert dialog.request().out_dir is None, "the folder of copies takes in no sidecars"


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"kind": "fax"}', '{"kind": "xmp", "choice": "picks"}'])
def test_what_makes_no_sense_any_more_gives_the_usual(kept: QSettings, damage: str) -> None:
    kept.setValue("export", damage)
    assert load_choices(kept).kind is ExportKind.XMP


@pytest.mark.parametrize(
    ("locale", "name"),
    [
        ("de_AT", "Deutsch"),
        ("pt_BR", "Português (Brasil)"),
        ("zh_CN", "中文"),
        ("C", "English"),
        ("", "English"),
    ],
)
def test_labels_are_those_of_the_desktop_s_language(locale: str, name: str) -> None:
    assert labels_of(locale).name == name
