"""What belongs to a photo: its files, and all the small ones that programs keep beside it.

Each small file of a folder is given to one photo at most, by the likeliest of the ``claims`` of its name that any
file there fulfils. So whatever reads, writes, moves or throws away asks the same question and gets the same answer,
and nothing is taken along that belongs to another photo: be that in the shoot or not.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from core.ingest.formats import Kind, kind_of
from core.ingest.frame_names import Claim, claims, folded
from core.sidecar.backups import BACKUP_SUFFIX, backup_of
from core.types import Photo, PhotoId

SUFFIX = ".xmp"

_STILLS = (Kind.PICTURE, Kind.RAW)


class Belongings:
    """Which small files lie beside which photo. Folders are listed once, so keep it no longer than one export.

    Sidecars of all programs count: XMP, and the likes of ``IMG_1.CR2.pp3``, ``IMG_1.dop`` or ``IMG_1.AAE``, and what
    darktable keeps of its duplicates (``IMG_1_01.CR2.xmp``). What is named like two photos belongs to the RAW, else
    to the first of them.

    Args:
        photos: all photos of the shoot, also those not to be exported: they too may own a file.
    """

    def __init__(self, photos: Iterable[Photo]) -> None:
        self._photos: dict[Path, list[Photo]] = defaultdict(list)
        for photo in photos:
            for folder in _folders_of(photo):
                self._photos[folder].append(photo)
        self._folders: dict[Path, _Folder] = {}

    def frame(self, photo: Photo) -> tuple[Path, ...]:
        """Return the pictures, RAWs and films of a frame, the shown one first."""
        return (photo.path, *photo.companions)

    def xmp(self, photo: Photo) -> tuple[Path, ...]:
        """Return the XMP sidecars that speak of the photo itself, as they are named on disk, in order."""
        folders = map(self._of, _folders_of(photo))
        return tuple([file for folder in folders for file in folder.xmp.get(photo.id, ())])

    def sidecars(self, photo: Photo, *, backups: bool = True) -> tuple[Path, ...]:
        """Return the small files that belong to it, XMP first.

        Args:
            photo: whose.
            backups: with those of its XMP sidecars: where the photo goes, they would be left behind.
        """
        folders = [self._of(folder) for folder in _folders_of(photo)]
        found = [*self.xmp(photo), *(file for each in folders for file in each.others.get(photo.id, ()))]
        if backups:
            kept = (backup_of(file) for file in found)
            found += [file for file in kept if os.path.lexists(file)]
            found += [file for each in folders for file in each.backups.get(photo.id, ())]
        return tuple(dict.fromkeys(found))

    def may_name(self, photo: Photo, stem: str) -> bool:
        """Tell whether ``stem.xmp`` is the photo's: it has it already, or comes first of all that share the stem."""
        folder = self._of(owner_of(photo).parent)
        if any(file.stem == stem for file in folder.xmp.get(photo.id, ())):
            return True
        owners = folder.owners.frames.get(folded(stem), ())
        return bool(owners) and min(owners, key=lambda owner: owner.rank).photo_id == photo.id

    def _of(self, path: Path) -> "_Folder":
        folder = self._folders.get(path)
        if folder is None:
            folder = self._folders[path] = _Folder(path, self._photos.get(path, ()))
        return folder


def _folders_of(photo: Photo) -> tuple[Path, ...]:
    """Return the folders in which files of a frame lie: mostly one, and that of its RAW where it lies elsewhere."""
    if not photo.companions:
        return (photo.path.parent,)
    return tuple(dict.fromkeys(file.parent for file in (photo.path, *photo.companions)))


def has_sidecars(folder: Path) -> bool:
    """Tell whether any file of a folder is an XMP sidecar; False where it cannot be listed."""
    return any(name.lower().endswith(SUFFIX) for name in _names(folder))


def owner_of(photo: Photo) -> Path:
    """Return the file a sidecar named after the frame is for: the RAW, where the photo has one."""
    return next((file for file in stills_of(photo) if kind_of(file) is Kind.RAW), photo.path)


