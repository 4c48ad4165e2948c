"""What a kind of SQLite file is made of. Each kind has a module of its own, which says what lies in its tables.

All files are described there so that other programs can read them:

- All paths are the bytes of the file system (``os.fsencode``; UTF-8 nearly everywhere), because a file name need not
  be valid text. All ``*_ns`` are integers of nanoseconds since 1970, UTC.
- ``PRAGMA user_version`` is the version of a file, ``PRAGMA application_id`` tells the kinds apart.
- ``seal``, in tables that cannot be made again, is a checksum of the row (``core.persistence.seals``). Triggers write
  it with a function of ours, so that other programs can read these tables and not write them.
"""

import sqlite3
from dataclasses import dataclass

from core.persistence.soundness import Migration


@dataclass(frozen=True, slots=True)
class Schema:
    """What a kind of database is made of.

    Attributes:
        application_id: SQLite's mark in the header that tells our files from others, 32 bits.
        migrations: the first makes version 1 of an empty file, the second 2 of 1, and so on.
        synchronous: "FULL" where a commit must outlast a power cut, "NORMAL" where the last may be lost.
        precious: checked for damage when opened, and backed up before a migration.
    """

    application_id: int
    migrations: tuple[Migration, ...]
    synchronous: str
    precious: bool

    @property
    def version(self) -> int:
        """The newest version, kept in the file as ``user_version``."""
        return len(self.migrations)


def statements(*sql: str) -> Migration:
    """Return the migration that executes statements of SQL, one after the other."""

    def migration(connection: sqlite3.Connection) -> None:
        for statement in sql:
            connection.execute(statement)

    return migration
