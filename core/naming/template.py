"""Templates: text with placeholders in braces, read once into parts that know how to fill themselves.

``{date:%Y-%m-%d}`` says how a date is written, ``{counter:04}`` how many digits a number has at least,
``{camera:lower}``, ``{camera:upper}`` and ``{name:8}`` how a text is set or cut. ``{person|nobody}`` says what stands
there where nothing is known. ``{{`` and ``}}`` are braces.
"""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from core.errors import ShortlistError
from core.language import say
from core.naming.facts import PhotoFacts
from core.naming.placeholders import BY_WORD, Placeholder, Shape

LONGEST_TEMPLATE = 2000
"""Characters."""

_KNOWN_OF_DATES = "YymdHMSjV"
_DATE_PARTS = re.compile(r"%(.?)", re.DOTALL)
_DIGITS = re.compile(r"0?([1-9]|1[0-2])")
_CUT = re.compile(r"[1-9][0-9]{0,2}")
_CASES = ("upper", "lower")
_SLOT = re.compile(r"([^:|{}]*)(?::([^|{}]*))?(?:\|([^{}]*))?")


class TemplateError(ShortlistError):
    """A template cannot be understood; the sentence names the place."""


@dataclass(frozen=True, slots=True)
class Literal:
    """Text that stands as it is; ``at`` is the place of its first character in the template, from 1."""

    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with everything put in.

    Attributes:
        text: what came of it.
        unknown: the placeholders nothing is known for, as written, each once.
    """

    text: str
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """A placeholder with how its value is written.

    Attributes:
        placeholder: which.
        form: what stands behind the colon, or the usual.
        otherwise: what is written where nothing is known; None where nothing was said of that.
        at: the place of its brace in the template, from 1.
    """

    placeholder: Placeholder
    form: str
    otherwise: str | None
    at: int

    def text(self, known: PhotoFacts) -> str:
        """Return the value as written; "" where it is not known."""
        value = self.placeholder.value(known)
        if value is None or value == "":
            return ""
        if isinstance(value, datetime):
            return _DATE_PARTS.sub(lambda part: _part_of_date(value, part[1]), self.form)
        if self.placeholder.shape is Shape.NUMBER:
            return str(int(value)).zfill(int(self.form)) if self.form else str(value)
        text = str(value)
        match self.form:
            case "":
                return text
            case "upper":
                return text.upper()
            case "lower":
                return text.lower()
            case _:
                return text[: int(self.form)]


Part = Literal | Slot


@dataclass(frozen=True, slots=True)
class Template:
    """A text with placeholders, understood.

    Attributes:
        parts: in order; no two literals one after the other.
    """

    parts: tuple[Part, ...]

    @classmethod
    def parse(cls, text: str) -> "Template":
        """Understand a template.

        Raises:
            TemplateError: it cannot be understood; the sentence says what and where.
        """
        if len(text) > LONGEST_TEMPLATE:
            raise TemplateError(
                say("The template is longer than {count} characters.", count=LONGEST_TEMPLATE)
            )
        return cls(tuple(_joined(_parts(text))))

    def fill(self, known: PhotoFacts) -> Filled:
        """Put in what is known of a photo."""
        texts, unknown = [], []
        for part in self.parts:
            if isinstance(part, Literal):
                texts.append(part.text)
                continue
            text = part.text(known)
            if not text and part.otherwise is None:
                unknown.append("{" + part.placeholder.word + "}")
            texts.append(text or part.otherwise or "")
        return Filled("".join(texts), tuple(dict.fromkeys(unknown)))

    def uses(self, word: str) -> bool:
        """Tell whether a placeholder is in it."""
        return any(isinstance(part, Slot) and part.placeholder.word == word for part in self.parts)


def _part_of_date(value: datetime, letter: str) -> str:
    """Write one part of a date: the same on every system, whatever the year."""
    match letter:
        case "%":
            return "%"
        case "Y":
            return f"{value.year:04}"
        case "V":
            return f"{value.isocalendar().week:02}"
        case _:
            return value.strftime(f"%{letter}")


def _parts(text: str) -> Iterator[Part]:
    at = 0
    while at < len(text):
        char = text[at]
        if char not in "{}":
            end = min((found for sign in "{}" if (found := text.find(sign, at)) >= 0), default=len(text))
            yield Literal(text[at:end], at + 1)
            at = end
        elif text[at + 1 : at + 2] == char:
            yield Literal(char, at + 1)
            at += 2
        elif char == "}":
            raise TemplateError(
                say("The brace at character {at} closes nothing; a brace itself is written twice.", at=at + 1)
            )
        else:
            end = text.find("}", at)
            if end < 0:
                raise TemplateError(say("The brace at character {at} is not closed.", at=at + 1))
            yield _slot(text[at + 1 : end], at + 1)
            at = end + 1


def _joined(parts: Iterator[Part]) -> Iterator[Part]:
    """Make one of literals that stand side by side, as around a doubled brace."""
    literal: Literal | None = None
    for part in parts:
        if isinstance(part, Slot):
            if literal is not None:
                yield literal
            literal = None
            yield part
        else:
            literal = part if literal is None else Literal(literal.text + part.text, literal.at)
    if literal is not None:
        yield literal


def _slot(written: str, at: int) -> Slot:
    match = _SLOT.fullmatch(written)
    if match is None:
        raise TemplateError(say("The placeholder at character {at} has a brace within.", at=at))
    word, form, otherwise = match[1].strip(), match[2], match[3]
    placeholder = BY_WORD.get(word.lower())
    if placeholder is None:
        raise _no_such(word, at)
    form = form or placeholder.usual
    _check_form(placeholder, form, at)
    return Slot(placeholder, form, otherwise, at)


def _no_such(word: str, at: int) -> TemplateError:
    meant = difflib.get_close_matches(word.lower(), BY_WORD, 1)
    shown = "{" + word + "}"
    if not meant:
        return TemplateError(say("There is no placeholder {word} (at character {at}).", word=shown, at=at))
    return TemplateError(
        say(
            "There is no placeholder {word} (at character {at}); {meant} may be meant.",
            word=shown,
            at=at,
            meant="{" + meant[0] + "}",
        )
    )


def _check_form(placeholder: Placeholder, form: str, at: int) -> None:
    """Refuse what behind the colon means nothing."""
    shown = "{" + placeholder.word + "}"
    match placeholder.shape:
        case Shape.DATE:
            letters = [part[1] for part in _DATE_PARTS.finditer(form)]
            wrong = next((letter for letter in letters if letter not in (*_KNOWN_OF_DATES, "%")), None)
            if wrong is not None:
                known = " ".join(f"%{letter}" for letter in _KNOWN_OF_DATES)
                raise TemplateError(
                    say(
                        "{word} at character {at} does not know %{letter}; it knows {known}.",
                        word=shown,
                        at=at,
                        letter=wrong,
                        known=known,
                    )
                )
        case Shape.NUMBER:
            if form and not _DIGITS.fullmatch(form):
                raise TemplateError(
                    say(
                        "{word} at character {at}: behind the colon goes a number of digits, such as 04.",
                        word=shown,
                        at=at,
                    )
                )
        case Shape.TEXT:
            if form and form not in _CASES and not _CUT.fullmatch(form):
                raise TemplateError(
                    say(
                        "{word} at character {at}: behind the colon goes upper, lower or a number of characters.",
                        word=shown,
                        at=at,
                    )
                )
