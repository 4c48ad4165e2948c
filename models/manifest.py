"""Which weights belong to this version, where they came from, and whether the files are still those."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from core.errors import ModelError
from core.language import Sentence, say, tr

_NAME = "manifest.toml"


@dataclass(frozen=True, slots=True)
class Source:
    """The public package a model was made from.

    Attributes:
        file: path inside the package.
        sha256: of that file.
        build: the module of ``models.build`` that made the model from it.
    """

    package: str
    version: str
    file: str
    sha256: str
    build: str


@dataclass(frozen=True, slots=True)
class TensorShape:
    """One input or output; a text in place of a number is a size that varies."""

    name: str
    shape: tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One weight file.

    Attributes:
        id: name in the program, such as "embedder".
        task: what it is for, a sentence.
        file: file name beside the manifest.
        version: of the model, as its authors call it.
        size_bytes: length of the file.
        licence: SPDX identifier.
        licence_file: the licence's text, below ``licences/``.
        measures: what it finds is kept with the measures of a photo, which count no more where it changes.
    """

    id: str
    task: str
    file: str
    version: str
    sha256: str
    size_bytes: int
    licence: str
    licence_file: str
    source: Source
    inputs: tuple[TensorShape, ...]
    outputs: tuple[TensorShape, ...]
    measures: bool = True

    @property
    def remedy(self) -> Sentence:
        """What helps where the file is damaged."""
        return say("reinstall Shortlist")

    def read(self) -> bytes:
        """Read the file's content.

        Raises:
            ModelError: the file cannot be read.
        """
        try:
            return _folder().joinpath(self.file).read_bytes()
        except OSError as error:
            raise ModelError(
                say("The model file {file} cannot be read; {remedy}.", file=self.file, remedy=self.remedy)
            ) from error


class ModelState(StrEnum):
    """What a check found."""

    OK = "ok"
    MISSING = "missing"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class CheckedModel:
    """The state of one weight file, with a sentence fit to show."""

    model: ModelFile
    state: ModelState
    message: str


@cache
def manifest() -> tuple[ModelFile, ...]:
    """Return the models of this version, in the order of the manifest.

    Raises:
        ModelError: the manifest is missing or damaged.
    """
    try:
        tables = tomllib.loads(_folder().joinpath(_NAME).read_text("utf-8"))["model"]
        return tuple(_model(table) for table in tables)
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ModelError(
            say("The list of models ({file}) is missing or damaged; reinstall Shortlist.", file=_NAME)
        ) from error


def model_file(model_id: str) -> ModelFile:
    """Return one model by its id.

    Raises:
        ModelError: the manifest does not list it.
    """
    for model in manifest():
        if model.id == model_id:
            return model
    raise ModelError(
        say(
            "The list of models ({file}) does not name {model}; reinstall Shortlist.",
            file=_NAME,
            model=model_id,
        )
    )


def fingerprint() -> str:
    """Return one hash over all weights but the embedder's, of which the user may choose another.

    Reads the manifest only.

    Raises:
        ModelError: the manifest is missing or damaged.
    """
    return _hash_of_all(model.sha256 for model in manifest() if model.measures)


def fingerprint_on_disk() -> str:
    """Return the same hash of the files as they are; another one where they are not what the manifest says.

    Raises:
        ModelError: the manifest is missing or damaged, or a file cannot be read.
    """
    return _hash_of_all(hashlib.sha256(model.read()).hexdigest() for model in manifest() if model.measures)


def _hash_of_all(hashes: Iterable[str]) -> str:
    return hashlib.sha256("".join(hashes).encode()).hexdigest()


def verify(folder: Traversable | None = None) -> list[CheckedModel]:
    """Hash every weight file and compare it with the manifest.

    Args:
        folder: where the files are; by default beside the manifest.

    Raises:
        ModelError: the manifest is missing or damaged.
    """
    return [_check(model, folder or _folder()) for model in manifest()]


def _check(model: ModelFile, folder: Traversable) -> CheckedModel:
    try:
        content = folder.joinpath(model.file).read_bytes()
    except OSError:
        return CheckedModel(
            model,
            ModelState.MISSING,
            tr("{file} is missing or cannot be read; reinstall Shortlist.").format(file=model.file),
        )
    if hashlib.sha256(content).hexdigest() != model.sha256:
        return CheckedModel(
            model,
            ModelState.ALTERED,
            tr("{file} is not the file it was made as; reinstall Shortlist.").format(file=model.file),
        )
    words = tr("{file} is as it was made ({version}).").format(file=model.file, version=model.version)
    return CheckedModel(model, ModelState.OK, words)


def _folder() -> Traversable:
    return resources.files(__package__)


def _model(table: Mapping[str, Any]) -> ModelFile:
    rest = {key: value for key, value in table.items() if key not in {"source", "inputs", "outputs"}}
    return ModelFile(
        **rest,
        source=Source(**table["source"]),
        inputs=_shapes(table["inputs"]),
        outputs=_shapes(table["outputs"]),
    )


def _shapes(tables: Sequence[Mapping[str, Any]]) -> tuple[TensorShape, ...]:
    return tuple(TensorShape(table["name"], tuple(table["shape"])) for table in tables)
