"""Rolling backups of a precious database: as it was last closed, on the day before, and in the week before that.

Only what is sound becomes a backup. Days and weeks count on which something was decided, so that the three are never
all from one bad hour, even after a holiday.
"""

import logging
import sqlite3
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from core.errors import StoreError
from core.persistence.connections import connect_to_read, write_copy
from core.persistence.database import Database
from core.persistence.seals import lend_seals
from core.persistence.soundness import pages_are_sound, rows_are_sound
from core.persistence.troubles import known_errors

_log = logging.getLogger(__name__)

LAST_CLOSE, LAST_DAY, LAST_WEEK = "last-close", "last-day", "last-week"


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of a database.

    Attributes:
        name: "last-close", "last-day", "last-week", or "v3" of one that was made before a migration.
        made_at: when, by the clock of this machine.
    """

    path: Path
    name: str
    made_at: datetime


def backups_of(path: Path) -> tuple[Backup, ...]:
    """Return the backups of a database that are there, the latest first."""
    found = []
    names = {f"{path.name}.{name}": name for name in (LAST_CLOSE, LAST_DAY, LAST_WEEK)}
    names |= {file.name: file.name.split(".")[-2] for file in path.parent.glob(f"{path.name}.v*.bak")}
    for file, name in names.items():
        with suppress(OSError):
            made = (path.parent / file).stat().st_mtime
            found.append(Backup(path.parent / file, name, datetime.fromtimestamp(made).astimezone()))
    return tuple(sorted(found, key=lambda backup: backup.made_at, reverse=True))


def back_up(database: Database) -> None:
    """Make the present state the backup of the last close. Where that fails the log says so; nothing is lost by it."""
    path = database.path
    try:
        with FileLock(_beside(path, "backup.lock"), timeout=0), known_errors(path):
            unfinished = _beside(path, "backup.part")
            with database.reading() as connection:
                write_copy(connection, unfinished)
            if not is_sound(unfinished):
                unfinished.unlink()
                _log.error("“%s” is damaged and was not backed up", path)
                return
            _make_room(path)
            unfinished.replace(_beside(path, LAST_CLOSE))
    except Timeout:
        return  # another window is doing it
    except (StoreError, OSError) as error:
        _log.warning("“%s” could not be backed up: %s", path, error)


def is_due(path: Path) -> bool:
    """Tell whether there is no backup of today."""
    return _day_of(_beside(path, LAST_CLOSE)) != _today()


def is_sound(path: Path) -> bool:
    """Tell whether a database can be read, and holds nothing but what we wrote; nothing of it is changed."""
    try:
        with closing(connect_to_read(path)) as connection:
            lend_seals(connection)
            return pages_are_sound(connection) and rows_are_sound(connection)
    except (sqlite3.DatabaseError, OSError):
        return False


def _make_room(path: Path) -> None:
    """Let the last backup become that of the day before, and that one the week's, when it is time."""
    last, day, week = (_beside(path, name) for name in (LAST_CLOSE, LAST_DAY, LAST_WEEK))
    made, before = _day_of(last), _day_of(day)
    if made in (None, _today()):
        return
    if made is not None and before is not None and made.isocalendar()[:2] != before.isocalendar()[:2]:
        day.replace(week)
    last.replace(day)


def _day_of(backup: Path) -> date | None:
    """Return on which day a backup was made; None where there is none."""
    try:
        return datetime.fromtimestamp(backup.stat().st_mtime).astimezone().date()
    except FileNotFoundError:
        return None


def _today() -> date:
    return datetime.fromtimestamp(time.time()).astimezone().date()


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(f"{path.name}.{suffix}")
