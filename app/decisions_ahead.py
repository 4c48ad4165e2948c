"""What was decided on photos, read by the run before the window takes them in: of many that takes too long there."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence

from core.errors import StoreError
from core.types import Decision, Photo, PhotoId

_log = logging.getLogger(__name__)


class DecisionsAhead:
    """Looks decisions up on the thread of a run, each photo's once; one for every run.

    Args:
        load: as ``SessionStore.load_decisions``; may be called on any thread.
    """

    def __init__(self, load: Callable[[Iterable[Photo]], Mapping[PhotoId, Decision]]) -> None:
        self._load = load
        self._looked_up: set[PhotoId] = set()
        self._found: dict[PhotoId, Decision] = {}

    def look_up(self, photos: Sequence[Photo]) -> None:
        """Look up what is decided on those not looked up yet; where that fails the window tries, and says so."""
        new = [photo for photo in photos if photo.id not in self._looked_up]
        try:
            self._found.update(self._load(new))
        except StoreError:
            _log.info("decisions are not read ahead", exc_info=True)
            return
        self._looked_up.update(photo.id for photo in new)

    def on(self, photos: Sequence[Photo]) -> Mapping[PhotoId, Decision] | None:
        """Return the decisions there are on some photos, or more of them; None where one was not looked up."""
        if all(photo.id in self._looked_up for photo in photos):
            return self._found
        return None
