"""Where the screen's pictures come from: kept thumbnails first, the photo files else."""

from core.ingest.decoder import decode, decode_reduced, encode_jpeg, to_srgb
from core.persistence.thumbnail_cache import ThumbnailCache
from core.pipeline.shoot import Shoot
from core.protocols import RgbImage
from core.types import PhotoId

_THUMBNAIL_SIDE = 512
_QUALITY = 85


class Pictures:
    """Loads pictures of the open shoot; called from the screen's worker threads.

    Args:
        thumbnails: those kept by the pipeline.
    """

    def __init__(self, thumbnails: ThumbnailCache) -> None:
        self._thumbnails = thumbnails
        self._shoot = Shoot()

    def set_shoot(self, shoot: Shoot) -> None:
        """Looks photos up in another shoot from now on."""
        self._shoot = shoot

    def thumbnail(self, photo_id: PhotoId) -> bytes | None:
        """Upright sRGB JPEG; None for a photo of a former shoot. Raises PhotoError."""
        photo = self._shoot.photos.get(photo_id)
        if photo is None:
            return None
        kept = self._thumbnails.get(photo)
        if kept is not None:
            return kept
        return encode_jpeg(decode_reduced(photo.path, photo.orientation, _THUMBNAIL_SIDE), _QUALITY)

    def picture(self, photo_id: PhotoId, max_side: int | None) -> RgbImage:
        """Upright sRGB picture, at most ``max_side`` pixels a side, or all of them. Raises PhotoError."""
        photo = self._shoot.photos[photo_id]
        if max_side is not None:
            return decode_reduced(photo.path, photo.orientation, max_side)
        decoded = decode(photo.path, photo.orientation)
        return to_srgb(decoded.rgb, decoded.icc)
