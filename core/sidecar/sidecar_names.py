"""Which sidecar belongs to which photo.

There are two customs. Adobe's programs, Capture One and Photo Mechanic name it ``IMG_1234.xmp``, whichever
file it is for; darktable and digiKam ``IMG_1234.CR2.xmp``, one for each file. Both are read. Written is the
one the user chose, or each, and besides it every sidecar of the photo that exists already under the other custom:
else the two would contradict each other.

Of a RAW and a JPEG of one name, ``IMG_1234.xmp`` belongs to the RAW. Of several photos of one name (an
unpaired PNG beside the JPEG), it belongs to the RAW, else to the first; the others get a name of the second
kind.
"""

import os
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path

from core.ingest.formats import Kind, kind_of
from core.types import Photo, PhotoId

SUFFIX = ".xmp"


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
        self._folders: dict[Path, dict[str, list[str]]] = {}
        self._owners: dict[str, PhotoId] = {}  # by the short name
        for photo in sorted(photos, key=lambda one: kind_of(owner_of(one)) is not Kind.RAW):
            self._owners.setdefault(_key(_short(photo)), photo.id)

    def to_write(self, photo: Photo) -> tuple[Path, ...]:
        """The sidecars a decision about the photo goes into, whether they exist yet or not."""
        wanted, others = self._candidates(photo)
        existing = (found for name in others if (found := self._existing(name)))
        return (*(self._existing(name) or name for name in wanted), *existing)

    def existing(self, photo: Photo) -> tuple[Path, ...]:
        """The sidecars the photo has; those of the chosen custom first."""
        wanted, others = self._candidates(photo)
        return tuple(found for name in (*wanted, *others) if (found := self._existing(name)))

    def extension(self, photo: Photo, sidecar: Path) -> str:
        """For ``new_packet``: the RAW's extension where the sidecar's name does not tell whose it is."""
        owner = owner_of(photo)
        if kind_of(owner) is Kind.RAW and _key(sidecar) == _key(_short(photo)):
            return owner.suffix[1:]
        return ""

    def _candidates(self, photo: Photo) -> tuple[list[Path], list[Path]]:
        """Names of the chosen custom, and of the other."""
        owner = owner_of(photo)
        stills = [owner, *(file for file in stills_of(photo) if file != owner)]
        full = [file.with_name(file.name + SUFFIX) for file in stills]
        short = _short(photo)
        if self._owners.get(_key(short)) != photo.id:
            return full[:1], full[1:]
        match self._naming:
            case SidecarNaming.ADOBE:
                return [short], full
            case SidecarNaming.FULL:
                return full, [short]
            case SidecarNaming.BOTH:
                return [short, *full], []

    def _existing(self, sidecar: Path) -> Path | None:
        """The file as it is named on disk: ``IMG_1234.XMP`` is the same sidecar on any disk."""
        folder = self._folders.get(sidecar.parent)
        if folder is None:
            folder = self._folders[sidecar.parent] = _list(sidecar.parent)
        names = folder.get(sidecar.name.casefold())
        if not names:
            return None
        return sidecar if sidecar.name in names else sidecar.with_name(names[0])


def has_sidecars(folder: Path) -> bool:
    """Whether any file of a folder is a sidecar; False where it cannot be listed."""
    return bool(_list(folder))


def owner_of(photo: Photo) -> Path:
    """The file a short-named sidecar is for: the RAW, where the photo has one."""
    return next((file for file in stills_of(photo) if kind_of(file) is Kind.RAW), photo.path)


def stills_of(photo: Photo) -> Iterator[Path]:
    """The photo's files that programs show as photos of their own; not the film of a Live Photo."""
    yield photo.path
    yield from (file for file in photo.companions if kind_of(file) in (Kind.PICTURE, Kind.RAW))


def _short(photo: Photo) -> Path:
    return owner_of(photo).with_suffix(SUFFIX)


def _key(path: Path) -> str:
    """Equal for names that are one file on a disk that ignores case."""
    return os.fspath(path).casefold()


def _list(folder: Path) -> dict[str, list[str]]:
    """Sidecars of a folder by folded name; none where it cannot be listed."""
    names: dict[str, list[str]] = {}
    try:
        with os.scandir(folder) as listing:
            for name in sorted(item.name for item in listing):
                if name.casefold().endswith(SUFFIX):
                    names.setdefault(name.casefold(), []).append(name)
    except OSError:
        return {}
    return names
