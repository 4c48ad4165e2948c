"""What is kept on disk is said in the language of whoever reads it, and what is no sentence stays as it is."""

import json
from collections.abc import Iterator

import pytest

from core.kept_sentences import kept, said
from core.language import Sentence, say, say_count, set_language, spoken_language


@pytest.fixture(autouse=True)
def language_as_before() -> Iterator[None]:
    before = spoken_language()
    yield
    set_language(before)


@pytest.mark.parametrize(
    "words",
    [
        say("Merge {photos}", photos="IMG {1} \udcff “x”"),
        say("Merge {photos}", photos=say("Copies")),
        say_count("Rate {photos} {count} star", "Rate {photos} {count} stars", 3, photos="IMG_1"),
    ],
)
def test_a_sentence_is_read_as_it_was_kept(words: Sentence) -> None:
    assert said(kept(words)) == str(words)
    set_language("de")
    assert said(kept(words)) == str(words)


def test_a_sentence_is_said_in_the_language_of_the_reader() -> None:
    on_disk = kept(say_count("Rate {photos} {count} star", "Rate {photos} {count} stars", 1, photos="IMG_1"))
    in_english = said(on_disk)
    set_language("de")
    assert said(on_disk) != in_english == "Rate IMG_1 1 star"
    assert "IMG_1" in said(on_disk)


NO_SENTENCES = [
    "Pick IMG_1",
    "",
    "Pick {photos}",
    "12",
    "null",
    "[]",
    '{"message": 1}',
    '{"message": ""}',
] + [
    json.dumps({"message": message, "fields": fields})
    for message, fields in (("{a}", {}), ("a", 3), ("{0}", {}), ("{", {}))
]


@pytest.mark.parametrize("text", NO_SENTENCES)
def test_what_is_no_sentence_is_said_as_it_stands(text: str) -> None:
    assert said(text) == text
