"""What an export would do and did, in one line; the same words in the window and on the command line."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from core.export.carry_out import ExportResult
from core.export.kinds import ExportKind
from core.export.planned import Action, PlannedFile
from core.language import Sentence, explained, mark, ntr, numeral, say, tr

_WORDS = {
    Action.CREATE: mark("to create"),
    Action.UPDATE: mark("to update"),
    Action.MOVE: mark("to move"),
    Action.TRASH: mark("to put into the trash"),
    Action.RESTORE: mark("to put back"),
    Action.REMOVE: mark("to remove again"),
    Action.UNCHANGED: mark("already as they should be"),
    Action.REFUSED: mark("refused"),
}
_TITLES = {
    ExportKind.XMP: mark("XMP metadata"),
    ExportKind.COPY: mark("Copies"),
    ExportKind.MOVE: mark("Moved photos"),
    ExportKind.RENAME: mark("New names"),
    ExportKind.LINK: mark("Hard links"),
    ExportKind.TRASH: mark("Photos in the trash"),
    ExportKind.PROOFS: mark("Proofs"),
    ExportKind.CONTACT_SHEET: mark("Contact sheet"),
    ExportKind.PATHS: mark("List of paths"),
    ExportKind.NAMES: mark("List of names"),
    ExportKind.CSV: mark("Table (CSV)"),
    ExportKind.JSON: mark("Data (JSON)"),
}


def export_title(kind: ExportKind, out_dir: Path | None) -> Sentence:
    """Say what an export is called when it is offered to be undone, such as "Copies in /mnt/picks"."""
    title = Sentence(_TITLES[kind])
    return say("{title} in {folder}", title=title, folder=str(out_dir)) if out_dir else title


def plan_words(plan: Sequence[PlannedFile]) -> str:
    """Say what a plan comes to, such as "12 files: 10 to create, 2 to update"."""
    counts = Counter(planned.action for planned in plan)
    if not counts:
        return tr("No photo is chosen by this, so there is nothing to do.")
    parts = [f"{numeral(counts[action])} {tr(words)}" for action, words in _WORDS.items() if counts[action]]
    files = ntr("{count} file: ", "{count} files: ", len(plan)).format(count=numeral(len(plan)))
    return files + ", ".join(parts)


def plan_lines(plan: Sequence[PlannedFile]) -> Iterator[str]:
    """Yield one line a file with its whole path, and one below for each property that would change."""
    for planned in plan:
        yield explained(tr(planned.action.value), str(planned.path)) + (
            f" ({planned.remark})" if planned.remark else ""
        )
        if planned.is_work:
            yield from (f"    {difference}" for difference in planned.differences())


def result_words(result: ExportResult) -> str:
    """Say what was done, such as "12 files done, 1 refused"."""
    count = len(result.written)
    words = [ntr("{count} file done", "{count} files done", count).format(count=numeral(count))]
    if result.unchanged:
        words.append(f"{numeral(len(result.unchanged))} {tr(_WORDS[Action.UNCHANGED])}")
    if result.refused:
        words.append(f"{numeral(len(result.refused))} {tr(_WORDS[Action.REFUSED])}")
    if result.cancelled:
        words.append(tr("cancelled"))
    return ", ".join(words)


def result_text(title: str, result: ExportResult) -> str:
    """Write all that was done, to be saved: what was refused first, then every file with what became of it."""
    refused_word, done, unchanged = tr("refused"), tr("done"), tr("unchanged")
    lines = [title, result_words(result), ""]
    lines += [f"{refused_word}\t{refused.path}\t{refused.reason}" for refused in result.refused]
    lines += [f"{done}\t{path}" for path in result.written]
    lines += [f"{unchanged}\t{path}" for path in result.unchanged]
    return "\n".join(lines) + "\n"
