"""Keeps the user's decisions and the journal by which they are undone, even after a restart."""

import os
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from sqlite3 import Connection

from core.ingest.content import content_of_file
from core.kept_sentences import kept, said
from core.language import Sentence
from core.persistence.audit_rows import read_audit, write_answers, write_audit
from core.persistence.backups import back_up, is_due
from core.persistence.cache_file import SeenFile, key_of
from core.persistence.clock_rows import read_clocks, write_clocks
from core.persistence.database import Database
from core.persistence.decision_rows import (
    Written,
    decisions_of_originals,
    find_decisions,
    forget_contents,
    read_journal_text,
    restamp_decisions,
    write_decisions,
    write_journal_text,
)
from core.persistence.decisions_schema import DECISIONS
from core.persistence.lost import refuse_lost
from core.types import Audit, ClockSettings, Decision, JournalEntry, Photo, PhotoId

_JOURNAL_LENGTH = 1000  # changes a session; nobody undoes further, and the number bounds the file
_SESSIONS_KEPT = 100
_RECENT_KEPT = 50
_RECENT_SHOWN = 8


class SessionStore:
    """The decisions of the whole machine, in one file.

    Whatever writes is one short transaction that is on the disk when the method returns. Safe to use from
    several threads and processes.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, path: Path) -> "SessionStore":
        """Open or make the file; one of an older version is copied, then brought up to date.

        One that is gone or empty while there are backups of it counts as damaged: what was decided is not forgotten
        because a file was.

        Raises:
            NewerSchemaError: a newer Shortlist wrote it; it is untouched.
            StoreError: it is damaged or cannot be opened; it is left as it is.
        """
        refuse_lost(path)
        was_there = path.exists()
        database = Database(path, DECISIONS)
        if was_there and is_due(path):  # a program that never closes it properly has a backup too
            back_up(database)
        return cls(database)

    def load_decisions(self, photos: Iterable[Photo]) -> dict[PhotoId, Decision]:
        """Return the decisions on some photos; those nothing was decided on are left out.

        A photo is known by its path; by that of a companion, when another file of a RAW+JPEG pair has become
        the one that is shown; by name, size and time, when the path it was decided under is gone: its
        folder was renamed or moved; or by what it holds, when it was renamed itself. Where several apply, the
        decision written last counts. What is found under another path is from then on kept under the new one as
        well. Of files that hold the same, none takes the other's decision.

        Raises:
            StoreError: they cannot be read.
        """
        photos = list(photos)
        with self._database.reading() as connection:
            found = find_decisions(connection, photos)
        if found.moved:
            with self._database.writing() as connection:
                # Looked up again: another window may have decided in the meantime.
                found = find_decisions(connection, photos)
                forget_contents(connection, found.left)
                write_decisions(connection, found.moved)
        return found.decisions

    def look_up(self, photos: Iterable[Photo]) -> dict[PhotoId, Decision]:
        """Return what ``load_decisions`` does, and write nothing: of photos nobody has opened.

        Raises:
            StoreError: they cannot be read.
        """
        with self._database.reading() as connection:
            return find_decisions(connection, list(photos)).decisions

    def looks(self) -> dict[PhotoId, str]:
        """Return all names of looks, by photo. Raises StoreError: they cannot be read."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT photo_id, look FROM decision WHERE look IS NOT NULL").fetchall()
        return {PhotoId(photo_id): str(look) for photo_id, look in rows}

    def record(
        self,
        sources: Sequence[Path],
        title: Sentence | str,
        photos: Sequence[Photo],
        before: Sequence[Decision],
        after: Sequence[Decision],
    ) -> int:
        """Write decisions, and the journal entry that can undo them. Undone entries are forgotten.

        Args:
            sources: the folders and files that are open together: whose journal it goes to.
            title: as a menu shows it, in whatever language that speaks.
            photos: which photos, in the order of ``before`` and ``after``.
            before: what was decided up to now.
            after: what is decided from now on.

        Returns:
            The number of the entry.

        Raises:
            StoreError: it cannot be written; nothing has changed.
        """
        decided = _written_now(photos, after)
        row = (kept(title), write_journal_text(before), write_journal_text(after))
        with self._database.writing() as connection:
            write_decisions(connection, decided)
            session = _session(connection, sources)
            connection.execute("DELETE FROM change WHERE session_id = ? AND undone", (session,))
            entry = connection.execute(
                "INSERT INTO change (session_id, title, before, after) VALUES (?, ?, ?, ?)", (session, *row)
            ).lastrowid
            connection.execute(
                """
                DELETE FROM change WHERE session_id = ?1 AND id <= (
                    SELECT id FROM change WHERE session_id = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2
                )
                """,
                (session, _JOURNAL_LENGTH),
            )
        assert entry is not None  # an INSERT has a row
        return entry

    def confirm(self, photos: Sequence[Photo], decisions: Sequence[Decision]) -> None:
        """Write decisions without a journal entry: they say what they said before, at a later time.

        Raises:
            StoreError: it cannot be written; nothing has changed.
        """
        decided = _written_now(photos, decisions)
        with self._database.writing() as connection:
            write_decisions(connection, decided)

    def follow(self, copies: Iterable[tuple[Photo, Photo]]) -> None:
        """Decide on copies as on their originals; what was decided on a copy later stays.

        Args:
            copies: each original with its copy, which the program itself made, so that nobody has to guess.

        Raises:
            StoreError: it cannot be written; nothing has changed.
        """
        copies = list(copies)
        with self._database.writing() as connection:
            write_decisions(connection, decisions_of_originals(connection, copies))

    def restamp(self, files: Iterable[tuple[SeenFile, SeenFile]]) -> None:
        """Note what has become of files that were written into, so that they are known again if they are renamed.

        Args:
            files: each as it was when it was decided on, and as it is now.

        Raises:
            StoreError: it cannot be written; the files are still known by their paths.
        """
        rows = [
            (now.size_bytes, now.mtime_ns, content_of_file(now.path) or None, *key_of(was))
            for was, now in files
        ]
        with self._database.writing() as connection:
            restamp_decisions(connection, rows)

    def undo(self, entry: int, photos: Sequence[Photo], decisions: Sequence[Decision]) -> None:
        """Write decisions as they were before a change, and mark its entry as undone.

        Raises:
            StoreError: it cannot be written; nothing has changed.
        """
        self._apply(entry, True, photos, decisions)

    def redo(self, entry: int, photos: Sequence[Photo], decisions: Sequence[Decision]) -> None:
        """Write decisions as they were after an undone change, and mark its entry as made.

        Raises:
            StoreError: it cannot be written; nothing has changed.
        """
        self._apply(entry, False, photos, decisions)

    def journal(self, sources: Sequence[Path]) -> tuple[JournalEntry, ...]:
        """Return the changes made while these sources were open together, oldest first.

        Raises:
            StoreError: they cannot be read.
        """
        with self._database.reading() as connection:
            rows = connection.execute(
                """
                SELECT change.id, title, before, after, undone
                FROM change JOIN session ON session.id = session_id
                WHERE sources = ? ORDER BY change.id
                """,
                (_key(sources),),
            ).fetchall()
        return tuple(
            JournalEntry(
                number, said(title), read_journal_text(before), read_journal_text(after), bool(undone)
            )
            for number, title, before, after, undone in rows
        )

    def touch_source(self, sources: Sequence[Path]) -> None:
        """Note that these sources were opened just now; journals of sessions long past are forgotten.

        Raises:
            StoreError: it cannot be written.
        """
        folders = [os.fsencode(path.absolute()) for path in sources if path.is_dir()]
        with self._database.writing() as connection:
            session = _session(connection, sources)
            # After all others, whatever the clock says: what is open now must not be taken for what is long past.
            (latest,) = connection.execute(
                "SELECT max(coalesce((SELECT max(opened_ns) FROM session), 0), "
                "coalesce((SELECT max(opened_ns) FROM recent), 0))"
            ).fetchone()
            now = max(time.time_ns(), latest + 1)
            connection.execute("UPDATE session SET opened_ns = ? WHERE id = ?", (now, session))
            connection.execute(
                """
                DELETE FROM session WHERE id NOT IN (SELECT id FROM session ORDER BY opened_ns DESC LIMIT ?)
                """,
                (_SESSIONS_KEPT,),
            )
            connection.executemany(
                "INSERT OR REPLACE INTO recent VALUES (?, ?)", [(folder, now) for folder in folders]
            )
            connection.execute(
                """
                DELETE FROM recent WHERE folder NOT IN (
                    SELECT folder FROM recent ORDER BY opened_ns DESC LIMIT ?
                )
                """,
                (_RECENT_KEPT,),
            )

    def recent_sources(self) -> tuple[Path, ...]:
        """Return the folders opened last, latest first. They are not looked for: a drive may be away.

        Raises:
            StoreError: they cannot be read.
        """
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT folder FROM recent ORDER BY opened_ns DESC, rowid DESC LIMIT ?", (_RECENT_SHOWN,)
            ).fetchall()
        return tuple(Path(os.fsdecode(folder)) for (folder,) in rows)

    def clocks(self, folders: Iterable[Path]) -> ClockSettings:
        """Return how the user set the clocks of the cameras in these folders.

        Raises:
            StoreError: it cannot be read.
        """
        with self._database.reading() as connection:
            return read_clocks(connection, folders)

    def set_clocks(self, folders: Iterable[Path], settings: ClockSettings) -> None:
        """Set clocks for the photos of these folders; nothing stays set of cameras that are not named.

        Raises:
            StoreError: it cannot be written; nothing has changed.
        """
        with self._database.writing() as connection:
            write_clocks(connection, folders, settings)

    def audit(self, sources: Sequence[Path]) -> Audit | None:
        """Return the latest audit of what is open together; None where there is none.

        Raises:
            StoreError: it cannot be read.
        """
        with self._database.reading() as connection:
            return read_audit(connection, _key(sources))

    def keep_audit(self, sources: Sequence[Path], audit: Audit) -> None:
        """Write an audit, in the place of the former one of these sources: nothing else ever wipes it.

        Raises:
            StoreError: it cannot be written; nothing has changed.
        """
        with self._database.writing() as connection:
            write_audit(connection, _key(sources), audit)

    def keep_answers(self, sources: Sequence[Path], answers: Mapping[PhotoId, bool]) -> None:
        """Write what was said of the sample so far.

        Raises:
            StoreError: it cannot be written; nothing has changed.
        """
        with self._database.writing() as connection:
            write_answers(connection, _key(sources), answers)

    def close(self) -> None:
        """Close the file, which is backed up first where anything was written."""
        if self._database.is_open and self._database.was_written:
            back_up(self._database)
        self._database.close()

    def _apply(
        self, entry: int, undone: bool, photos: Sequence[Photo], decisions: Sequence[Decision]
    ) -> None:
        decided = _written_now(photos, decisions)
        with self._database.writing() as connection:
            write_decisions(connection, decided)
            connection.execute("UPDATE change SET undone = ? WHERE id = ?", (undone, entry))


def _written_now(photos: Sequence[Photo], decisions: Sequence[Decision]) -> list[Written]:
    now = time.time_ns()
    return [(photo, decision, now) for photo, decision in zip(photos, decisions, strict=True)]


def _session(connection: Connection, sources: Sequence[Path]) -> int:
    """Return the number of a session, made where it is new."""
    key = _key(sources)
    connection.execute(
        "INSERT INTO session (sources, opened_ns) VALUES (?, ?) ON CONFLICT (sources) DO NOTHING",
        (key, time.time_ns()),
    )
    row = connection.execute("SELECT id FROM session WHERE sources = ?", (key,)).fetchone()
    return int(row[0])


def _key(sources: Sequence[Path]) -> bytes:
    """Return the same key for the same sources in any order. No path contains a zero byte."""
    return b"\0".join(sorted({os.fsencode(path.absolute()) for path in sources}))
