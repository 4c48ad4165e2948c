"""Photos of whatever shoot, as they are shown and decided on beside the open one."""

from collections.abc import Callable, Iterable

from app.bootstrap import Services
from core.language import tr
from core.persistence.library_rows import KnownFrame
from core.review.review import Review
from core.shoot.shoot import Shoot
from core.types import Photo, PhotoId


def found_words(frame: KnownFrame, shoot: Shoot, *more: str) -> str:
    """Say what a photo is called, where it is and what else is to be said of it, a line each.

    Args:
        frame: which.
        shoot: the open one.
        more: further lines; "" for none.
    """
    here = frame.photo.id in shoot.photos
    where = tr("in this shoot") if here else str(frame.photo.path.parent)
    return "\n".join(filter(None, (frame.photo.path.name, where, *more)))


def review_elsewhere(
    photos: Iterable[Photo], services: Services, decided: Callable[[Iterable[PhotoId]], object]
) -> tuple[Review, Shoot]:
    """Return what decides on photos of several shoots in one step, and what is decided of them.

    Args:
        photos: of whatever shoots.
        services: keep the decisions.
        decided: told of each photo that is decided on.

    Raises:
        StoreError: the decisions cannot be read.
    """
    shoot = Shoot()
    shoot.photos = {photo.id: photo for photo in photos}
    review = Review(
        services.decisions, [services.places.library], shoot, lambda photo_ids, _moved: decided(photo_ids)
    )
    review.load(shoot.photos.values())
    return review, shoot
