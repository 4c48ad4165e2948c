"""What both caches share: the file may be lost, and a row holds while its photo's file is unchanged."""

import logging
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol, TypeVar

from core.errors import NewerSchemaError
from core.persistence.database import Database, chunks
from core.persistence.schema import Schema
from core.persistence.set_aside import discard, discard_set_aside, move_aside
from core.persistence.troubles import DamagedError, ForeignError

_log = logging.getLogger(__name__)


class SeenFile(Protocol):
    """A file as it was seen: what ``core.types.Photo`` and ``core.ingest.scanner.ScannedFile`` share."""

    @property
    def path(self) -> Path:
        """The absolute path."""
        ...

    @property
    def size_bytes(self) -> int:
        """The size of the file."""
        ...

    @property
    def mtime_ns(self) -> int:
        """When the file was changed."""
        ...

    @property
    def turn(self) -> int:
        """The orientation that a sidecar gives it, else 0; see ``core.types.Photo``."""
        ...


Stamped = TypeVar("Stamped", bound=SeenFile)

_KEY_COLUMNS = ("path", "mtime_ns", "size_bytes")  # as ``key_of`` has them


def open_cache(path: Path, schema: Schema) -> Database:
    """Open a cache; one that cannot be used is deleted and made anew, for no copy may outlive a wish to forget.

    Only what another program left under this name is moved aside.

    Raises:
        StoreError: it cannot be made either.
    """
    discard_set_aside(path)
    try:
        return Database(path, schema)
    except ForeignError as error:
        _log.warning("%s Moved to %s; made anew.", error, move_aside(path, "foreign"))
    except (DamagedError, NewerSchemaError) as error:
        discard(path)
        _log.warning("%s Deleted; made anew.", error)
    return Database(path, schema)


def key_of(file: SeenFile) -> tuple[bytes, int, int]:
    """Return the key of a file's row: path, ``mtime_ns``, ``size_bytes``.

    What was measured of a photo that its sidecar turns is kept beside what was measured of it unturned: behind the
    path stands a zero byte, which no path has, and how it is turned. So nothing is stale when the sidecar changes.
    """
    path = os.fsencode(file.path)
    return path + b"\0%d" % file.turn if file.turn else path, file.mtime_ns, file.size_bytes


def restamp(connection: sqlite3.Connection, table: str, files: Iterable[tuple[SeenFile, SeenFile]]) -> None:
    """Let rows stay valid for files whose picture is the same after a change of time or size.

    Args:
        connection: to the cache.
        table: one of its tables.
        files: each as its row knows it, and as it is now.
    """
    connection.executemany(
        f"UPDATE {table} SET mtime_ns = ?, size_bytes = ? "  # noqa: S608 - names of our own
        "WHERE path = ? AND mtime_ns = ? AND size_bytes = ?",
        [(now.mtime_ns, now.size_bytes, *key_of(before)) for before, now in files],
    )


def follow(connection: sqlite3.Connection, table: str, files: Iterable[tuple[SeenFile, SeenFile]]) -> None:
    """Keep for copies what is kept of their originals.

    Args:
        connection: to the cache.
        table: one of its tables.
        files: each original with its copy.
    """
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    values = ", ".join("?" if column in _KEY_COLUMNS else column for column in columns)
    asked = [column for column in columns if column in _KEY_COLUMNS]
    rows = []
    for original, copy in files:
        key = dict(zip(_KEY_COLUMNS, key_of(copy), strict=True))
        rows.append((*(key[column] for column in asked), *key_of(original)))
    connection.executemany(
        f"INSERT OR REPLACE INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} "  # noqa: S608
        "WHERE path = ? AND mtime_ns = ? AND size_bytes = ?",
        rows,
    )


def valid_rows(
    connection: sqlite3.Connection,
    table: str,
    columns: str,
    files: Iterable[Stamped],
    **equal: str | int,
) -> Iterator[tuple[Stamped, tuple[Any, ...]]]:
    """Yield those files whose row is still theirs, each with the columns asked for; in no certain order.

    Args:
        connection: to the cache.
        table: one of its tables.
        columns: of the table, parted by commas.
        files: whose rows are wanted.
        equal: columns that must have a certain value.
    """
    condition = "".join(f" AND {column} = ?" for column in equal)
    for chunk in chunks(list(files)):
        by_path = {key_of(file)[0]: file for file in chunk}
        rows = connection.execute(
            f"SELECT path, mtime_ns, size_bytes, {columns} FROM {table} "  # noqa: S608 - names of our own
            f"WHERE path IN ({', '.join('?' * len(by_path))}){condition}",
            (*by_path, *equal.values()),
        )
        for path, mtime_ns, size_bytes, *values in rows:
            # In a damaged file the index may lead to a row that is another's, or nobody's.
            file = by_path.get(path)
            if file is not None and (mtime_ns, size_bytes) == (file.mtime_ns, file.size_bytes):
                yield file, tuple(values)


def size_on_disk(path: Path) -> int:
    """Return the bytes of a database with its write-ahead log."""
    total = 0
    for file in (path, path.with_name(path.name + "-wal")):
        with suppress(OSError):
            total += file.stat().st_size
    return total
