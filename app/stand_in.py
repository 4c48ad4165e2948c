"""Temporary folders for caches whose own place cannot be used. What a killed program left of them is cleared away."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

_PREFIX = "shortlist-caches-"
_LOCK = "in-use.lock"


@contextmanager
def stand_in_folder() -> Iterator[Path]:
    """Make a folder that only this user can look into, gone afterwards.

    Raises:
        OSError: none can be made.
    """
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    try:
        with FileLock(folder / _LOCK):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def clear_stand_ins() -> None:
    """Remove those that nobody uses any more."""
    with suppress(OSError):
        for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            if _is_ours(folder):
                with suppress(Timeout, OSError), FileLock(folder / _LOCK, timeout=0):
                    shutil.rmtree(folder, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    """Tell whether a folder is ours: temporary ones are shared, and another user's of this name is not looked into."""
    status = folder.lstat()
    return stat.S_ISDIR(status.st_mode) and (os.name == "nt" or status.st_uid == os.getuid())
