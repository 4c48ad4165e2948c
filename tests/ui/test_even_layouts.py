"""What stands in a column begins at one line, cells share their room, and panels show where they end."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from core.types import PhotoId, SceneId
from fixtures.windows import there
from ui.dialogs.settings_dialog import SettingsDialog
from ui.export.export_form import ExportForm
from ui.export.ways import WAYS
from ui.grid.section_header import header_title
from ui.grid.sections import Section
from ui.preferences import Preferences
from ui.theme import DARK, THEMES, ThemeName, contrast
from ui.widgets.filter_panel import FilterPanel
from ui.widgets.grouping_panel import GroupingPanel
from ui.widgets.picture_list import PictureList

pytestmark = pytest.mark.qt_log_ignore(r"propagateSizeHints\(\)", r"raise\(\)", r"grabbing the keyboard")


def beginnings(holder: QWidget, fields: Sequence[QWidget]) -> list[int]:
    """Where each row of these fields begins, in the pixels of what holds them; those that are not seen left out."""
    rows: dict[int, list[int]] = {}
    for field in fields:
        if field.isVisible():
            place = field.mapTo(holder, field.rect().center())
            rows.setdefault(place.y() // 12, []).append(place.x() - field.width() // 2)
    return [min(row) for row in rows.values()]


def test_the_fields_of_an_export_begin_at_one_line_whatever_the_way_out(qtbot: QtBot, language: str) -> None:
    form = ExportForm(DARK)
    qtbot.addWidget(form)
    form.resize(900, 500)
    form.show()
    for way in WAYS:
        form.show_kind(way.kind)
        QCoreApplication.processEvents()
        found = beginnings(form, [*form.findChildren(QComboBox), *form.findChildren(QLineEdit)])
        assert len(found) >= 1
        assert max(found) - min(found) <= 1, way.kind


def test_choices_of_appearance_stand_below_one_another(qtbot: QtBot, language: str) -> None:
    dialog = SettingsDialog(Preferences())
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.show_page(4)
    QCoreApplication.processEvents()
    choices = [each for each in dialog.findChildren(QComboBox) if each.isVisible()]
    assert len(choices) == 4
    assert len({each.mapTo(dialog, QPoint(0, 0)).x() for each in choices}) == 1
    assert len({each.width() for each in choices}) == 1


@pytest.mark.parametrize("name", ThemeName)
def test_a_panel_that_pops_up_shows_where_it_ends(qtbot: QtBot, name: ThemeName) -> None:
    theme = THEMES[name]
    for panel in (FilterPanel(theme), GroupingPanel(theme)):
        qtbot.addWidget(panel)
        panel.adjustSize()
        edge = panel.grab().toImage().pixelColor(panel.width() // 2, 0)
        assert contrast(edge, theme.window) >= (3 if name is ThemeName.CONTRAST else 2)


def test_the_colours_of_the_filter_stand_in_line_with_their_name(qtbot: QtBot) -> None:
    panel = FilterPanel()
    qtbot.addWidget(panel)
    panel.show()
    label = next(each for each in panel.findChildren(QLabel) if each.text() == "Label")
    swatch = panel.findChildren(QToolButton)[0]
    middle = swatch.mapTo(panel, swatch.rect().center()).y()
    assert abs(label.geometry().center().y() - middle) <= 1


def test_cells_of_a_list_of_pictures_share_the_whole_width(qtbot: QtBot) -> None:
    pictures = PictureList(None, rows=False, side=144)
    qtbot.addWidget(pictures)
    pictures.resize(1050, 600)
    for at in range(17):
        pictures.add(at, f"{at}", PhotoId(f"{at}"), None)
    pictures.show()
    QCoreApplication.processEvents()

    def first_row() -> list[QRect]:
        places = [pictures.visualItemRect(there(pictures.item(at))) for at in range(17)]
        return [place for place in places if place.top() == places[0].top()]

    for width in (1600, 1050, 700):  # the widest has no bar to scroll by
        pictures.resize(width, 600)
        QCoreApplication.processEvents()
        left, right = first_row()[0].left(), pictures.viewport().width() - first_row()[-1].right()
        assert abs(left - right) <= len(first_row()) + 20, "as much room on the right as on the left"


def test_over_little_room_a_scene_tells_its_time_and_leaves_its_day(qapp: QApplication) -> None:
    metrics = QFontMetrics(qapp.font())
    section = Section(SceneId("s"), "Sat 14 Jun, 10:00 – 10:04", "3 frames", 0, 1, None, "10:00 – 10:04")
    assert header_title(section, metrics, 1000) == section.title
    assert header_title(section, metrics, metrics.horizontalAdvance(section.title) - 1) == section.short
    assert header_title(section, metrics, 40).endswith("…")
