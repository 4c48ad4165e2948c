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
        self._found: dict[PhotoId, Decision] = {}

    def look_up(self, photos: Sequence[Photo]) -> None:
        """Look up what is decided on those not looked up yet; where that fails the window tries, and says so."""
        new = [photo for photo in photos if photo.id not in self._found]
        try:
            found = self._load(new)
        except StoreError:
            _log.info("decisions are not read ahead", exc_info=True)
            return
        self._found.update((photo.id, found.get(photo.id) or Decision(photo.id)) for photo in new)

    def on(self, photos: Sequence[Photo]) -> Mapping[PhotoId, Decision] | None:
        """Return a decision on each of some photos, or on more of them; None where one was not looked up.

        It is an empty one where nothing was decided.
        """
        if all(photo.id in self._found for photo in photos):
            return self._found
        return None
