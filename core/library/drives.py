"""Whether a known file is there, gone for good, or away with the drive it lies on."""

import os
from enum import StrEnum
from functools import lru_cache
from pathlib import Path


class Presence(StrEnum):
    """Where a known file is."""

    HERE = "here"
    AWAY = "away"  # its drive is not connected
    GONE = "gone"  # its drive is, without the file


@lru_cache(maxsize=1024)
def volume_of(folder: Path) -> Path:
    """Return the mount point of the drive a folder lies on; that of the nearest one above where it is not there."""
    while not os.path.ismount(folder) and folder != folder.parent:
        folder = folder.parent
    return folder


def presence(path: Path, volume: Path) -> Presence:
    """Tell where a file is.

    Args:
        path: of the file.
        volume: the mount point of its drive when it was last seen.
    """
    if path.exists():
        return Presence.HERE
    # On Windows a drive's letter counts as a mount point whether anything is there or not.
    return Presence.GONE if os.path.ismount(volume) and volume.exists() else Presence.AWAY
