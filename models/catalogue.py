"""Which embedders there are to choose from, and where each comes from."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from core.errors import ModelError
from core.language import say
from core.settings import Settings

DEFAULT_EMBEDDER = Settings().embedder
"""In use until the user chooses another; always there."""

_NAME = "catalogue.toml"


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


@cache
def catalogue() -> tuple[EmbedderEntry, ...]:
    """Return all embedders, the one that comes with Shortlist first.

    Raises:
        ModelError: the catalogue is missing or damaged.
    """
    try:
        text = resources.files(__package__).joinpath(_NAME).read_text("utf-8")
        return tuple(_entry(table) for table in tomllib.loads(text)["embedder"])
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ModelError(
            say("The catalogue of models ({file}) is missing or damaged; reinstall Shortlist.", file=_NAME)
        ) from error


def find_embedder(name: str) -> EmbedderEntry:
    """Return an embedder by its name.

    Raises:
        ModelError: there is none of that name.
    """
    for entry in catalogue():
        if entry.name == name:
            return entry
    known = ", ".join(entry.name for entry in catalogue())
    raise ModelError(say("There is no model called {name}; there are: {known}.", name=name, known=known))


def _entry(table: Mapping[str, Any]) -> EmbedderEntry:
    values = dict(table)
    if "download" in values:
        values["download"] = Download(**values["download"])
    if "package" in values:
        values["package"] = Package(**values["package"])
    return EmbedderEntry(**values)
