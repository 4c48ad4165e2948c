"""Carries out plans, file by file, with the journal always one step ahead."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from core.cancelling import Cancelled, never
from core.errors import PhotoError, SidecarError, StoreError
from core.export.journal import Journal, exporting
from core.export.planned import Action, PlannedFile, Prepared
from core.export.store import ExportStore
from core.export.touched import FileState
from core.language import Sentence, explained
from core.sidecar.atomic_file import sentence

_log = logging.getLogger(__name__)

_TOGETHER = 64  # files noted in one go: one wait for the disk instead of 64


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not touched, and why in one sentence.

    Attributes:
        for_good: trying again would be in vain; False where the disk stood in the way.
    """

    path: Path
    reason: str
    for_good: bool = True

    def __str__(self) -> str:
        return explained(self.path.name, self.reason)


@dataclass(slots=True)
class ExportResult:
    """What an export did.

    Attributes:
        written: files made, changed, moved or removed.
        unchanged: files that were already as they should be.
        cancelled: it was stopped; the files that were not reached are in none of the lists.
    """

    written: list[Path] = field(default_factory=list)
    unchanged: list[Path] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    cancelled: bool = False


def export(
    plan: Sequence[PlannedFile],
    store: ExportStore,
    title: Sentence | str,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Cancelled = never,
) -> ExportResult:
    """Carry out the plan of an export in such a way that it can be undone.

    Args:
        plan: what to do, in order.
        store: where it is noted.
        title: what is exported, as the user will see it.
        on_progress: called after each file with how many of how many are done.
        cancelled: asked before each file.

    Raises:
        ExportBusyError: another export is running on this machine.
    """
    with exporting(store):
        journal = Journal(store, title, sum(planned.is_work for planned in plan))
        return carry_out(plan, on_progress, cancelled, journal)


def carry_out(
    plan: Sequence[PlannedFile],
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Cancelled = never,
    journal: Journal | None = None,
) -> ExportResult:
    """Carry out a plan. A file that fails is listed with its reason, and the rest goes on.

    Args:
        plan: what to do, in order.
        on_progress: called after each file with how many of how many are done.
        cancelled: asked before each file.
        journal: where each file is noted before it is touched; None for what need not be undone.
    """
    result = ExportResult()
    work = iter(plan)
    done = 0
    while not result.cancelled and (batch := list(islice(work, _TOGETHER))):
        states: dict[int, FileState] = {}
        for planned, ready, number in _noted(batch, journal, result):
            if cancelled():
                result.cancelled = True
                break
            if ready is not None:
                state = _write(planned, ready, result)
                if state is not None and number is not None:
                    states[number] = state
            done += 1
            on_progress(done, len(plan))
        _note_states(journal, states)
    if journal is not None:
        _finish(journal)
    return result


def _noted(
    batch: Sequence[PlannedFile], journal: Journal | None, result: ExportResult
) -> Iterator[tuple[PlannedFile, Prepared | None, int | None]]:
    """Get files ready and note them all, then yield each, with its number in the journal.

    Those that need no work or cannot be done are put into the result instead.
    """
    prepared = [_prepare(planned, result) for planned in batch]
    touched = [one for ready in prepared if ready is not None for one in ready.touched]
    numbers: Sequence[int] = ()
    if journal is not None and touched:
        try:
            numbers = journal.note(touched)
        except StoreError as error:
            for planned, ready in zip(batch, prepared, strict=True):
                if ready is not None:
                    result.refused.append(Refused(planned.path, str(error), for_good=False))
            prepared = [None] * len(batch)
    at = 0
    for planned, ready in zip(batch, prepared, strict=True):
        at += len(ready.touched) if ready is not None else 0
        yield planned, ready, numbers[at - 1] if ready is not None and numbers else None


def _prepare(planned: PlannedFile, result: ExportResult) -> Prepared | None:
    if planned.action is Action.UNCHANGED:
        result.unchanged.append(planned.path)
        return None
    if planned.action is Action.REFUSED:
        result.refused.append(Refused(planned.path, planned.remark, planned.for_good))
        return None
    try:
        return planned.prepare()
    except (PhotoError, SidecarError, OSError) as error:
        result.refused.append(_refused(planned, error))
        return None


def _write(planned: PlannedFile, ready: Prepared, result: ExportResult) -> FileState | None:
    try:
        state = ready.write()
    except (PhotoError, SidecarError, OSError) as error:
        result.refused.append(_refused(planned, error))
        return None
    result.written.append(planned.path)
    return state


def _refused(planned: PlannedFile, error: PhotoError | SidecarError | OSError) -> Refused:
    if isinstance(error, OSError):
        return Refused(planned.path, str(sentence(error)), for_good=False)
    return Refused(planned.path, error.reason, for_good=not isinstance(error.__cause__, OSError))


def _note_states(journal: Journal | None, states: dict[int, FileState]) -> None:
    """Note what copies have become. Where this fails, a copy is known by its source as well."""
    if journal is None or not states:
        return
    try:
        journal.note_states(states)
    except StoreError:
        _log.warning("the content of copies was not noted", exc_info=True)


def _finish(journal: Journal) -> None:
    """Note the end. Where this fails, the export counts as interrupted, and can be undone all the same."""
    try:
        journal.finish()
    except StoreError:
        _log.warning("the end of an export was not noted", exc_info=True)
