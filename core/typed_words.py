"""The words people type, as into the search box: those of every language at any time, so that a noted query stays good.

The English ones stand in the code and in ``models/things.toml``. A language brings its own in
``resources/locale/LANGUAGE/typed.toml``: a table for each kind, for each English word those that mean it, the one to be
shown first.
"""

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache

from core.language import ENGLISH, languages, locale_folder, spoken_language


class TypedKind(StrEnum):
    """What a word is for; the name of a table."""

    FIELD = "fields"
    STATE = "states"
    LABEL = "labels"
    THING = "things"
    SPAN = "spans"


def meanings(kind: TypedKind) -> Mapping[str, str]:
    """Return the English word for each word of a kind in the other languages, which are in NFC and without case."""
    return {
        _plain(word): english
        for code in languages()
        for english, words in words_of(code, kind).items()
        for word in words
    }


def spoken_word(kind: TypedKind, english: str) -> str:
    """Return what a word is called in the language spoken now; in English where nobody said."""
    words = words_of(spoken_language(), kind).get(english)
    return words[0] if words else english


@cache
def words_of(code: str, kind: TypedKind) -> Mapping[str, Sequence[str]]:
    """Return the words of one kind in one language, by the English ones that they mean."""
    file = locale_folder(code) / "typed.toml"
    if code == ENGLISH or not file.is_file():
        return {}
    tables: Mapping[str, Mapping[str, Sequence[str]]] = tomllib.loads(file.read_text("utf-8"))
    return tables.get(kind, {})


def _plain(word: str) -> str:
    return unicodedata.normalize("NFC", word.casefold())
