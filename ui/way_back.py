"""The way back to the photo that was active before a shoot was opened again."""

from core.shoot.shoot import Shoot
from core.types import PhotoId
from ui.review_space import ReviewSpace


class WayBack:
    """Makes a photo the active one as soon as it is found.

    Args:
        space: where it is shown.
        photo_id: of a shoot that is being opened; None for its first one.
    """

    def __init__(self, space: ReviewSpace, photo_id: PhotoId | None = None) -> None:
        self._space = space
        self._wanted = photo_id
        self._shown: PhotoId | None = None  # which may go into a stack

    def photos_found(self, shoot: Shoot) -> None:
        """Go to the photo where it is there by now; once, for afterwards the user goes elsewhere."""
        if self._wanted in shoot.photos:
            self._space.go_to(self._wanted)
            self._shown, self._wanted = self._wanted, None

    def photos_grouped(self, shoot: Shoot) -> None:
        """Go to it once more where it went into a stack, and the user did not go elsewhere."""
        if self._shown is None or not shoot.analyses:
            return
        wanted, self._shown = self._shown, None
        current = self._space.current_photo()
        if wanted in shoot.photos and current in shoot.cluster_of(wanted).photo_ids:
            self._space.go_to(wanted)
