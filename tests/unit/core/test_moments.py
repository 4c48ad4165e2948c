"""Dates and numbers are written as the language does, by whatever way they come into a sentence."""

import ast
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from core import language
from core.ingest.skipped_words import skipped_words
from core.language import ntr, say, set_language, spoken_language, tr
from core.moments import day_in_figures, moment_in_figures, time_in_figures
from fixtures.syntax import tree_of

ROOT = Path(__file__).parents[3]
MOMENT = datetime(2016, 11, 4, 9, 9, 41)


@pytest.fixture(autouse=True)
def language_as_before() -> Iterator[None]:
    before = spoken_language()
    yield
    set_language(before)


def test_english_dates_are_those_that_nobody_takes_for_another_day() -> None:
    assert day_in_figures(date(2016, 11, 4)) == "2016-11-04"
    assert moment_in_figures(MOMENT) == "2016-11-04 09:09"
    assert moment_in_figures(MOMENT, seconds=True) == "2016-11-04 09:09:41"
    assert time_in_figures(MOMENT, seconds=True) == "09:09:41"


def test_a_language_orders_the_parts_of_a_date_and_no_year_has_a_separator(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    catalogue = {"{year:04}-{month:02}-{day:02}": "{day:02}.{month:02}.{year:04}", "1,234.5": "1.234,5"}
    translated: Callable[[str], str] = lambda message: catalogue.get(message, message)  # noqa: E731
    monkeypatch.setattr(language._speaking(), "gettext", translated)
    assert day_in_figures(MOMENT) == "04.11.2016"


@pytest.mark.parametrize(("code", "said"), [("en", "12,345"), ("de", "12.345"), ("fr", "12 345")])
def test_a_number_without_a_form_of_its_own_has_the_separators_of_the_language(code: str, said: str) -> None:
    set_language(code)
    spaces = str.maketrans("\u202f\u00a0", "  ")
    in_sentences = (
        tr("{number}!").format(number=12345),
        ntr("{count}!", "{count}!", 12345).format(count=12345),
        str(say("{of}!", of=12345)),
    )
    assert {each.translate(spaces) for each in in_sentences} == {f"{said}!"}


def test_a_fraction_without_a_form_has_the_point_of_the_language() -> None:
    set_language("de")
    assert tr("{share} %").format(share=0.5) == "0,5 %"


def test_names_and_yes_or_no_stay_as_they_are() -> None:
    set_language("de")
    assert tr("{name} {on}").format(name="IMG_1,234.5", on=True) == "IMG_1,234.5 True"


def test_what_was_left_out_is_said_in_the_language() -> None:
    set_language("de")
    assert skipped_words([("hidden", 1200)]) == f"1.200 × {tr('hidden')}"
    assert tr("hidden") != "hidden"


# Not for people's eyes: files, other programs, templates, the command line, which speaks English.
PAST_THE_LANGUAGE = {
    *("core/export/proof_page.py", "core/export/tables.py", "core/sidecar/xmp_edit.py"),
    *("core/persistence/library_words.py", "core/shoot/search.py"),
    *("app/demo/keeping.py", "app/demo/frames.py", "app/made_up_photos.py"),
    *("core/naming/template.py", "core/ingest/old_raws.py", "core/export/contact_sheet.py"),
    "ui/dialogs/clocks_dialog.py",  # as people write times into its fields
}


def test_no_number_and_no_date_is_written_past_the_language() -> None:
    past = []
    for path in (
        path for package in ("app", "core", "ui") for path in sorted((ROOT / package).rglob("*.py"))
    ):
        name = str(path.relative_to(ROOT))
        if name in PAST_THE_LANGUAGE or name.startswith("app/cli/"):
            continue
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
                form = ast.unparse(node.format_spec)
                past += [f"{name}:{node.lineno}"] if any(sign in form for sign in (",", ".", "%")) else []
            elif isinstance(node, ast.Attribute) and node.attr == "strftime":
                past.append(f"{name}:{node.lineno}")
    assert not past, "numeral, core.moments or the field of a sentence is wanted: " + ", ".join(past)
