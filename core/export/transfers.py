"""Photos into a folder: copied, moved, or linked where that costs no space.

All of a frame goes along: its RAW, the film of a Live Photo, its sidecars. Nothing in the folder is written
over. A frame whose name is taken there by another picture gets a number behind its name, the same one for all
its files; what is there already with the same content is left as it is.
"""

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from pathlib import Path

from core.errors import PhotoError
from core.export.files import copy_file, link_file, move_file, same_content
from core.export.planned import CHANGED_MEANWHILE, Action, Difference, PlannedFile, Prepared, folders_to_make
from core.export.touched import FileState, Touch, Touched
from core.files import check_regular
from core.ingest.frame_names import folded, numbered
from core.language import Sentence, mark, say, tr
from core.sidecar.atomic_file import (
    FileStamp,
    existing_folder,
    make_folder,
    sentence,
    stamp_of,
    why_not_reachable,
    why_not_removable,
    why_not_writable,
)
from core.sidecar.belongings import Belongings
from core.types import Photo

_OTHER_DISK = mark("Copied, not linked: the folder is on another disk, where hard links cannot reach.")
_OTHER_SIDECAR = mark("The folder has another version of this sidecar; it was left as it is.")
_COPY_IS_THERE = mark("The folder has it already, so it was left where it is.")


class Transfer(StrEnum):
    """How a file gets to its new place."""

    COPY = "copy"
    LINK = "link"
    MOVE = "move"


_HOW = {Transfer.COPY: mark("copy of"), Transfer.LINK: mark("link to")}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTransfer(PlannedFile):
    """One file to copy, link or move.

    Attributes:
        source: the original; only a move touches it.
        stamp: of the source when planned.
    """

    source: Path
    stamp: FileStamp | None
    how: Transfer = Transfer.COPY

    def prepare(self) -> Prepared:
        """See the base class."""
        if self.stamp is None or stamp_of(self.source) != self.stamp:
            raise PhotoError(self.source, CHANGED_MEANWHILE)
        moved = self.how is Transfer.MOVE
        touched = Touched(
            touch=Touch.MOVED if moved else Touch.COPIED,
            path=self.path,
            source=self.source,
            # Its bytes do not change on the way, so its size will do to know it again.
            after=FileState(self.stamp.size) if moved else None,
        )
        return Prepared((*folders_to_make(self.path), touched), self._transfer)

    def differences(self) -> tuple[Difference, ...]:
        """Say where it comes from, and whether it gets another name."""
        if self.how is not Transfer.MOVE:
            return (Difference(tr(_HOW[self.how]), "", os.fspath(self.source)),)
        folder = Difference(tr("folder"), os.fspath(self.source.parent), os.fspath(self.path.parent))
        if self.source.name == self.path.name:
            return (folder,)
        return (folder, Difference(tr("name"), self.source.name, self.path.name))

    def _transfer(self) -> FileState | None:
        make_folder(self.path.parent)
        match self.how:
            case Transfer.COPY:
                return copy_file(self.source, self.path)
            case Transfer.LINK:
                link_file(self.source, self.path)
            case Transfer.MOVE:
                move_file(self.source, self.path)
        return None


def plan_transfers(
    chosen: Iterable[Photo], photos: Iterable[Photo], out_dir: Path, how: Transfer = Transfer.COPY
) -> Iterator[PlannedTransfer]:
    """Plan to bring photos into a folder.

    Sidecars are copied where photos are linked: other programs write into them, and through a link they
    would change the original. They hold what was last written into them, so export XMP first.

    Args:
        chosen: the photos to bring there.
        photos: all photos of the shoot; see ``Belongings``.
        out_dir: the folder; made if need be. All files go directly into it.
        how: a file that cannot be linked because the folder is on another disk is copied, and says so.
    """
    belongings = Belongings(photos)
    chosen = tuple(chosen)
    moved = chosen if how is Transfer.MOVE else ()
    leaving = {file for photo in moved for file in (*belongings.frame(photo), *belongings.sidecars(photo))}
    folder = _Folder(Path(os.path.abspath(out_dir)), leaving)  # noqa: PTH100 - resolve() would follow links
    for photo in chosen:
        frame = belongings.frame(photo)
        sidecars = belongings.sidecars(photo, backups=how is Transfer.MOVE)
        number = folder.number_for(photo, frame, sidecars)
        for file in frame:
            yield folder.plan(file, numbered(file.name, photo.path, number), how)
        for file in sidecars:
            how_small = Transfer.COPY if how is Transfer.LINK else how
            yield folder.plan(file, numbered(file.name, photo.path, number), how_small, changeable=True)


