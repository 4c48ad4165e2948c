"""Keeps what the user's decisions taught, so that learning does not need the photos, and forgets it without a trace."""

import os
import sqlite3
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from sqlite3 import Connection

from core.persistence.database import BESIDE, Database, chunks
from core.persistence.taste_rows import LESSON_COLUMNS, read_lesson, read_lessons, write_lesson
from core.persistence.taste_schema import TASTE
from core.persistence.troubles import known_errors
from core.taste.comparisons import LessonColumns
from core.taste.lessons import Lesson


class TasteStore:
    """The lessons of the whole machine and the choices about them, in one file.

    Whatever writes is one short transaction. Safe to use from several threads and processes. All methods raise
    ``StoreError`` where the file cannot be read or written; nothing is changed by one that does.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, path: Path) -> "TasteStore":
        """Open or make the file.

        Raises:
            NewerSchemaError: a newer Shortlist wrote it; it is untouched.
            StoreError: it is damaged or cannot be opened; it is left as it is.
        """
        return cls(Database(path, TASTE))

    @property
    def path(self) -> Path:
        """The file."""
        return self._database.path

    def lessons(self) -> LessonColumns:
        """Return all lessons that count: none that the user left out, and none of a shoot that was left out."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {LESSON_COLUMNS} FROM lesson "  # noqa: S608 - names of our own
                "WHERE folder NOT IN (SELECT folder FROM shoot WHERE left_out) "
                "AND id NOT IN (SELECT lesson_id FROM lesson_frame JOIN left_out USING (frame)) "
                "ORDER BY folder, moment, frames"  # so that what is learned never depends on what came first
            ).fetchall()
        return read_lessons(rows)

    def lessons_with(self, frames: Collection[int]) -> dict[int, Lesson]:
        """Return the lessons in which any of these frames is, by their numbers, left out or not."""
        with self._database.reading() as connection:
            return _with(connection, frames)

    def replace(self, forgotten: Collection[int], learned: Sequence[Lesson]) -> None:
        """Drop lessons by their numbers and write others, of which none has a frame that another has.

        A lesson that has a frame of one that is there since takes its place: two windows may do so at once.
        """
        with self._database.writing() as connection:
            _drop(connection, forgotten)
            for lesson in learned:
                _drop(connection, _with(connection, lesson.frames))
                number = connection.execute(
                    f"INSERT INTO lesson ({LESSON_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
                    write_lesson(lesson),
                ).lastrowid
                connection.executemany(
                    "INSERT INTO lesson_frame (frame, lesson_id) VALUES (?, ?)",
                    [(frame, number) for frame in set(lesson.frames)],
                )

    def leave_out_frames(self, frames: Iterable[int], left_out: bool) -> None:
        """Leave out what bursts with these frames teach, now and later, or take it in again."""
        statement = (
            "INSERT OR IGNORE INTO left_out VALUES (?)"
            if left_out
            else "DELETE FROM left_out WHERE frame = ?"
        )
        with self._database.writing() as connection:
            connection.executemany(statement, [(frame,) for frame in frames])

    def shoots(self) -> dict[Path, tuple[int, bool]]:
        """Return the shoots learned from: how many lessons each has, and whether it is left out."""
        with self._database.reading() as connection:
            rows = connection.execute(
                """
                SELECT lesson.folder, count(*), coalesce(max(left_out), 0)
                FROM lesson LEFT JOIN shoot USING (folder) GROUP BY lesson.folder ORDER BY lesson.folder
                """
            ).fetchall()
        return {Path(os.fsdecode(folder)): (count, bool(out)) for folder, count, out in rows}

    def leave_out_shoot(self, folder: Path, left_out: bool) -> None:
        """Leave out all that is learned from a folder, now and later, or take it in again."""
        with self._database.writing() as connection:
            _choose_of_shoots(connection, [folder], "left_out", left_out)

    def profiles(self, folders: Iterable[Path]) -> dict[Path, str]:
        """Return the profiles the user chose for folders; others have none."""
        said = self._said_of_shoots(folders)
        return {folder: profile for folder, (profile, _) in said.items() if profile}

    def left_out(self, folders: Iterable[Path]) -> set[Path]:
        """Return those of the folders that are left out, whether anything was learned from them or not."""
        return {folder for folder, (_, is_out) in self._said_of_shoots(folders).items() if is_out}

    def choose_profile(self, folders: Iterable[Path], profile: str) -> None:
        """Note which profile the shoots of these folders have, "" for none; what they taught goes with it."""
        folders = list(folders)
        with self._database.writing() as connection:
            _choose_of_shoots(connection, folders, "profile", profile)
            connection.executemany(
                "UPDATE lesson SET profile = ?1 WHERE folder = ?2 OR substr(folder, 1, length(?3)) = ?3",
                [(profile, os.fsencode(one), os.fsencode(one / "_")[:-1]) for one in folders],
            )

    def choices(self) -> dict[str, str]:
        """Return what the user chose, by name."""
        with self._database.reading() as connection:
            return dict(connection.execute("SELECT name, value FROM choice"))

    def choose(self, chosen: Mapping[str, str | None]) -> None:
        """Keep choices; None drops one."""
        with self._database.writing() as connection:
            _choose(connection, chosen)

    def forget(self, chosen: Mapping[str, str | None]) -> None:
        """Wipe all lessons from the file, its log and copies of it, and keep choices in the same step.

        Raises:
            StoreError: that failed, or another window is reading; trying again helps.
        """
        with self._database.writing() as connection:
            for table in ("lesson_frame", "lesson", "left_out"):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
            _choose(connection, chosen)
        self._database.scrub()
        discard_copies(self.path)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _said_of_shoots(self, folders: Iterable[Path]) -> dict[Path, tuple[str, bool]]:
        """Return what the user said of folders: their profile, and whether they are left out."""
        found: dict[Path, tuple[str, bool]] = {}
        with self._database.reading() as connection:
            for chunk in chunks([os.fsencode(folder) for folder in folders]):
                marks = ", ".join("?" * len(chunk))
                rows = connection.execute(
                    f"SELECT folder, profile, left_out FROM shoot WHERE folder IN ({marks})",  # noqa: S608
                    chunk,
                )
                found.update(
                    (Path(os.fsdecode(folder)), (profile, bool(out))) for folder, profile, out in rows
                )
        return found


