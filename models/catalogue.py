"""Which models there are to choose from or to install, and where each comes from."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from core.errors import ModelError, RequestError
from core.language import say
from core.settings import Settings

DEFAULT_EMBEDDER = Settings().embedder
"""In use until the user chooses another; always there."""

_NAME = "catalogue.toml"

_Entry = TypeVar("_Entry")


class WrongModelError(ModelError, RequestError):
    """There is no model of that name to do this with, or a file is not the one that it is said to be."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file to be fetched once, when the user asks for it.

    Attributes:
        url: where it lies, at a fixed revision.
        file: the name it gets on this machine.
        sha256, size_bytes: what tells the right file from any other.
    """

    url: str
    file: str
    sha256: str
    size_bytes: int


def part_of(target: Path) -> Path:
    """Return where a download lies until it is complete and checked."""
    return target.with_name(f"{target.name}.part")


@dataclass(frozen=True, slots=True)
class Package:
    """A Python package that carries the file, for the user to install.

    Attributes:
        name: as pip calls it.
        module: as Python calls it; its ``MODELS`` maps keys to paths.
        key: of the file in that mapping.
    """

    name: str
    module: str
    key: str


@dataclass(frozen=True, slots=True)
class EmbedderEntry:
    """One embedder; exactly one of ``bundled``, ``download`` and ``package`` is given.

    Attributes:
        name: what the user types.
        title: what its makers call it.
        about: a sentence on what it is good for.
        licence: SPDX identifier, or words where there is none.
        recipe: how pictures are prepared for it; a key of ``models.embedder.RECIPES``.
        side: pixels of the square it is given.
        bundled: its id in manifest.toml.
    """

    name: str
    title: str
    about: str
    licence: str
    recipe: str
    side: int
    bundled: str | None = None
    download: Download | None = None
    package: Package | None = None


@dataclass(frozen=True, slots=True)
class DescriberEntry:
    """A model that compares photos with descriptions, in three files that are downloaded together.

    Attributes:
        name, title, about, licence: as of an embedder.
        side: pixels of the square that photos are given to it as.
        image, text: its two towers.
        tokenizer: how words become numbers.
    """

    name: str
    title: str
    about: str
    licence: str
    side: int
    image: Download
    text: Download
    tokenizer: Download

    @property
    def downloads(self) -> tuple[Download, ...]:
        """All its files."""
        return self.image, self.text, self.tokenizer


@cache
def describers() -> tuple[DescriberEntry, ...]:
    """Return the models that find photos by a description. Raises ``core.errors.ModelError``."""
    return _read("describer", _describer)


@cache
def catalogue() -> tuple[EmbedderEntry, ...]:
    """Return all embedders, the one that comes with Shortlist first.

    Raises:
        ModelError: the catalogue is missing or damaged.
    """
    return _read("embedder", _entry)


def _read(tables: str, entry: Callable[[Mapping[str, Any]], _Entry]) -> tuple[_Entry, ...]:
    try:
        text = resources.files(__package__).joinpath(_NAME).read_text("utf-8")
        return tuple(entry(table) for table in tomllib.loads(text)[tables])
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ModelError(
            say("The catalogue of models ({file}) is missing or damaged; reinstall Shortlist.", file=_NAME)
        ) from error


def find_embedder(name: str) -> EmbedderEntry:
    """Return an embedder by its name.

    Raises:
        WrongModelError: there is none of that name.
    """
    for entry in catalogue():
        if entry.name == name:
            return entry
    known = ", ".join([*(entry.name for entry in catalogue()), *(each.name for each in describers())])
    raise WrongModelError(say("There is no model called {name}; there are: {known}.", name=name, known=known))


def find_describer(name: str) -> DescriberEntry | None:
    """Return a describer by its name; None where that is none."""
    return next((entry for entry in describers() if entry.name == name), None)


def _describer(table: Mapping[str, Any]) -> DescriberEntry:
    files = {part: Download(**table[part]) for part in ("image", "text", "tokenizer")}
    return DescriberEntry(**{**table, **files})


def _entry(table: Mapping[str, Any]) -> EmbedderEntry:
    values = dict(table)
    if "download" in values:
        values["download"] = Download(**values["download"])
    if "package" in values:
        values["package"] = Package(**values["package"])
    return EmbedderEntry(**values)
