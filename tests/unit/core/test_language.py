"""The languages: what is translated fits what it translates, and what is not is said in English."""

import ast
import gettext
import io
import os
import pickle
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from core import language
from core.errors import PhotoError, SidecarError
from core.language import ENGLISH, joined, languages, mark, name_of, ntr, numeral, say, set_language, tr
from fixtures.syntax import tree_of

ROOT = Path(__file__).parents[3]
LOCALES = ROOT / "resources" / "locale"
KEYWORDS = {"tr": None, "mark": None, "say": None, "ntr": (1, 2), "say_count": (1, 2)}
OTHERS = [code for code in languages() if code != ENGLISH]
ENOUGH = 0.9  # of the messages; the others wait for a translator and are shown in English


@pytest.fixture(autouse=True)
def back_to_english() -> Iterator[None]:
    yield
    set_language(ENGLISH)


def catalogue(code: str) -> Catalog:
    path = LOCALES / code / "LC_MESSAGES" / "shortlist.po"
    return read_po(io.BytesIO(path.read_bytes()), locale=code)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def forms(message: Message) -> list[tuple[str, str]]:
    """What is said in English, and in the other language, for each number."""
    if isinstance(message.id, tuple):
        assert isinstance(message.string, tuple)
        return list(zip(message.id, message.string, strict=True))
    assert isinstance(message.id, str)
    assert isinstance(message.string, str)
    return [(message.id, message.string)]


def test_english_comes_first_and_each_language_calls_itself_by_a_name_of_its_own() -> None:
    assert languages()[0] == ENGLISH
    assert {name_of(code) for code in languages()} >= {"English", "Deutsch", "Français"}
    assert len({name_of(code) for code in languages()}) == len(languages())


def test_a_language_is_spoken_from_now_on_and_an_unknown_one_is_english() -> None:
    set_language("de")
    assert (tr("Undo"), ntr("{count} frame", "{count} frames", 2).format(count=2)) == (
        "Rückgängig",
        "2 Bilder",
    )
    assert tr("words nobody translated") == "words nobody translated"
    set_language("tlh")
    assert tr("Undo") == "Undo"
    assert mark("Undo") == "Undo"


