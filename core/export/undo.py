"""Undoing an export: every file gets its former bytes or its former place back, unless somebody changed it since.

An undo is a plan like any other: it can be shown before it is carried out.
"""

import contextlib
import os
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from core.cancelling import Cancelled, never
from core.errors import PhotoError
from core.export.carry_out import ExportResult, carry_out
from core.export.files import move_file, same_content
from core.export.journal import exporting
from core.export.links import written_through
from core.export.planned import Action, PlannedFile, Prepared
from core.export.rewrites import Rewritten, is_as_left, put_back, rewritten
from core.export.store import ExportRecord, ExportStore
from core.export.touched import Touch, Touched
from core.language import Sentence, say
from core.sidecar.atomic_file import sentence, sync_folder

_CHANGED = say("It was changed after the export; it was left as it is.")
_AWAY = say("Its folder is not there; connect its disk and try again.")
_GONE = say("It is not there any more.")
_IN_TRASH = say("It is in the system's trash; restore it from there.")
_LINK_IN_ITS_PLACE = say("There is a link in its place; it was left as it is.")
_NEVER_LINKS = (Touch.WRITTEN, Touch.EMBEDDED, Touch.COPIED)  # the journal notes what links lead to
_PLACE_TAKEN = say("There is another file in its former place.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedUndo(PlannedFile):
    """One file to put back.

    Attributes:
        touched: what the export did to it.
    """

    touched: Touched

    def prepare(self) -> Prepared:
        """Look once more whether it still is as the export left it; see the base class."""
        action, remark = _foresee(self.touched)
        if action is not self.action:
            raise PhotoError(self.path, remark or _CHANGED)
        return Prepared((), self._put_back)

    def _put_back(self) -> None:
        touched = self.touched
        if self.action is Action.REMOVE:
            touched.path.unlink()
            sync_folder(touched.path.parent)
        elif touched.touch is Touch.MOVED and touched.source is not None:
            move_file(touched.path, touched.source)
        else:
            put_back(touched)


def plan_undo(touched: Sequence[Touched]) -> tuple[PlannedUndo, ...]:
    """Plan to put back what an export touched, last first; the folders it made are not in the plan.

    Args:
        touched: as ``ExportStore.touched`` gives it.
    """
    made = {one.path for one in touched if one.touch is Touch.FOLDER}
    return tuple(_plan_one(one, made) for one in reversed(touched) if one.touch is not Touch.FOLDER)


def undo(
    store: ExportStore,
    record: ExportRecord,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Cancelled = never,
) -> ExportResult:
    """Undo an export. It is forgotten then, unless a disk stood in the way and trying again may help.

    Args:
        store: the journal.
        record: which export.
        on_progress: called after each file with how many of how many are done.
        cancelled: asked before each file.

    Raises:
        ExportBusyError: an export is running.
        StoreError: the journal cannot be read or written.
    """
    with exporting(store):
        touched = store.touched(record.id)
        store.begin_undo(record.id)
        result = carry_out(plan_undo(touched), on_progress, cancelled)
        for one in reversed(touched):
            if one.touch is Touch.FOLDER:
                with contextlib.suppress(OSError):  # not empty: something else is in it meanwhile
                    one.path.rmdir()
        if not result.cancelled and all(refused.for_good for refused in result.refused):
            store.forget(record.id)
        else:
            store.finish(record.id)
    return result


def _plan_one(touched: Touched, made: Set[Path]) -> PlannedUndo:
    """Plan one file; a disk that is away must not look like files that are gone."""
    action, for_good = Action.REFUSED, True
    remark: Sentence | None = None
    folders = {touched.path.parent}
    if touched.touch is Touch.MOVED and touched.source is not None:
        folders.add(touched.source.parent)
    try:
        if all(folder.exists() for folder in folders - made):
            action, remark = _foresee(touched)
        else:
            remark, for_good = _AWAY, False
    except OSError as error:
        remark, for_good = sentence(error), False
    leads_to = touched.path if touched.shown != touched.path else None
    is_through = leads_to is not None and action is not Action.REFUSED
    return PlannedUndo(
        path=touched.shown,
        action=action,
        remark=written_through(touched.path) if is_through else str(remark or ""),
        for_good=for_good,
        leads_to=leads_to,
        touched=touched,
    )


def _foresee(touched: Touched) -> tuple[Action, Sentence | None]:
    """Foresee what putting back comes to, as the file is now. Raises OSError."""
    is_there = os.path.lexists(touched.path)
    if touched.touch in _NEVER_LINKS and touched.path.is_symlink():
        return Action.REFUSED, _LINK_IN_ITS_PLACE
    match touched.touch:
        case Touch.MOVED:
            return _foresee_move(touched, is_there)
        case Touch.TRASHED:
            return (Action.UNCHANGED, None) if is_there else (Action.REFUSED, _IN_TRASH)
        case _ if touched.before is None:
            return _foresee_removal(touched, is_there)
        case _ if not is_there:
            return Action.REFUSED, _GONE
        case _:
            return _foresee_rewrite(touched)


def _foresee_removal(touched: Touched, is_there: bool) -> tuple[Action, Sentence | None]:
    if not is_there:
        return Action.UNCHANGED, None
    return (Action.REMOVE, None) if is_as_left(touched) else (Action.REFUSED, _CHANGED)


def _foresee_rewrite(touched: Touched) -> tuple[Action, Sentence | None]:
    match rewritten(touched):
        case Rewritten.NOT_YET:
            return Action.UNCHANGED, None
        case Rewritten.DONE | Rewritten.HALF:
            return Action.RESTORE, None
        case Rewritten.SINCE:
            return Action.REFUSED, _CHANGED


def _foresee_move(touched: Touched, is_there: bool) -> tuple[Action, Sentence | None]:
    assert touched.source is not None  # of a move
    is_back = os.path.lexists(touched.source)
    if not is_there:
        return (Action.UNCHANGED, None) if is_back else (Action.REFUSED, _GONE)
    if is_back:  # killed between the two halves of a move
        same = same_content(touched.path, touched.source)
        return (Action.REMOVE, None) if same else (Action.REFUSED, _PLACE_TAKEN)
    if touched.path.is_symlink():  # what it leads to may have been moved as well, and is not back yet
        return Action.RESTORE, None
    is_same = touched.after is None or touched.path.stat().st_size == touched.after.size
    return (Action.RESTORE, None) if is_same else (Action.REFUSED, _CHANGED)
