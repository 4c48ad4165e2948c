"""The language the user reads. Gettext and not Qt's own, because core has sentences too and knows no Qt.

Sentences stand in the code in English and are their own keys. ``resources/locale/LANGUAGE/LC_MESSAGES``
holds the translations; ``make translations`` brings them up to date with the code.
"""

import gettext
import os
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

DOMAIN = "shortlist"
ENGLISH = "en"

_VARIABLE = "SHORTLIST_LANGUAGE"  # worker processes inherit it, and with it the language of their errors

_LOCALES = Path(str(files("resources"))) / "locale"
_spoken: gettext.NullTranslations | None = None


def languages() -> tuple[str, ...]:
    """Return the languages there are, English first, as ISO 639 codes."""
    return (ENGLISH, *sorted(path.name for path in _LOCALES.iterdir() if path.is_dir()))


def locale_folder(code: str) -> Path:
    """Return the folder in which a language has its words."""
    return _LOCALES / code


def name_of(code: str) -> str:
    """Return what a language calls itself: each translates the word "English" by its own name."""
    return gettext.translation(DOMAIN, _LOCALES, [code], fallback=True).gettext(mark("English"))


def set_language(code: str) -> None:
    """Speak a language from now on, here and in processes started later; English where it is not known."""
    global _spoken
    os.environ[_VARIABLE] = code
    _spoken = _translations()


def spoken_language() -> str:
    """Return the language spoken now, as an ISO 639 code; English where it is not known."""
    wanted = os.environ.get(_VARIABLE, ENGLISH).partition(":")[0]
    return wanted if wanted in languages() else ENGLISH


def tr(message: str) -> str:
    """Return the message in the user's language; its ``format`` writes numbers as that language does."""
    return _with_numbers(_speaking().gettext(message))


def ntr(one: str, many: str, count: int) -> str:
    """Return the form of a message that goes with a number; its ``format`` is that of ``tr``."""
    return _with_numbers(_speaking().ngettext(one, many, count))


def numeral(number: float, spec: str = ",") -> str:
    """Return a number by itself as the language writes it.

    Args:
        number: to be written.
        spec: as for Python's ``format``: "," for a separator of thousands, ".1f" for one decimal.
    """
    return format(number, spec).translate(_separators())


def explained(head: str, words: str) -> str:
    """Return something and what is said of it, with a colon between them as the language sets it."""
    return tr("{head}: {words}").format(head=head, words=words)


def mark(message: str) -> str:
    """Mark a message of a table for translators; where it is shown ``tr`` is called."""
    return message


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in no language yet: ``str`` says it in the one spoken by then, even in another process.

    Attributes:
        message: in English, as translators see it, with names in braces for ``fields``.
        fields: what stands for the names; a sentence among them is said in its turn.
        many: the message for other numbers than one, where it depends on a number; else "".
        count: that number.
    """

    message: str
    fields: Mapping[str, object] = field(default_factory=dict)
    many: str = ""
    count: int = 0

    def __str__(self) -> str:
        said = {
            name: str(value) if isinstance(value, Sentence) else value for name, value in self.fields.items()
        }
        words = ntr(self.message, self.many, self.count) if self.many else tr(self.message)
        return words.format(**said)


def say(message: str, **fields: object) -> Sentence:
    """Make a message to be said later, as errors are: ``say("{file} is empty.", file=path.name)``."""
    return Sentence(message, fields)


def say_count(one: str, many: str, count: int, **fields: object) -> Sentence:
    """Make a message to be said later, in the form that goes with a number, which is its field ``count``."""
    return Sentence(one, {"count": count, **fields}, many, count)


def joined(sentences: Sequence[Sentence]) -> Sentence:
    """Join several sentences as one, each after the other."""
    fields = {f"sentence_{number}": sentence for number, sentence in enumerate(sentences)}
    return Sentence(" ".join(f"{{{name}}}" for name in fields), fields)


class _WithNumbers(str):
    """A message with places for numbers."""

    __slots__ = ()

    def format(self, *args: object, **fields: object) -> str:
        """Fill the places, with the separators of the language."""
        if ":" in self or any(map(_has_separators, (*args, *fields.values()))):
            return _NUMERALS.vformat(self, args, fields)
        return super().format(*args, **fields)  # many times as fast


class _Numerals(string.Formatter):
    """Fills places as ``str.format`` does, but for what stands between the digits of numbers."""

    def format_field(self, value: object, format_spec: str) -> str:
        if not format_spec and isinstance(value, int) and _has_separators(value):
            format_spec = ","
        said = str(super().format_field(value, format_spec))
        return said.translate(_separators()) if _is_number(value) else said


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _has_separators(value: object) -> bool:
    """Say whether a number is written in another way than by its digits."""
    return isinstance(value, float) or (isinstance(value, int) and abs(value) >= _THOUSAND)


_NUMERALS = _Numerals()
_SAMPLE = mark("1,234.5")
_THOUSAND = 1000


def _with_numbers(words: str) -> str:
    """Return a message ready to be filled; a plain one where it has no place for anything."""
    return _WithNumbers(words) if "{" in words else words


def _separators() -> dict[int, str]:
    """Return what takes the place of comma and point, as translators wrote the sample."""
    said = _speaking().gettext(_SAMPLE)
    between = [sign for sign in said if not sign.isdigit()]
    return dict(zip(map(ord, ",."), between, strict=True)) if len(between) == len(",.") else {}


def _speaking() -> gettext.NullTranslations:
    global _spoken
    if _spoken is None:
        _spoken = _translations()
    return _spoken


def _translations() -> gettext.NullTranslations:
    """Load the translations of the language asked for by ``set_language``, here or in the process that started this."""
    wanted = os.environ.get(_VARIABLE, ENGLISH).split(":")
    return gettext.translation(DOMAIN, _LOCALES, wanted, fallback=True)
