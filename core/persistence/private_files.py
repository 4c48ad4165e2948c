"""What tells of people and pictures is for its owner's eyes: no other user of the machine can read it."""

import os
import stat
from contextlib import suppress
from pathlib import Path

_FILE, _FOLDER = 0o600, 0o700
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def make_private_file(path: Path) -> None:
    """Make an empty file that only its owner can read, before anything is in it; an existing one is made private.

    SQLite gives its log and its journal the permissions of the database. Where the file system has no permissions,
    or they cannot be changed, the file is left as it is.

    Raises:
        OSError: the file is not there and cannot be made.
    """
    try:
        # Never opened where it is there: closing it would take away the locks that SQLite has on it.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE))
    except FileExistsError:
        keep_private(path)


def keep_private(path: Path) -> None:
    """Take from everybody but its owner what they may do with a file or a folder that is there."""
    with suppress(OSError):
        mode = stat.S_IMODE(path.stat().st_mode)
        if os.name != "nt" and mode & _OTHERS:
            path.chmod(mode & ~_OTHERS)


def make_private_folder(path: Path) -> None:
    """Make a folder that only its owner can look into, with those above it as usual.

    Raises:
        OSError: it cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        path.mkdir(mode=_FOLDER)
        return
    if not path.is_dir():
        raise NotADirectoryError(20, "Not a directory", str(path))


def sync_folder(folder: Path) -> None:
    """Make a change of names last through a power cut, where the system knows how.

    Raises:
        OSError: the folder cannot be opened.
    """
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network disks cannot do this
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
