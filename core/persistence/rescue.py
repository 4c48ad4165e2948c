"""Damaged decisions: what of them can be recovered, from the file itself and from its backups.

Whatever is chosen, the damaged file is kept as it is, beside the new one.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from core.files import MOST_DOCUMENT_BYTES, read_file
from core.persistence.backups import LAST_CLOSE, Backup, backups_of, is_sound
from core.persistence.carving import carve
from core.persistence.connections import connect_to_read, write_copy
from core.persistence.database import BESIDE, Database
from core.persistence.decisions_schema import DECISIONS
from core.persistence.private_files import sync_folder
from core.persistence.seals import SEAL, seal_of
from core.persistence.set_aside import move_aside, move_logs_aside, set_aside
from core.persistence.soundness import number
from core.persistence.troubles import known_errors

Row = Mapping[str, str | int | float | bytes | None]
"""Values by column, without the seal."""

_TOGETHER = (("session", "change"), ("clock",), ("recent",), ("audit",))
"""The tables beside the decisions. Those that refer to one another come from one file, the first that has any."""


@dataclass(frozen=True, slots=True)
class Restorable:
    """A sound backup, and how many decisions it holds."""

    backup: Backup
    decisions: int


@dataclass(frozen=True, slots=True)
class Remains:
    """What is left of damaged decisions.

    Attributes:
        path: the file, which may be gone.
        rows: the latest decision on each photo, by its id, that can be trusted: from the file or a backup.
        readable: how many of them the file itself has.
        left_out: names of photos of which no known state can be trusted.
        backups: those that could be put in its place, the latest first.
    """

    path: Path
    rows: Mapping[str, Row]
    readable: int
    left_out: tuple[str, ...]
    backups: tuple[Restorable, ...]


def look_at(path: Path) -> Remains:
    """Find out what can be recovered of damaged decisions.

    Reads only, and raises nothing: what it cannot read is lost.
    """
    rows: dict[str, Row] = {}
    doubtful: dict[str, Row] = {}
    damaged = _damaged(path)
    for row, trusted in chain.from_iterable(_decisions(file) for file in damaged):
        _take(row, rows if trusted else doubtful)
    readable = len(rows)
    restorable = []
    for backup in backups_of(path):
        found: dict[str, Row] = {}
        for row, trusted in _decisions(backup.path):
            if trusted:
                _take(row, found)
        for row in found.values():
            _take(row, rows)
        if is_sound(backup.path) and _version(backup.path) <= DECISIONS.version:
            restorable.append(Restorable(backup, len(found)))
    left_out = sorted(_name(row) for photo, row in doubtful.items() if photo not in rows)
    return Remains(path, rows, readable, tuple(left_out), tuple(restorable))


def rescue(remains: Remains) -> Path | None:
    """Make the decisions anew of all that can be trusted.

    Return where the damaged file is kept, None if it was gone.

    Raises:
        StoreError: it cannot be written; nothing has changed.
    """
    path, new = remains.path, _new(remains.path)
    sources = [*_damaged(path), *(one.backup.path for one in remains.backups)]
    with closing(Database(new, DECISIONS)) as database, database.writing() as connection:
        _insert(connection, "decision", remains.rows.values())
        for tables in _TOGETHER:
            for source in sources:
                found = {table: [row for row, trusted in _rows(source, table) if trusted] for table in tables}
                if found[tables[0]]:
                    for table, rows in found.items():
                        _insert(connection, table, rows)
                    break
    return _put_in_place(new, path)


def restore(remains: Remains, backup: Backup) -> Path | None:
    """Put a backup in the place of the damaged file, which is kept; return where, None if it was gone.

    Raises:
        StoreError: it cannot be written; nothing has changed.
    """
    new = _new(remains.path)
    with known_errors(backup.path), closing(connect_to_read(backup.path)) as source:
        write_copy(source, new)
    return _put_in_place(new, remains.path)


def start_anew(remains: Remains) -> Path | None:
    """Begin with no decisions; the damaged file and the last backup are kept for good. Returns where the former is.

    Raises:
        StoreError: it cannot be written; nothing has changed.
    """
    new = _new(remains.path)
    Database(new, DECISIONS).close()
    last = remains.path.with_name(f"{remains.path.name}.{LAST_CLOSE}")
    if last.exists():
        move_aside(last, "kept")
    return _put_in_place(new, remains.path)


def _new(path: Path) -> Path:
    """Name the file that is about to take the place; nothing is under it."""
    new = path.with_name(path.name + ".new")
    with known_errors(path):
        for suffix in ("", *BESIDE):
            new.with_name(new.name + suffix).unlink(missing_ok=True)
    return new


def _put_in_place(new: Path, path: Path) -> Path | None:
    # Killed in between, the next start finds nothing in place, and looks at what was moved aside.
    aside = move_aside(path) if path.exists() else None
    with known_errors(path):
        move_logs_aside(path, aside or next(iter(set_aside(path)), path.with_name(path.name + ".damaged")))
        new.replace(path)
        sync_folder(path.parent)
    return aside


def _damaged(path: Path) -> Sequence[Path]:
    """Return the file; where it is gone, what was moved aside last."""
    return (path,) if path.exists() else set_aside(path)[:1]


def _take(row: Row, rows: dict[str, Row]) -> None:
    """Take a row in: of several states of a decision the one written last counts."""
    photo, written = str(row.get("photo_id")), row.get("written_ns")
    known = rows.get(photo)
    if known is None or _as_number(written) > _as_number(known.get("written_ns")):
        rows[photo] = row


def _as_number(value: object) -> int:
    return value if isinstance(value, int) else -1


def _name(row: Row) -> str:
    name = row.get("name")
    return os.fsdecode(name) if isinstance(name, bytes) else str(row.get("photo_id"))


def _decisions(file: Path) -> Iterator[tuple[Row, bool]]:
    """Yield the decisions a file has, in its tables and in its raw pages, each with whether it can be trusted."""
    yield from _rows(file, "decision")
    log = file.with_name(file.name + "-wal")
    names = _columns_as_they_lie("decision")
    with suppress(OSError):
        logged = read_file(log, MOST_DOCUMENT_BYTES) if log.exists() else b""
        for values in carve(read_file(file, MOST_DOCUMENT_BYTES), logged, len(names)):
            row = dict(zip(names, values, strict=True))
            if _is_sealed(row, "decision"):
                yield _without_seal(row), True


def _rows(file: Path, table: str) -> Iterator[tuple[Row, bool]]:
    """Yield the rows of a table that can still be read, from both ends to the damage.

    Each comes with whether it can be trusted.
    """
    with suppress(sqlite3.Error, OSError), closing(connect_to_read(file)) as connection:
        connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
        seen: set[int] = set()
        for order in ("ASC", "DESC"):
            with suppress(sqlite3.Error):
                cursor = connection.execute(f"SELECT rowid AS rowid_, * FROM {table} ORDER BY rowid {order}")  # noqa: S608
                names = [column[0] for column in cursor.description][1:]
                for rowid, *values in cursor:
                    if rowid not in seen:
                        seen.add(rowid)
                        row = dict(zip(names, values, strict=True))
                        yield _without_seal(row), SEAL not in row or _is_sealed(row, table)


def _is_sealed(row: Row, table: str) -> bool:
    return row[SEAL] == seal_of(table, *(row[name] for name in sorted(row) if name != SEAL))


def _without_seal(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != SEAL}


def _columns_as_they_lie(table: str) -> list[str]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        for step in DECISIONS.migrations:
            step(fresh)
        return [row[1] for row in fresh.execute(f'PRAGMA table_info("{table}")')]


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    """Write rows of any version; one that the table refuses is none of ours."""
    ours = {row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')}
    for row in rows:
        known = {name: value for name, value in row.items() if name in ours}
        with suppress(sqlite3.IntegrityError, UnicodeEncodeError, OverflowError):
            connection.execute(
                f"INSERT INTO {table} ({', '.join(known)}) VALUES ({', '.join('?' * len(known))})",  # noqa: S608
                list(known.values()),
            )


def _version(path: Path) -> int:
    with closing(connect_to_read(path)) as connection:
        return number(connection, "user_version")
