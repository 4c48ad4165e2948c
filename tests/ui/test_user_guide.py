"""The user guide: every page can be reached, and what it says about keys and menus is so."""

import re

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QListWidget, QTextBrowser
from pytestqt.qtbot import QtBot

from ui.commands import COMMANDS
from ui.dialogs.help_dialog import HelpDialog
from ui.help_pages import HelpPage, help_pages
from ui.keymap import key_names

pytestmark = pytest.mark.qt_log_ignore(r"propagateSizeHints\(\)", r"raise\(\)")

KEYS = {name for command in COMMANDS for name in key_names(command)}
each_page = pytest.mark.parametrize("page", help_pages(), ids=lambda page: page.name)


@pytest.fixture
def guide(qtbot: QtBot) -> HelpDialog:
    dialog = HelpDialog("first-export")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def text(guide: HelpDialog) -> str:
    return guide.findChild(QTextBrowser).toPlainText()


def test_the_guide_begins_with_the_first_export_and_stays_beside_the_photos(guide: HelpDialog) -> None:
    assert "Drop the folder on the window" in text(guide)
    assert not guide.isModal()


def test_every_page_is_a_click_away(guide: HelpDialog) -> None:
    pages = guide.findChild(QListWidget)
    titles = [pages.item(row).text() for row in range(pages.count())]
    assert titles == [page.title for page in help_pages()]
    for row, title in enumerate(titles):
        pages.setCurrentRow(row)
        assert text(guide).startswith(title)


def test_a_link_leads_to_its_page(guide: HelpDialog) -> None:
    guide.findChild(QTextBrowser).anchorClicked.emit(QUrl("after-export.md"))
    assert "New Smart Collection" in text(guide)
    assert "Read Metadata from Files" in text(guide)


@each_page
def test_links_lead_to_pages_that_are_there(page: HelpPage) -> None:
    links = re.findall(r"\]\(([^)]*)\)", page.text)
    assert set(links) <= {f"{one.name}.md" for one in help_pages()}


@each_page
def test_keys_are_those_of_the_program(page: HelpPage) -> None:
    if page.name == "after-export":
        return  # its keys are Lightroom's
    spoken_of = re.findall(
        r"`((?:(?:Ctrl|Shift|Alt)\+)*(?:[A-Z0-9/←→↑↓,]|F\d+|Enter|Tab|Space|PgDn|PgUp))`", page.text
    )
    assert set(spoken_of) <= KEYS


@each_page
def test_commands_are_called_by_their_names(page: HelpPage) -> None:
    titles = {command.title for command in COMMANDS}
    assert set(re.findall(r"\*File › ([^*]*)\*", page.text)) <= titles
