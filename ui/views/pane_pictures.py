"""Which picture there is of the photo in a pane: its own pixels, one of the screen's size, or the thumbnail."""

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage

from core.types import Analysis, Photo, PhotoId
from ui.imaging.pictures import Pixels
from ui.imaging.rendering import seen_part
from ui.views.pane_sources import PaneSources
from ui.views.zoom import size_told


class PanePictures:
    """Chooses among what is decoded.

    Args:
        sources: of large pictures, and of small ones that stand in until there is one.
    """

    def __init__(self, sources: PaneSources) -> None:
        self._prefetcher = sources.prefetcher
        self._thumbnails = sources.thumbnails

    def size(self, photo: Photo, analysis: Analysis | None) -> QSizeF | None:
        """Return the pixels of the upright photo at full resolution, mostly known long before it is decoded."""
        full = self._prefetcher.full_picture(photo.id)
        if full is not None:
            return QSizeF(full.size)
        if (told := size_told(photo, analysis)) is not None:
            return told
        picture = self._stand_in(photo.id)
        return QSizeF(picture.size()) if picture is not None else None

    def sharp(self, photo_id: PhotoId, target: QRectF, view: QSizeF) -> Pixels | None:
        """Return the photo's own pixels: all, or those that came first where they are what is seen.

        Args:
            photo_id: which photo.
            target: where all of it would lie, in device pixels of the pane.
            view: the pane's size in device pixels.
        """
        if (full := self._prefetcher.full_picture(photo_id)) is not None:
            return full
        part = self._prefetcher.seen_picture(photo_id)
        is_enough = part is not None and part.there.contains(seen_part(part.size, target, view))
        return part if is_enough else None

    def large(self, photo_id: PhotoId, fitted: bool) -> Pixels | QImage | None:
        """Return the best picture there is of a photo but its thumbnail, for all of it or for a part."""
        full = self._prefetcher.full_picture(photo_id)
        picture = self._prefetcher.picture(photo_id)
        return (picture or full) if fitted else (full or picture)

    def best(self, photo_id: PhotoId, target: QRectF, view: QSizeF, fitted: bool) -> Pixels | QImage | None:
        """Return the best picture there is of a photo, the thumbnail at last. Arguments as for ``sharp``."""
        sharp = None if fitted else self.sharp(photo_id, target, view)
        return sharp or self.large(photo_id, fitted) or self._stand_in(photo_id)

    def _stand_in(self, photo_id: PhotoId) -> QImage | None:
        """Return the picture at screen size, else the thumbnail."""
        picture = self._prefetcher.picture(photo_id)
        if picture is None and (thumbnail := self._thumbnails(photo_id)) is not None:
            picture = thumbnail.toImage()
        return None if picture is None or picture.isNull() else picture
