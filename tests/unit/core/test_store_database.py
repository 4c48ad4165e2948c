"""Our SQLite files: opened, migrated with a backup, refused and left alone where that is right."""

import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import NewerSchemaError, StoreError
from core.persistence.database import Database
from core.persistence.schema import Schema
from core.persistence.troubles import DamagedError
from fixtures.patience import PATIENCE


def make_notes(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE note (text TEXT NOT NULL)")


def add_stars(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE note ADD COLUMN stars INTEGER NOT NULL DEFAULT 3")


def stumble(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM note")
    raise sqlite3.OperationalError("no such thing")


FIRST = Schema(0x1234, (make_notes,), synchronous="FULL", precious=True)
SECOND = replace(FIRST, migrations=(make_notes, add_stars))


def add_note(database: Database, text: str) -> None:
    with database.writing() as connection:
        connection.execute("INSERT INTO note (text) VALUES (?)", (text,))


def notes(database: Database) -> list[tuple[object, ...]]:
    with database.reading() as connection:
        return connection.execute("SELECT * FROM note ORDER BY text").fetchall()


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A file of version 1 with one note."""
    path = tmp_path / "notes.sqlite"
    with closing(Database(path, FIRST)) as database:
        add_note(database, "kept")
    return path


def test_a_migration_keeps_the_rows_and_leaves_a_copy_of_the_old_version(first: Path) -> None:
    with closing(Database(first, SECOND)) as database:
        assert notes(database) == [("kept", 3)]
    with closing(Database(first.with_name("notes.sqlite.v1.bak"), FIRST)) as backup:
        assert notes(backup) == [("kept",)]


def test_a_migration_runs_once(first: Path) -> None:
    for _ in range(2):
        Database(first, SECOND).close()
    with closing(Database(first, SECOND)) as database:
        assert notes(database) == [("kept", 3)]


def test_a_migration_that_fails_changes_nothing(first: Path) -> None:
    with pytest.raises(StoreError, match="no such thing"):
        Database(first, replace(FIRST, migrations=(make_notes, stumble)))
    with closing(Database(first, FIRST)) as database:
        assert notes(database) == [("kept",)]


def test_a_new_file_needs_no_backup(tmp_path: Path) -> None:
    Database(tmp_path / "new.sqlite", SECOND).close()
    assert [file.name for file in tmp_path.iterdir()] == ["new.sqlite"]


def test_a_newer_version_is_refused_untouched_and_copied(first: Path) -> None:
    Database(first, SECOND).close()
    before = first.read_bytes()
    with pytest.raises(NewerSchemaError, match=r"newer version of Shortlist\. Update.*\.v2\.bak"):
        Database(first, FIRST)
    assert first.read_bytes() == before
    with closing(Database(first.with_name("notes.sqlite.v2.bak"), SECOND)) as backup:
        assert notes(backup) == [("kept", 3)]


def test_a_newer_version_that_was_killed_is_refused_with_its_log_untouched(first: Path) -> None:
    """Opening it the usual way would bring its log into the file."""
    with closing(Database(first, SECOND)) as newer:
        add_note(newer, "in the log only")
        killed = {name: first.with_name(name).read_bytes() for name in ("notes.sqlite", "notes.sqlite-wal")}
    (first.parent / "copy").mkdir()
    for name, content in killed.items():
        (first.parent / "copy" / name).write_bytes(content)
    copy = first.parent / "copy" / "notes.sqlite"
    with pytest.raises(NewerSchemaError):
        Database(copy, FIRST)
    assert {name: (copy.parent / name).read_bytes() for name in killed} == killed
    with closing(Database(copy.with_name("notes.sqlite.v2.bak"), SECOND)) as backup:
        assert ("in the log only", 3) in notes(backup)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps open files where they are")
def test_a_file_deleted_while_it_is_open_takes_nothing_in_silently(first: Path) -> None:
    with closing(Database(first, FIRST)) as database:
        first.unlink()
        with pytest.raises(StoreError, match="deleted or moved while Shortlist was running"):
            add_note(database, "nowhere")


@pytest.mark.parametrize("content", [b"no database at all, but longer than a header would be" * 40, b"short"])
def test_what_is_no_database_is_refused_and_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.sqlite"
    path.write_bytes(content)
    with pytest.raises(DamagedError, match=r"notes\.sqlite"):
        Database(path, FIRST)
    assert path.read_bytes() == content


def test_damage_inside_a_precious_file_is_found_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    with closing(Database(path, FIRST)) as database:
        for number in range(200):
            add_note(database, f"{number} " * 100)
    damaged = bytearray(path.read_bytes())
    damaged[3 * 4096 : 6 * 4096] = b"\xa5" * (3 * 4096)
    path.write_bytes(damaged)
    with pytest.raises(DamagedError, match="damaged"):
        Database(path, FIRST)
    assert path.read_bytes() == damaged


def test_damage_that_sqlite_cannot_even_quote_is_damage(first: Path) -> None:
    damaged = (
        first.read_bytes().replace(b"CREATE TABLE note", b"CREATE TABLX note").replace(b"note", b"n\xe4te")
    )
    first.write_bytes(damaged)
    with pytest.raises(DamagedError, match="damaged"):
        Database(first, FIRST)
    assert first.read_bytes() == damaged


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE theirs (x)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        Database(path, FIRST)
    assert path.read_bytes() == before


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"nowhere.*check that its folder exists"):
        Database(tmp_path / "nowhere" / "notes.sqlite", FIRST)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_read_only_place_is_named(first: Path) -> None:
    first.chmod(0o444)
    first.parent.chmod(0o555)
    try:
        with pytest.raises(StoreError, match=r"notes\.sqlite.*(written|opened)"):
            Database(first, SECOND)
        with pytest.raises(StoreError, match=r"new\.sqlite"):
            Database(first.with_name("new.sqlite"), FIRST)
    finally:
        first.parent.chmod(0o755)


def fill_the_disk(database: Database) -> None:
    with database.writing() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        connection.execute("DELETE FROM note")
        connection.execute("INSERT INTO note VALUES (hex(zeroblob(1000000)))")


def delete_and_fail(database: Database) -> None:
    with database.writing() as connection:
        connection.execute("DELETE FROM note")
        raise ZeroDivisionError


def test_a_full_disk_is_told_and_keeps_what_was_there(first: Path) -> None:
    with closing(Database(first, FIRST)) as database:
        with pytest.raises(StoreError, match="The disk is full"):
            fill_the_disk(database)
        assert notes(database) == [("kept",)]


def test_a_failing_block_keeps_nothing_and_the_next_one_works(first: Path) -> None:
    with closing(Database(first, FIRST)) as database:
        with pytest.raises(ZeroDivisionError):
            delete_and_fail(database)
        add_note(database, "second")
        assert notes(database) == [("kept",), ("second",)]


def test_a_lock_of_another_program_is_told(first: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.persistence.connections._BUSY_SECONDS", 0.05)
    with (
        closing(Database(first, FIRST)) as database,
        closing(sqlite3.connect(first, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="keeps it locked"):
            add_note(database, "no")
        other.execute("ROLLBACK")
        add_note(database, "yes")
        assert notes(database) == [("kept",), ("yes",)]


def test_reading_does_not_wait_for_a_writer(first: Path) -> None:
    with closing(Database(first, FIRST)) as database, database.writing() as connection:
        connection.execute("INSERT INTO note VALUES ('unfinished')")
        seen: list[list[tuple[object, ...]]] = []
        reader = threading.Thread(target=lambda: seen.append(notes(database)))
        reader.start()
        reader.join(timeout=PATIENCE)
        assert seen == [[("kept",)]]


def test_many_threads_may_write_and_read(first: Path) -> None:
    with closing(Database(first, FIRST)) as database:

        def work(name: str) -> None:
            for number in range(20):
                add_note(database, f"{name} {number}")
                notes(database)

        threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(notes(database)) == 81


def test_a_closed_database_says_so(first: Path) -> None:
    database = Database(first, FIRST)
    database.close()
    database.close()
    with pytest.raises(StoreError, match="closed"):
        notes(database)
    with pytest.raises(StoreError, match="closed"):
        add_note(database, "late")


def test_two_windows_starting_at_once_share_a_new_file(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from core.persistence.session_store import SessionStore\n"
        "for _ in range(5): SessionStore.open(Path(sys.argv[1])).close()"
    )
    windows = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path / "decisions.sqlite")],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            stderr=subprocess.PIPE,
        )
        for _ in range(3)
    ]
    for window in windows:
        _, errors = window.communicate(timeout=60)
        assert (window.returncode, errors) == (0, b"")
