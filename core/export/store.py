"""Keeps what each export touched, noted before it is touched, so that any of it can be put back."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.export.rows import COLUMNS, from_row, to_row
from core.export.touched import FileState, Touched
from core.kept_sentences import kept, said
from core.language import Sentence
from core.persistence.database import Database
from core.persistence.exports_schema import EXPORTS

_EXPORTS_KEPT = 50


@dataclass(frozen=True, slots=True)
class ExportRecord:
    """One export of the past.

    Attributes:
        title: what it wrote, such as "XMP sidecars".
        started_ns: nanoseconds since 1970.
        planned: how many files it was to write.
        finished: it came to its end, or was cancelled; False for one that was killed, or is being undone.
        undoing: it was being undone when the program was killed.
    """

    id: int
    title: str
    started_ns: int
    planned: int
    finished: bool
    undoing: bool = False


class ExportStore:
    """The journal of exports of this machine. What is noted is on the disk when the method returns.

    Safe to use from several threads and processes; see ``core.export.journal`` for who may export when.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, path: Path) -> "ExportStore":
        """Open or make the file.

        Raises:
            NewerSchemaError: a newer Shortlist wrote it; it is untouched.
            StoreError: it is damaged or cannot be opened; it is left as it is.
        """
        return cls(Database(path, EXPORTS))

    @property
    def path(self) -> Path:
        """The file."""
        return self._database.path

    def begin(self, title: Sentence | str, planned: int) -> int:
        """Note that an export begins, and forget those of long ago; return its number.

        Raises:
            StoreError: it cannot be written.
        """
        with self._database.writing() as connection:
            connection.execute(
                "DELETE FROM export WHERE id <= (SELECT id FROM export ORDER BY id DESC LIMIT 1 OFFSET ?)",
                (_EXPORTS_KEPT,),
            )
            number = connection.execute(
                "INSERT INTO export (title, started_ns, planned) VALUES (?, ?, ?)",
                (kept(title), time.time_ns(), planned),
            ).lastrowid
        assert number is not None  # an INSERT has a row
        return number

    def add(self, export: int, touched: Sequence[Touched]) -> tuple[int, ...]:
        """Note files that are about to be touched; return the number of each.

        Raises:
            StoreError: it cannot be written; none may be touched.
        """
        statement = f"INSERT INTO touched (export_id, {COLUMNS}) VALUES (?{', ?' * 9})"  # noqa: S608 - ours
        numbers = []
        with self._database.writing() as connection:
            for one in touched:
                number = connection.execute(statement, (export, *to_row(one))).lastrowid
                assert number is not None
                numbers.append(number)
        return tuple(numbers)

    def note_states(self, states: Mapping[int, FileState]) -> None:
        """Note the content of copies, which is known only once they are made.

        Raises:
            StoreError: it cannot be written.
        """
        with self._database.writing() as connection:
            connection.executemany(
                "UPDATE touched SET after_size = ?, after_digest = ? WHERE id = ?",
                [(state.size, state.digest, number) for number, state in states.items()],
            )

    def finish(self, export: int) -> None:
        """Note that an export, or undoing it, came to its end.

        Raises:
            StoreError: it cannot be written.
        """
        with self._database.writing() as connection:
            connection.execute("UPDATE export SET finished = 1, undoing = 0 WHERE id = ?", (export,))

    def begin_undo(self, export: int) -> None:
        """Note that an export is about to be undone, so that being killed in between leaves a trace.

        Raises:
            StoreError: it cannot be written; nothing may be put back.
        """
        with self._database.writing() as connection:
            connection.execute("UPDATE export SET finished = 0, undoing = 1 WHERE id = ?", (export,))

    def forget(self, export: int) -> None:
        """Drop an export that was undone.

        Raises:
            StoreError: it cannot be written.
        """
        with self._database.writing() as connection:
            connection.execute("DELETE FROM export WHERE id = ?", (export,))

    def last(self) -> ExportRecord | None:
        """Return the latest export that was not undone; None where there is none.

        Raises:
            StoreError: it cannot be read.
        """
        return next(iter(self._records("ORDER BY id DESC LIMIT 1")), None)

    def unfinished(self) -> tuple[ExportRecord, ...]:
        """Return those that run or are undone just now, or were killed meanwhile; the latest first.

        Raises:
            StoreError: they cannot be read.
        """
        return self._records("WHERE NOT finished ORDER BY id DESC")

    def touched(self, export: int) -> tuple[Touched, ...]:
        """Return the files of an export, in the order in which they were touched.

        Raises:
            StoreError: they cannot be read.
        """
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {COLUMNS} FROM touched WHERE export_id = ? ORDER BY id",  # noqa: S608 - ours
                (export,),
            ).fetchall()
        return tuple(from_row(row) for row in rows)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _records(self, which: str) -> tuple[ExportRecord, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT id, title, started_ns, planned, finished, undoing FROM export {which}"  # noqa: S608
            ).fetchall()
        return tuple(
            ExportRecord(number, said(title), started_ns, planned, bool(finished), bool(undoing))
            for number, title, started_ns, planned, finished, undoing in rows
        )
