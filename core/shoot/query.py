"""What is typed into the search box: ``dog -car lens:85 after:14:00 "first dance"``.

Words must all be there; one with a ``-`` before it must not. A word alone is looked for in all that is known of a photo
in words, one behind ``field:`` only there. What stands
before it is known by its name in every language of the program at any time.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from core.errors import ShortlistError
from core.ingest.frame_names import folded
from core.language import say
from core.typed_words import TypedKind, meanings, spoken_word


class NoQueryError(ShortlistError):
    """What was typed is no query; the sentence says what would be."""


class Field(StrEnum):
    """Where something is looked for."""

    ANY = ""
    NAME = "name"
    KEYWORD = "keyword"
    TITLE = "title"
    PLACE = "place"
    LOOK = "look"
    THING = "thing"
    SHOWS = "shows"
    CAMERA = "camera"
    LENS = "lens"
    AFTER = "after"
    BEFORE = "before"
    PERSON = "person"
    PEOPLE = "people"
    RATING = "rating"
    ISO = "iso"
    APERTURE = "f"
    FOCAL = "mm"
    LABEL = "label"
    IS = "is"


class State(StrEnum):
    """What ``is:`` asks for."""

    PICK = "pick"
    REJECT = "reject"
    UNDECIDED = "undecided"
    SUGGESTED = "suggested"
    BURST = "burst"
    BRACKET = "bracket"
    SINGLE = "single"
    SHARP = "sharp"
    SOFT = "soft"
    BLURRED = "blurred"
    LIKELY_REJECT = "likely-reject"


_COLOURS = ("red", "yellow", "green", "blue", "purple")

FIELDS: Mapping[str, Field] = {
    **{word: Field(english) for word, english in meanings(TypedKind.FIELD).items()},
    **{field.value: field for field in Field if field is not Field.ANY},
}
STATES: Mapping[str, State] = {
    **{word: State(english) for word, english in meanings(TypedKind.STATE).items()},
    **{state.value: state for state in State},
}
LABELS: Mapping[str, str] = {**meanings(TypedKind.LABEL), **{colour: colour for colour in _COLOURS}}
"""Each label by its name in any language."""

_NUMBERS = {Field.PEOPLE, Field.RATING, Field.ISO, Field.APERTURE, Field.FOCAL}
_TIMES = {Field.AFTER, Field.BEFORE}

_TOKEN = re.compile(r'(-?)(?:([^\W\d_]+):)?(?:"([^"]*)("|$)|(\S*))')
_RANGE = re.compile(r"(\d+(?:\.\d+)?)\.\.(\d+(?:\.\d+)?)")
_BOUND = re.compile(r"(>=|<=|>|<|=|)(\d+(?:\.\d+)?)(\+?)")
_MOMENT = re.compile(r"(?:(\d{4})-(\d{1,2})-(\d{1,2}))?[T ]?(?:(\d{1,2})(?::(\d{2})(?::(\d{2}))?)?)?")
_ENDLESS = float("inf")
# What keyboards, programs and pages put in the place of the plain signs; and marks nobody sees or typed.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»＂", '"'),
        "：": ":",
        **dict.fromkeys(map(chr, (0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF))),
        **dict.fromkeys(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))),
        **{chr(code): " " for code in (*range(0x20), 0x7F)},
    }
)
_DASH = re.compile(r"(?<!\S)[‐‑‒–—−－](?=\S)")
_LONGEST_TOLD = 40  # characters of what was typed


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers from one to another; with ``beyond`` the ends do not count themselves."""

    least: float = -_ENDLESS
    most: float = _ENDLESS
    beyond: bool = False

    def hold(self, number: float) -> bool:
        """Tell whether a number is one of them."""
        if self.beyond:
            return self.least < number < self.most
        return self.least <= number <= self.most


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, a time of day, or both."""

    day: date | None
    clock: time | None


@dataclass(frozen=True, slots=True)
class QueryWord:
    """One word of a query.

    Attributes:
        text: what is looked for, without case.
        negated: photos that have it are left out.
        whole: it was quoted: words in this order.
        numbers: of fields that are numbers.
        moment: of times.
    """

    field: Field
    text: str
    negated: bool = False
    whole: bool = False
    numbers: Numbers = Numbers()
    moment: Moment = Moment(None, None)


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, word by word."""

    terms: tuple[QueryWord, ...] = ()


def parse(text: str) -> Query:
    """Read a query; quotation marks and dashes mean the same in whatever form they come.

    Raises:
        NoQueryError: it is none; the sentence says why.
    """
    text = _DASH.sub("-", text.translate(_PLAIN))
    terms = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        token = _TOKEN.match(text, at)
        assert token is not None  # it matches anything, at least a character
        at = token.end()
        terms.append(_term(token))
    return Query(tuple(dict.fromkeys(terms)))


