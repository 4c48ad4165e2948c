"""What every past version left on disk is opened with nothing lost; what a newer one left is not touched."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

import pytest

from core.errors import NewerSchemaError
from core.export.store import ExportStore
from core.persistence.analysis_cache import AnalysisCache
from core.persistence.database import Database
from core.persistence.library_store import LibraryStore
from core.persistence.people_schema import PEOPLE
from core.persistence.session_store import SessionStore
from core.persistence.taste_store import TasteStore
from core.persistence.thumbnail_cache import ThumbnailCache
from fixtures.sessions import DECISIONS_OF_OLD, DUMPS, FOLDER, GROUPED, SCHEMAS, dump_of, lay_out, restore
from fixtures.victims import photos_of, value


class SupportsClose(Protocol):
    """A store that is open."""

    def close(self) -> None:
        """Close it."""


OPENED: dict[str, Callable[[Path], SupportsClose]] = {
    "decisions": SessionStore.open,
    "exports": ExportStore.open,
    "measures": AnalysisCache.open,
    "thumbnails": ThumbnailCache.open,
    "taste": TasteStore.open,
    "library": LibraryStore.open,
    "people": lambda path: Database(path, PEOPLE),
}
VERSIONS = [(kind, version) for kind, schema in SCHEMAS.items() for version in range(1, schema.version + 1)]


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute("PRAGMA user_version").fetchone()[0])


def test_every_version_is_kept_as_a_dump() -> None:
    kept = {tuple(re.split(r"[-.]", path.name)[:2]) for path in DUMPS.glob("*.sql")}
    assert kept == {(kind, str(version)) for kind, version in VERSIONS}, "see fixtures.sessions"


@pytest.mark.parametrize(("kind", "version"), VERSIONS)
def test_it_opens_and_is_as_a_new_one_is_made(tmp_path: Path, kind: str, version: int) -> None:
    old, new = tmp_path / f"{kind}.sqlite", tmp_path / "new.sqlite"
    restore(kind, version, old)
    for path in (old, new):
        OPENED[kind](path).close()
    assert not list(tmp_path.glob("*.damaged")), "moved aside"
    assert version_of(old) == SCHEMAS[kind].version
    assert columns_of(old) == columns_of(new)
    backups = [path.name for path in tmp_path.glob("*.bak")]
    assert backups == (
        [f"{kind}.sqlite.v{version}.bak"] if SCHEMAS[kind].precious and version < version_of(old) else []
    )


def columns_of(path: Path) -> dict[str, list[Any]]:
    """Names and kinds of the columns of each table; those of a changed table may stand in another order."""
    with closing(sqlite3.connect(path)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: sorted(row[1:6] for row in database.execute(f"PRAGMA table_info({table})"))
            for table in tables
        }


@pytest.mark.parametrize("version", range(1, SCHEMAS["decisions"].version + 1))
def test_no_decision_of_any_version_is_lost(tmp_path: Path, version: int, counts: Any) -> None:
    path, folder = tmp_path / "decisions.sqlite", tmp_path / "renamed"
    lay_out(path, folder, version)
    photos = photos_of(folder)
    with closing(SessionStore.open(path)) as store:
        found = {photo.path.name: store.load_decisions([photo])[photo.id] for photo in photos}
        journal = store.journal([Path(FOLDER)])
        recent, clocks = store.recent_sources(), store.clocks([Path(FOLDER)])
    assert {name: value(decision) for name, decision in found.items()} == DECISIONS_OF_OLD
    groups = {name: decision.group for name, decision in found.items() if decision.group}
    assert groups == (GROUPED if version >= 2 else {})
    assert [(entry.title, entry.undone) for entry in journal] == [("Pick 11", False), ("Pick 12", True)]
    assert [value(entry.after[0]) for entry in journal] == ["pick/3/None"] * 2
    assert recent == (Path(FOLDER),)
    assert clocks == ({"Canon EOS R5": timedelta(hours=1)} if version >= 3 else {})
    survived = sum(value(found[name]) == it for name, it in DECISIONS_OF_OLD.items())
    counts.add(tried=len(DECISIONS_OF_OLD), survived=survived)


@pytest.mark.parametrize("version", range(1, SCHEMAS["exports"].version + 1))
def test_an_export_of_any_version_can_be_undone(tmp_path: Path, version: int) -> None:
    restore("exports", version, tmp_path / "exports.sqlite")
    with closing(ExportStore.open(tmp_path / "exports.sqlite")) as store:
        record = store.last()
        assert record is not None
        assert (record.title, record.finished) == ("XMP metadata", True)
        assert [touched.path for touched in store.touched(record.id)] == [Path(FOLDER) / "000.xmp"]


@pytest.mark.parametrize("kind", ["decisions", "exports"])
def test_a_newer_one_is_refused_and_copied(tmp_path: Path, kind: str) -> None:
    path, newest = tmp_path / f"{kind}.sqlite", SCHEMAS[kind].version
    newer = (
        dump_of(kind, newest)
        .read_text("utf-8")
        .replace(f"user_version = {newest}", f"user_version = {newest + 1}")
    )
    with closing(sqlite3.connect(path)) as database:
        database.executescript(newer)
    before = path.read_bytes()
    with pytest.raises(
        NewerSchemaError, match=r"Update Shortlist to open it; nothing was changed\. A copy of it"
    ):
        OPENED[kind](path)
    assert path.read_bytes() == before
    backup = tmp_path / f"{kind}.sqlite.v{newest + 1}.bak"
    with closing(sqlite3.connect(backup)) as one, closing(sqlite3.connect(path)) as other:
        assert list(one.iterdump()) == list(other.iterdump())


@pytest.mark.parametrize("kind", ["measures", "thumbnails"])
def test_a_newer_cache_makes_way_for_one_of_today(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"{kind}.sqlite"
    restore(kind, SCHEMAS[kind].version, path)
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 99")
    OPENED[kind](path).close()
    assert version_of(path) == SCHEMAS[kind].version
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("version", range(1, SCHEMAS["taste"].version + 1))
def test_no_lesson_of_any_version_is_lost(tmp_path: Path, version: int) -> None:
    path = tmp_path / "taste.sqlite"
    restore("taste", version, path)
    with closing(TasteStore.open(path)) as store:
        lessons = store.lessons()
        assert lessons.liked.tolist() == [True, False]
        assert lessons.values[:, 0].tolist() == [1.0, 0.5]
        assert (lessons.profiles[0], store.profiles([Path(FOLDER)])) == ("event", {Path(FOLDER): "event"})
        assert store.choices() == {"learning": "off"}
