"""What pictures show, in words: from the features of the embedder that ships, and from what the detector has found."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import ModelError
from core.language import Sentence, say
from core.types import PlacedThing, Thing
from models.constants import constants_of
from models.manifest import model_file
from models.runtime import read_checked

_NAME = "things.toml"
_BATCH = 1024  # photos: 4 MB of classes
_WEIGHTS, _SCALES, _BIAS = "c0", "c1", "c2"  # in the order in which ``models/build`` writes them


@dataclass(frozen=True, slots=True)
class _KnownThing:
    thing: Thing
    classes: tuple[int, ...]
    least: float  # how sure the network has to be of all its classes together
    placed: str  # what the detector calls it; "" where it is not asked
    least_placed: float  # how sure the detector has to be


class ThingFinder:
    """Names what photos surely show, and says nothing where it is not sure.

    The window asks it in its own process. It is one product of matrices, and NumPy makes that as well as an engine
    of which the window would keep 30 MB.
    """

    def __init__(self) -> None:
        """Load the weights. Raises ``core.errors.ModelError``."""
        self._known = _known_things()
        weights = model_file("thing_classes")
        try:
            constants = constants_of(read_checked(weights))
            self._weights: NDArray[np.float32] = constants[_WEIGHTS] * constants[_SCALES]
            self._bias: NDArray[np.float32] = constants[_BIAS]
        except (ValueError, KeyError) as error:
            raise ModelError(_does_not_work(weights.file, error)) from error

    @property
    def embedder_sha256(self) -> str:
        """The weights of the embedder whose features it reads; in those of another it would see nothing."""
        return model_file("embedder").sha256

    def find(self, features: NDArray[np.float32]) -> Iterator[tuple[Thing, ...]]:
        """Yield what each photo shows, the surest first.

        Args:
            features: float32, shape (N, 1280), as the embedder gave them.

        Raises:
            ModelError: they are something else.
        """
        for start in range(0, len(features), _BATCH):
            try:
                classes = self._classes(features[start : start + _BATCH])
            except ValueError as error:
                raise ModelError(_does_not_work(model_file("thing_classes").file, error)) from error
            sure = np.stack([classes[:, list(known.classes)].sum(axis=1) for known in self._known], axis=1)
            least = np.array([known.least for known in self._known], np.float32)
            for row in sure:
                found = np.flatnonzero(row >= least)
                yield tuple(self._known[at].thing for at in found[np.argsort(-row[found], kind="stable")])

    def _classes(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return how sure the network is of each class, shape (N, 1000), in 0 to 1; a row adds up to 1."""
        sums = features @ self._weights + self._bias
        sure: NDArray[np.float32] = np.exp(sums - sums.max(axis=1, keepdims=True))
        sure /= sure.sum(axis=1, keepdims=True)
        return sure


def _does_not_work(file: str, cause: Exception) -> Sentence:
    return say("The model {file} does not work ({cause}).", file=file, cause=cause)


def named(placed: Iterable[PlacedThing]) -> tuple[Thing, ...]:
    """Return what the detector surely found, each thing once, the surest first. Raises ``core.errors.ModelError``."""
    by_label = {known.placed: known for known in _known_things() if known.placed}
    sure = sorted(placed, key=lambda each: -each.confidence)
    found = [
        by_label[each.label].thing
        for each in sure
        if each.label in by_label and each.confidence >= by_label[each.label].least_placed
    ]
    return tuple(dict.fromkeys(found))


def known_things() -> tuple[Thing, ...]:
    """Return all that can be found, in the order of the table. Raises ``core.errors.ModelError``."""
    return tuple(known.thing for known in _known_things())


def label_of(thing: Thing) -> str:
    """Return what the detector calls a thing; "" where it is not asked. Raises ``core.errors.ModelError``."""
    return next((known.placed for known in _known_things() if known.thing == thing), "")


@cache
def _known_things() -> tuple[_KnownThing, ...]:
    try:
        text = resources.files(__package__).joinpath(_NAME).read_text("utf-8")
        return tuple(map(_thing, tomllib.loads(text)["thing"]))
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise ModelError(
            say(
                "The list of what pictures can show ({file}) is missing or damaged; reinstall Shortlist.",
                file=_NAME,
            )
        ) from error


def _thing(table: Mapping[str, Any]) -> _KnownThing:
    runs: Sequence[tuple[int, int]] = table["classes"]
    classes = tuple(number for first, last in runs for number in range(first, last + 1))
    return _KnownThing(
        Thing(table["word"], tuple(table["others"])),
        classes,
        float(table["least"]),
        str(table.get("placed", "")),
        float(table.get("least_placed", 1)),
    )
