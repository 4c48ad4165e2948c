"""What ``people.sqlite`` holds: names the user gave to people, and what tells their faces from others.

It is made with the first name, and deleted whole by one switch. Paths and times are as ``core.persistence.schema``
says. This is version 3 of the file.

``person``: ``name``, each once; ``is_key`` 1 for those who count more in suggestions.
``face``, what a person was named by: ``photo_id`` and ``x``, ``y``, ``width``, ``height`` of its box in fractions of
    the upright picture; ``signature`` as in ``core.types.Face``, by the weights ``model_sha256``; ``is_theirs`` 0 where
    the user said that it is somebody else's.
``denial``, the same of somebody who has no name here, only in files of other programs: ``name``, and the face.
"""

import sqlite3

from core.persistence.schema import Schema

_FIRST = (
    """
    CREATE TABLE person (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        written_ns INTEGER NOT NULL
    )
    """,
    """
    CREATE TABLE face (
        person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
        photo_id TEXT NOT NULL,
        x REAL NOT NULL,
        y REAL NOT NULL,
        width REAL NOT NULL,
        height REAL NOT NULL,
        model_sha256 TEXT NOT NULL,
        signature BLOB NOT NULL,
        is_theirs INTEGER NOT NULL CHECK (is_theirs IN (0, 1)),
        UNIQUE (person, photo_id, x, y, model_sha256)
    )
    """,
)


def _first(connection: sqlite3.Connection) -> None:
    for statement in _FIRST:
        connection.execute(statement)


def _second(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE person ADD COLUMN is_key INTEGER NOT NULL DEFAULT 0")


def _third(connection: sqlite3.Connection) -> None:
    connection.execute(
        """
        CREATE TABLE denial (
            name TEXT NOT NULL,
            photo_id TEXT NOT NULL,
            x REAL NOT NULL,
            y REAL NOT NULL,
            width REAL NOT NULL,
            height REAL NOT NULL,
            model_sha256 TEXT NOT NULL,
            signature BLOB NOT NULL,
            UNIQUE (name, photo_id, x, y, model_sha256)
        )
        """
    )


# The application id is the letters SLp.
PEOPLE = Schema(0x00534C70, (_first, _second, _third), synchronous="FULL", precious=True)