def _term(token: re.Match[str]) -> QueryWord:
    minus, name, quoted, closing, bare = token.groups()
    if quoted and not closing:
        raise NoQueryError(say("A quotation mark is not closed: “{text}”.", text=_told(quoted)))
    value = folded(" ".join(quoted.split()) if quoted is not None else bare)
    whole = quoted is not None
    negated = bool(minus)
    if name is None:
        if not value.strip():
            raise NoQueryError(
                say("There is nothing between the quotation marks.")
                if whole
                else say("A - wants a word behind it, such as -car, to leave photos out.")
            )
        return QueryWord(Field.ANY, value, negated, whole)
    field = FIELDS.get(folded(name))
    if field is None:
        names = [spoken_word(TypedKind.FIELD, each.value) for each in Field if each is not Field.ANY]
        known = ", ".join(f"{each}:" for each in names)
        raise NoQueryError(
            say("There is no {field}: to search by. There are {known}", field=_told(name), known=known)
        )
    if not value.strip():
        raise NoQueryError(
            say("{field}: wants something behind it, such as {example}.", field=name, example=_example(field))
        )
    return _with_value(QueryWord(field, value, negated, whole), name)


def _told(text: str) -> str:
    return text if len(text) <= _LONGEST_TOLD else f"{text[: _LONGEST_TOLD - 1]}…"


def _with_value(term: QueryWord, name: str) -> QueryWord:
    """Read what stands behind a field. Raises NoQueryError: it makes no sense there."""
    numbers, moment, text = Numbers(), Moment(None, None), term.text
    sense = True
    if term.field in _NUMBERS:
        found = _numbers(text)
        sense, numbers = found is not None, found or numbers
    elif term.field is Field.PERSON:
        sense = not is_number(text) or (text.isascii() and len(text) < 7 and int(text) > 0)
    elif term.field in _TIMES:
        when = _moment(text)
        sense, moment = when is not None, when or moment
    elif term.field is Field.LABEL:
        sense, text = text in LABELS, LABELS.get(text, text)
    elif term.field is Field.IS:
        sense, text = text in STATES, STATES[text].value if text in STATES else text
    if not sense:
        raise NoQueryError(
            say(
                "{field}: does not know “{value}”. It wants something such as {example}.",
                field=name,
                value=_told(term.text),
                example=_example(term.field),
            )
        )
    return QueryWord(term.field, text, term.negated, term.whole, numbers, moment)


def is_number(person: str) -> bool:
    """Tell whether somebody is asked for by number, and not by name."""
    return person.isdigit()


def _numbers(text: str) -> Numbers | None:
    """Read "85", ">1600", "<=400", "3+" or "100..400"; None where it is none of them."""
    text = text.replace(",", ".")
    if between := _RANGE.fullmatch(text):
        return Numbers(float(between[1]), float(between[2]))
    bound = _BOUND.fullmatch(text)
    if bound is None:
        return None
    sign, number, plus = bound[1], float(bound[2]), bound[3]
    if plus or sign == ">=":
        return Numbers(least=number)
    if sign == "<=":
        return Numbers(most=number)
    if sign in (">", "<"):
        return Numbers(number, _ENDLESS, True) if sign == ">" else Numbers(-_ENDLESS, number, True)
    return Numbers(number, number)


def _moment(text: str) -> Moment | None:
    """Read "14:00", "14", "2025-06-14" or both with a T or a space between; None where it is none of them."""
    found = _MOMENT.fullmatch(text.upper())
    if found is None or not text:
        return None
    year, month, day, hour, minute, second = found.groups()
    try:
        return Moment(
            date(int(year), int(month), int(day)) if year else None,
            time(int(hour), int(minute or 0), int(second or 0)) if hour else None,
        )
    except ValueError:
        return None


def _example(field: Field) -> str:
    """Return what would be understood, in the language spoken now."""
    kinds = {Field.LABEL: TypedKind.LABEL, Field.IS: TypedKind.STATE, Field.THING: TypedKind.THING}
    name, kind = spoken_word(TypedKind.FIELD, field.value), kinds.get(field)
    values = _EXAMPLES[field] if kind is None else [spoken_word(kind, each) for each in _EXAMPLES[field]]
    return ", ".join(f"{name}:{value}" for value in values)


_EXAMPLES: Mapping[Field, tuple[str, ...]] = {
    Field.NAME: ("IMG_12",),
    Field.KEYWORD: ("portrait",),
    Field.TITLE: ("portrait",),
    Field.PLACE: ("Wien",),
    Field.LOOK: ("portrait",),
    Field.THING: ("dog",),
    Field.SHOWS: ('"bride laughing"',),
    Field.CAMERA: ("EOS",),
    Field.LENS: ("85",),
    Field.AFTER: ("14:00", "2025-06-14"),
    Field.BEFORE: ("18:30", "2025-06-14"),
    Field.PERSON: ("1", "Anna"),
    Field.PEOPLE: ("2", ">3"),
    Field.RATING: ("3", ">=3"),
    Field.ISO: (">1600", "100..400"),
    Field.APERTURE: ("2.8", "<4"),
    Field.FOCAL: ("85", "24..70"),
    Field.LABEL: ("red",),
    Field.IS: ("pick", "undecided", "burst", "blurred"),
}
