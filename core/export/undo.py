"""Undoing an export: every file gets its former bytes or its former place back, unless somebody changed it since.

An undo is a plan like any other: it can be shown before it is carried out.
"""

import contextlib
import filecmp
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import PhotoError
from core.export.carry_out import ExportResult, carry_out
from core.export.files import move_file
from core.export.journal import exporting
from core.export.planned import Action, PlannedFile, Prepared
from core.persistence.export_rows import FileState, Rewrite, Touch, Touched, hasher
from core.persistence.export_store import ExportRecord, ExportStore
from core.sidecar.atomic_file import sentence, stamp_of, sync_folder, temporary_beside, write_whole

_CHUNK = 2**20
_CHANGED = "It was changed after the export; it was left as it is."
_GONE = "It is not there any more."
_IN_TRASH = "It is in the system's trash; restore it from there."
_PLACE_TAKEN = "There is another file in its former place."


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedUndo(PlannedFile):
    """One file to put back.

    Attributes:
        touched: what the export did to it.
    """

    touched: Touched

    def prepare(self) -> Prepared:
        """Looks once more whether it still is as the export left it; see the base class."""
        action, remark = _foresee(self.touched)
        if action is not self.action:
            raise PhotoError(self.path, remark or _CHANGED)
        return Prepared((), self._put_back)

    def _put_back(self) -> None:
        touched = self.touched
        if self.action is Action.REMOVE:
            self.path.unlink()
            sync_folder(self.path.parent)
        elif self.action is Action.MOVE:
            assert touched.source is not None  # of a move
            touched.source.parent.mkdir(parents=True, exist_ok=True)
            move_file(touched.path, touched.source)
        elif touched.rewrite is not None:
            _rewrite(self.path, touched.rewrite)


def plan_undo(touched: Sequence[Touched]) -> tuple[PlannedUndo, ...]:
    """Plans to put back what an export touched, last first; the folders it made are not in the plan.

    Args:
        touched: as ``ExportStore.touched`` gives it.
    """
    plan = []
    for one in reversed(touched):
        if one.touch is not Touch.FOLDER:
            action, remark = _foresee(one)
            plan.append(PlannedUndo(path=one.path, action=action, remark=remark, touched=one))
    return tuple(plan)


def undo(
    store: ExportStore,
    record: ExportRecord,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ExportResult:
    """Undoes an export. It is forgotten then, unless a disk stood in the way and trying again may help.

    Args:
        store: the journal.
        record: which export.
        on_progress: told after each file how many of how many are done.
        cancelled: asked before each file.

    Raises:
        ExportBusyError: an export is running.
        StoreError: the journal cannot be read or written.
    """
    with exporting(store):
        touched = store.touched(record.id)
        result = carry_out(plan_undo(touched), on_progress, cancelled)
        for one in reversed(touched):
            if one.touch is Touch.FOLDER:
                with contextlib.suppress(OSError):  # not empty: something else is in it by now
                    one.path.rmdir()
        if not result.cancelled and all(refused.for_good for refused in result.refused):
            store.forget(record.id)
    return result


def _foresee(touched: Touched) -> tuple[Action, str]:
    """What putting back comes to, as the file is now."""
    try:
        match touched.touch:
            case Touch.MOVED:
                return _foresee_move(touched)
            case Touch.TRASHED:
                there = os.path.lexists(touched.path)
                return (Action.UNCHANGED, "") if there else (Action.REFUSED, _IN_TRASH)
            case _:
                return _foresee_bytes(touched)
    except OSError as error:
        return Action.REFUSED, sentence(error)


def _foresee_bytes(touched: Touched) -> tuple[Action, str]:
    is_there = os.path.lexists(touched.path)
    if touched.before is None:
        if not is_there:
            return Action.UNCHANGED, ""
        return (Action.REMOVE, "") if _is_as_left(touched) else (Action.REFUSED, _CHANGED)
    if not is_there:
        return Action.REFUSED, _GONE
    now = _state_of(touched.path, touched.rewrite.tail if touched.rewrite else 0)
    if now == touched.before:
        return Action.UNCHANGED, ""
    return (Action.RESTORE, "") if now == touched.after else (Action.REFUSED, _CHANGED)


def _foresee_move(touched: Touched) -> tuple[Action, str]:
    assert touched.source is not None  # of a move
    is_there, is_back = os.path.lexists(touched.path), os.path.lexists(touched.source)
    if not is_there:
        return (Action.UNCHANGED, "") if is_back else (Action.REFUSED, _GONE)
    if is_back:  # killed between the two halves of a move
        same = _same_content(touched.path, touched.source)
        return (Action.REMOVE, "") if same else (Action.REFUSED, _PLACE_TAKEN)
    size = touched.path.stat().st_size
    is_same = touched.after is None or size == touched.after.size
    return (Action.MOVE, "") if is_same else (Action.REFUSED, _CHANGED)


def _is_as_left(touched: Touched) -> bool:
    """A copy whose content was not noted any more before the program was killed is known by its source."""
    if touched.after is not None:
        return _state_of(touched.path, 0) == touched.after
    return touched.source is not None and _same_content(touched.path, touched.source)


def _same_content(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other) or filecmp.cmp(one, other, shallow=False)
    except FileNotFoundError:
        return False


def _state_of(path: Path, tail: int) -> FileState | None:
    """The state of a file as it is now; None where it is shorter than its tail."""
    size = path.stat().st_size
    left = size - tail
    if left < 0:
        return None
    digest = hasher()
    with path.open("rb") as file:
        while left and (chunk := file.read(min(left, _CHUNK))):
            digest.update(chunk)
            left -= len(chunk)
    return FileState(size, digest.digest())


def _rewrite(path: Path, rewrite: Rewrite) -> None:
    """Puts the former bytes in their place: all at once, or in place where only their values differ."""
    stamp = stamp_of(path)
    assert stamp is not None  # foreseen a moment ago
    with path.open("rb") as file:
        head = rewrite.undone(file.read(stamp.size - rewrite.tail))

    def nobody_wrote_it() -> None:
        if stamp_of(path) != stamp:
            raise PhotoError(path, _CHANGED)

    if not rewrite.tail:
        write_whole(path, head, nobody_wrote_it)
    elif len(rewrite.former) == rewrite.length:
        nobody_wrote_it()
        with path.open("r+b") as written:
            written.seek(rewrite.start)
            written.write(rewrite.former)
            written.flush()
            os.fsync(written.fileno())
    else:
        _replace_head(path.resolve(), head, stamp.size - rewrite.tail, nobody_wrote_it)


def _replace_head(path: Path, head: bytes, tail_start: int, before_replacing: Callable[[], None]) -> None:
    with temporary_beside(path) as temporary:
        with path.open("rb") as old, temporary.open("xb") as new:
            new.write(head)
            old.seek(tail_start)
            shutil.copyfileobj(old, new, _CHUNK)
            new.flush()
            os.fsync(new.fileno())
        shutil.copymode(path, temporary)
        before_replacing()
        temporary.replace(path)
    sync_folder(path.parent)
