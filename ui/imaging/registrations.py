"""How frames of a burst lie over each other to a pixel, found in a thread of its own for those that are looked at."""

import logging
from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QObject

from core.errors import PhotoError
from core.grouping.registration import LONG_SIDE, FrameCorners, Registration, corners_of, register
from core.types import PhotoId
from ui.imaging.answers import Answers
from ui.imaging.pictures import PictureSource
from ui.imaging.workers import RightOfWay

_LOG = logging.getLogger(__name__)
_KEPT = 1000  # pairs, each of them both ways
_CORNERS_KEPT = 40  # frames; 100 KB each

Pair = tuple[PhotoId, PhotoId]


class Registrations(Answers[Pair, Registration | None]):
    """Lays pairs of frames over each other that are asked for.

    Args:
        source: decodes photos.
        parent: of the object.
        way: as for ``Answers``.
    """

    def __init__(
        self, source: PictureSource, parent: QObject | None = None, way: RightOfWay | None = None
    ) -> None:
        super().__init__("registrations", _KEPT, None, parent, way)
        self._source = source
        self._corners = lru_cache(_CORNERS_KEPT)(self._find_corners)  # in the worker thread only

    def want(self, pairs: Sequence[Pair]) -> None:
        """Ask for pairs, most wanted first; what was asked for before is called off."""
        missing = [pair for pair in pairs if pair[0] != pair[1] and not self.is_known(*pair)]
        self._workers.want(tuple(dict.fromkeys(missing)))

    def is_known(self, one: PhotoId, other: PhotoId) -> bool:
        """Return whether it was tried to lay these over each other."""
        return (one, other) in self._known

    def between(self, one: PhotoId, other: PhotoId) -> Registration | None:
        """Return where the first frame's places are in the other; None where that is not known. Never waits."""
        return self._known.get((one, other))

    def _find_corners(self, photo_id: PhotoId) -> FrameCorners:
        self._workers.give_way()
        picture = self._source.load(photo_id, (LONG_SIDE, LONG_SIDE)).rgb
        self._workers.give_way()
        return corners_of(picture)

    def _find(self, pair: Pair) -> Registration | None:
        try:
            corners = self._corners(pair[0]), self._corners(pair[1])
            self._workers.give_way()
            return register(*corners)
        except PhotoError as error:
            _LOG.info("Not laid over each other: %s", error)
            return None

    def _keep(self, pair: Pair, found: Registration | None) -> None:
        super()._keep(pair, found)
        super()._keep(pair[::-1], found.inverse() if found is not None else None)

    def _about(self, pair: Pair) -> str:
        return " over ".join(pair)
