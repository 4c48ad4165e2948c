"""A term that is added stands in every table there is of terms, or a test says where it is missing."""

from dataclasses import fields

from core.learned import LEARNED
from core.ranking.reasons import FACTS
from core.ranking.term_words import TERM_WORDS
from core.ranking.terms import TERMS
from core.settings import Weights
from core.types import TermName


def test_every_term_is_measured_said_and_explained() -> None:
    assert [row.name for row in TERMS] == list(TermName)
    assert set(TERM_WORDS) == set(TermName)
    assert set(FACTS) == set(TermName)


def test_what_was_learned_and_what_the_user_may_change_are_the_same_terms_and_have_words_for_it() -> None:
    sliders = {name.value for name, words in TERM_WORDS.items() if words.title}
    assert set(LEARNED.weights) == {field.name for field in fields(Weights)} == sliders
    for name in sliders:
        words = TERM_WORDS[TermName(name)]
        assert words.hint
        assert words.counts_more
        assert words.counts_less
