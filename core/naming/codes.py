"""Code replacements, as press photographers know them: ``=7=`` stands for what a list of theirs says of 7.

The list is a text file with a line a code: the code, then what stands for it, with tabs between. Of several
replacements ``=7=`` and ``=7#1=`` are the first, ``=7#2=`` the second, and so on: each is a column, an empty one too.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.errors import FileError
from core.files import open_file
from core.language import Sentence, say

_MOST_BYTES = 2**22
_MOST_LINES = 20_000
_LINE_END = re.compile(r"\r\n|\r|\n")
_FEW = 20  # bytes of UTF-16 to a zero: each code, tab and end of a line has one
_CODE = re.compile(r"=([^\W_][\w.-]{0,39})(?:#([1-9][0-9]?))?=")


class CodesError(FileError):
    """A list of codes cannot be read."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """A text with its codes replaced; ``unknown`` are those that no list has, as written, each once."""

    text: str
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Codes:
    """A list of codes.

    Attributes:
        replacements: what stands for each code, which is kept in lower case.
        twice: codes that the list has more than once, as written; the first line of each counts.
    """

    replacements: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    twice: tuple[str, ...] = ()

    def replaced(self, text: str) -> Replaced:
        """Put what they stand for in place of all codes; those that are not known stay as they are."""
        unknown: list[str] = []

        def stands_for(found: re.Match[str]) -> str:
            texts = self.replacements.get(found[1].casefold(), ())
            at = int(found[2] or 1) - 1
            if at < len(texts):
                return texts[at]
            unknown.append(found[0])
            return found[0]

        said = _CODE.sub(stands_for, text)
        return Replaced(said, tuple(dict.fromkeys(unknown)))


def read_codes(path: Path) -> Codes:
    """Read a list of codes, in UTF-8, UTF-16, or as old programs on Windows write text.

    Raises:
        CodesError: it cannot be read, or is no list of codes.
    """
    try:
        with open_file(path) as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise CodesError(
            path, say("It cannot be read ({cause}).", cause=error.strerror or str(error))
        ) from error
    if len(data) > _MOST_BYTES:
        raise CodesError(path, say("It is far too large for a list of codes."))
    replacements: dict[str, tuple[str, ...]] = {}
    twice: list[str] = []
    for line in _LINE_END.split(_text(data))[:_MOST_LINES]:
        code, *texts = map(_cell, line.rstrip().split("\t"))
        code = code.strip("=")  # some write it as it stands in captions
        if not code or not any(texts):
            continue
        if replacements.setdefault(code.casefold(), tuple(texts)) != tuple(texts):
            twice.append(code)
    if not replacements:
        raise CodesError(path, _NO_LIST)
    return Codes(replacements, tuple(dict.fromkeys(twice)))


_NO_LIST: Sentence = say("It holds no codes: a line is a code and what stands for it, with a tab between.")


def _cell(written: str) -> str:
    """Return what a cell says; spreadsheets put those with commas or quotation marks between quotation marks."""
    text = written.strip()
    if len(text) > 1 and text[0] == text[-1] == '"' and '"' not in text[1:-1].replace('""', ""):
        return text[1:-1].replace('""', '"').strip()
    return text


def _text(data: bytes) -> str:
    """Decode a list; of text without a mark, many zeros at every other place tell UTF-16 from all else."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    low, high = data[::2].count(0), data[1::2].count(0)
    if max(low, high) * _FEW > len(data):  # one or two are a slip of some program
        return data.decode("utf-16-le" if high > low else "utf-16-be", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
