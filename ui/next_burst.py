"""The next open burst, from where the user is: the one they are at counts once."""

from core.shoot.shoot import Shoot
from core.types import Cluster, ClusterId, PhotoId


class NextBurst:
    """Remembers which burst was gone to last, so that asking again goes on."""

    def __init__(self) -> None:
        self._gone_to: ClusterId | None = None

    def forget(self) -> None:
        """Start over: another shoot is opened."""
        self._gone_to = None

    def after(self, photo_id: PhotoId | None, shoot: Shoot, *, from_here: bool) -> Cluster | None:
        """Return the next open burst, None where none is left.

        Args:
            photo_id: the active photo; None where there is none.
            shoot: knows the bursts.
            from_here: the burst of the active photo counts too, unless it was gone to this way already.
        """
        own = shoot.cluster_of(photo_id) if photo_id in shoot.photos and photo_id is not None else None
        unasked = own is not None and own.id != self._gone_to
        found = shoot.next_open_burst(photo_id, own_too=from_here and unasked)
        if found is not None:
            self._gone_to = found.id
        return found
