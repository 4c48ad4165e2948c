"""All the files of a frame: what has to go along when a photo goes elsewhere."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from core.ingest.formats import Kind, kind_of
from core.sidecar.sidecar_names import SUFFIX, SidecarNames
from core.sidecar.xmp_writer import BACKUP_SUFFIX
from core.types import Photo, PhotoId


class Belongings:
    """Which small files lie beside which photo. Folders are listed once, so keep it no longer than one export.

    Sidecars of all programs count: XMP, and the likes of ``IMG_1.CR2.pp3``, ``IMG_1.dop`` or ``IMG_1.AAE``.
    What is named like two photos belongs to the first of them.

    Args:
        photos: all photos of the shoot, also those not to be exported: they too may own a file.
    """

    def __init__(self, photos: Iterable[Photo]) -> None:
        photos = tuple(photos)
        self._xmp = SidecarNames(photos)
        self._folders: dict[Path, dict[str, list[Path]]] = {}
        self._owner: dict[tuple[Path, str], PhotoId] = {}
        for photo in photos:
            for file in (photo.path, *photo.companions):
                self._owner.setdefault((file.parent, file.name.casefold()), photo.id)
        for photo in photos:
            self._owner.setdefault((photo.path.parent, photo.path.stem.casefold()), photo.id)

    def frame(self, photo: Photo) -> tuple[Path, ...]:
        """The pictures, RAWs and films of a frame, the shown one first."""
        return (photo.path, *photo.companions)

    def sidecars(self, photo: Photo, *, backups: bool = True) -> tuple[Path, ...]:
        """The small files that belong to it.

        Args:
            photo: whose.
            backups: with those of its XMP sidecars: where the photo goes, they would be left behind.
        """
        found = list(self._xmp.existing(photo))
        for file in self.frame(photo):
            listed = self._listed(file.parent)
            for key in (file.name.casefold(), file.stem.casefold()):
                if self._owner.get((file.parent, key)) == photo.id:
                    found += [one for one in listed[key] if one.suffix.casefold() != SUFFIX]
        if backups:
            kept = [file.with_name(file.name + BACKUP_SUFFIX) for file in found]
            found += [file for file in kept if file.exists()]
        return tuple(dict.fromkeys(found))

    def _listed(self, folder: Path) -> dict[str, list[Path]]:
        """The sidecars of a folder by what stands before their last suffix; none where it cannot be listed."""
        listed = self._folders.get(folder)
        if listed is None:
            listed = self._folders[folder] = defaultdict(list)
            try:
                for file in sorted(folder.iterdir()):
                    if kind_of(file) is Kind.SIDECAR:
                        listed[file.stem.casefold()].append(file)
            except OSError:
                listed.clear()
        return listed
