"""Backups roll: as it was when it was last closed, a day before, and a week; only what is sound becomes one."""

import os
import sqlite3
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from core.persistence import backups, connections
from core.persistence.backups import backups_of, is_due
from core.persistence.session_store import SessionStore
from core.types import Decision, Flag, Photo, PhotoId

HOUR = 3600.0


class Clock:
    """A machine whose time is set by the test: of its clock and of the files it makes."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path = path
        self.now = datetime(2025, 6, 16, 10).timestamp()  # a Monday
        monkeypatch.setattr(time, "time", lambda: self.now)
        write = connections.write_copy

        def write_now(source: sqlite3.Connection, place: Path) -> None:
            write(source, place)
            os.utime(place, (self.now, self.now))

        monkeypatch.setattr(backups, "write_copy", write_now)

    def visit(self, count: int, decided: bool = True) -> None:
        """Opens the decisions, has ``count`` photos decided on after it, and closes them."""
        photo = Photo(PhotoId(str(count)), Path(f"/shoot/{count}.jpg"))
        with closing(SessionStore.open(self.path)) as store:
            if decided:
                store.record([], "Pick", [photo], [Decision(photo.id)], [Decision(photo.id, Flag.PICK)])

    def held(self) -> dict[str, int]:
        """How many decisions each backup holds."""
        found = {}
        for one in backups_of(self.path):
            with closing(sqlite3.connect(one.path)) as database:
                found[one.name] = database.execute("SELECT count(*) FROM decision").fetchone()[0]
        return found


@pytest.fixture
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(tmp_path / "decisions.sqlite", monkeypatch)


def test_a_visit_that_changed_something_is_backed_up_when_it_ends(clock: Clock) -> None:
    clock.visit(1)
    assert clock.held() == {"last-close": 1}
    clock.now += HOUR
    clock.visit(2)
    assert clock.held() == {"last-close": 2}


def test_a_visit_that_changed_nothing_makes_no_backup(clock: Clock) -> None:
    clock.visit(1)
    made = backups_of(clock.path)
    clock.now += HOUR
    clock.visit(2, decided=False)
    assert backups_of(clock.path) == made


def test_the_last_state_of_the_day_before_and_of_the_week_before_are_kept(clock: Clock) -> None:
    """Three visits a day, from a Monday on; on Sundays nothing is done."""
    count = 0
    ends: list[int] = []
    for day in range(30):
        for visit in range(3):
            if day % 7 != 6:
                count += 1
                clock.visit(count)
                held = clock.held()
                assert held["last-close"] == count
                assert held.get("last-day") == (ends[-1] if ends else None), (day, visit)
            clock.now += HOUR
        if day % 7 != 6:
            ends.append(count)
        if day % 7 in (1, 2, 3, 4, 5) and day > 7:
            assert clock.held()["last-week"] == ends[6 * (day // 7) - 1], "that of the Saturday"
        clock.now += 21 * HOUR
    assert len(backups_of(clock.path)) == 3, "and never more"


def test_after_a_holiday_the_state_from_before_it_outlasts_a_busy_day(clock: Clock) -> None:
    clock.visit(1)
    clock.now += 20 * 24 * HOUR
    for count in range(2, 8):
        clock.visit(count)
        clock.now += HOUR / 10
    assert clock.held() == {"last-close": 7, "last-day": 1}


def test_who_never_closes_it_properly_has_a_backup_too(clock: Clock) -> None:
    clock.visit(1)
    clock.now += 30 * HOUR
    assert is_due(clock.path)
    clock.visit(2, decided=False)
    assert not is_due(clock.path)


def test_a_clock_that_was_wrong_does_not_stop_the_backups(clock: Clock) -> None:
    clock.now += 10_000 * HOUR
    clock.visit(1)
    clock.now -= 10_000 * HOUR
    clock.visit(2)
    clock.now += 48 * HOUR
    clock.visit(3)
    assert clock.held()["last-day"] == 2


def test_a_file_that_was_damaged_while_it_was_open_takes_no_backups_place(clock: Clock) -> None:
    clock.visit(1)
    with closing(SessionStore.open(clock.path)) as store:
        photo = Photo(PhotoId("2"), Path("/shoot/2.jpg"))
        store.record([], "Pick", [photo], [Decision(photo.id)], [Decision(photo.id, Flag.PICK)])
        with closing(sqlite3.connect(clock.path)) as other, other:
            other.create_function("seal", -1, lambda *_: 0)
            other.execute("UPDATE decision SET rating = 5")
    assert clock.held() == {"last-close": 1}
    assert not list(clock.path.parent.glob("*.part"))


def test_a_backup_is_one_file_that_only_its_owner_can_read(clock: Clock) -> None:
    clock.visit(1)
    names = sorted(path.name for path in clock.path.parent.iterdir())
    assert names == ["decisions.sqlite", "decisions.sqlite.backup.lock", "decisions.sqlite.last-close"]
    if os.name != "nt":
        assert clock.path.with_name("decisions.sqlite.last-close").stat().st_mode & 0o077 == 0


def test_a_disk_that_takes_no_backup_keeps_nobody_from_leaving(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("core.persistence.backups.write_copy", full)
    clock.visit(1)
    assert clock.held() == {}
    assert "could not be backed up" in caplog.text
