"""A checksum in every row that matters: what a failing disk or another program changed in it is noticed.

Triggers write it with each row, so that no statement can forget it; they call a function that only our connections
have. Pages are whole after such a change as far as SQLite can tell, so its own check does not find it.
"""

import sqlite3
from collections.abc import Iterator
from zlib import crc32

SEAL = "seal"
"""The column. A table that has it is sealed; a migration adds it as an INTEGER."""


def seal_of(table: str, *values: str | float | bytes | None) -> int:
    """Return the checksum of a row, 32 bits.

    Args:
        table: the row's, so that it counts in no other.
        values: of all columns but the seal, in the order of the columns' names.
    """
    return crc32(ascii((table, *values)).encode("ascii"))


def lend_seals(connection: sqlite3.Connection) -> None:
    """Give a connection the function by which triggers seal rows."""
    connection.execute("PRAGMA trusted_schema = ON")  # some builds do not let triggers call it otherwise
    connection.create_function(SEAL, -1, seal_of, deterministic=True)


def sealed_tables(connection: sqlite3.Connection) -> Iterator[tuple[str, list[str]]]:
    """Yield the tables that are sealed, each with the columns that are, in the order of the seal."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    for (table,) in names:
        columns = sorted(row[1] for row in connection.execute(f'PRAGMA table_info("{table}")'))
        if SEAL in columns:
            columns.remove(SEAL)
            yield table, columns


def take_seals_off(connection: sqlite3.Connection) -> None:
    """Stop sealing, so that a migration can change tables; ``put_seals_on`` starts it again."""
    for table, _ in list(sealed_tables(connection)):
        for event in ("INSERT", "UPDATE"):
            connection.execute(f"DROP TRIGGER IF EXISTS {_trigger(table, event)}")


def put_seals_on(connection: sqlite3.Connection) -> None:
    """Seal all rows as they are, and from now on each that is written."""
    for table, columns in list(sealed_tables(connection)):
        connection.execute(f"UPDATE {table} SET {SEAL} = {_seal(table, columns)}")  # noqa: S608 - names of our own
        for event in ("INSERT", "UPDATE"):
            connection.execute(
                f"CREATE TRIGGER {_trigger(table, event)} AFTER {event} ON {table} BEGIN "  # noqa: S608
                f"UPDATE {table} SET {SEAL} = {_seal(table, columns, 'NEW.')} WHERE rowid = NEW.rowid; END"
            )


def broken_seals(connection: sqlite3.Connection) -> int:
    """Count the rows that are not as they were written.

    Raises:
        sqlite3.DatabaseError: they cannot be read; text that is none counts as that.
    """
    broken = 0
    for table, columns in sealed_tables(connection):
        seal = _seal(table, columns)
        (count,) = connection.execute(
            f"SELECT count(*) FROM {table} WHERE {SEAL} IS NOT {seal}"  # noqa: S608 - names of our own
        ).fetchone()
        broken += int(count)
    return broken


def _seal(table: str, columns: list[str], of: str = "") -> str:
    return f"{SEAL}('{table}', {', '.join(of + column for column in columns)})"


def _trigger(table: str, event: str) -> str:
    return f"{table}_sealed_on_{event.lower()}"
