"""The guide's page of keys is the table of commands, in each language; the README leads to it."""

from pathlib import Path

import pytest

from core.language import languages, set_language, spoken_language
from docs.key_pages import with_table
from ui.commands.keymap import keys_markdown
from ui.help_pages import help_folder

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("language", languages())
def test_the_guide_tells_todays_keys(language: str) -> None:
    before = spoken_language()
    set_language(language)
    try:
        page = (help_folder() / "keys.md").read_text("utf-8")
        assert keys_markdown() in page, "run: python -m docs.key_pages"
    finally:
        set_language(before)


def test_a_renewed_table_leaves_the_words_around_it() -> None:
    page = "# Keys\n\nBefore.\n\n| old |\n|---|\n| old |\n\nAfter.\n"
    renewed = with_table(page, "| new |\n|---|\n")
    assert renewed == "# Keys\n\nBefore.\n\n| new |\n|---|\n\nAfter.\n"


def test_the_readme_leads_to_the_keys() -> None:
    assert "resources/help/keys.md" in (ROOT / "README.md").read_text("utf-8")
