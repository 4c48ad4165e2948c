"""Names the things that pictures show, for whoever has the looks of the pictures: the library of all shoots."""

import logging
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from core.errors import ModelError
from core.library.library import NameThings
from core.protocols import ModelsFactory
from core.types import Thing
from models.things import ThingFinder

_log = logging.getLogger(__name__)


def name_things(models: ModelsFactory) -> NameThings:
    """Return what names the things in pictures by their looks; None for each where another embedder made these."""

    def named(looks: NDArray[np.float32]) -> Iterable[tuple[Thing, ...] | None]:
        try:
            finder = ThingFinder()
            if finder.embedder_sha256 == models.embedder_sha256:
                return tuple(finder.find(looks))
        except ModelError as error:
            _log.warning("nothing is known of what photos show: %s", error)
        return (None,) * len(looks)

    return named
