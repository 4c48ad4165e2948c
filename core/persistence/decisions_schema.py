"""What ``decisions.sqlite`` holds, kept for good: what the user decided.

There is one for the whole machine, so that a folder, its parent and its subfolders show the same decisions.
Paths, times, seals and versions are as ``core.persistence.schema`` says. This is version 7 of the file.

``decision``, the latest on each photo:
    ``photo_id`` digest of the absolute path, see ``core.ingest.scanner.photo_id``;
    ``path``, ``name``, ``size_bytes``, ``mtime_ns`` of the file when it was last seen: the last three
    recognise it after its folder was renamed; ``content`` its digest (``core.ingest.content``), which recognises it
    after it was renamed itself, NULL where it is not known, or where the file went elsewhere since;
    ``flag`` pick, reject or unflagged; ``rating`` 0 to 5; ``label`` red, yellow, green, blue, purple or none;
    each NULL where never touched;
    ``source`` user or suggested; ``decided_at`` ISO 8601, UTC; ``written_ns`` when it was recorded,
    0 where nothing was: the file is a copy of another that was there when it was first seen;
    ``grouped`` names the group the user put the photo in (``core.grouping.users_groups``), NULL where the program
    groups it;
    ``accepted`` one or many where the flag is that of an accepted suggestion, of one burst or of many at once; NULL
    where the user gave the flag, or where it was given before version 6;
    ``look`` what the user calls what the photo looks like, NULL where nothing (since version 7).
``session``, a set of folders and files that were open together:
    ``sources`` their paths, sorted, joined by a zero byte; ``opened_ns`` when last.
``change``, the undo journal of a session, oldest first by ``id``:
    ``title`` as a menu shows it; ``undone`` 1 while it is taken back and can be made again;
    ``before`` and ``after`` JSON arrays of decisions ``[photo_id, flag, rating, label, source, decided_at, grouped,
    accepted, look]``, of which version 1 had no ``grouped``, those before 6 no ``accepted``, before 7 no ``look``.
``clock``, how the user set the clocks of cameras: to the times of ``camera`` (``core.types.Photo.camera``) in
    ``folder`` come ``shift_us`` microseconds, NULL where the clock is to be left alone; ``written_ns`` when it was set.
``recent``, the folders of the welcome screen.
``audit``, the latest sample of rejects the user looked through, by the ``sources`` of a session: ``sample`` is JSON
    of its seed, of the rejects it was drawn from and of those drawn; ``answers`` JSON of what the user said of each;
    ``drawn_at`` ISO 8601, UTC; ``written_ns`` when it was drawn or answered last.
"""

import sqlite3

from core.persistence.schema import Schema, statements

_FIRST = (
    """
    CREATE TABLE decision (
        photo_id TEXT PRIMARY KEY,
        path BLOB NOT NULL,
        name BLOB NOT NULL,
        size_bytes INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        flag TEXT CHECK (flag IN ('pick', 'reject', 'unflagged')),
        rating INTEGER CHECK (rating BETWEEN 0 AND 5),
        label TEXT CHECK (label IN ('red', 'yellow', 'green', 'blue', 'purple', 'none')),
        source TEXT NOT NULL CHECK (source IN ('user', 'suggested')),
        decided_at TEXT,
        written_ns INTEGER NOT NULL
    )
    """,
    "CREATE INDEX decision_by_path ON decision (path)",
    "CREATE INDEX decision_by_file ON decision (name, size_bytes)",
    """
    CREATE TABLE session (
        id INTEGER PRIMARY KEY,
        sources BLOB NOT NULL UNIQUE,
        opened_ns INTEGER NOT NULL
    )
    """,
    # AUTOINCREMENT: the number of a deleted change is never given to another, in any window.
    """
    CREATE TABLE change (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
        title TEXT NOT NULL,
        undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
        before TEXT NOT NULL,
        after TEXT NOT NULL
    )
    """,
    "CREATE INDEX change_by_session ON change (session_id, id)",
    "CREATE TABLE recent (folder BLOB PRIMARY KEY, opened_ns INTEGER NOT NULL)",
)

_CLOCKS = """
    CREATE TABLE clock (
        folder BLOB NOT NULL,
        camera TEXT NOT NULL,
        shift_us INTEGER,
        written_ns INTEGER NOT NULL,
        PRIMARY KEY (folder, camera)
    )
"""

_AUDITS = """
    CREATE TABLE audit (
        sources BLOB PRIMARY KEY,
        sample TEXT NOT NULL,
        answers TEXT NOT NULL,
        drawn_at TEXT NOT NULL,
        written_ns INTEGER NOT NULL,
        seal INTEGER
    )
"""

_CONTENTS = (
    "ALTER TABLE decision ADD COLUMN content TEXT",
    "CREATE INDEX decision_by_content ON decision (content) WHERE content IS NOT NULL",
)


def _seals(connection: sqlite3.Connection) -> None:
    for table in ("decision", "change", "clock"):
        connection.execute(f"ALTER TABLE {table} ADD COLUMN seal INTEGER")


# The application id is the letters SLd.
DECISIONS = Schema(
    0x00534C64,
    (
        statements(*_FIRST),
        statements("ALTER TABLE decision ADD COLUMN grouped TEXT"),
        statements(_CLOCKS),
        _seals,
        statements(*_CONTENTS),
        statements(
            "ALTER TABLE decision ADD COLUMN accepted TEXT CHECK (accepted IN ('one', 'many'))", _AUDITS
        ),
        statements("ALTER TABLE decision ADD COLUMN look TEXT"),
    ),
    synchronous="FULL",
    precious=True,
)