class _Folder:
    """The folder as it will be once all that is planned so far is carried out."""

    def __init__(self, path: Path, leaving: Collection[Path] = ()) -> None:
        self._path = path
        self._leaving = {os.path.realpath(file) for file in leaving if not file.is_symlink()}
        self._sources: dict[str, Path] = {}  # by folded name: what will stand there
        self._device = _device_of(existing_folder(path / "file"))  # None behind a link that leads nowhere

    def number_for(self, photo: Photo, frame: tuple[Path, ...], sidecars: tuple[Path, ...]) -> int:
        """Return the first number under which every file of the frame finds its name free, or itself there.

        A sidecar only gives way to one of this export: another version of it from an earlier export does not
        make the frame another one.
        """
        for number in count(1):
            names = [(file, numbered(file.name, photo.path, number)) for file in frame]
            taken = [(self._there(name), file) for file, name in names]
            taken += [
                (self._sources.get(folded(numbered(file.name, photo.path, number))), file)
                for file in sidecars
            ]
            if all(there is None or same_content(file, there) for there, file in taken):
                return number
        raise AssertionError("numbers do not end")

    def plan(self, source: Path, name: str, how: Transfer, changeable: bool = False) -> PlannedTransfer:
        """Plan one file under a name that has room for it; ``changeable`` files may lack that room."""
        path = self._path / name
        stamp = None
        try:
            stamp = stamp_of(source)
            check_regular(source)
            action, remark = self._foresee(source, path, how, changeable)
            if how is Transfer.LINK and action is Action.CREATE and _device_of(source) != self._device:
                how, remark = Transfer.COPY, tr(_OTHER_DISK)
        except OSError as error:
            action, remark = Action.REFUSED, str(sentence(error))
        self._sources.setdefault(folded(name), source)
        return PlannedTransfer(path=path, action=action, remark=remark, source=source, stamp=stamp, how=how)

    def _foresee(self, source: Path, path: Path, how: Transfer, changeable: bool) -> tuple[Action, str]:
        moves = how is Transfer.MOVE
        if not os.path.lexists(source):
            return Action.REFUSED, tr("The original is not there any more.")
        if reason := why_not_reachable(source):
            return Action.REFUSED, str(reason)
        there = self._there(path.name)
        if there is not None and same_content(source, there):
            return Action.UNCHANGED, tr(_COPY_IS_THERE) if moves and not source.samefile(there) else ""
        if there is not None:
            return Action.REFUSED, tr(_OTHER_SIDECAR) if changeable else tr("The name is taken.")
        reason = why_not_writable(path)
        if moves:
            reason = reason or why_not_removable(source) or self._why_not_moved(source, path)
        if reason:
            return Action.REFUSED, str(reason)
        return Action.MOVE if moves else Action.CREATE, ""

    def _why_not_moved(self, source: Path, path: Path) -> Sentence | None:
        """Say why a link stays: from its new place it has to lead to the same file; None for no link."""
        if not source.is_symlink():
            return None
        place = os.path.realpath(path.parent)
        leads_to = os.path.realpath(os.path.join(place, source.readlink()))  # noqa: PTH118 - of strings, links resolved
        if leads_to != os.path.realpath(source) or leads_to in self._leaving:
            return say("It is a link, which would lead nowhere from there; export copies instead.")
        if source.lstat().st_dev != _device_of(existing_folder(path)):
            return say("It is a link, and those are not moved to another disk; export copies instead.")
        return None

    def _there(self, name: str) -> Path | None:
        """Return what stands, or will stand, under a name."""
        planned = self._sources.get(folded(name))
        path = self._path / name
        return planned or (path if os.path.lexists(path) else None)


def _device_of(path: Path) -> int | None:
    try:
        return path.stat().st_dev
    except OSError:
        return None
