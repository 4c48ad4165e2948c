"""What ``exports.sqlite`` holds, kept so that exports can be undone; without it they cannot.

Paths, times, seals and versions are as ``core.persistence.schema`` says. This is version 3 of the file.

``export``, one a row: ``title``; ``started_ns``; ``planned`` files; ``finished`` 0 while it runs or is undone, or was
    killed; ``undoing`` 1 while it is undone.
``touched``, the files of an export, each noted before it was touched, in order of ``id``:
    ``touch`` folder, written, embedded, copied, moved or trashed; ``path``; ``source`` of a copy or a move, or the
    link through which the file was reached;
    ``rewrites`` JSON array of ``[start, former, written]``: in the file as it is now the bytes ``written``
    (base64) stand at ``start`` in place of ``former``;
    ``before_*`` and ``after_*``: size and BLAKE2b-128 of the file, NULL where it was not there or is not known;
    ``kept_mtime_ns`` the file's time, where it is the only date of a photo, so that it has to stay; else NULL.
"""

import sqlite3

from core.persistence.schema import Schema, statements

_FIRST = (
    # AUTOINCREMENT: the number of an export that was undone is never given to another.
    """
    CREATE TABLE export (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        title TEXT NOT NULL,
        started_ns INTEGER NOT NULL,
        planned INTEGER NOT NULL,
        finished INTEGER NOT NULL DEFAULT 0 CHECK (finished IN (0, 1))
    )
    """,
    """
    CREATE TABLE touched (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        export_id INTEGER NOT NULL REFERENCES export (id) ON DELETE CASCADE,
        touch TEXT NOT NULL CHECK (touch IN ('folder', 'written', 'embedded', 'copied', 'moved', 'trashed')),
        path BLOB NOT NULL,
        source BLOB,
        rewrites TEXT NOT NULL,
        before_size INTEGER,
        before_digest BLOB,
        after_size INTEGER,
        after_digest BLOB
    )
    """,
    "CREATE INDEX touched_by_export ON touched (export_id, id)",
)


def _undoing_and_seals(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE export ADD COLUMN undoing INTEGER NOT NULL DEFAULT 0")
    for table in ("export", "touched"):
        connection.execute(f"ALTER TABLE {table} ADD COLUMN seal INTEGER")


# The application id is the letters SLe.
EXPORTS = Schema(
    0x00534C65,
    (
        statements(*_FIRST),
        _undoing_and_seals,
        statements("ALTER TABLE touched ADD COLUMN kept_mtime_ns INTEGER"),
    ),
    synchronous="FULL",
    precious=True,
)