def stills_of(photo: Photo) -> Iterator[Path]:
    """Yield the photo's files that programs show as photos of their own; not the film of a Live Photo."""
    yield photo.path
    yield from (file for file in photo.companions if kind_of(file) in _STILLS)


@dataclass(frozen=True, slots=True)
class _Owner:
    """A file that may own smaller ones.

    Attributes:
        name: its name, or its stem.
        rank: the lower comes first: RAWs, then the order of the shoot, then files that are not in it.
        photo_id: whose it is, None where it is not in the shoot.
        is_still: not the film of a picture; one on its own is what is shown, and sidecars speak of it.
    """

    name: str
    rank: tuple[bool, int]
    photo_id: PhotoId | None
    is_still: bool


class _Owners:
    """The pictures, RAWs and films of a folder by what small files can be named after."""

    def __init__(self, names: Iterable[str], photos: Iterable[Photo], folder: Path) -> None:
        self.files: dict[str, list[_Owner]] = defaultdict(list)
        self.frames: dict[str, list[_Owner]] = defaultdict(list)
        known: set[str] = set()
        number = 0
        for number, photo in enumerate(photos):
            rank = kind_of(owner_of(photo)) is not Kind.RAW, number
            for file in (each for each in (photo.path, *photo.companions) if each.parent == folder):
                known.add(file.name)
                self._add(file.name, rank, photo.id, is_shown=file == photo.path)
        for name in names:
            if name not in known and kind_of(name) in _STILLS:
                self._add(name, (kind_of(name) is not Kind.RAW, number + 1), None)

    def of(self, claim: Claim) -> _Owner | None:
        """Return the owner that this claim names, None where nothing of that name is there."""

        def distance(owner: _Owner) -> tuple[bool, bool, bool, int]:
            other_form = owner.name != claim.name  # they differ in case or Unicode form
            return owner.rank[0], not owner.is_still, other_form, owner.rank[1]

        found = (self.files if claim.of_file else self.frames).get(folded(claim.name), ())
        return min(found, key=distance, default=None)

    def _add(
        self, name: str, rank: tuple[bool, int], photo_id: PhotoId | None, *, is_shown: bool = False
    ) -> None:
        stem = os.path.splitext(name)[0]  # noqa: PTH122 - for each file of a folder
        is_still = is_shown or kind_of(name) in _STILLS
        self.files[folded(name)].append(_Owner(name, rank, photo_id, is_still))
        self.frames[folded(stem)].append(_Owner(stem, rank, photo_id, is_still))


class _Folder:
    """One folder: its small files, each with the photo it belongs to."""

    def __init__(self, path: Path, photos: Iterable[Photo]) -> None:
        names = _names(path)
        self.owners = _Owners(names, photos, path)
        xmp: dict[PhotoId, list[Path]] = defaultdict(list)
        others: dict[PhotoId, list[Path]] = defaultdict(list)
        backups: dict[PhotoId, list[Path]] = defaultdict(list)
        for name in names:
            bare = name.removesuffix(BACKUP_SUFFIX)
            if kind_of(bare) is not Kind.SIDECAR:
                continue
            photo_id, speaks = self._whose(bare)
            if photo_id is None:
                continue
            home = backups if bare != name else xmp if speaks else others
            home[photo_id].append(path / name)
        self.xmp, self.others, self.backups = (
            {photo_id: tuple(files) for photo_id, files in home.items()} for home in (xmp, others, backups)
        )

    def _whose(self, name: str) -> tuple[PhotoId | None, bool]:
        """Return the photo a small file belongs to, if any; and whether it is an XMP sidecar of the photo itself."""
        for claim in claims(name):
            owner = self.owners.of(claim)
            if owner is not None:
                return owner.photo_id, claim.speaks and owner.is_still and name.lower().endswith(SUFFIX)
        return None, False


def _names(folder: Path) -> list[str]:
    """Return the names in a folder, in order; none where it cannot be listed."""
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - names are all that is needed
    except OSError:
        return []
