"""What ``library.sqlite`` holds: the index of the frames of all shoots. Disposable, and wiped whole by one switch.

Paths, times and versions are as ``core.persistence.schema`` says. This is version 4 of the file.

``frame``, one a photo file: ``path``, ``mtime_ns``, ``size_bytes``, ``turn`` as it was measured; ``shoot`` the folder
    it was last opened with; ``volume`` the mount point of its drive, by which what is gone is told from what is away;
    ``facts`` what the file says (``core.persistence.documents.write_facts``), ``facts_version`` of the code that read
    it; ``width``, ``height`` of the upright picture, ``compression``, ``phash`` (as a signed number) and ``faces``
    (their number) as in ``core.types.Analysis``; ``things`` what it surely shows, English words in a JSON array, NULL
    where it was not asked; ``embedder`` whose look of it is kept. Since version 2 ``photo_id``, and ``words``, the text
    that ``core.persistence.library_words`` makes of all words in ``facts``; NULL until it is written anew. Since
    version 3 an index holds what searches look at, a tenth of the whole.
``embedder``, the weights and the version of the code that made looks: ``basis`` is a matrix of orthonormal columns,
    little-endian float32, shape (D, H), by which the heads of looks were made, found out of ``fitted`` frames.
``head``, the look of a frame shortened to H numbers, little-endian float32: all are read at once.
``look``, the whole of it as a unit vector, little-endian float16: read of the few that the heads find.
``state``: ``changes`` counts how often the file was written. Since version 4 ``whole`` is 1 where all that was measured
    is in it; 0 while something is coming in, and after that was cut short.
"""

import sqlite3

from core.persistence.schema import Schema

_FIRST = (
    """
    CREATE TABLE embedder (
        id INTEGER PRIMARY KEY,
        sha256 TEXT NOT NULL,
        version INTEGER NOT NULL,
        fitted INTEGER NOT NULL DEFAULT 0,
        basis BLOB,
        UNIQUE (sha256, version)
    )
    """,
    # AUTOINCREMENT: the number of a frame that is forgotten is never given to another.
    """
    CREATE TABLE frame (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        path BLOB NOT NULL UNIQUE,
        mtime_ns INTEGER NOT NULL,
        size_bytes INTEGER NOT NULL,
        turn INTEGER NOT NULL,
        shoot BLOB NOT NULL,
        volume BLOB NOT NULL,
        facts_version INTEGER NOT NULL,
        facts TEXT NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        compression REAL NOT NULL,
        phash INTEGER NOT NULL,
        faces INTEGER NOT NULL,
        things TEXT,
        embedder INTEGER NOT NULL REFERENCES embedder (id)
    )
    """,
    """
    CREATE TABLE head (
        frame INTEGER PRIMARY KEY REFERENCES frame (id) ON DELETE CASCADE,
        embedder INTEGER NOT NULL,
        head BLOB NOT NULL
    )
    """,
    """
    CREATE TABLE look (
        frame INTEGER PRIMARY KEY REFERENCES frame (id) ON DELETE CASCADE,
        embedder INTEGER NOT NULL,
        vector BLOB NOT NULL
    )
    """,
    "CREATE TABLE state (changes INTEGER NOT NULL)",
    "INSERT INTO state VALUES (0)",
)


def _first(connection: sqlite3.Connection) -> None:
    for statement in _FIRST:
        connection.execute(statement)


def _words(connection: sqlite3.Connection) -> None:
    for column in ("photo_id", "words"):
        connection.execute(f"ALTER TABLE frame ADD COLUMN {column} TEXT")


def _words_at_hand(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE INDEX frame_words ON frame (words, things, photo_id)")


def _whole(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE state ADD COLUMN whole INTEGER NOT NULL DEFAULT 0")


# The application id is the letters SLl.
LIBRARY = Schema(0x00534C6C, (_first, _words, _words_at_hand, _whole), synchronous="NORMAL", precious=False)
