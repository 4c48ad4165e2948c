"""SQLite opened well: one writer, many readers, ordered migrations, and failures in plain sentences."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from core.errors import NewerSchemaError, StoreError
from core.files import check_regular
from core.language import Sentence, say
from core.persistence.connections import connect, connect_to_read, write_copy
from core.persistence.private_files import keep_private, make_private_file
from core.persistence.schema import Schema
from core.persistence.soundness import (
    FAR_VERSION,
    migrate,
    number,
    pages_are_sound,
    rows_are_sound,
    tables_are_sound,
)
from core.persistence.troubles import (
    CHANGED,
    REASONS,
    DamagedError,
    ForeignError,
    known_errors,
    sentence_about,
)

Item = TypeVar("Item")

_CHUNK = 400  # SQLite takes 999 parameters a statement in old builds; keys have one or two

BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps of an open database


class Database:
    """One open database file, to be used from any thread.

    Writing goes through one connection under a lock. Each reader borrows a connection of its own, so that
    with SQLite's write-ahead log nobody who reads waits for one who writes. Other processes may have the
    file open too.

    Args:
        path: the file; made where it is missing, its folder is not.
        schema: what it has to be.

    Raises:
        NewerSchemaError: it was written by a newer Shortlist; the file is untouched.
        DamagedError: it cannot be read.
        StoreError: it cannot be opened.
    """

    def __init__(self, path: Path, schema: Schema) -> None:
        self._path = path
        self._schema = schema
        self._writing = threading.Lock()
        self._lending = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._closed = False
        self._is_damaged = False  # what can be made again is made anew, before anything else is written
        self._open()

    def _open(self) -> None:
        path = self._path
        with known_errors(path):
            for suffix in ("", *BESIDE):
                check_regular(path.with_name(path.name + suffix))
            self._keep_to_its_owner()
            self._refuse_newer()
            self._writer = self._connect()
            try:
                self._writer.execute("PRAGMA secure_delete = ON")  # what is deleted is gone from the file
                self._prepare()
                self._place = _place_of(path)
                self._untouched = self._writer.total_changes
            except BaseException:
                self._writer.close()
                raise

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    @property
    def is_open(self) -> bool:
        """Whether it was not closed yet."""
        return not self._closed

    @property
    def was_written(self) -> bool:
        """Whether anything was written since it was opened."""
        return self._writer.total_changes > self._untouched

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Run one transaction: committed at the end of the block, rolled back if the block fails.

        Raises:
            StoreError: it could not be written; nothing of the block is kept.
        """
        with self._writing, self._noticing_damage():
            self._check_open()
            if self._is_damaged:
                self._make_anew()
            self._check_in_place()
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                # A full disk may have rolled back already.
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection that only reads, for this block alone.

        Raises:
            StoreError: it could not be read.
        """
        with self._noticing_damage():
            connection = self._borrow()
            try:
                yield connection
            finally:
                self._give_back(connection)

    def shrink(self) -> None:
        """Give the room of deleted rows back to the disk.

        Raises:
            StoreError: that failed; the data are whole.
        """
        with self._writing, known_errors(self._path):
            self._check_open()
            # As a script: ``execute`` stops after the first of its steps, each of which frees one page.
            self._writer.executescript("PRAGMA incremental_vacuum")
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def scrub(self) -> None:
        """Leave nothing of what was deleted in the file or its log, not even what an older version left there.

        Raises:
            StoreError: that failed, or another window is reading; what is not deleted is whole.
        """
        with self._writing, self._noticing_damage():
            self._check_open()
            self._check_in_place()
            self._writer.execute("VACUUM")
            busy, _, _ = self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy:
                raise StoreError(sentence_about(self._path, REASONS[sqlite3.SQLITE_BUSY]))

    def close(self) -> None:
        """Close all connections; those lent out as soon as they come back. Harmless when closed already."""
        with self._writing, self._lending:
            self._closed = True
            for connection in (*self._idle, self._writer):
                connection.close()
            self._idle.clear()

    @contextmanager
    def _noticing_damage(self) -> Iterator[None]:
        try:
            with known_errors(self._path):
                yield
        except DamagedError:
            self._is_damaged = not self._schema.precious
            raise

    def _make_anew(self) -> None:
        """Delete what is damaged; readers that have it open still read to the end."""
        with self._lending:
            for connection in (*self._idle, self._writer):
                connection.close()
            self._idle.clear()
            for suffix in ("", *BESIDE):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
        self._open()
        self._is_damaged = False

    def _connect(self) -> sqlite3.Connection:
        connection = connect(self._path)
        connection.execute(f"PRAGMA synchronous = {self._schema.synchronous}")
        if self._schema.synchronous == "FULL":
            connection.execute("PRAGMA fullfsync = ON")  # macOS keeps an fsync in the drive's cache otherwise
        return connection

    def _borrow(self) -> sqlite3.Connection:
        with self._lending:
            self._check_open()
            if self._idle:
                return self._idle.pop()
        connection = self._connect()
        connection.execute("PRAGMA query_only = ON")
        return connection

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._lending:
            if self._closed:
                connection.close()
            else:
                self._idle.append(connection)

    def _check_open(self) -> None:
        if self._closed:
            raise StoreError(say("“{name}” is closed already.", name=self._path.name))

    def _check_in_place(self) -> None:
        """Refuse a file that is not under its name any more.

        Some systems let an open file be deleted or moved: what is written then is lost without an error.
        """
        if _place_of(self._path) != self._place:
            raise StoreError(
                sentence_about(
                    self._path, say("It was deleted or moved while Shortlist was running; start it again.")
                )
            )

    def _keep_to_its_owner(self) -> None:
        """Make the file private from its first moment, with all that stands beside it.

        Where the folder is not there, SQLite reports it.
        """
        for beside in self._path.parent.glob(f"{self._path.name}?*"):
            keep_private(beside)
        with suppress(OSError):
            make_private_file(self._path)

    def _refuse_newer(self) -> None:
        """Refuse a newer file through a connection that only reads: closing any other would change the file."""
        if not self._path.exists():
            return
        with closing(connect_to_read(self._path)) as looking:
            version = number(looking, "user_version")
            if version <= self._schema.version or version > self._schema.version + FAR_VERSION:
                return
            backup = self._back_up(version, looking) if self._schema.precious else None
        raise NewerSchemaError(
            say(
                "“{name}” was written by a newer version of Shortlist. Update Shortlist to open it; nothing was"
                " changed. A copy of it is in “{backup}”.",
                name=self._path.name,
                backup=backup,
            )
            if backup
            else say(
                "“{name}” was written by a newer version of Shortlist. Update Shortlist to open it; nothing was"
                " changed.",
                name=self._path.name,
            )
        )

    def _prepare(self) -> None:
        """Refuse what is not ours to open, then bring the file to the newest version."""
        version = number(self._writer, "user_version")
        self._refuse_foreign()
        if not 0 <= version <= self._schema.version:
            raise self._damage()
        if version and self._schema.precious:
            self._refuse_damage(version)
        # Both are lasting and only for speed and size: a network drive, or another window that is just
        # starting, may refuse them, and the file works without.
        with suppress(sqlite3.OperationalError):
            self._writer.execute("PRAGMA auto_vacuum = INCREMENTAL")
            self._writer.execute("PRAGMA journal_mode = WAL").fetchone()
        if version < self._schema.version:
            self._migrate()

    def _refuse_damage(self, version: int) -> None:
        """Look at all of it, and refuse what is damaged; reads only."""
        if not pages_are_sound(self._writer):
            raise self._damage()
        if not tables_are_sound(self._writer, self._schema.migrations[:version]):
            raise self._damage()
        if not rows_are_sound(self._writer):
            raise self._damage(CHANGED)

    def _damage(self, reason: Sentence = REASONS[sqlite3.SQLITE_CORRUPT]) -> DamagedError:
        return DamagedError(sentence_about(self._path, reason))

    def _refuse_foreign(self) -> None:
        """Refuse a database of another program: it is never written into."""
        if self._writer.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            return
        if number(self._writer, "application_id") != self._schema.application_id:
            raise ForeignError(
                sentence_about(self._path, say("It belongs to another program and was left alone."))
            )
        if not number(self._writer, "user_version"):  # read now: another window may just have made the tables
            raise self._damage()

    def _migrate(self) -> None:
        """Take all missing steps in one transaction; a precious file is copied first."""
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            # Looked at again: another window may have been quicker.
            version = number(self._writer, "user_version")
            if version and self._schema.precious:
                # Through a second connection: this one is inside the transaction that keeps others out.
                with closing(self._connect()) as source:
                    self._back_up(version, source)
            migrate(self._writer, self._schema.migrations[version:])
            self._writer.execute(f"PRAGMA application_id = {self._schema.application_id}")
            self._writer.execute(f"PRAGMA user_version = {max(version, self._schema.version)}")
            self._writer.execute("COMMIT")
        except BaseException:
            if self._writer.in_transaction:
                self._writer.execute("ROLLBACK")
            raise

    def _back_up(self, version: int, source: sqlite3.Connection) -> Path:
        """Leave ``name.v1.bak`` beside the file, whole or not at all; return where."""
        backup = self._path.with_name(f"{self._path.name}.v{version}.bak")
        unfinished = backup.with_name(backup.name + ".part")
        write_copy(source, unfinished)
        unfinished.replace(backup)
        return backup


def chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Cut keys into parts short enough for one statement's parameters."""
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]


def _place_of(path: Path) -> tuple[int, int] | None:
    """Return what identifies a file under any name; None where there is none."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino
