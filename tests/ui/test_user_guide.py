"""The user guide: every page can be reached, and what it says about keys and menus is so."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QListWidget, QTextBrowser
from pytestqt.qtbot import QtBot

from core.language import languages, set_language, spoken_language, tr
from core.naming.names import NameTemplate
from core.naming.placeholders import BY_WORD
from core.shoot.query import Field, parse
from fixtures.windows import there
from ui.commands.keymap import key_names
from ui.commands.table import COMMANDS
from ui.dialogs.help_dialog import HelpDialog
from ui.help_pages import HelpPage, help_pages

pytestmark = pytest.mark.qt_log_ignore(r"propagateSizeHints\(\)", r"raise\(\)")


def pages_in(language: str) -> tuple[HelpPage, ...]:
    before = spoken_language()
    set_language(language)
    try:
        return help_pages()
    finally:
        set_language(before)


each_page = pytest.mark.parametrize(
    ("language", "page"),
    [
        pytest.param(language, page, id=f"{language}-{page.name}")
        for language in languages()
        for page in pages_in(language)
    ],
)


@pytest.fixture
def in_language(language: str) -> Iterator[None]:
    before = spoken_language()
    set_language(language)
    yield
    set_language(before)


@pytest.fixture
def guide(qtbot: QtBot) -> HelpDialog:
    dialog = HelpDialog("first-export")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def text(guide: HelpDialog) -> str:
    return there(guide.findChild(QTextBrowser)).toPlainText()


def test_the_guide_begins_with_the_first_export_and_stays_beside_the_photos(guide: HelpDialog) -> None:
    assert "Drop the folder on the window" in text(guide)
    assert not guide.isModal()


def test_every_page_is_a_click_away(guide: HelpDialog) -> None:
    pages = there(guide.findChild(QListWidget))
    titles = [pages.item(row).text() for row in range(pages.count())]
    assert titles == [page.title for page in help_pages()]
    for row, title in enumerate(titles):
        pages.setCurrentRow(row)
        assert text(guide).startswith(title)


def test_a_link_leads_to_its_page(guide: HelpDialog) -> None:
    there(guide.findChild(QTextBrowser)).anchorClicked.emit(QUrl("after-export.md"))
    assert "New Smart Collection" in text(guide)
    assert "Read Metadata from Files" in text(guide)


@each_page
def test_links_lead_to_pages_that_are_there(language: str, page: HelpPage) -> None:
    links = re.findall(r"\]\(([^)]*)\)", page.text)
    assert set(links) <= {f"{one.name}.md" for one in pages_in(language)}


@each_page
@pytest.mark.usefixtures("in_language")
def test_keys_are_those_of_the_program_in_the_words_of_the_language(language: str, page: HelpPage) -> None:
    held = "|".join({"Ctrl", "Shift", tr("Ctrl"), tr("Shift"), "Alt"})
    named = "|".join({*(ends := ("Enter", "Space", "PgDn", "PgUp")), *map(tr, ends), "Tab"})
    key = rf"(?:(?:{held})\+)*(?:[A-Z0-9/←→↑↓,]|F\d+|{named})"
    keys = {name for command in COMMANDS for name in key_names(command)}
    assert set(re.findall(rf"`({key})`", page.text)) <= keys


@each_page
@pytest.mark.usefixtures("in_language")
def test_commands_are_called_by_their_names(language: str, page: HelpPage) -> None:
    titles = {tr(command.title) for command in COMMANDS}
    menus = "|".join(tr(menu).replace("&", "") for menu in ("&File", "&Groups", "&View", "F&ind", "&Help"))
    spoken_of = re.findall(rf"\*(?:{menus})\s›\s([^*]*)\*", page.text)
    assert {" ".join(title.split()) for title in spoken_of} <= titles


@pytest.mark.parametrize("language", languages())
def test_what_the_guide_types_into_the_search_box_is_understood(language: str) -> None:
    (page,) = [page for page in pages_in(language) if page.name == "find"]
    typed = re.findall(r"`([^`]*)`", page.text)
    asked = {parse(f"{text}x" if text.endswith(":") else text).terms[0].field for text in typed}
    assert asked == set(Field)


def test_every_language_s_guide_has_the_same_pages() -> None:
    names = [page.name for page in help_pages()]
    for language in languages():
        pages = pages_in(language)
        assert [page.name for page in pages] == names
        assert len({page.title for page in pages}) == len(pages)


def test_every_language_s_pages_have_the_same_sections() -> None:
    def sections(page: HelpPage) -> list[str]:
        return re.findall(r"^#+ ", page.text, re.MULTILINE)

    for language in languages():
        for page, english in zip(pages_in(language), help_pages(), strict=True):
            assert sections(page) == sections(english), f"{language}: {page.name}"


@pytest.mark.parametrize("language", languages())
def test_the_guide_lists_every_placeholder_and_none_that_is_not_there(language: str) -> None:
    (page,) = [page for page in pages_in(language) if page.name == "names"]
    table = [line.split("|")[1] for line in page.text.splitlines() if line.startswith("| `")]
    listed = [text for row in table for text in re.findall(r"`([^`]*)`", row)]
    assert {text.strip("{}").partition(":")[0] for text in listed} == BY_WORD.keys()
    written = re.findall(r"`([^`]*\{[^`]*)`", page.text)
    assert len(written) > len(listed)
    for text in written:
        NameTemplate.parse(text)
