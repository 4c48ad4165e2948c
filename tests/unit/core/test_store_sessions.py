"""Decisions on disk: found again whatever becomes of the folder, and there even if the program is killed."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.errors import StoreError
from core.ingest.scanner import photo_id
from core.persistence.session_store import SessionStore
from core.types import Decision, DecisionSource, Flag, Label, Photo, PhotoId

NOW = datetime(2025, 6, 14, 10, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "decisions.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[SessionStore]:
    with closing(SessionStore.open(path)) as opened:
        yield opened


def photo_at(path: Path, companions: Sequence[Path] = ()) -> Photo:
    """The photo of a file; one that is missing has a size and a time as well."""
    status = path.stat() if path.exists() else None
    return Photo(
        photo_id(path),
        path,
        tuple(companions),
        size_bytes=status.st_size if status else 1000,
        mtime_ns=status.st_mtime_ns if status else 10**18,
    )


def write_photo(path: Path, content: str = "picture") -> Photo:
    path.parent.mkdir(exist_ok=True)
    path.write_text(content)
    return photo_at(path)


def decide(store: SessionStore, photo: Photo, flag: Flag | None = Flag.PICK, title: str = "Pick") -> Decision:
    decision = Decision(photo.id, flag, decided_at=NOW)
    store.record([photo.path.parent], title, [photo], [Decision(photo.id)], [decision])
    return decision


def flags(store: SessionStore, *photos: Photo) -> list[Flag | None]:
    found = store.load_decisions(photos)
    return [found[photo.id].flag if photo.id in found else None for photo in photos]


def test_every_field_of_a_decision_survives_a_restart(path: Path) -> None:
    photos = [photo_at(Path(f"/shoot/{number}.jpg")) for number in range(4)]
    decisions = [
        Decision(photos[0].id, Flag.PICK, 5, Label.RED, DecisionSource.USER, NOW),
        Decision(photos[1].id, Flag.REJECT, 0, Label.NONE, DecisionSource.SUGGESTED, NOW),
        Decision(photos[2].id, None, None, Label.PURPLE, DecisionSource.USER, None),
        Decision(photos[3].id, Flag.UNFLAGGED),
    ]
    with closing(SessionStore.open(path)) as store:
        store.record([], "Try", photos, [Decision(photo.id) for photo in photos], decisions)
    with closing(SessionStore.open(path)) as store:
        assert list(store.load_decisions(photos).values()) == decisions


def test_a_photo_nobody_decided_on_has_no_decision(store: SessionStore) -> None:
    photo = photo_at(Path("/shoot/a.jpg"))
    assert store.load_decisions([photo]) == {}
    decide(store, photo)
    decide(store, photo, None)
    assert store.load_decisions([photo]) == {}


def test_decisions_do_not_depend_on_which_folder_is_open(store: SessionStore) -> None:
    photo = photo_at(Path("/shoots/wedding/a.jpg"))
    decision = Decision(photo.id, rating=4)
    store.record([Path("/shoots/wedding")], "Rate", [photo], [Decision(photo.id)], [decision])
    assert store.load_decisions([photo]) == {photo.id: decision}
    assert store.journal([Path("/shoots")]) == ()


def test_ten_thousand_photos_are_found(store: SessionStore) -> None:
    photos = [photo_at(Path(f"/shoot/{number}.jpg")) for number in range(10_000)]
    decisions = [Decision(photo.id, rating=number % 6) for number, photo in enumerate(photos)]
    store.record([], "Rate", photos, [Decision(photo.id) for photo in photos], decisions)
    assert store.load_decisions(photos) == {decision.photo_id: decision for decision in decisions}


def test_a_renamed_folder_loses_nothing(store: SessionStore, tmp_path: Path) -> None:
    photo = write_photo(tmp_path / "100CANON" / "a.jpg")
    decide(store, photo)
    (tmp_path / "100CANON").rename(tmp_path / "Wedding")
    assert flags(store, photo_at(tmp_path / "Wedding" / "a.jpg")) == [Flag.PICK]


def test_a_folder_renamed_to_and_fro_shows_the_last_decision(store: SessionStore, tmp_path: Path) -> None:
    photo = write_photo(tmp_path / "first" / "a.jpg")
    decide(store, photo, Flag.PICK)
    (tmp_path / "first").rename(tmp_path / "second")
    moved = photo_at(tmp_path / "second" / "a.jpg")
    assert flags(store, moved) == [Flag.PICK]
    decide(store, moved, Flag.REJECT)
    (tmp_path / "second").rename(tmp_path / "first")
    assert flags(store, photo) == [Flag.REJECT]


def test_the_last_decision_counts_after_the_clock_was_set_back(
    store: SessionStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = write_photo(tmp_path / "first" / "1.jpg")
    decide(store, first)
    (tmp_path / "first").rename(tmp_path / "second")
    second = photo_at(tmp_path / "second" / "1.jpg")
    assert flags(store, second) == [Flag.PICK]
    monkeypatch.setattr("time.time_ns", lambda: 10**18)
    decide(store, second, Flag.REJECT)
    assert flags(store, second) == [Flag.REJECT]
    (tmp_path / "second").rename(tmp_path / "third")
    assert flags(store, photo_at(tmp_path / "third" / "1.jpg")) == [Flag.REJECT]


def test_what_is_open_after_the_clock_was_set_back_is_not_taken_for_long_past(
    store: SessionStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.persistence.session_store._SESSIONS_KEPT", 2)
    for number in range(3):
        (tmp_path / str(number)).mkdir()
        store.touch_source([tmp_path / str(number)])
    monkeypatch.setattr("time.time_ns", lambda: 10**18)
    photo = write_photo(tmp_path / "now" / "1.jpg")
    store.touch_source([tmp_path / "now"])
    decide(store, photo)
    store.touch_source([tmp_path / "now"])
    assert store.recent_sources()[0] == tmp_path / "now"
    assert [entry.title for entry in store.journal([tmp_path / "now"])] == ["Pick"]


def test_a_copy_starts_undecided_while_the_original_is_there(store: SessionStore, tmp_path: Path) -> None:
    original = write_photo(tmp_path / "card" / "a.jpg")
    decide(store, original)
    copy = write_photo(tmp_path / "disk" / "a.jpg")
    os.utime(copy.path, ns=(original.mtime_ns, original.mtime_ns))
    copy = photo_at(copy.path)
    assert flags(store, copy, original) == [None, Flag.PICK]


def test_adopting_takes_nothing_from_a_drive_that_is_only_away(store: SessionStore, tmp_path: Path) -> None:
    original = write_photo(tmp_path / "drive" / "a.jpg")
    decide(store, original)
    (tmp_path / "drive").rename(tmp_path / "away")
    copy = write_photo(tmp_path / "copy" / "a.jpg")
    os.utime(copy.path, ns=(original.mtime_ns, original.mtime_ns))
    copy = photo_at(copy.path)
    assert flags(store, copy) == [Flag.PICK]
    (tmp_path / "away").rename(tmp_path / "drive")
    decide(store, copy, Flag.REJECT)
    assert flags(store, original, copy) == [Flag.PICK, Flag.REJECT]


def test_another_photo_of_the_same_name_is_another_photo(store: SessionStore, tmp_path: Path) -> None:
    decide(store, photo_at(tmp_path / "old" / "IMG_0001.jpg"))
    assert flags(store, write_photo(tmp_path / "new" / "IMG_0001.jpg", "other picture")) == [None]


def test_a_file_changed_by_an_export_is_known_after_its_folder_was_renamed(
    store: SessionStore, tmp_path: Path
) -> None:
    photo = write_photo(tmp_path / "before" / "a.jpg")
    decide(store, photo)
    changed = write_photo(photo.path, "picture with metadata")
    assert flags(store, changed) == [Flag.PICK]
    (tmp_path / "before").rename(tmp_path / "after")
    assert flags(store, photo_at(tmp_path / "after" / "a.jpg")) == [Flag.PICK]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_the_same_file_through_a_link_shows_the_same_decision(store: SessionStore, tmp_path: Path) -> None:
    photo = write_photo(tmp_path / "shoot" / "a.jpg")
    decide(store, photo)
    (tmp_path / "link").symlink_to(tmp_path / "shoot")
    assert flags(store, photo_at(tmp_path / "link" / "a.jpg")) == [Flag.PICK]


def test_a_pair_keeps_its_decision_when_its_other_file_is_shown(store: SessionStore, tmp_path: Path) -> None:
    jpeg, raw = tmp_path / "a.jpg", tmp_path / "a.cr2"
    for file in (jpeg, raw):
        file.write_text(file.name)
    decide(store, photo_at(jpeg, [raw]))
    assert flags(store, photo_at(raw, [jpeg])) == [Flag.PICK]
    assert flags(store, photo_at(raw)) == [Flag.PICK]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are text there")
def test_file_names_need_not_be_text(path: Path, tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
    photo = write_photo(folder / os.fsdecode(b"\xff\xfe.jpg"))
    with closing(SessionStore.open(path)) as store:
        store.touch_source([folder])
        decide(store, photo)
    with closing(SessionStore.open(path)) as store:
        assert flags(store, photo) == [Flag.PICK]
        assert store.recent_sources() == (folder,)
        assert len(store.journal([folder])) == 1
        folder.rename(tmp_path / "cafe")
        assert flags(store, photo_at(tmp_path / "cafe" / photo.path.name)) == [Flag.PICK]


def test_the_journal_is_kept_by_the_set_of_sources(store: SessionStore) -> None:
    photo = photo_at(Path("/a/a.jpg"))
    one, two = Path("/a"), Path("/b")
    decision = Decision(photo.id, Flag.PICK, decided_at=NOW)
    store.record([one, two], "Pick a", [photo], [Decision(photo.id)], [decision])
    (entry,) = store.journal([two, one])
    assert (entry.title, entry.before, entry.after, entry.undone) == (
        "Pick a",
        (Decision(photo.id),),
        (decision,),
        False,
    )
    assert store.journal([one]) == ()


def test_the_journal_remembers_what_is_undone_until_something_new_is_recorded(store: SessionStore) -> None:
    photo = photo_at(Path("/a/a.jpg"))
    decide(store, photo, Flag.PICK, "first")
    decide(store, photo, Flag.REJECT, "second")
    second = store.journal([Path("/a")])[1]
    store.undo(second.id, [photo], second.before)
    assert [(entry.title, entry.undone) for entry in store.journal([Path("/a")])] == [
        ("first", False),
        ("second", True),
    ]
    store.redo(second.id, [photo], second.after)
    assert flags(store, photo) == [Flag.REJECT]
    store.undo(second.id, [photo], second.before)
    decide(store, photo, Flag.PICK, "third")
    assert [entry.title for entry in store.journal([Path("/a")])] == ["first", "third"]


def test_the_journal_is_bounded(store: SessionStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.persistence.session_store._JOURNAL_LENGTH", 5)
    for number in range(12):
        decide(store, photo_at(Path("/a/a.jpg")), title=str(number))
    decide(store, photo_at(Path("/b/b.jpg")), title="elsewhere")
    assert [entry.title for entry in store.journal([Path("/a")])] == ["7", "8", "9", "10", "11"]


def test_journals_of_sessions_long_past_are_forgotten_but_no_decision(
    store: SessionStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.persistence.session_store._SESSIONS_KEPT", 2)
    photo = photo_at(tmp_path / "0" / "a.jpg")
    decide(store, photo)
    for number in range(1, 4):
        store.touch_source([tmp_path / str(number)])
    assert store.journal([tmp_path / "0"]) == ()
    assert flags(store, photo) == [Flag.PICK]


def test_recent_folders_come_latest_first_and_once(store: SessionStore, tmp_path: Path) -> None:
    folders = [tmp_path / name for name in "abc"]
    for folder in folders:
        folder.mkdir()
    a, b, c = folders
    write_photo(a / "loose.jpg")
    for sources in ([a], [b, c], [a], [a / "loose.jpg"]):
        store.touch_source(sources)
    assert store.recent_sources() == (a, c, b)


def test_two_windows_see_each_others_decisions(path: Path) -> None:
    one_photo, other_photo = (photo_at(Path(f"/shoot/{name}.jpg")) for name in "ab")
    with closing(SessionStore.open(path)) as one, closing(SessionStore.open(path)) as other:
        decide(one, one_photo, Flag.PICK)
        decide(other, other_photo, Flag.REJECT)
        assert flags(one, one_photo, other_photo) == [Flag.PICK, Flag.REJECT]
        assert flags(other, one_photo, other_photo) == [Flag.PICK, Flag.REJECT]


def test_a_change_that_cannot_be_written_changes_nothing(store: SessionStore) -> None:
    photo = photo_at(Path("/shoot/a.jpg"))
    decide(store, photo)
    store.close()
    with pytest.raises(StoreError):
        decide(store, photo, Flag.REJECT)


def test_what_was_acknowledged_survives_a_kill(path: Path) -> None:
    script = """
import sys
from pathlib import Path
from core.persistence.session_store import SessionStore
from core.types import Decision, Flag, Photo, PhotoId

store = SessionStore.open(Path(sys.argv[1]))
for number in range(int(sys.argv[2]), sys.maxsize):
    photo = Photo(PhotoId(str(number)), Path(f"/shoot/{number}.jpg"))
    store.record([], f"Pick {number}", [photo], [Decision(photo.id)], [Decision(photo.id, Flag.PICK)])
    print(number, flush=True)
"""
    acknowledged = -1
    for round_number in range(10):
        with subprocess.Popen(
            [sys.executable, "-c", script, str(path), str(acknowledged + 1)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            for _ in range(1 + 3 * round_number):
                acknowledged = int(process.stdout.readline())
            process.kill()
            # What it still said before it died was acknowledged too; its last line may be cut off.
            rest = process.stdout.read().split("\n")[:-1]
            acknowledged = max([acknowledged, *map(int, rest)])
        photos = [
            replace(photo_at(Path(f"/shoot/{n}.jpg")), id=PhotoId(str(n))) for n in range(acknowledged + 1)
        ]
        with closing(SessionStore.open(path)) as store:
            assert flags(store, *photos) == [Flag.PICK] * len(photos)
            assert len(store.journal([])) >= min(len(photos), 1000)
