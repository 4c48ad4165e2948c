"""The place that all panes of a view look at: the same thing in each photo, wherever it lies there."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from core.types import PhotoId
from ui.views.zoom import Place


class SharedPlace:
    """Keeps how far each photo's place is from the active one's, so that nothing jumps while the user drags.

    Attributes:
        place: in the active photo.
    """

    def __init__(self) -> None:
        self.place = Place()
        self._offsets: dict[PhotoId, tuple[float, float]] = {}

    def of(self, photo_id: PhotoId) -> Place:
        """Return the place in a photo."""
        across, down = self._offsets.get(photo_id, (0.0, 0.0))
        return replace(self.place, x=self.place.x + across, y=self.place.y + down)

    def follow(self, photo_id: PhotoId, place: Place) -> None:
        """Look where a photo is looked at now, at the same distances from it as before."""
        across, down = self._offsets.get(photo_id, (0.0, 0.0))
        self.place = replace(place, x=place.x - across, y=place.y - down)

    def find(self, photo_ids: Iterable[PhotoId], place_in: Callable[[PhotoId], Place]) -> None:
        """Find the distances anew.

        Args:
            photo_ids: all but the active one.
            place_in: finds in such a photo what is looked at in the active one.
        """
        self._offsets = {}
        for photo_id in photo_ids:
            there = place_in(photo_id)
            self._offsets[photo_id] = (there.x - self.place.x, there.y - self.place.y)

    def clear(self) -> None:
        """Look at the whole photo."""
        self.place = Place()
        self._offsets = {}