def test_a_process_started_later_speaks_it_too() -> None:
    set_language("de")
    said = subprocess.run(
        [sys.executable, "-c", "from core.language import tr; print(tr('Undo'))"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert said.stdout.strip() == "Rückgängig"


def test_a_sentence_is_said_in_the_language_spoken_when_it_is_read_and_not_when_it_was_raised() -> None:
    set_language("de")
    error = PhotoError(Path("IMG_1.JPG"), say("{count} of {faces}", count=say("Undo"), faces=say("Redo")))
    carried = pickle.loads(pickle.dumps(error))
    assert (carried.reason, str(carried)) == (
        "Rückgängig of Wiederholen",
        "IMG_1.JPG: Rückgängig of Wiederholen",
    )
    set_language(ENGLISH)
    assert (carried.path, carried.reason) == (Path("IMG_1.JPG"), "Undo of Redo")


def test_sentences_stand_within_and_after_each_other() -> None:
    odd = say("It says: {cause}.", cause="{name}")
    passed_on = SidecarError(Path("a.xmp"), PhotoError(Path("a.jpg"), odd).sentence)
    assert passed_on.reason == "It says: {name}."
    assert str(joined([odd, say("Undo")])) == "It says: {name}. Undo"


@pytest.mark.parametrize("code", OTHERS)
def test_nearly_all_of_the_program_is_translated(code: str) -> None:
    wanted = {
        found[2][0] if isinstance(found[2], tuple) else found[2]
        for folder in ("ui", "app", "core", "models")
        for found in extract_from_dir(str(ROOT / folder), keywords=KEYWORDS)
    }
    translated = {
        message.id[0] if isinstance(message.id, tuple) else message.id
        for message in catalogue(code)
        if message.id and all(said for _, said in forms(message))
    }
    missing = wanted - translated
    assert len(wanted) > 300, "the words of the program are found"
    assert len(missing) <= (1 - ENOUGH) * len(wanted), (
        f"run `make translations` and translate {sorted(missing)}"
    )


@pytest.mark.parametrize("code", OTHERS)
def test_translations_name_what_the_message_names(code: str) -> None:
    for message in catalogue(code):
        if message.id:
            for english, said in forms(message):
                assert not said or fields(english) == fields(said), english


@pytest.mark.parametrize("code", OTHERS)
def test_what_is_spoken_is_what_is_written(code: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(code))
    kept = (LOCALES / code / "LC_MESSAGES" / "shortlist.mo").read_bytes()
    assert kept == compiled.getvalue(), "run `make translations`"


def test_french_keeps_its_marks_with_their_words_and_writes_its_own_apostrophe() -> None:
    wrong = re.compile(r"(?<=\S) [:;?!»%]|« |[^\W\d_]'[^\W\d_]|\.\.\.")
    code_spans = re.compile(r"`[^`]*`")
    texts = [said for message in catalogue("fr") if message.id for _, said in forms(message)]
    texts += [page.read_text("utf-8") for page in (ROOT / "resources" / "help" / "fr").glob("*.md")]
    assert len(texts) > 300
    assert [found[0] for text in texts for found in wrong.finditer(code_spans.sub("", text))] == []


def test_no_message_hides_in_an_f_string_where_translators_never_see_it() -> None:
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for folder in ("app", "core", "models", "ui")
        for path in (ROOT / folder).rglob("*.py")
        for joined in ast.walk(tree_of(path))
        if isinstance(joined, ast.JoinedStr)
        for call in ast.walk(joined)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS
        if any(isinstance(argument, ast.Constant) for argument in call.args)
    ]
    assert hidden == []


class _Danish(gettext.NullTranslations):
    """A language whose translators wrote the sample, and nothing else."""

    def gettext(self, message: str) -> str:
        return {"1,234.5": "1.234,5"}.get(message, message)


@pytest.fixture
def danish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_spoken", _Danish())


def test_numbers_are_written_as_the_language_writes_them(danish: None) -> None:
    assert tr("{count:,} of {all:,}, {rate:.1f} a second").format(count=1234, all=1234567, rate=2.5) == (
        "1.234 of 1.234.567, 2,5 a second"
    )
    assert ntr("{count:,} photo", "{count:,} photos", 5000).format(count=5000) == "5.000 photos"
    assert str(say("{name}: {largest:,} bytes.", name="1,5.jpg", largest=65535)) == "1,5.jpg: 65.535 bytes."
    assert (numeral(12345), numeral(1.25, ".1f"), numeral(2.8, "g")) == ("12.345", "1,2", "2,8")


def test_in_english_they_stay_as_they_are() -> None:
    assert tr("{count:,} of {rate:.1f}").format(count=1234, rate=2.5) == "1,234 of 2.5"
    assert numeral(1234567) == "1,234,567"


def test_no_number_for_the_screen_is_written_past_the_language() -> None:
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{part.lineno}"
        for folder in ("ui", "app/controllers", "core/review", "core/ranking", "core/offload")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for part in ast.walk(tree_of(path))
        if isinstance(part, ast.FormattedValue) and "," in ast.unparse(part.format_spec or ast.Constant(""))
    ]
    assert found == [], "numeral() knows the separators"


def test_german_speaks_to_a_friend() -> None:
    """Within a sentence a capital is the formal address; a sentence may begin with "Sie" or "Ihr" of a thing."""
    formal = re.compile(r"(?<=[^\s.:!?}*] )(?:Sie|Ihr|Ihre[mnrs]?|Ihnen)\b")
    texts = [said for message in catalogue("de") if message.id for _, said in forms(message)]
    texts += [page.read_text("utf-8") for page in (ROOT / "resources" / "help" / "de").glob("*.md")]
    assert len(texts) > 300
    assert [text for text in texts if formal.search(text)] == []
    assert formal.search("Wählen Sie einen Ordner.")