def _choose_of_shoots(
    connection: sqlite3.Connection, folders: Iterable[Path], column: str, value: str | bool
) -> None:
    connection.executemany(
        f"INSERT INTO shoot (folder, {column}, written_ns) VALUES (?1, ?2, ?3) "  # noqa: S608 - our own
        f"ON CONFLICT (folder) DO UPDATE SET {column} = ?2, written_ns = ?3",
        [(os.fsencode(folder), value, time.time_ns()) for folder in folders],
    )
    connection.execute("DELETE FROM shoot WHERE profile = '' AND NOT left_out")  # nothing is said of it


def discard_copies(path: Path, *, itself: bool = False) -> None:
    """Delete what lies beside a file of lessons: copies made before a migration, and damaged ones moved aside.

    Args:
        path: the file.
        itself: the file and its logs too, where it cannot be opened any more.

    Raises:
        StoreError: one cannot be deleted.
    """
    in_use = {path.name, *(path.name + suffix for suffix in BESIDE)}
    with known_errors(path):
        for file in path.parent.glob(f"{path.name}*"):
            if itself or file.name not in in_use:
                with suppress(FileNotFoundError):
                    file.unlink()


def _with(connection: Connection, frames: Collection[int]) -> dict[int, Lesson]:
    found: dict[int, Lesson] = {}
    for chunk in chunks(sorted(set(frames))):
        marks = ", ".join("?" * len(chunk))
        rows = connection.execute(
            f"SELECT DISTINCT id, {LESSON_COLUMNS} "  # noqa: S608 - names of our own
            f"FROM lesson_frame JOIN lesson ON lesson.id = lesson_id WHERE frame IN ({marks})",
            chunk,
        )
        found.update((number, read_lesson(tuple(row))) for number, *row in rows)
    return found


def _drop(connection: Connection, numbers: Iterable[int]) -> None:
    connection.executemany("DELETE FROM lesson WHERE id = ?", [(number,) for number in numbers])


def _choose(connection: Connection, chosen: Mapping[str, str | None]) -> None:
    for name, value in chosen.items():
        if value is None:
            connection.execute("DELETE FROM choice WHERE name = ?", (name,))
        else:
            connection.execute("INSERT OR REPLACE INTO choice (name, value) VALUES (?, ?)", (name, value))
