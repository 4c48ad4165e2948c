"""The changes made so far, and which of them come next when undoing and redoing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from core.review.changes import Change
from core.types import Decision, JournalEntry


@dataclass(slots=True)
class _Step:
    entry: int
    change: Change
    undone: bool


@dataclass(frozen=True, slots=True)
class Move:
    """A step that can be taken now, back or forth.

    Attributes:
        entry: the store's number of the change.
        change: from what is to what will be; only of photos that are still as the step left them.
    """

    entry: int
    change: Change


class History:
    """Changes in order, each made or undone.

    A photo that was decided otherwise since (with other folders open), or that is no longer part of the
    shoot, is left as it is; a change of which nothing remains to be done is passed over.

    Args:
        current: the decision on a photo now; None where the photo is not part of the shoot.
    """

    def __init__(self, current: Callable[[Decision], Decision | None]) -> None:
        self._current = current
        self._steps: list[_Step] = []

    def restore(self, entries: Iterable[JournalEntry]) -> None:
        """Begin with the changes of earlier runs, oldest first."""
        self._steps = [
            _Step(entry.id, Change(entry.title, entry.before, entry.after), entry.undone) for entry in entries
        ]

    def add(self, entry: int, change: Change) -> None:
        """Take in a change just made; what was undone can no longer be made again."""
        self._steps = [step for step in self._steps if not step.undone]
        self._steps.append(_Step(entry, change, undone=False))

    def next_undo(self) -> Move | None:
        """Return the way back from the latest change."""
        for step in reversed(self._steps):
            if not step.undone and (move := self._move(step, step.change.after, step.change.before)):
                return move
        return None

    def next_redo(self) -> Move | None:
        """Return the way forward again to the earliest undone change."""
        for step in self._steps:
            if step.undone and (move := self._move(step, step.change.before, step.change.after)):
                return move
        return None

    def set_undone(self, entry: int, undone: bool) -> None:
        """Note that a change was undone or made again."""
        for step in self._steps:
            if step.entry == entry:
                step.undone = undone

    def _move(self, step: _Step, come_from: tuple[Decision, ...], go_to: tuple[Decision, ...]) -> Move | None:
        pairs = [
            (now, target)
            for left, target in zip(come_from, go_to, strict=True)
            if (now := self._current(left)) is not None and same(now, left)
        ]
        if not pairs:
            return None
        before, after = zip(*pairs, strict=True)
        return Move(step.entry, Change(step.change.title, before, after))


def same(one: Decision, other: Decision) -> bool:
    """Tell whether two decisions say the same, whenever they were made."""
    return replace(one, decided_at=None) == replace(other, decided_at=None, photo_id=one.photo_id)
