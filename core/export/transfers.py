"""Photos into a folder: copied, moved, or linked where that costs no space.

All of a frame goes along: its RAW, the film of a Live Photo, its sidecars. Nothing in the folder is written
over. A frame whose name is taken there by another picture gets a number behind its name, the same one for all
its files; what is there already with the same content is left as it is. Where new names are given, all files of a
frame get them together, in the folders they name.
"""

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from itertools import count, zip_longest
from pathlib import Path

from core.errors import PhotoError
from core.export.files import copy_file, link_file, move_file, same_content
from core.export.planned import CHANGED_MEANWHILE, Action, Difference, PlannedFile, Prepared, folders_to_make
from core.export.touched import FileState, Touch, Touched
from core.files import check_regular
from core.ingest.formats import Kind, kind_of
from core.ingest.frame_names import FramePlace, folded, frame_key, frame_place, numbered, renamed, with_number
from core.ingest.pairing import is_one_press, may_be_of_press
from core.language import Sentence, mark, say, tr
from core.naming.names import NewName
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
_NUMBERED = mark("Another photo has this name, so it was numbered.")
_OF_FRAMES = (Kind.PICTURE, Kind.RAW, Kind.VIDEO)


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
        is_picture: it is the picture of a frame, and none of what goes along.
    """

    source: Path
    stamp: FileStamp | None
    how: Transfer = Transfer.COPY
    is_picture: bool = False

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
        both = (
            Difference(tr("folder"), os.fspath(self.source.parent), os.fspath(self.path.parent)),
            Difference(tr("name"), self.source.name, self.path.name),
        )
        return tuple(one for one in both if one.before != one.after)

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
    chosen: Iterable[Photo],
    photos: Iterable[Photo],
    out_dir: Path | None,
    how: Transfer = Transfer.COPY,
    names: Iterable[NewName] = (),
) -> Iterator[PlannedTransfer]:
    """Plan to bring photos into a folder.

    Sidecars are copied where photos are linked: other programs write into them, and through a link they
    would change the original. They hold what was last written into them, so export XMP first.

    Args:
        chosen: the photos to bring there.
        photos: all photos of the shoot; see ``Belongings``.
        out_dir: the folder; made if need be. Without ``names`` all files go directly into it. None for the folder
            that each photo is in.
        how: a file that cannot be linked because the folder is on another disk is copied, and says so.
        names: one for each chosen photo, in order; none at all where they keep theirs. All files of a frame, its
            sidecars too, get the same.
    """
    belongings = Belongings(photos)
    chosen = tuple(chosen)
    moved = chosen if how is Transfer.MOVE else ()
    leaving = {file for photo in moved for file in (*belongings.frame(photo), *belongings.sidecars(photo))}
    disk = _Disk(leaving)
    target = None if out_dir is None else Path(os.path.abspath(out_dir))  # noqa: PTH100 - resolve() would follow links
    for photo, name in zip_longest(chosen, names):
        frame = belongings.frame(photo)
        sidecars = belongings.sidecars(photo, backups=how is Transfer.MOVE)
        found = disk.find(photo, frame, sidecars, target, name)
        for file in frame:
            is_picture = file == photo.path
            remarks = found.amended if is_picture else ()
            yield disk.plan(file, found.paths[file], how, remarks=remarks, is_picture=is_picture)
        for file in sidecars:
            how_small = Transfer.COPY if how is Transfer.LINK else how
            yield disk.plan(file, found.paths[file], how_small, changeable=True)


@dataclass(frozen=True, slots=True)
class _Found:
    """Where each file of a frame goes, and what of its name had to be changed, in words."""

    paths: dict[Path, Path]
    amended: tuple[str, ...]


class _Disk:
    """The disk as it will be once all that is planned so far is carried out.

    Args:
        leaving: files that a move takes away.
    """

    def __init__(self, leaving: Collection[Path] = ()) -> None:
        self._leaving = {os.path.realpath(file) for file in leaving if not file.is_symlink()}
        self._sources: dict[str, Path] = {}  # by folded path: what will stand there
        self._stems: set[str] = set()  # new names given away, as folded paths without suffix
        self._given: dict[FramePlace, Photo] = {}  # whose files are to be taken for a frame, by folder
        self._numbers: dict[str, set[int]] = defaultdict(set)  # numbers given away behind a name
        # Of a folder on disk, by what a frame's names share.
        self._frames: dict[Path, dict[str, list[str]]] = {}
        self._devices: dict[Path, int | None] = {}

    def find(
        self,
        photo: Photo,
        frame: tuple[Path, ...],
        sidecars: tuple[Path, ...],
        target: Path | None,
        name: NewName | None = None,
    ) -> _Found:
        """Find the first number under which every file of the frame finds its name free, or itself there.

        A sidecar only gives way to one of this export: another version of it from an earlier export does not
        make the frame another one. Without a target each file stays in the folder it is in, as a RAW in one of its own.
        """
        below = () if name is None else name.folders
        folders = {file: (target or file.parent).joinpath(*below) for file in (*frame, *sidecars)}
        first = folders[photo.path]
        given = self._numbers[folded(os.fspath(first / name.stem))] if name is not None else set()
        for number in (one for one in count(1) if one not in given):
            stem = "" if name is None else _stem(name, number)
            whole = {folded(os.fspath(folder / stem)) for folder in folders.values()} if stem else set()
            if not whole.isdisjoint(self._stems):
                continue
            paths = {file: folders[file] / new for file, new in _names(folders, photo, name, number).items()}
            if self._is_anothers(photo, frame, paths, keeps_name=name is None):
                continue
            taken = [(self._there(paths[file]), file) for file in frame]
            taken += [(self._sources.get(folded(os.fspath(paths[file]))), file) for file in sidecars]
            if all(there is None or same_content(file, there) for there, file in taken):
                self._given.setdefault(frame_place(paths[photo.path]), photo)
                if name is not None:
                    given.add(number)
                    self._stems |= whole
                amended = () if name is None else tuple(map(str, name.amended))
                numbered_words = (tr(_NUMBERED),) if name is not None and number > 1 else ()
                return _Found(paths, amended + numbered_words)
        raise AssertionError("numbers do not end")

    def _is_anothers(
        self, photo: Photo, frame: tuple[Path, ...], paths: Mapping[Path, Path], *, keeps_name: bool
    ) -> bool:
        """Tell whether pictures lie, or will lie, there that would become one frame with these by their names.

        Under the cameras' names that is right for RAWs and JPEGs of two folders that are one press of the shutter, and
        what lies in one folder is told apart by whatever tells it apart there.
        """
        picture = paths[photo.path]
        there = self._there(picture)
        if there is not None and same_content(photo.path, there):
            return False
        other = self._given.get(frame_place(picture))
        joins = keeps_name and other is not None and other.path.parent != photo.path.parent
        if joins and other is not None and not is_one_press(photo, other):
            return True
        mine = {folded(os.fspath(path)) for path in (*paths.values(), *frame)}
        key = frame_key(picture.name)
        places = [
            folder / name
            for folder in dict.fromkeys(path.parent for path in paths.values())
            for name in self._frames_in(folder).get(key, ())
        ]
        others = [
            each
            for each in places
            if (path := folded(os.fspath(each))) not in mine and path not in self._sources
        ]
        if joins:  # the other frame was put beside pictures, for they are told apart from it
            others = [each for each in others if kind_of(each) is not Kind.PICTURE]
        if not keeps_name:
            return bool(others)
        if all(kind_of(each) is Kind.PICTURE for each in (*frame, *others)):
            return False  # pictures are never paired with each other
        return not all(may_be_of_press(each, photo.path.name, photo.mtime_ns) for each in others)

    def _frames_in(self, folder: Path) -> dict[str, list[str]]:
        found = self._frames.get(folder)
        if found is None:
            found = self._frames[folder] = defaultdict(list)
            with suppress(OSError):
                for name in os.listdir(folder):  # noqa: PTH208 - names are all that is needed
                    if kind_of(name) in _OF_FRAMES:
                        found[frame_key(name)].append(name)
        return found

    def plan(
        self,
        source: Path,
        path: Path,
        how: Transfer,
        *,
        changeable: bool = False,
        remarks: Sequence[str] = (),
        is_picture: bool = False,
    ) -> PlannedTransfer:
        """Plan one file at a place that has room for it; ``changeable`` files may lack that room."""
        stamp = None
        try:
            stamp = stamp_of(source)
            check_regular(source)
            action, remark = self._foresee(source, path, how, changeable)
            if how is Transfer.LINK and action is Action.CREATE and _device_of(source) != self._device(path):
                how, remark = Transfer.COPY, tr(_OTHER_DISK)
        except OSError as error:
            action, remark = Action.REFUSED, str(sentence(error))
        self._sources.setdefault(folded(os.fspath(path)), source)
        return PlannedTransfer(
            path=path,
            action=action,
            remark=" ".join(filter(None, (*remarks, remark))),
            source=source,
            stamp=stamp,
            how=how,
            is_picture=is_picture,
        )

    def _foresee(self, source: Path, path: Path, how: Transfer, changeable: bool) -> tuple[Action, str]:
        moves = how is Transfer.MOVE
        if not os.path.lexists(source):
            return Action.REFUSED, tr("The original is not there any more.")
        if reason := why_not_reachable(source):
            return Action.REFUSED, str(reason)
        there = self._there(path)
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

    def _there(self, path: Path) -> Path | None:
        """Return what stands, or will stand, at a place."""
        planned = self._sources.get(folded(os.fspath(path)))
        return planned or (path if os.path.lexists(path) else None)

    def _device(self, path: Path) -> int | None:
        """Return the disk a file will be on; None behind a link that leads nowhere."""
        folder = path.parent
        if folder not in self._devices:
            self._devices[folder] = _device_of(existing_folder(path))
        return self._devices[folder]


def _names(files: Iterable[Path], photo: Photo, name: NewName | None, number: int) -> dict[Path, str]:
    """Return the new name of each file of a frame, no two alike on any disk."""
    if name is None:
        return {file: numbered(file.name, photo.path, number) for file in files}
    stem = _stem(name, number)
    found: dict[Path, str] = {}
    taken: set[str] = set()
    for file in files:
        first = renamed(file.name, photo.path, stem)
        head, suffix = os.path.splitext(first)  # noqa: PTH122 - for each file
        tries = (first, *(f"{head}-{other}{suffix}" for other in range(2, len(taken) + 3)))
        found[file] = next(one for one in tries if folded(one) not in taken)
        taken.add(folded(found[file]))
    return found


def _stem(name: NewName, number: int) -> str:
    return with_number(name.stem, number)


def _device_of(path: Path) -> int | None:
    try:
        return path.stat().st_dev
    except OSError:
        return None
