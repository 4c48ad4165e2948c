"""Where the screen's pictures come from: kept thumbnails first, otherwise the photo files."""

from collections.abc import Callable, Iterable
from pathlib import Path

from core.errors import PhotoError
from core.ingest.decoder import decode, decode_at_least
from core.ingest.first_rows import decode_first_rows
from core.ingest.frame import decode_frame, frame_reduced
from core.ingest.raw_truth import RawTruth, raw_truth
from core.ingest.thumbnail import SIDE, thumbnail
from core.language import say
from core.persistence.thumbnail_cache import ThumbnailCache
from core.shoot.shoot import Shoot
from core.types import Box, Photo, PhotoId
from ui.imaging.pictures import Pixels


class Pictures:
    """Finds the photo behind an id; called from the screen's worker threads."""

    def __init__(self) -> None:
        self._shoot = Shoot()
        self._others: dict[PhotoId, Photo] = {}

    def know(self, photos: Iterable[Photo]) -> None:
        """Know photos of other shoots too, in the place of those known before."""
        self._others = {photo.id: photo for photo in photos}

    def set_shoot(self, shoot: Shoot) -> None:
        """Look photos up in another shoot from now on."""
        self._shoot = shoot

    def photo(self, photo_id: PhotoId) -> Photo | None:
        """Return the photo; None where it is of a former shoot, or of another that nobody told of."""
        return self._shoot.photos.get(photo_id) or self._others.get(photo_id)

    def is_damaged(self, photo_id: PhotoId) -> bool:
        """Tell whether the photo's own file is known to be damaged."""
        analysis = self._shoot.analyses.get(photo_id)
        return analysis is not None and analysis.damage is not None


class Thumbnails:
    """Small pictures: those the pipeline kept, else a quick look into the file."""

    def __init__(self, pictures: Pictures, kept: ThumbnailCache) -> None:
        self._pictures = pictures
        self._kept = kept

    def load(self, photo_id: PhotoId) -> bytes | None:
        """Return an upright sRGB JPEG; None for a photo of a former shoot. Raises PhotoError."""
        photo = self._pictures.photo(photo_id)
        if photo is None:
            return None
        kept = self._kept.get(photo)
        if kept is not None:
            return kept
        return thumbnail(frame_reduced(photo, SIDE))


def thumbnails_of(shoot: Shoot, kept: ThumbnailCache) -> Callable[[Photo], bytes | None]:
    """Make what gives the small pictures of a shoot; None for a photo that cannot be shown."""
    pictures = Pictures()
    pictures.set_shoot(shoot)
    thumbnails = Thumbnails(pictures, kept)

    def load(photo: Photo) -> bytes | None:
        try:
            return thumbnails.load(photo.id)
        except PhotoError:
            return None

    return load


class LargePictures:
    """Pictures for the loupe, straight from the photo files."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures

    def load(self, photo_id: PhotoId, box: tuple[int, int] | None) -> Pixels:
        """Return the upright photo, large enough to fill the box, or all of it. Raises PhotoError."""
        photo = self._pictures.photo(photo_id)
        if photo is None:
            raise PhotoError(Path(photo_id), say("It is not part of the open shoot."))
        by_raw = self._pictures.is_damaged(photo_id)
        if box is None:
            decoded = decode_frame(photo, decode, raw_first=by_raw)
        else:
            decoded = decode_frame(
                photo, lambda path, orientation: decode_at_least(path, orientation, box), raw_first=by_raw
            )
        return Pixels(decoded.rgb, decoded.icc, scaled=decoded.scale < 1)

    def load_seen(self, photo_id: PhotoId, seen: Box) -> Pixels | None:
        """Return what is seen of the photo at full resolution; None where only all of it can be decoded."""
        photo = self._pictures.photo(photo_id)
        if photo is None or self._pictures.is_damaged(photo_id):
            return None
        part = decode_first_rows(photo.path, photo.orientation, seen)
        return Pixels(part.rgb, part.icc, part.at, part.whole) if part is not None else None


class MeasuredRaws:
    """What the RAWs of photos themselves hold."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures

    def measure(self, photo_id: PhotoId) -> RawTruth | None:
        """Return what the photo's RAW holds; None where it has none. Raises PhotoError."""
        photo = self._pictures.photo(photo_id)
        return raw_truth(photo) if photo is not None else None
