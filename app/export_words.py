"""What an export would do and did, in one line; said alike in the window and on the command line."""

from collections import Counter
from collections.abc import Sequence

from core.export.planned import Action, ExportResult, PlannedFile

_WORDS = {
    Action.CREATE: "to create",
    Action.UPDATE: "to update",
    Action.UNCHANGED: "already as they should be",
    Action.REFUSED: "refused",
}


def plan_words(plan: Sequence[PlannedFile]) -> str:
    """Such as "12 to create, 3 to update"."""
    counts = Counter(planned.action for planned in plan)
    if not counts:
        return "Nothing is decided yet, so there is nothing to write."
    return ", ".join(f"{counts[action]} {words}" for action, words in _WORDS.items() if counts[action])


def result_words(result: ExportResult) -> str:
    """Such as "12 written, 1 refused"."""
    words = [f"{len(result.written)} written"]
    if result.unchanged:
        words.append(f"{len(result.unchanged)} {_WORDS[Action.UNCHANGED]}")
    if result.refused:
        words.append(f"{len(result.refused)} refused")
    if result.cancelled:
        words.append("cancelled")
    return ", ".join(words)
