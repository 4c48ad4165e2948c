"""Turns that are noted in sidecars alone: by Lightroom of RAWs, by digiKam of any file it was told to leave alone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from core.errors import SidecarError
from core.ingest.formats import Kind, kind_of
from core.ingest.frame_names import folded
from core.pipeline.cancel import Cancel
from core.pipeline.marks import with_sidecars
from core.sidecar.belongings import SUFFIX, owner_of, stills_of
from core.sidecar.legible import parse_to_read
from core.sidecar.sidecar_names import SidecarNames
from core.sidecar.xmp_packet import PacketError
from core.sidecar.xmp_times import orientation_of
from core.sidecar.xmp_writer import load_sidecar
from core.types import Photo

_TURN_THEMSELVES = frozenset({".heic", ".heif", ".hif", ".avif", ".tif", ".tiff"})  # whatever a sidecar says


class Turns:
    """What the sidecars of one run say; each is read once.

    Args:
        cancel: looked at between photos.
    """

    def __init__(self, cancel: Cancel) -> None:
        self._cancel = cancel
        self._said: dict[Path, tuple[int, int | None]] = {}

    def applied(self, photos: Sequence[Photo], own: Mapping[Path, int]) -> tuple[Photo, ...]:
        """The photos turned as their sidecars say where their files say otherwise.

        A sidecar's word for a RAW counts also for the JPEG that the camera made with it, if both lie alike. Of other
        pictures it counts only where the file itself says nothing of a turn: else it may be older than that.

        Args:
            photos: as they are shown, with their companions.
            own: what each file of the shoot says itself, companions too.
        """
        beside = with_sidecars([photo for photo in photos if _can_be_turned(photo)])
        if not beside:
            return tuple(photos)
        names = SidecarNames(photos)
        return tuple(
            self._turned(photo, names.existing(photo), own)
            if photo.id in beside and not self._cancel.is_set()
            else photo
            for photo in photos
        )

    def _turned(self, photo: Photo, sidecars: Sequence[Path], own: Mapping[Path, int]) -> Photo:
        said = [(*self._read(path), path) for path in sidecars]
        told = [
            (changed, orientation, path) for changed, orientation, path in said if orientation is not None
        ]
        if not told:
            return photo
        _, wanted, sidecar = max(told, key=lambda each: each[0])  # the one written last
        subject = _subject(photo, sidecar)
        before = own.get(subject, photo.orientation)
        is_noted_here_alone = kind_of(subject) is Kind.RAW or before == 1
        if wanted == before or photo.orientation != before or not is_noted_here_alone:
            return photo
        return replace(photo, orientation=wanted, turn=wanted)

    def _read(self, path: Path) -> tuple[int, int | None]:
        """When a sidecar was written, and the orientation it gives; None where it gives none, or cannot be read."""
        if path not in self._said:
            changed, orientation = 0, None
            try:
                sidecar = load_sidecar(path)
                changed = sidecar.stamp.mtime_ns
                if b"Orientation" in sidecar.data.replace(b"\0", b""):  # else it need not be taken apart
                    orientation = orientation_of(parse_to_read(sidecar.data))
            except (SidecarError, PacketError):
                pass  # whoever reads the marks says so
            self._said[path] = changed, orientation
        return self._said[path]


def _can_be_turned(photo: Photo) -> bool:
    return photo.path.suffix.lower() not in _TURN_THEMSELVES


def _subject(photo: Photo, sidecar: Path) -> Path:
    """The file that a sidecar is about: the one whose whole name it bears, else the owner of the short name."""
    named = folded(sidecar.name)
    return next(
        (still for still in stills_of(photo) if folded(still.name + SUFFIX) == named), owner_of(photo)
    )
