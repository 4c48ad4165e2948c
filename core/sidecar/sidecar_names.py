"""How the sidecars of a photo are named.

There are two customs. Adobe's programs, Capture One and Photo Mechanic name it ``IMG_1234.xmp``, whichever
file it is for; darktable and digiKam ``IMG_1234.CR2.xmp``, one for each file. Both are read. Those are written that
the user chose (one or both), and besides them every sidecar of the photo that exists already under the other custom:
otherwise the two would contradict each other. One that exists is never doubled because its name is written in other
case, or in another Unicode form.

Of a RAW and a JPEG of one name, ``IMG_1234.xmp`` belongs to the RAW. Of several photos of one name (an
unpaired PNG beside the JPEG), it belongs to the RAW, else to the first; the others get a name of the second
kind.
"""

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from core.ingest.formats import Kind, kind_of
from core.ingest.frame_names import folded
from core.sidecar.belongings import SUFFIX, Belongings, owner_of, stills_of
from core.types import Photo


class SidecarNaming(StrEnum):
    """How new sidecars are named."""

    ADOBE = "adobe"  # IMG_1234.xmp
    FULL = "full"  # IMG_1234.CR2.xmp
    BOTH = "both"  # one of each, with the same content


class SidecarNames:
    """The sidecars of a shoot. Folders are listed once, so keep it no longer than one export.

    Args:
        photos: all photos of the shoot, also those not to be exported: they too may own a name.
        naming: how new sidecars are named.
    """

    def __init__(self, photos: Iterable[Photo], naming: SidecarNaming = SidecarNaming.ADOBE) -> None:
        self._naming = naming
        self._belongings = Belongings(photos)

    def to_write(self, photo: Photo) -> tuple[Path, ...]:
        """Return the sidecars a decision about the photo goes into, whether they exist yet or not."""
        existing = self.existing(photo)
        there = {folded(file.name) for file in existing}
        missing = [name for name in self._wanted(photo) if folded(name.name) not in there]
        return self._in_order(photo, [*existing, *missing])

    def existing(self, photo: Photo) -> tuple[Path, ...]:
        """Return the sidecars the photo has; those of the chosen custom first."""
        found = self._belongings.xmp(photo)
        return found if len(found) < 2 else self._in_order(photo, found)

    def _in_order(self, photo: Photo, files: Iterable[Path]) -> tuple[Path, ...]:
        """Sort files so that those of the chosen custom come first, in its order."""
        places = {folded(name.name): place for place, name in enumerate(self._wanted(photo))}
        return tuple(sorted(files, key=lambda file: places.get(folded(file.name), len(places))))

    def extension(self, photo: Photo, sidecar: Path) -> str:
        """Return the RAW's extension for ``new_packet`` where the sidecar's name does not tell whose it is, else ""."""
        owner = owner_of(photo)
        if kind_of(owner) is Kind.RAW and folded(sidecar.name) == folded(_short(owner).name):
            return owner.suffix[1:]
        return ""

    def _wanted(self, photo: Photo) -> list[Path]:
        """Return the names of the chosen custom."""
        owner = owner_of(photo)
        stills = [owner, *(file for file in stills_of(photo) if file != owner)]
        full = [file.with_name(file.name + SUFFIX) for file in stills]
        short = _short(owner)
        if not self._belongings.may_name(photo, short.stem):
            return full[:1]
        match self._naming:
            case SidecarNaming.ADOBE:
                return [short]
            case SidecarNaming.FULL:
                return full
            case SidecarNaming.BOTH:
                return [short, *full]


def _short(owner: Path) -> Path:
    return owner.with_suffix(SUFFIX)
