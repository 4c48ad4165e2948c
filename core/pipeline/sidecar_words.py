"""What sidecars say of a photo itself: how it is to be turned, when it was taken, and what it shows, in words.

Lightroom notes the turn of a RAW there, digiKam that of any file it was told not to touch. A date counts where the
photo has none but its file's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from core.cancelling import Cancelled
from core.errors import SidecarError
from core.ingest.camera_time import CameraTime
from core.ingest.formats import Kind, kind_of
from core.ingest.frame_names import folded
from core.pipeline.marks import with_sidecars
from core.sidecar.belongings import SUFFIX, owner_of, stills_of
from core.sidecar.legible import parse_to_read
from core.sidecar.sidecar_names import SidecarNames
from core.sidecar.xmp_packet import PacketError
from core.sidecar.xmp_times import orientation_of, times_of
from core.sidecar.xmp_words import words_of
from core.sidecar.xmp_writer import load_sidecar
from core.types import Photo, TimeSource, WrittenWords

_TELLING = (
    *(b"Orientation", b"subject", b"hierarchicalSubject", b"TagsList", b"title", b"description", b"Headline"),
    *(b"Location", b"City", b"State", b"Country", b"Regions"),
)
_TURN_THEMSELVES = frozenset({".heic", ".heif", ".hif", ".avif", ".tif", ".tiff"})  # whatever a sidecar says


class _Words(NamedTuple):
    """One sidecar's.

    Attributes:
        changed_ns: when it was written.
        orientation, time: None where it says nothing.
        written: what the picture shows.
    """

    path: Path
    changed_ns: int
    orientation: int | None = None
    time: CameraTime | None = None
    written: WrittenWords = WrittenWords()


class SidecarWords:
    """What the sidecars of one run say; each is read once.

    Args:
        cancelled: asked between photos.
    """

    def __init__(self, cancelled: Cancelled) -> None:
        self._cancelled = cancelled
        self._said: dict[Path, _Words] = {}

    def applied(self, photos: Sequence[Photo], own: Mapping[Path, int]) -> tuple[Photo, ...]:
        """Return the photos turned and dated as their sidecars say.

        Args:
            photos: as they are shown, with their companions.
            own: how each file of the shoot says itself that it is turned, companions too.
        """
        beside = with_sidecars(photos)
        if not beside:
            return tuple(photos)
        names = SidecarNames(photos)

        def told(photo: Photo) -> Photo:
            if photo.id not in beside or self._cancelled():
                return photo
            is_dated = photo.time_source is TimeSource.EXIF
            latest_last = sorted(
                (self._read(path, is_dated) for path in names.existing(photo)),
                key=lambda words: words.changed_ns,
            )
            return _described(_dated(_turned(photo, latest_last, own), latest_last), latest_last)

        return tuple(map(told, photos))

    def _read(self, path: Path, is_dated: bool) -> _Words:
        if path not in self._said:
            words = _Words(path, 0)
            try:
                sidecar = load_sidecar(path)
                words = words._replace(changed_ns=sidecar.stamp.mtime_ns)
                text = sidecar.data.replace(b"\0", b"")  # of any width
                # Else it need not be parsed.
                if any(word in text for word in _TELLING) or (b"Date" in text and not is_dated):
                    packet = parse_to_read(sidecar.data)
                    times = times_of(packet)
                    words = words._replace(
                        orientation=orientation_of(packet),
                        time=times.taken or times.digitized,
                        written=words_of(packet),
                    )
            except (SidecarError, PacketError):
                pass  # what reads the marks reports it
            self._said[path] = words
        return self._said[path]


def _turned(photo: Photo, sidecars: Sequence[_Words], own: Mapping[Path, int]) -> Photo:
    """Turn a photo by the latest sidecar where the file says otherwise.

    What is said of a RAW counts also for the JPEG that the camera made with it, if both lie alike. Of other pictures
    it counts only where the file itself says nothing of a turn: else it may be older than that.
    """
    told = [(words.path, words.orientation) for words in sidecars if words.orientation is not None]
    if not told or photo.path.suffix.lower() in _TURN_THEMSELVES:
        return photo
    sidecar, wanted = told[-1]
    subject = _subject(photo, sidecar)
    before = own.get(subject, photo.orientation)
    is_noted_here_alone = kind_of(subject) is Kind.RAW or before == 1
    if wanted == before or photo.orientation != before or not is_noted_here_alone:
        return photo
    return replace(photo, orientation=wanted, turn=wanted)


def _dated(photo: Photo, sidecars: Sequence[_Words]) -> Photo:
    times = [words.time for words in sidecars if words.time is not None]
    if not times or photo.time_source is TimeSource.EXIF:
        return photo
    time = times[-1]
    return replace(photo, taken_at=time.wall, utc_offset_minutes=time.offset, time_source=TimeSource.EXIF)


def _described(photo: Photo, sidecars: Sequence[_Words]) -> Photo:
    """Add what sidecars say in words to what the photo says itself."""
    written = photo.words
    for words in sidecars:
        written = written | words.written
    return photo if written is photo.words else replace(photo, words=written)


def _subject(photo: Photo, sidecar: Path) -> Path:
    """Return the file that a sidecar is about: the one whose whole name it bears, else the owner of the short name."""
    named = folded(sidecar.name)
    return next(
        (still for still in stills_of(photo) if folded(still.name + SUFFIX) == named), owner_of(photo)
    )
