"""What an export would do and did, in one line; said alike in the window and on the command line."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from core.export.carry_out import ExportResult
from core.export.kinds import ExportKind
from core.export.planned import Action, PlannedFile

_WORDS = {
    Action.CREATE: "to create",
    Action.UPDATE: "to update",
    Action.MOVE: "to move",
    Action.TRASH: "to put into the trash",
    Action.RESTORE: "to put back",
    Action.REMOVE: "to remove again",
    Action.UNCHANGED: "already as they should be",
    Action.REFUSED: "refused",
}
_TITLES = {
    ExportKind.XMP: "XMP metadata",
    ExportKind.COPY: "Copies",
    ExportKind.MOVE: "Moved photos",
    ExportKind.LINK: "Hard links",
    ExportKind.TRASH: "Photos in the trash",
    ExportKind.CONTACT_SHEET: "Contact sheet",
    ExportKind.PATHS: "List of paths",
    ExportKind.NAMES: "List of names",
    ExportKind.CSV: "Table (CSV)",
    ExportKind.JSON: "Data (JSON)",
}


def export_title(kind: ExportKind, out_dir: Path | None) -> str:
    """What an export is called when it is offered to be undone, such as "Copies in /mnt/picks"."""
    return f"{_TITLES[kind]} in {out_dir}" if out_dir and kind.takes_folder else _TITLES[kind]


def plan_words(plan: Sequence[PlannedFile]) -> str:
    """Such as "12 to create, 3 to update"."""
    counts = Counter(planned.action for planned in plan)
    if not counts:
        return "No photo is chosen by this, so there is nothing to write."
    return ", ".join(f"{counts[action]:,} {words}" for action, words in _WORDS.items() if counts[action])


def result_words(result: ExportResult) -> str:
    """Such as "12 done, 1 refused"."""
    words = [f"{len(result.written):,} done"]
    if result.unchanged:
        words.append(f"{len(result.unchanged):,} {_WORDS[Action.UNCHANGED]}")
    if result.refused:
        words.append(f"{len(result.refused):,} refused")
    if result.cancelled:
        words.append("cancelled")
    return ", ".join(words)
