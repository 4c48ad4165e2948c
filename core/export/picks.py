"""The picks in a folder of their own: copied, or linked where that costs no space.

All of a frame goes along: its RAW, the film of a Live Photo, its sidecars. Nothing in the folder is written
over. A frame whose name is taken there by another picture gets a number behind its name, the same one for all
its files; what is there already with the same content is left as it is.
"""

import filecmp
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import BinaryIO

from core.errors import PhotoError
from core.export.planned import Action, PlannedFile
from core.sidecar.atomic_file import (
    FileStamp,
    existing_folder,
    sentence,
    stamp_of,
    sync_folder,
    temporary_beside,
    why_not_writable,
)
from core.sidecar.sidecar_names import SidecarNames
from core.types import Decision, Flag, Photo, PhotoId

_CHUNK = 2**20
_OTHER_DISK = "Copied, not linked: the folder is on another disk, where hard links cannot reach."
_OTHER_SIDECAR = "The folder has another version of this sidecar; it was left as it is."


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCopy(PlannedFile):
    """One file to copy or to link.

    Attributes:
        source: the original; it is only read.
        link: a hard link instead of a copy.
        stamp: of the source when planned.
    """

    source: Path
    stamp: FileStamp | None
    link: bool = False

    def carry_out(self) -> None:
        """Copies or links it; see the base class."""
        if stamp_of(self.source) != self.stamp:
            raise PhotoError(self.source, "It was changed after the export was planned; export once more.")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if self.link:
            _link(self.source, self.path)
        else:
            _copy(self.source, self.path)
        sync_folder(self.path.parent)


def plan_picks(
    photos: Iterable[Photo], decisions: Mapping[PhotoId, Decision], out_dir: Path, *, link: bool = False
) -> tuple[PlannedCopy, ...]:
    """Plans the copies of all photos flagged as picks.

    Sidecars are copied also where photos are linked: other programs write into them, and through a link they
    would change the original. They hold what was last written into them, so export XMP first.

    Args:
        photos: all photos of the shoot.
        decisions: by photo.
        out_dir: the folder; made if need be. All files go directly into it.
        link: hard links instead of copies; a file on another disk is copied nevertheless, and says so.
    """
    photos = tuple(photos)
    names = SidecarNames(photos)
    folder = _Folder(Path(os.path.abspath(out_dir)))  # noqa: PTH100 - resolve() would follow links
    plan: list[PlannedCopy] = []
    for photo in photos:
        decision = decisions.get(photo.id)
        if decision is None or decision.flag is not Flag.PICK:
            continue
        frame = (photo.path, *photo.companions)
        sidecars = names.existing(photo)
        number = folder.number_for(photo, frame, sidecars)
        plan += [folder.plan(file, _numbered(file, photo, number), link) for file in frame]
        plan += [
            folder.plan(file, _numbered(file, photo, number), link=False, changeable=True)
            for file in sidecars
        ]
    return tuple(plan)


class _Folder:
    """The folder as it will be once all that is planned so far is carried out."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sources: dict[str, Path] = {}  # by folded name: what will stand there
        self._device = _device_of(existing_folder(path / "file"))

    def number_for(self, photo: Photo, frame: tuple[Path, ...], sidecars: tuple[Path, ...]) -> int:
        """The first number under which every file of the frame finds its name free, or itself there.

        A sidecar only gives way to one of this export: another version of it from an earlier export does not
        make the frame another one.
        """
        for number in count(1):
            names = [(file, _numbered(file, photo, number)) for file in frame]
            taken = [(self._there(name), file) for file, name in names]
            taken += [
                (self._sources.get(_numbered(file, photo, number).casefold()), file) for file in sidecars
            ]
            if all(there is None or _same(file, there) for there, file in taken):
                return number
        raise AssertionError("numbers do not end")

    def plan(self, source: Path, name: str, link: bool, changeable: bool = False) -> PlannedCopy:
        """Plans one file under a name that has room for it; ``changeable`` files may lack that room."""
        path = self._path / name
        action, remark = Action.CREATE, ""
        stamp = None
        try:
            stamp = stamp_of(source)
            there = self._there(name)
            if stamp is None:
                action, remark = Action.REFUSED, "The original is not there any more."
            elif there is not None and _same(source, there):
                action = Action.UNCHANGED
            elif there is not None:
                action, remark = Action.REFUSED, _OTHER_SIDECAR if changeable else "The name is taken."
            elif reason := why_not_writable(path):
                action, remark = Action.REFUSED, reason
            elif link and _device_of(source) != self._device:
                link, remark = False, _OTHER_DISK
        except OSError as error:
            action, remark = Action.REFUSED, sentence(error)
        self._sources.setdefault(name.casefold(), source)
        return PlannedCopy(path=path, action=action, remark=remark, source=source, stamp=stamp, link=link)

    def _there(self, name: str) -> Path | None:
        """What stands, or will stand, under a name."""
        planned = self._sources.get(name.casefold())
        path = self._path / name
        return planned or (path if os.path.lexists(path) else None)


def _numbered(file: Path, photo: Photo, number: int) -> str:
    """``IMG_1.CR2.xmp`` as ``IMG_1-2.CR2.xmp``; the first has no number."""
    if number == 1:
        return file.name
    stem = photo.path.stem if file.name.startswith(photo.path.stem) else file.stem
    return f"{stem}-{number}{file.name[len(stem) :]}"


def _device_of(path: Path) -> int:
    return path.stat().st_dev


def _same(one: Path, other: Path) -> bool:
    """The same content; files that cannot be compared count as different."""
    try:
        return one.samefile(other) or filecmp.cmp(one, other, shallow=False)
    except OSError:
        return False


def _link(source: Path, path: Path) -> None:
    try:
        os.link(os.path.realpath(source), path)
    except FileExistsError:
        raise PhotoError(path, "The name was taken meanwhile; export once more.") from None
    except OSError as error:
        raise PhotoError(
            path, f"No hard link could be made here ({error.strerror}). Export copies instead."
        ) from error


def _copy(source: Path, path: Path) -> None:
    """Copies with dates and permissions, reads the copy again, and only then gives it its name."""
    with temporary_beside(path) as temporary:
        with source.open("rb") as original, temporary.open("xb") as copy:
            digest = hashlib.blake2b()
            for chunk in _chunks(original):
                digest.update(chunk)
                copy.write(chunk)
            copy.flush()
            os.fsync(copy.fileno())
        with temporary.open("rb") as copy:
            if hashlib.file_digest(copy, hashlib.blake2b).digest() != digest.digest():
                raise PhotoError(path, "The copy differs from the original; the disk may be failing.")
        shutil.copystat(source, temporary)
        if os.path.lexists(path):
            raise PhotoError(path, "The name was taken meanwhile; export once more.")
        temporary.rename(path)


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk
