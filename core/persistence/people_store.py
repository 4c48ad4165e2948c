"""Keeps the names of people with the faces they were named by, and forgets them without a trace."""

import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import Connection

from core.known.people import KnownFace, KnownPerson
from core.persistence.database import BESIDE, Database
from core.persistence.people_schema import PEOPLE
from core.persistence.taste_store import discard_copies
from core.types import Box, PhotoId


class PeopleStore:
    """Everybody with a name, in one file that is not there before the first name is given.

    Each call opens the file for itself. All methods raise ``StoreError`` where it cannot be read or written; nothing is
    changed by one that does.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def is_there(self) -> bool:
        """Whether a name was given at any time since all were forgotten."""
        return self._path.exists()

    def names(self) -> tuple[str, ...]:
        """Return all names, in order of the alphabet."""
        with self._reading() as connection:
            rows = connection.execute("SELECT name FROM person").fetchall() if connection else []
        return tuple(sorted((name for (name,) in rows), key=str.casefold))

    def key_names(self) -> frozenset[str]:
        """Return the names of key people, who count more in suggestions."""
        with self._reading() as connection:
            rows = connection.execute("SELECT name FROM person WHERE is_key").fetchall() if connection else []
        return frozenset(name for (name,) in rows)

    def everybody(self, model_sha256: str) -> tuple[KnownPerson, ...]:
        """Return everybody with a name, by the faces that one model measured; and whom the user said nobody is."""
        with self._reading() as connection:
            if connection is None:
                return ()
            people = connection.execute("SELECT id, name, is_key FROM person ORDER BY name").fetchall()
            rows = connection.execute(
                "SELECT person, photo_id, x, y, width, height, signature, is_theirs FROM face "
                "WHERE model_sha256 = ? ORDER BY rowid",
                (model_sha256,),
            ).fetchall()
            denials = connection.execute(
                "SELECT name, photo_id, x, y, width, height, signature FROM denial "
                "WHERE model_sha256 = ? ORDER BY rowid",
                (model_sha256,),
            ).fetchall()
        faces: dict[tuple[int, bool], list[KnownFace]] = {}
        for person, *face, is_theirs in rows:
            faces.setdefault((person, bool(is_theirs)), []).append(_face(*face))
        denied: dict[str, list[KnownFace]] = {}
        for name, *face in denials:
            denied.setdefault(name, []).append(_face(*face))
        named = [
            KnownPerson(
                name,
                tuple(faces.get((number, True), ())),
                (*faces.get((number, False), ()), *denied.pop(name, ())),
                bool(is_key),
            )
            for number, name, is_key in people
        ]
        return (*named, *(KnownPerson(name, (), tuple(strangers)) for name, strangers in denied.items()))

    def name(self, faces: Sequence[KnownFace], name: str, model_sha256: str) -> None:
        """Give faces a name, which takes any other from them, copies of their photos included; "" gives none.

        Somebody without any face left is forgotten.
        """
        with self._writing() as connection:
            _take_away(connection, faces)
            if name:
                _spell(connection, name)
                _add(connection, faces, name, model_sha256, is_theirs=True)
            _forget_the_faceless(connection)

    def deny(self, faces: Sequence[KnownFace], name: str, model_sha256: str) -> None:
        """Note that faces are not those of somebody, so that the name is not proposed again.

        It may be a name that only files know.
        """
        with self._writing() as connection:
            if connection.execute("SELECT 1 FROM person WHERE name = ?", (name,)).fetchone():
                _add(connection, faces, name, model_sha256, is_theirs=False)
                return
            connection.executemany(
                "INSERT OR REPLACE INTO denial VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [(name, *_row(face, model_sha256)) for face in faces],
            )

    def set_key(self, name: str, *, is_key: bool) -> bool:
        """Have somebody be a key person, or no more; False where nobody has that name."""
        if not self._path.exists():
            return False
        with self._writing() as connection:
            asked = (int(is_key), name)
            return connection.execute("UPDATE person SET is_key = ? WHERE name = ?", asked).rowcount > 0

    def forget(self, name: str) -> bool:
        """Forget one person with all of their faces; False where nobody has that name."""
        if not self._path.exists():
            return False
        with closing(Database(self._path, PEOPLE)) as database:
            with database.writing() as connection:
                gone = connection.execute("DELETE FROM person WHERE name = ?", (name,)).rowcount
                connection.execute("DELETE FROM denial WHERE name = ?", (name,))
            database.scrub()
        discard_copies(self._path)
        return gone > 0

    def forget_everybody(self) -> None:
        """Delete the file, its logs and copies of it."""
        if any(self._path.with_name(self._path.name + suffix).exists() for suffix in ("", *BESIDE)):
            discard_copies(self._path, itself=True)

    @contextmanager
    def _reading(self) -> Iterator[Connection | None]:
        """Lend a connection; None where there is no file, which reading does not make."""
        if not self._path.exists():
            yield None
            return
        with closing(Database(self._path, PEOPLE)) as database, database.reading() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with closing(Database(self._path, PEOPLE)) as database, database.writing() as connection:
            yield connection


def _take_away(connection: Connection, faces: Sequence[KnownFace]) -> None:
    connection.executemany(
        "DELETE FROM face WHERE is_theirs AND (photo_id = ? AND x = ? AND y = ? OR signature = ?)",
        [(face.photo_id, face.box.x, face.box.y, face.signature) for face in faces],
    )


def _spell(connection: Connection, name: str) -> None:
    """Have whoever is called so in other letters, such as "anna", be spelled like this: else they would be two."""
    names = {known for (known,) in connection.execute("SELECT name FROM person")}
    if name not in names:
        alike = sorted(known for known in names if known.casefold() == name.casefold())
        connection.executemany(
            "UPDATE person SET name = ? WHERE name = ?", [(name, one) for one in alike[:1]]
        )


def _add(
    connection: Connection, faces: Sequence[KnownFace], name: str, model_sha256: str, *, is_theirs: bool
) -> None:
    connection.execute(
        "INSERT OR IGNORE INTO person (name, written_ns) VALUES (?, ?)", (name, time.time_ns())
    )
    connection.executemany(
        "INSERT OR REPLACE INTO face VALUES ((SELECT id FROM person WHERE name = ?), ?, ?, ?, ?, ?, ?, ?, ?)",
        [(name, *_row(face, model_sha256), int(is_theirs)) for face in faces],
    )


def _row(face: KnownFace, model_sha256: str) -> tuple[object, ...]:
    box = face.box
    return face.photo_id, box.x, box.y, box.width, box.height, model_sha256, face.signature


def _face(photo_id: str, x: float, y: float, width: float, height: float, signature: bytes) -> KnownFace:
    return KnownFace(PhotoId(photo_id), Box(x, y, width, height), signature)


def _forget_the_faceless(connection: Connection) -> None:
    connection.execute(
        "DELETE FROM person WHERE NOT EXISTS (SELECT 1 FROM face WHERE person = person.id AND is_theirs)"
    )
    connection.execute("DELETE FROM face WHERE person NOT IN (SELECT id FROM person)")
