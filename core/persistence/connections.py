"""The one place where SQLite is told to open a file, and how a copy of an open one is made."""

import sqlite3
from contextlib import closing
from pathlib import Path

from core.files import check_regular
from core.persistence.private_files import make_private_file
from core.persistence.seals import lend_seals

_BUSY_SECONDS = 5.0  # another window's transaction is over within milliseconds


def connect(path: Path) -> sqlite3.Connection:
    """Open a database, or make it.

    Raises:
        SpecialFileError: it is no regular file.
        sqlite3.OperationalError: it cannot be opened.
    """
    check_regular(path)
    # No isolation level: transactions begin where we say so. Our locks replace the thread check.
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys = ON")
    lend_seals(connection)
    return connection


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open a database without changing a byte of it: closing any other connection would tidy the file up.

    Raises:
        SpecialFileError: it is no regular file.
        sqlite3.OperationalError: it is not there, or cannot be opened.
    """
    check_regular(path)
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro", timeout=_BUSY_SECONDS, isolation_level=None, uri=True
    )


def write_copy(source: sqlite3.Connection, path: Path) -> None:
    """Copy a database as it is now, by SQLite's own means, into one private file, in place of what is there.

    Raises:
        sqlite3.DatabaseError, OSError: it cannot be read or written.
    """
    path.unlink(missing_ok=True)
    make_private_file(path)
    with closing(connect(path)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE").fetchone()  # all in one file, which can be moved about
