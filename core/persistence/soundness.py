"""Whether a database is as we left it: its pages, its tables, and each row that has a seal."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing

from core.persistence.seals import broken_seals, lend_seals, put_seals_on, take_seals_off

Migration = Callable[[sqlite3.Connection], None]
"""Brings a database from one version to the next; runs inside a transaction and must not end it."""

FAR_VERSION = 1000
"""No newer Shortlist is this far ahead: the number itself is damaged."""


def number(connection: sqlite3.Connection, pragma: str) -> int:
    """Return the value of a pragma."""
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def migrate(connection: sqlite3.Connection, missing: Sequence[Migration]) -> None:
    """Take the steps; all rows of all tables that are to be sealed are sealed afterwards."""
    take_seals_off(connection)
    for step in missing:
        step(connection)
    put_seals_on(connection)


def pages_are_sound(connection: sqlite3.Connection) -> bool:
    """Tell whether SQLite finds no fault with the file, its indexes included."""
    return bool(connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")


def rows_are_sound(connection: sqlite3.Connection) -> bool:
    """Tell whether every sealed row is as it was written."""
    try:
        return broken_seals(connection) == 0
    except sqlite3.OperationalError as error:
        # Damaged text that is no UTF-8 any more cannot be handed to the function of the seal.
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_ERROR:
            return False
        raise


def tables_are_sound(connection: sqlite3.Connection, migrations: Sequence[Migration]) -> bool:
    """Tell whether the tables, columns, indexes and triggers are those that these migrations make."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        lend_seals(fresh)
        migrate(fresh, migrations)
        return _shape(connection) == _shape(fresh)


def _shape(connection: sqlite3.Connection) -> set[tuple[str, str, str | bytes]]:
    things = connection.execute("SELECT type, name, CAST(sql AS BLOB) FROM sqlite_master").fetchall()
    # A trigger stands there as it was written. With a letter of it changed, no row is written, or every seal is wrong.
    parts = {(kind, name, sql if kind == "trigger" else "") for kind, name, sql in things}
    for _, name, _ in (thing for thing in things if thing[0] == "table"):
        parts |= {("column", name, row[1]) for row in connection.execute(f'PRAGMA table_info("{name}")')}
    return parts
