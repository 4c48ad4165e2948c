"""What the review asks of whatever keeps decisions; ``core.persistence.session_store`` is one."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from core.language import Sentence
from core.types import Decision, JournalEntry, Photo, PhotoId


class DecisionStore(Protocol):
    """Keeps decisions and their journal. All methods raise ``StoreError``, and have then changed nothing."""

    def load_decisions(self, photos: Iterable[Photo]) -> Mapping[PhotoId, Decision]:
        """Return the decisions on some photos; those nothing was decided on are left out."""
        ...

    def journal(self, sources: Sequence[Path]) -> Sequence[JournalEntry]:
        """Return the changes made while these sources were open together, oldest first."""
        ...

    def record(
        self,
        sources: Sequence[Path],
        title: Sentence | str,
        photos: Sequence[Photo],
        before: Sequence[Decision],
        after: Sequence[Decision],
    ) -> int:
        """Write ``after`` and a journal entry, and return its number; forget the undone entries."""
        ...

    def confirm(self, photos: Sequence[Photo], decisions: Sequence[Decision]) -> None:
        """Write decisions that say what they said before, at a later time; there is nothing to undo in it."""
        ...

    def undo(self, entry: int, photos: Sequence[Photo], decisions: Sequence[Decision]) -> None:
        """Write decisions and mark the entry as undone."""
        ...

    def redo(self, entry: int, photos: Sequence[Photo], decisions: Sequence[Decision]) -> None:
        """Write decisions and mark the entry as made."""
        ...
