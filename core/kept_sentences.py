"""Sentences on disk: kept in no language, so that whoever reads them later reads his own."""

import json

from core.language import Sentence

_MESSAGE, _MANY, _COUNT, _FIELDS = "message", "many", "count", "fields"


def kept(words: Sentence | str) -> str:
    """Return a sentence as it is kept; words that are in a language already are kept as they are."""
    return words if isinstance(words, str) else json.dumps(_document(words))


def said(text: str) -> str:
    """Say what was kept, in the language spoken now; what is no kept sentence is said as it stands."""
    try:
        return str(_sentence(json.loads(text)))
    except (ValueError, TypeError, LookupError, AttributeError):  # plain words, as past versions kept them
        return text


def _document(words: Sentence) -> dict[str, object]:
    fields = {
        name: _document(value) if isinstance(value, Sentence) else value
        for name, value in words.fields.items()
    }
    document: dict[str, object] = {_MESSAGE: words.message, _FIELDS: fields}
    return document | ({_MANY: words.many, _COUNT: words.count} if words.many else {})


def _sentence(document: object) -> Sentence:
    """Read a sentence. Raises ValueError, TypeError or LookupError where it is none."""
    if not isinstance(document, dict):
        raise TypeError(document)
    fields = {
        str(name): _sentence(value) if isinstance(value, dict) else value
        for name, value in dict(document[_FIELDS]).items()
    }
    many, count = str(document.get(_MANY, "")), int(document.get(_COUNT, 0))
    return Sentence(str(document[_MESSAGE]), fields, many, count)
