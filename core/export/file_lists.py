"""Lists of files, for the programs that can be handed one."""

import os
from collections.abc import Iterable

from core.types import Photo


def to_paths(photos: Iterable[Photo]) -> bytes:
    """Write one path a line, RAWs and films after the picture they belong to; names that are no text as they are.

    For the file lists of Photo Mechanic and others, and for ``rsync --files-from``.
    A name with a line break in it cannot be told in such a list and is left out.
    """
    files = (file for photo in photos for file in (photo.path, *photo.companions))
    names = (os.fsencode(file) for file in files)
    return b"".join(name + b"\n" for name in names if b"\n" not in name)


def to_names(photos: Iterable[Photo]) -> bytes:
    """Write the names without suffix, in one line with commas between.

    For Lightroom: Library Filter › Text › Filename › Contains, where any of several words will do. UTF-8.
    """
    stems = dict.fromkeys(photo.path.stem for photo in photos)
    return (", ".join(stems) + "\n").encode(errors="replace")
