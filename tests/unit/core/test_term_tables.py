"""A term that is added has a row, words and a weight, or a test says where it is missing."""

from collections import Counter
from dataclasses import fields

import pytest

from core.learned import LEARNED
from core.ranking.reasons import in_words
from core.ranking.terms.row import Row
from core.ranking.terms.table import TERMS
from core.settings import Weights
from core.types import Fact, Reason, TermName


def test_every_term_has_a_row() -> None:
    assert list(TERMS) == list(TermName)


@pytest.mark.parametrize("row", TERMS.values(), ids=TERMS)
def test_every_word_of_a_term_is_filled_in(row: Row) -> None:
    words = row.words
    assert all((words.name, words.lacks, words.leads, words.at_stake))
    if words.title:
        assert all((words.hint, words.counts_more, words.counts_less)), "it has a slider and can be learned"


def test_what_was_learned_and_what_the_user_may_change_are_the_same_terms() -> None:
    sliders = {name.value for name, row in TERMS.items() if row.words.title}
    assert set(LEARNED.weights) == {field.name for field in fields(Weights)} == sliders


@pytest.mark.parametrize("fact", Fact)
def test_every_fact_is_said_in_words(fact: Fact) -> None:
    for count in (1, 2, 3):
        said = in_words(Reason(fact, count, of=5, who="Anna"))
        assert said
        assert "{" not in said


def test_no_two_terms_say_one_fact() -> None:
    said = Counter(fact for row in TERMS.values() for fact in row.facts)
    assert [fact for fact, count in said.items() if count > 1] == []
