"""What changed on the disk behind our back is noticed, though every page of the file still fits together."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from core.export.store import ExportStore
from core.export.touched import Touched
from core.persistence.session_store import SessionStore
from core.persistence.troubles import DamagedError
from core.types import Decision, Flag, Photo, PhotoId

COUNT = 300


def photo(number: int) -> Photo:
    path = Path(f"/shoot/IMG_{number:04}.CR2")
    return Photo(PhotoId(f"id{number:06}"), path, size_bytes=1000 + number, mtime_ns=10**18 + number)


@pytest.fixture
def decisions(tmp_path: Path) -> Path:
    """A closed file of decisions, all picks of three stars."""
    path = tmp_path / "decisions.sqlite"
    photos = [photo(number) for number in range(COUNT)]
    with closing(SessionStore.open(path)) as store:
        before = [Decision(one.id) for one in photos]
        after = [Decision(one.id, Flag.PICK, 3) for one in photos]
        store.record([Path("/shoot")], "Pick", photos, before, after)
    return path


def in_bytes(old: bytes, new: bytes) -> Callable[[bytearray], None]:
    """Changes one place of the file, as a flipped bit would."""

    def change(content: bytearray) -> None:
        at = content.index(old)
        content[at : at + len(old)] = new

    return change


CHANGES = {
    "a flag": in_bytes(b"pick", b"pico"),
    "the name of a photo": in_bytes(b"/shoot/IMG_0007", b"/shoot/IMG_8007"),
    "the photo it belongs to": in_bytes(b"id000007", b"id900007"),
    "text that is none any more": in_bytes(b"pick", b"p\xff\xfek"),
    "what seals a row": in_bytes(b"WHERE rowid = NEW.rowid; END", b"WHERE rowid = NEW.r\xefwid; END"),
    "what a seal is made of": in_bytes(b"NEW.rating", b"NEW.flag  "),
    "the undo journal": in_bytes(b'[["id000000","pick"', b'[["id000000","pikk"'),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_row_is_noticed_when_the_file_is_opened(
    decisions: Path, change: Callable[[bytearray], None]
) -> None:
    content = bytearray(decisions.read_bytes())
    change(content)
    decisions.write_bytes(content)
    with pytest.raises(DamagedError, match=r"decisions\.sqlite"):
        SessionStore.open(decisions)
    assert decisions.read_bytes() == content, "left as it is"


@pytest.mark.parametrize("statement", ["UPDATE decision SET rating = 1 WHERE photo_id = 'id000003'"])
def test_a_row_that_another_program_wrote_is_noticed(decisions: Path, statement: str) -> None:
    with closing(sqlite3.connect(decisions)) as other, other:
        other.create_function("seal", -1, lambda *_: 0)
        other.execute(statement)
    with pytest.raises(DamagedError, match="not as Shortlist wrote it"):
        SessionStore.open(decisions)


@pytest.mark.parametrize("version", [0, -1, 3, 2**31 - 1])
def test_a_damaged_number_of_the_version_is_damage(decisions: Path, version: int) -> None:
    with closing(sqlite3.connect(decisions)) as other:
        other.execute(f"PRAGMA user_version = {version}")
    with pytest.raises(DamagedError):
        SessionStore.open(decisions)


def test_a_table_that_is_gone_is_damage(decisions: Path) -> None:
    with closing(sqlite3.connect(decisions)) as other:
        other.execute("DROP TABLE clock")
    with pytest.raises(DamagedError, match="damaged"):
        SessionStore.open(decisions)


def test_a_name_that_is_no_text_any_more_is_damage(tmp_path: Path) -> None:
    """One flipped bit in what the file says of its own tables, which SQLite itself reads without complaint."""
    journal = tmp_path / "exports.sqlite"
    ExportStore.open(journal).close()
    content = journal.read_bytes()
    assert b"before_digest" in content
    journal.write_bytes(content.replace(b"before_digest", b"be\xe6ore_digest"))
    with pytest.raises(DamagedError, match="damaged"):
        ExportStore.open(journal)


def test_what_we_write_ourselves_keeps_its_seal(decisions: Path) -> None:
    photos = [photo(number) for number in range(10)]
    picks = [Decision(one.id, Flag.PICK, 3) for one in photos]
    rejects = [Decision(one.id, Flag.REJECT) for one in photos]
    with closing(SessionStore.open(decisions)) as store:
        entry = store.record([Path("/shoot")], "Reject", photos, picks, rejects)
        store.undo(entry, photos, picks)
        store.redo(entry, photos, rejects)
        store.confirm(photos, rejects)
        store.touch_source([Path("/shoot")])
    with closing(SessionStore.open(decisions)) as store:
        assert {one.flag for one in store.load_decisions(photos).values()} == {Flag.REJECT}


def test_a_changed_row_of_the_journal_of_exports_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "exports.sqlite"
    with closing(ExportStore.open(path)) as store:
        number = store.begin("XMP", 1)
        store.add(number, [Touched.write(Path("/shoot/a.xmp"), b"former", b"newer")])
        store.finish(number)
    content = bytearray(path.read_bytes())
    in_bytes(b"/shoot/a.xmp", b"/shoot/b.xmp")(content)
    path.write_bytes(content)
    with pytest.raises(DamagedError):
        ExportStore.open(path)
