"""The file of the library: frames of all shoots with their looks, read and written. Disposable.

What is asked of it is in ``core.library``.
"""

import json
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection

import numpy as np
from numpy.typing import NDArray

from core.ingest.scanner import photo_id
from core.persistence.cache_file import open_cache
from core.persistence.database import Database, chunks
from core.persistence.facts_cache import FACTS_VERSION
from core.persistence.library_rows import COLUMNS, WRITE, KnownFrame, read_frames, row_of
from core.persistence.library_schema import LIBRARY
from core.persistence.library_words import May, as_text
from core.types import Photo, PhotoId

_MOST_NARROWED = 100  # things asked for at once: SQLite takes no longer questions
_AT_ONCE = 500  # frames read at a time by whoever searches
_HEAD, _VECTOR = np.dtype("<f4"), np.dtype("<f2")

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _RowState:
    """By what a row is known to be up to date."""

    mtime_ns: int
    size_bytes: int
    turn: int
    embedder: int


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which state of which photo a look is of; enough to tell whether anything changed."""

    number: int
    photo_id: PhotoId
    mtime_ns: int
    size_bytes: int


class LibraryStore:
    """The open file. Safe to use from several threads and processes. All methods raise ``StoreError``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, path: Path) -> "LibraryStore":
        """Open or make the file; one that is damaged or of a newer version is deleted and made anew.

        Raises:
            StoreError: it cannot be made there.
        """
        return cls(open_cache(path, LIBRARY))

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def count(self) -> int:
        """Return how many frames are known."""
        with self._database.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM frame").fetchone()[0])

    def changes(self) -> int:
        """Return a number that is another after each change."""
        with self._database.reading() as connection:
            return int(connection.execute("SELECT changes FROM state").fetchone()[0])

    def is_whole(self) -> bool:
        """Tell whether all that was measured is in it, as far as anybody noted."""
        with self._database.reading() as connection:
            return bool(connection.execute("SELECT whole FROM state").fetchone()[0])

    def note_whole(self, *, is_whole: bool) -> None:
        """Note that all that was measured is in it, or that something is coming in that may be cut short."""
        with self._database.writing() as connection:
            connection.execute("UPDATE state SET whole = ?", (is_whole,))

    def embedder(self, sha256: str, version: int) -> int:
        """Return the number under which looks by an embedder are kept; 0, which is nobody's, where none are."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT id FROM embedder WHERE sha256 = ? AND version = ?", (sha256, version)
            ).fetchone()
        return 0 if row is None else int(row[0])

    def new_embedder(self, sha256: str, version: int) -> int:
        """Return the number under which looks by an embedder are kept from now on."""
        if number := self.embedder(sha256, version):
            return number
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO embedder (sha256, version) VALUES (?, ?) ON CONFLICT DO NOTHING",
                (sha256, version),
            )
        return self.embedder(sha256, version)

    def outdated(self, photos: Iterable[Photo], embedder: int) -> list[Photo]:
        """Return the photos that are not in the library as they are now, with a look by an embedder."""
        photos = list(photos)
        known: dict[bytes, _RowState] = {}
        with self._database.reading() as connection:
            for chunk in chunks([os.fsencode(photo.path) for photo in photos]):
                rows = connection.execute(
                    "SELECT path, mtime_ns, size_bytes, turn, embedder FROM frame "  # noqa: S608
                    f"WHERE facts_version = {FACTS_VERSION} AND words IS NOT NULL AND path IN ({_marks(chunk)})",
                    chunk,
                )
                known.update((path, _RowState(*stamp)) for path, *stamp in rows)
        return [
            photo
            for photo in photos
            if known.get(os.fsencode(photo.path))
            != _RowState(photo.mtime_ns, photo.size_bytes, photo.turn, embedder)
        ]

    def files(self, embedder: int) -> set[tuple[bytes, int, int]]:
        """Return the files that are in the library with a look by an embedder, by path, time and size."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT path, mtime_ns, size_bytes FROM frame "  # noqa: S608 - a number of ours
                f"WHERE facts_version = {FACTS_VERSION} AND words IS NOT NULL AND embedder = ?",
                (embedder,),
            )
            return set(rows)

    def put(self, frames: Sequence[KnownFrame], looks: Floats, heads: Floats | None, embedder: int) -> None:
        """Keep frames, in the place of earlier ones of the same paths; their own numbers do not matter.

        Args:
            frames: N of them.
            looks: unit vectors, float32, shape (N, D).
            heads: of those, float32, shape (N, H); None until there is a basis.
            embedder: that made them.
        """
        with self._changing() as connection:
            for at, frame in enumerate(frames):
                (number,) = connection.execute(WRITE, (*row_of(frame), embedder)).fetchone()
                vector = looks[at].astype(_VECTOR).tobytes()
                connection.execute("INSERT OR REPLACE INTO look VALUES (?, ?, ?)", (number, embedder, vector))
                if heads is not None:
                    _put_head(connection, number, embedder, heads[at])

    def put_shoot(self, paths: Iterable[Path], shoots: Iterable[Path]) -> None:
        """Note with which folder frames were opened last."""
        rows = [(os.fsencode(shoot), os.fsencode(path)) for path, shoot in zip(paths, shoots, strict=True)]
        with self._database.writing() as connection:
            connection.executemany("UPDATE frame SET shoot = ?1 WHERE path = ?2 AND shoot != ?1", rows)

    def below(self, folder: Path) -> list[tuple[int, Path, Path]]:
        """Return the number, path and volume of every frame in a folder or below it."""
        start = os.fsencode(folder).rstrip(b"/\\")
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id, path, volume FROM frame WHERE path > ? AND path < ?",
                (start, start + b"\xff"),
            ).fetchall()
        found = (
            (number, Path(os.fsdecode(path)), Path(os.fsdecode(volume))) for number, path, volume in rows
        )
        return [row for row in found if folder in row[1].parents]

    def forget(self, numbers: Iterable[int]) -> None:
        """Forget frames."""
        with self._changing() as connection:
            connection.executemany("DELETE FROM frame WHERE id = ?", [(number,) for number in numbers])

    def basis(self, embedder: int) -> tuple[Floats | None, int]:
        """Return by what the heads of looks are made, float32, shape (D, H), and of how many looks it was found."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT basis, fitted FROM embedder WHERE id = ?", (embedder,)
            ).fetchone()
            dimensions = connection.execute(
                "SELECT length(vector) / 2 FROM look WHERE embedder = ? LIMIT 1", (embedder,)
            ).fetchone()
        if row is None or not row[0] or dimensions is None:
            return None, 0
        return np.frombuffer(row[0], _HEAD).reshape(dimensions[0], -1), int(row[1])

    def put_basis(
        self, embedder: int, basis: Floats, fitted: int, numbers: NDArray[np.int64], heads: Floats
    ) -> None:
        """Keep by what heads are made, with all heads made anew."""
        with self._changing() as connection:
            connection.execute(
                "UPDATE embedder SET basis = ?, fitted = ? WHERE id = ?",
                (basis.astype(_HEAD).tobytes(), fitted, embedder),
            )
            for number, head in zip(numbers.tolist(), heads, strict=True):
                _put_head(connection, number, embedder, head)

    def heads(self, embedder: int) -> tuple[NDArray[np.int64], Floats]:
        """Return the numbers of all frames with a look by an embedder, and their heads, float32, shape (N, H)."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT frame, head FROM head WHERE embedder = ? ORDER BY frame", (embedder,)
            ).fetchall()
        if not rows:
            return np.empty(0, np.int64), np.empty((0, 0), np.float32)
        heads = np.frombuffer(b"".join(head for _, head in rows), _HEAD).reshape(len(rows), -1)
        return np.fromiter((number for number, _ in rows), np.int64, len(rows)), heads

    def looks(self, embedder: int, numbers: Iterable[int] | None = None) -> tuple[NDArray[np.int64], Floats]:
        """Return the looks of some frames, or of all, with their numbers; float32, shape (N, D)."""
        found: list[tuple[int, bytes]] = []
        with self._database.reading() as connection:
            if numbers is None:
                found = connection.execute(
                    "SELECT frame, vector FROM look WHERE embedder = ? ORDER BY frame", (embedder,)
                ).fetchall()
            else:
                for chunk in chunks(list(numbers)):
                    found += connection.execute(
                        f"SELECT frame, vector FROM look WHERE embedder = ? AND frame IN ({_marks(chunk)})",  # noqa: S608
                        (embedder, *chunk),
                    ).fetchall()
        if not found:
            return np.empty(0, np.int64), np.empty((0, 0), np.float32)
        vectors = np.frombuffer(b"".join(vector for _, vector in found), _VECTOR).reshape(len(found), -1)
        return np.fromiter((number for number, _ in found), np.int64, len(found)), vectors.astype(np.float32)

    def stamps(self, embedder: int) -> list[Stamp]:
        """Return which frames have a look by an embedder, those known last at the end."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id, photo_id, path, mtime_ns, size_bytes FROM frame WHERE embedder = ? ORDER BY id",
                (embedder,),
            ).fetchall()
        return [
            Stamp(
                number, PhotoId(known) if known else photo_id(Path(os.fsdecode(path))), mtime_ns, size_bytes
            )
            for number, known, path, mtime_ns, size_bytes in rows
        ]

    def frames(self, numbers: Iterable[int]) -> dict[int, KnownFrame]:
        """Return some frames, by number; those whose facts nobody understands are known by their place."""
        frames: dict[int, KnownFrame] = {}
        with self._database.reading() as connection:
            for chunk in chunks(list(numbers)):
                rows = connection.execute(
                    f"SELECT {COLUMNS} FROM frame WHERE id IN ({_marks(chunk)})",  # noqa: S608 - names of our own
                    chunk,
                )
                frames.update((frame.number, frame) for frame in read_frames(rows, whole=False))
        return frames

    def all_frames(self) -> Iterator[KnownFrame]:
        """Yield all frames whose facts are understood, whichever version wrote them."""
        with self._database.reading() as connection:
            yield from read_frames(connection.execute(f"SELECT {COLUMNS} FROM frame"))  # noqa: S608 - names of our own

    def may_have(self, wanted: Sequence[May]) -> Iterator[list[KnownFrame]]:
        """Yield frames that may have all that is asked for, those known last first, some at a time.

        Of a frame whose facts nobody understands, the place alone is known. Of very many things the first ones are
        asked about.
        """
        conditions, values = ["TRUE"], []
        for may in wanted[:_MOST_NARROWED]:
            ways = ["words IS NULL"]
            if may.text:
                ways.append("instr(words, ?)")
                values.append(as_text(may.text))
            for thing in may.things:
                ways.append("instr(things, ?)")
                values.append(json.dumps(thing))
            if may.photo_ids:
                ways.append("photo_id IN (SELECT value FROM json_each(?))")
                values.append(json.dumps(may.photo_ids))
            if may.numbers:
                ways.append("id IN (SELECT value FROM json_each(?))")
                values.append(json.dumps(may.numbers))
            conditions.append(f"({' OR '.join(ways)})")
        # Of an index alone, which holds all that is looked at: the frames themselves are ten times as large.
        query = f"SELECT id FROM frame INDEXED BY frame_words WHERE {' AND '.join(conditions)}"  # noqa: S608 - our own
        with self._database.reading() as connection:
            numbers = sorted((number for (number,) in connection.execute(query, values)), reverse=True)
        for start in range(0, len(numbers), _AT_ONCE):
            some = numbers[start : start + _AT_ONCE]
            frames = self.frames(some)
            yield [frames[number] for number in some if number in frames]

    def numbers_of(self, paths: Iterable[bytes]) -> list[int]:
        """Return the numbers of the frames at some paths, as the file system has them; unknown ones are left out."""
        numbers: list[int] = []
        with self._database.reading() as connection:
            for chunk in chunks(list(paths)):
                rows = connection.execute(f"SELECT id FROM frame WHERE path IN ({_marks(chunk)})", chunk)  # noqa: S608
                numbers += (number for (number,) in rows)
        return numbers

    def outdated_shoots(self) -> int:
        """Return how many shoots hold frames that an earlier version took in."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT count(DISTINCT shoot) FROM frame WHERE facts_version != ? OR words IS NULL",
                (FACTS_VERSION,),
            ).fetchone()
        return int(row[0])

    def number_of(self, path: Path) -> int | None:
        """Return the number of the frame at a path; None where it is not known."""
        return next(iter(self.numbers_of([os.fsencode(path)])), None)

    @contextmanager
    def _changing(self) -> Iterator[Connection]:
        """Run one transaction that counts as a change."""
        with self._database.writing() as connection:
            connection.execute("UPDATE state SET changes = changes + 1")
            yield connection


def _put_head(connection: Connection, number: int, embedder: int, head: Floats) -> None:
    row = (number, embedder, head.astype(_HEAD).tobytes())
    connection.execute("INSERT OR REPLACE INTO head VALUES (?, ?, ?)", row)


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))
