"""Photos named in any wild form: "DSC_0412, 415-418 and the one with the dog 430.jpg".

Whole names count first, the longest first; then numbers, with letters before them where those are of this shoot, and
from one to another where a dash stands between. What is a date, a time or a size is no number of a photo, and neither
is what counts the lines of a list. What may mean a photo and cannot be told is never guessed at.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from core.language import say
from core.review.choice.chosen import ChosenPhoto, ClientsChoice, Gathered
from core.review.choice.names import PhotoNames, flat
from core.review.choice.negated import TextPlace, without_negated
from core.types import PhotoId

_SUFFIX = r"(?:\.(?P<suffix>[a-z]{3,4}|cr2|cr3|rw2|jp2|3fr)\b|(?:jpe?g|png|tiff?|heic|dng|nef|cr[23]|arw|raf|orf)\b)?"
_NUMBER = re.compile(rf"(?P<digits>\d{{1,18}}){_SUFFIX}(?![^\W_]|_\w)")
_GLUED = re.compile(r"\d{3,18}\w{1,40}(?:\.\w{1,4}\b)?")
_PREFIX = re.compile(r"(?P<letters>[^\W\d_]+)[ _\-.#]?$")
_NEXT = re.compile(
    r"(?P<dash>[-‐-―−=]>|[→⇒]|[-‐-―−]|\.{2,3}|…)|(?P<spaced>\s+(?:[-‐-―−=]>|[→⇒]|[-‐-―−]|to|thru|through|until|till|bis|à|a|au|jusqu'[àa])\s+)"
)
_END = re.compile(rf"(?P<prefix>(?:[^\W\d_]+[_\-]?)?)(?P<digits>\d{{1,18}}){_SUFFIX}(?![^\W_]|_\w)")
_COPY = re.compile(r"(?:[-_~]\d{1,2}|\s?\(\d{1,3}\))(?![^\W_]|_\w)")  # of what a client saved: -2, (2)
_BEHIND_STEM = re.compile(r"\.[a-z][a-z0-9]{2,3}\b")
# Numbers that are none of a photo's: sizes, dates, times, parts, prices, counts, telephones, places in the web.
_NO_PHOTO = re.compile(
    r"""
    [^\s@]{1,64}@\S+ | https?://\S+ | www\.\S+
    | \d+\s*[x×]\s*\d+\s*(?:cm|mm|px|in|inch)\b | \d{2,4}\s*[x×]\s*\d{2,4}(?!\d) | \d\s*[x×]\s*\d{1,2}(?!\d)
    | \d\s*[x×]\s*(?=\d{3})
    | \d{1,4}[./]\d{1,2}[./]\d{2,4}\.?(?!\w) | \d{4}-\d{2}-\d{2}(?![\w-])
    | \d{1,2}:\d{2}(?::\d{2})?
    | \d+[.,]\d+(?=\s*(?:€|eur|\$|usd|£|%|cm\b|mm\b))
    | [$€£]\s*\d+(?:[.,]\d+)? | \d+\s*(?:€|eur\b|usd\b|%|cm\b|mm\b|°)
    | \+\d(?:[\s/()-]*\d){7,}
    | \d+\s*[x×](?=\s|$) | (?<![^\W_])[x×]\s*\d+(?!\w)
    | \d+(?:st|nd|rd|th)\b
    """,
    re.VERBOSE,
)
_LISTED = re.compile(r"^(?P<mark>[ \t>]*(?P<number>\d{1,4})[.):][ \t]+)(?=\S)", re.MULTILINE)
_NAMES_PHOTO = re.compile(
    r"(?:\#|\b(?:no|nr|nos|n°|num[a-zé]*|photos?|fotos?|bild(?:er)?|pictures?|images?)\.?)\s*"
    r"(?:\d+\s*(?:,|and|und|et|&|\+)\s*)*$"
)
_LONGEST_RANGE = 5_000
_MOST_RANGED = 100_000  # numbers between the ends of all ranges of a text
_LONGEST_TEXT = 1_000_000  # characters; a choice is some hundred
_NEAR = 60  # characters before a number that can say something of it
_EMPTY_WORDS = frozenset(
    {
        "and",
        "or",
        "the",
        "a",
        "an",
        "also",
        "plus",
        "please",
        "number",
        "numbers",
        "no",
        "picture",
        "pictures",
    }
    | {
        "und",
        "oder",
        "die",
        "der",
        "das",
        "den",
        "auch",
        "bitte",
        "nummer",
        "nr",
        "foto",
        "fotos",
        "bild",
        "bilder",
    }
    | {"et", "ou", "le", "la", "les", "aussi", "image", "images", "numéro", "numéros", "img", "jpg", "jpeg"}
    | {"photo", "photos"}
)

_NOT_HERE = say("No photo of this shoot has that number or name.")
_COUNT = say("It may count something; write the whole name if it is a photo.")
_TOO_MANY = say("There are more ranges in this text than anybody can mean; the first ones were read.")


def read_wild(text: str, names: PhotoNames) -> ClientsChoice:
    """Find the photos that a text names.

    Args:
        text: of a mail, a message, a note.
        names: of the shoot's photos.
    """
    composed = _without_list_marks(unicodedata.normalize("NFC", text[:_LONGEST_TEXT]))
    reader = _Reader(composed, names)
    gathered, others, last = Gathered(), [], 0
    left_out: set[PhotoId] = set()
    for one in without_negated(flat(composed), list(reader.places())):
        others.append(composed[last : one.start])
        said = composed[one.start : one.end]
        if one.why is not None:
            gathered.miss(said, one.why)
        gathered.add(ChosenPhoto(photo_id, said) for photo_id in one.photo_ids)
        left_out.update(one.left_out)
        last = one.end
    others.append(composed[last:])
    gathered.leave_out(left_out)
    if len(text) > _LONGEST_TEXT:
        gathered.miss(text[_LONGEST_TEXT:][:_NEAR], say("The text is too long; paste the rest by itself."))
    return gathered.choice(_told(others))


class _Reader:
    def __init__(self, text: str, names: PhotoNames) -> None:
        self._text = flat(text)
        self._names = names
        self._lengths = names.lengths
        self._prefixes = names.prefixes
        self._last = 0
        self._ranged = 0

    def places(self) -> Iterator[TextPlace]:
        """Yield what may mean photos, in the order of the text."""
        text, at = self._text, 0
        while at < len(text):
            if (
                not self._begins(at)
                or (found := self._name(at) or self._no_photo(at) or self._number(at)) is None
            ):
                at += 1
            elif isinstance(found, int):
                at = found
            else:
                yield found
                at = self._last = found.end

    def _begins(self, at: int) -> bool:
        """Tell whether a word or a number can begin here."""
        if at == 0:
            return True
        here, before = self._text[at], self._text[at - 1]
        if here.isspace():
            return False
        return not (before.isalnum() or before == "_") or (here.isdigit() and not before.isdigit())

    def _name(self, at: int) -> TextPlace | None:
        """Find the longest known name that stands here as a whole."""
        text = self._text
        if at and (text[at - 1].isalnum() or text[at - 1] == "_"):
            return None
        for length in self._lengths:
            end = at + length
            ids = self._names.names.get(text[at:end]) if end <= len(text) else None
            if ids is None or (name := text[at:end]).isdigit():
                continue
            if copied := _COPY.match(text, end):
                end = copied.end()
            if behind := _BEHIND_STEM.match(text, end):
                end = behind.end()
            if end < len(text) and (text[end].isalnum() or text[end] == "_"):
                continue
            if not _tells(name, text[at:end]) and not self._is_item(at, end):
                continue  # an ordinary word in a sentence
            if ranged := self._range(at, at + length, name):
                return ranged
            return self._found(at, end, tuple(ids))
        return None

    def _is_item(self, start: int, end: int) -> bool:
        before = self._text[max(0, start - _NEAR) : start].rstrip(" \t\"'>*•-")
        behind = self._text[end : end + _NEAR].lstrip(" \t\"'")
        return (not before or before[-1] in ",;\n:") and (not behind or behind[0] in ",;\n.")

    def _no_photo(self, at: int) -> int | None:
        found = _NO_PHOTO.match(self._text, at)
        return found.end() if found else None

    def _number(self, at: int) -> TextPlace | None:
        found = _NUMBER.match(self._text, at)
        if found is None:  # such as 0412b: it may be one, and nobody can tell
            glued = _GLUED.match(self._text, at)
            return TextPlace(self._prefix(at)[1], glued.end(), (), _NOT_HERE) if glued else None
        prefix, start = self._prefix(at)
        if ranged := self._range(start, found.end(), found["digits"], prefix):
            return ranged
        ids = self._numbered(int(found["digits"]), prefix, found["suffix"])
        if not ids and prefix:  # then the letters are no part of it
            ids = self._numbered(int(found["digits"]), "", found["suffix"])
        if start == at and found["suffix"] is None and not self._looks_meant(at, found["digits"]):
            counts = tuple(ids) if len(ids) == 1 else ()
            return TextPlace(start, found.end(), (), _COUNT, counts=counts) if ids else None
        return self._found(start, found.end(), tuple(ids))

    def _looks_meant(self, at: int, digits: str) -> bool:
        """Tell whether a number names a photo: one of a digit or two within a sentence mostly counts something."""
        before = self._text[max(0, at - _NEAR) : at]
        return (
            len(digits) > 2 or self._is_item(at, at + len(digits)) or _NAMES_PHOTO.search(before) is not None
        )

    def _prefix(self, at: int) -> tuple[str, int]:
        """Return the letters before a number, where photos of this shoot have them, and where all of it begins."""
        letters = _PREFIX.search(self._text, max(self._last, at - _NEAR), at) if at else None
        if letters is None:
            return "", at
        before = self._text[letters.start() - 1 : letters.start()]
        if letters["letters"] in self._prefixes and not (before.isalnum() or before == "_"):
            return letters["letters"], letters.start()
        attached = letters.end() - letters.start() == len(letters["letters"]) or self._text[at - 1] != " "
        return "", letters.start() if attached and not self._text[at - 1].isspace() else at

    def _range(self, start: int, end: int, first: str, prefix: str = "") -> TextPlace | None:
        """Find what goes from one number to another, such as 415-418, DSC_0415-0418, 415–18."""
        text = self._text
        link = _NEXT.match(text, end)
        close = _END.match(text, link.end()) if link else None
        digits = re.findall(r"\d+", first)
        if link is None or close is None or not digits:
            return None
        named = close["prefix"].strip("_-")
        if named and named not in self._prefixes:
            return None
        prefix = prefix or _letters_before_last_number(first) or named
        low, high, short = int(digits[-1]), int(close["digits"]), close["digits"]
        if high < low and link["dash"] and len(short) < len(digits[-1]):
            high = int(digits[-1][: -len(short)] + short)
        if not low < high <= low + _LONGEST_RANGE:
            return None
        self._ranged += high - low
        if self._ranged > _MOST_RANGED:
            return TextPlace(start, close.end(), (), _TOO_MANY)
        found, missing, doubtful = [], 0, 0
        for number in range(low, high + 1):
            ids = self._numbered(number, prefix, close["suffix"])
            missing += not ids
            doubtful += len(ids) > 1
            found += ids if len(ids) == 1 else []
        why = None
        if doubtful:
            why = say("Numbers among these that can mean several photos: {count}.", count=doubtful)
        elif not found:
            why = _NOT_HERE
        elif missing:
            why = say("Numbers among these without a photo: {count}.", count=missing)
        return TextPlace(start, close.end(), tuple(found), why)

    def _numbered(self, number: int, prefix: str, suffix: str | None) -> list[PhotoId]:
        return self._names.numbered(number, prefix, f".{suffix}" if suffix else "")

    def _found(self, start: int, end: int, ids: Sequence[PhotoId]) -> TextPlace:
        if len(ids) == 1:
            return TextPlace(start, end, tuple(ids))
        several = say("It can mean any of {count} photos of this shoot.", count=len(ids))
        return TextPlace(start, end, (), several if ids else _NOT_HERE)


def _tells(name: str, said: str) -> bool:
    """Tell whether a name can be nothing else: with a digit or a suffix it is no ordinary word."""
    return any(letter.isdigit() for letter in name) or "." in said


def _letters_before_last_number(name: str) -> str:
    found = re.search(r"([^\W\d_]+)[ _\-.#]*\d+\D*$", name)
    return found[1] if found else ""


def _without_list_marks(text: str) -> str:
    """Blank what only counts the lines of a list: 1., 2., 3."""
    numbers = [int(mark["number"]) for mark in _LISTED.finditer(text)]
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)):
        return text
    return _LISTED.sub(lambda mark: " " * len(mark[0]), text)


def _told(parts: Sequence[str]) -> str:
    """Return the words that are left over, without those that only tie names together."""
    told = []
    for part in parts:
        words = [word for word in part.split() if word.strip(".,;:!?()[]\"'*•-–—#/&+>") != ""]
        bare = [flat(word.strip(".,;:!?()[]\"'*•-–—#/&+>")) for word in words]
        if any(word not in _EMPTY_WORDS for word in bare):
            told.append(" ".join(words).strip(",;: "))
    return " … ".join(told)
