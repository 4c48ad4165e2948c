"""Words people type are understood in every language at any time, and none means two things."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from core.grouping.clock_words import read_typed
from core.language import ENGLISH, languages, set_language
from core.shoot.query import FIELDS, LABELS, STATES, Field, NoQueryError, State, parse
from core.typed_words import TypedKind, spoken_word, words_of

OTHERS = [code for code in languages() if code != ENGLISH]
KNOWN = {TypedKind.FIELD: FIELDS, TypedKind.STATE: STATES, TypedKind.LABEL: LABELS}


@pytest.fixture(autouse=True)
def back_to_english() -> Iterator[None]:
    yield
    set_language(ENGLISH)


@pytest.mark.parametrize("kind", KNOWN)
@pytest.mark.parametrize("code", OTHERS)
def test_every_word_of_a_language_means_what_it_stands_for(code: str, kind: TypedKind) -> None:
    words = words_of(code, kind)
    assert words, "the language has none"
    for english, others in words.items():
        for word in others:
            assert KNOWN[kind][word] == KNOWN[kind][english], (
                f"{word} means something else in another language"
            )


@pytest.mark.parametrize("code", OTHERS)
def test_every_state_and_label_has_a_word_in_each_language(code: str) -> None:
    assert set(words_of(code, TypedKind.STATE)) == {state.value for state in State}
    assert set(words_of(code, TypedKind.LABEL)) == set(LABELS.values())


@pytest.mark.parametrize("code", OTHERS)
def test_every_span_of_a_language_is_read(code: str) -> None:
    written = datetime(2020, 3, 3)
    for english, words in words_of(code, TypedKind.SPAN).items():
        for word in words:
            assert read_typed(f"3 {word}", written) == read_typed(f"3 {english}", written) is not None


@pytest.mark.parametrize("speaking", languages())
def test_a_query_noted_in_one_language_is_understood_in_any_other(speaking: str) -> None:
    set_language(speaking)
    english = parse("lens:85 after:14:00 rating:3 label:red is:pick")
    assert parse("objektiv:85 nach:14:00 sterne:3 farbe:rot ist:gewählt") == english
    assert parse("objectif:85 après:14:00 étoiles:3 couleur:rouge est:retenue") == english


def test_what_is_offered_is_said_in_the_language_spoken() -> None:
    assert spoken_word(TypedKind.FIELD, Field.LENS) == "lens"
    set_language("fr")
    assert spoken_word(TypedKind.FIELD, Field.LENS) == "objectif"
    assert spoken_word(TypedKind.FIELD, Field.ISO) == "iso", "nobody calls it otherwise"


@pytest.mark.parametrize("speaking", languages())
def test_what_is_no_query_gets_an_example_that_is_one_in_the_same_language(speaking: str) -> None:
    set_language(speaking)
    for field in (Field.LENS, Field.AFTER, Field.LABEL, Field.IS, Field.THING, Field.ISO):
        name = spoken_word(TypedKind.FIELD, field)
        with pytest.raises(NoQueryError) as told:
            parse(f"{name}:")
        example = str(told.value).removesuffix(".").rpartition(f" {name}:")[2]
        assert parse(f"{name}:{example}").terms[0].field is field
        assert example == spoken_word(TypedKind.STATE, "blurred") or field is not Field.IS
