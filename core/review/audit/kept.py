"""The audit of what is open together, kept with it: answers are on the disk before the next photo is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from core.types import Audit, PhotoId


class AuditStore(Protocol):
    """Keeps audits; ``core.persistence.session_store`` is one. All methods raise ``StoreError``."""

    def audit(self, sources: Sequence[Path]) -> Audit | None:
        """Return the latest audit of what is open together; None where there is none."""
        ...

    def keep_audit(self, sources: Sequence[Path], audit: Audit) -> None:
        """Write an audit in the place of the former one."""
        ...

    def keep_answers(self, sources: Sequence[Path], answers: Mapping[PhotoId, bool]) -> None:
        """Write what was said of the sample so far."""
        ...


class KeptAudit:
    """The latest audit of some folders and files. The next one takes its place, and nothing else wipes it.

    Answers change no flag: what is to be taken back the user says at the end.

    Args:
        store: keeps it.
        sources: what is open together.

    Raises:
        StoreError: by all methods, where it cannot be read or written; then nothing has changed.
    """

    def __init__(self, store: AuditStore, sources: Sequence[Path]) -> None:
        self._store = store
        self._sources = tuple(sources)

    def latest(self) -> Audit | None:
        """Return the audit with its answers; None where none was drawn yet."""
        return self._store.audit(self._sources)

    def begin(self, audit: Audit) -> None:
        """Keep a new audit in the place of the former one."""
        self._store.keep_audit(self._sources, audit)

    def answer(self, audit: Audit, photo_id: PhotoId, keeper: bool | None) -> Audit:
        """Note whether a photo of the sample is a keeper; None forgets what was said of it.

        Returns:
            The audit with the answer.

        Raises:
            KeyError: the photo is not of the sample.
        """
        if photo_id not in audit.drawn:
            raise KeyError(photo_id)
        answers = {one: said for one, said in audit.answers.items() if one != photo_id}
        if keeper is not None:
            answers[photo_id] = keeper
        self._store.keep_answers(self._sources, answers)
        return replace(audit, answers=answers)
