"""What other programs decided, against what was decided here: who decided last, and where they disagree."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.types import Decision, DecisionSource, FileMarks

_PROPERTIES = ("flag", "rating", "label")


@dataclass(frozen=True, slots=True)
class Conflict:
    """A photo decided on here, and otherwise in another program since.

    Attributes:
        ours: the decision here.
        theirs: the same with what the files say instead.
        source: the file written last of those that disagree.
    """

    ours: Decision
    theirs: Decision
    source: FileMarks


def with_marks(decision: Decision, files: Sequence[FileMarks]) -> Decision:
    """Return the decision, with the files' marks where nothing was decided.

    Of several files, the one written last counts.

    The stars of a camera come after all that any program says, and make no decision.

    Args:
        decision: as it is kept.
        files: the one written last first.
    """
    if not files:
        return decision
    decision = decision.without_cameras_stars
    found = {name: value for name, (value, _) in _stated(files) if getattr(decision, name) is None}
    if found:
        source = DecisionSource.FILE if decision.is_empty else decision.source
        decision = replace(decision, **found, source=source)
    cameras = next((file.marks.camera_rating for file in files if file.marks.camera_rating), None)
    if decision.rating is None and cameras is not None:
        return replace(decision, rating=cameras, stars_of_camera=True)
    return decision


def find_conflict(decision: Decision, files: Sequence[FileMarks]) -> Conflict | None:
    """Find where files that were written after the decision say something else; None where none does.

    A file that says nothing contradicts nothing: most programs write only what they know. Nor does a sidecar of
    our own: it holds what was exported before the user changed their mind.

    Args:
        decision: of the user.
        files: the one written last first.
    """
    if decision.is_empty or decision.source is DecisionSource.FILE:
        return None
    others: dict[str, Any] = {}
    sources = []
    for name, (value, file) in _stated(files):
        ours = getattr(decision, name)
        if ours not in (None, value) and not file.is_ours and _is_later(file, decision):
            others[name] = value
            sources.append(file)
    if not sources:
        return None
    if "flag" in others:
        others["accepted"] = None
    return Conflict(decision, replace(decision, **others), max(sources, key=lambda file: file.changed_at))


def _is_later(file: FileMarks, decision: Decision) -> bool:
    return decision.decided_at is None or file.changed_at > decision.decided_at


def _stated(files: Sequence[FileMarks]) -> Iterator[tuple[str, tuple[Any, FileMarks]]]:
    """Yield each property that any file states, with its latest value and the file that has it."""
    for name in _PROPERTIES:
        stated = ((value, file) for file in files if (value := getattr(file.marks, name)) is not None)
        first = next(stated, None)
        if first is not None:
            yield name, first
