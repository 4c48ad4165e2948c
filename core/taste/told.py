"""The one reader of the small files that people hand on, tastes and profiles; each says itself what it is."""

import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from core.errors import TasteFileError
from core.files import RefusedFileError, read_file
from core.language import Sentence, say

Made = TypeVar("Made")

_MOST_BYTES = 65_536
_NO_TOML = (ValueError, RecursionError)  # bytes that are no text, or text that says nothing


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of such files.

    Attributes:
        name: as the file says it.
        format: raised whenever an older Shortlist would misread it.
        damaged: what is said of a file that is none.
    """

    name: str
    format: int
    damaged: Sentence


class TasteTextError(ValueError):
    """A text is none of the kind; ``sentence`` says why, to a user who knows which file it is."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def kind_of(path: Path) -> str:
    """Return the name of the kind a file says it is of; "" where it says none, or cannot be read."""
    with suppress(OSError, *_NO_TOML):
        return str(_tables(read_file(path, _MOST_BYTES)).get("kind"))
    return ""


def read_told(path: Path, kind: FileKind, make: Callable[[Mapping[str, Any]], Made]) -> Made:
    """Return what a file says.

    Args:
        path: of the file.
        kind: what it is to be.
        make: makes it from the file's tables; raises ``TasteTextError`` where they say what cannot be.

    Raises:
        TasteFileError: it cannot be read, is of a newer version or of another kind, is damaged, or is refused by
            ``make``.
    """
    try:
        content = read_file(path, _MOST_BYTES)
    except RefusedFileError as error:
        raise TasteFileError(path, error.sentence) from error
    except OSError as error:
        raise TasteFileError(path, say("It could not be read ({cause}).", cause=error.strerror)) from error
    try:
        return make(told_in(content, kind))
    except TasteTextError as error:
        raise TasteFileError(path, error.sentence) from error


def told_in(content: bytes, kind: FileKind) -> Mapping[str, Any]:
    """Return the tables of a file's content.

    Raises:
        TasteTextError: it is of a newer version or of another kind, or is damaged.
    """
    try:
        told = _tables(content)
    except _NO_TOML as error:
        raise TasteTextError(kind.damaged) from error
    version = told.get("format")
    if told.get("kind") == kind.name and type(version) is int and version > kind.format:
        raise TasteTextError(
            say("It was written by a newer version of Shortlist. Update Shortlist to read it.")
        )
    if told.get("kind") != kind.name or type(version) is not int or version != kind.format:
        raise TasteTextError(kind.damaged)
    return told


def _tables(content: bytes) -> dict[str, Any]:
    return tomllib.loads(content.decode("utf-8"))
