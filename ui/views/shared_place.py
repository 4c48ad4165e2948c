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

    def of(self, photo_id: PhotoId, seen: Place | None = None) -> Place:
        """Return the place in a photo.

        Args:
            photo_id: any.
            seen: what is seen of the active photo, which near its edges is not all that is looked at; the same is
                to be seen of the others, even beyond their edges. None where it is not known.
        """
        if photo_id not in self._offsets:
            return self.place
        across, down = self._offsets[photo_id]
        here = seen or self.place
        moved = bool(across or down)
        return replace(here, x=here.x + across, y=here.y + down, beyond=here.beyond or moved)

    def follow(self, photo_id: PhotoId, place: Place) -> None:
        """Look where a photo is looked at now, at the same distances from it as before."""
        across, down = self._offsets.get(photo_id, (0.0, 0.0))
        self.place = replace(place, x=place.x - across, y=place.y - down, beyond=photo_id in self._offsets)

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
