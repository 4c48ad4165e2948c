"""What can go wrong with a database on a disk, in sentences that say what to do."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import StoreError
from core.files import RefusedFileError
from core.language import Sentence, say

_NO_TEXT = "decode to UTF-8"  # in Python's own complaint, which has no code
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
REASONS = {
    sqlite3.SQLITE_FULL: say("The disk is full. Make room and try again."),
    sqlite3.SQLITE_READONLY: say("It cannot be written; check the permissions of the file and its folder."),
    sqlite3.SQLITE_PERM: say("It cannot be written; check the permissions of the file and its folder."),
    sqlite3.SQLITE_CANTOPEN: say("It cannot be opened; check that its folder exists and can be written."),
    sqlite3.SQLITE_IOERR: say("The disk reports an error; check the drive."),
    sqlite3.SQLITE_BUSY: say("Another program keeps it locked; close that program and try again."),
    sqlite3.SQLITE_LOCKED: say("Another program keeps it locked; close that program and try again."),
    sqlite3.SQLITE_CORRUPT: say("It is damaged."),
    sqlite3.SQLITE_NOTADB: say("It is not a database."),
}
_LITTLE = 64 * 1024  # bytes: SQLite takes 32 KB beside a database before it reads any of it
CHANGED = say("Some of what it holds is not as Shortlist wrote it.")


class DamagedError(StoreError):
    """A database cannot be read any more, or not be trusted; its file is left as it is."""


class ForeignError(DamagedError):
    """A file under the name of a database of ours is another program's."""


@contextmanager
def known_errors(path: Path) -> Iterator[None]:
    """Turn what a disk can do to us into sentences; let through what is a mistake of ours."""
    try:
        yield
    except (sqlite3.OperationalError, sqlite3.DatabaseError) as error:
        # The other subclasses (IntegrityError, ProgrammingError, …) are bugs, not circumstances.
        if type(error) not in (sqlite3.OperationalError, sqlite3.DatabaseError):
            raise
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the primary code
        if _NO_TEXT in str(error):
            code = sqlite3.SQLITE_CORRUPT
        if code == sqlite3.SQLITE_IOERR and _is_full(path.parent):
            code = sqlite3.SQLITE_FULL
        reason = REASONS.get(code) or say("SQLite reports: {cause}.", cause=error)
        kind = DamagedError if code in _DAMAGED else StoreError
        raise kind(sentence_about(path, reason)) from error
    except UnicodeDecodeError as error:  # SQLite quotes names of the file, which damage may have made no text
        raise DamagedError(sentence_about(path, REASONS[sqlite3.SQLITE_CORRUPT])) from error
    except OSError as error:
        cause = error.strerror or str(error)
        refusal = error.sentence if isinstance(error, RefusedFileError) else None
        raise StoreError(
            sentence_about(path, refusal or say("The system says: {cause}.", cause=cause))
        ) from error


def _is_full(folder: Path) -> bool:
    """Tell whether there is no room for what SQLite writes beside a database; it calls that a failure of the disk."""
    try:
        return shutil.disk_usage(folder).free < _LITTLE
    except OSError:
        return False


def sentence_about(path: Path, reason: Sentence) -> Sentence:
    """Say of which file it is that it cannot be used, and why."""
    return say(
        "“{name}” in “{folder}” cannot be used. {reason}", name=path.name, folder=path.parent, reason=reason
    )
