"""Copying, linking and moving one file so that nothing is written over and nothing is lost on the way."""

import errno
import hashlib
import os
import shutil
from pathlib import Path

from core.errors import PhotoError
from core.export.touched import FileState, hasher
from core.files import open_file
from core.language import say
from core.sidecar.atomic_file import sync_file, sync_folder, temporary_beside

_CHUNK = 2**20
_TAKEN = say("The name was taken meanwhile; export once more.")
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS)


def copy_file(source: Path, path: Path) -> FileState:
    """Copy with dates and permissions, read the copy again, and only then give it its name.

    Returns:
        What the copy is.

    Raises:
        PhotoError: the copy differs from the original, or the name was taken meanwhile.
        OSError: it cannot be read or written. In each case nothing is left over.
    """
    with temporary_beside(path) as temporary:
        with open_file(source) as original, temporary.open("xb") as copy:
            digest = hasher()
            while chunk := original.read(_CHUNK):
                digest.update(chunk)
                copy.write(chunk)
            size = copy.tell()
            copy.flush()
            os.fsync(copy.fileno())
        with open_file(temporary) as copy:
            if hashlib.file_digest(copy, hasher).digest() != digest.digest():
                raise PhotoError(path, say("The copy differs from the original; the disk may be failing."))
        shutil.copystat(source, temporary)
        rename_new(temporary, path)
    sync_folder(path.parent)
    return FileState(size, digest.digest())


def link_file(source: Path, path: Path) -> None:
    """Make a hard link; of a symbolic link, one to the file it leads to.

    Raises:
        PhotoError: the disk cannot link, or the name was taken meanwhile.
    """
    try:
        os.link(os.path.realpath(source), path)
    except FileExistsError:
        raise PhotoError(path, _TAKEN) from None
    except OSError as error:
        reason = say(
            "No hard link could be made here ({cause}). Export copies instead.", cause=error.strerror
        )
        raise PhotoError(path, reason) from error
    sync_folder(path.parent)


def same_content(one: Path, other: Path) -> bool:
    """Tell whether two files have the same bytes; those that cannot be compared count as different."""
    try:
        return one.samefile(other) or _same_bytes(one, other)
    except OSError:
        return False


def _same_bytes(one: Path, other: Path) -> bool:
    if one.stat().st_size != other.stat().st_size:
        return False
    with open_file(one) as first, open_file(other) as second:
        while (chunk := first.read(_CHUNK)) == second.read(_CHUNK):
            if not chunk:
                return True
    return False


def move_file(source: Path, path: Path) -> None:
    """Move; to another disk by a verified copy. The original goes only once the file is at its new place.

    A power cut in between changes nothing in that: content and name have reached the disk by then.

    Raises:
        PhotoError: the copy differs from the original, or the name was taken meanwhile.
        OSError: it cannot be moved; the original is where it was.
    """
    try:
        _link_itself(source, path)
    except FileExistsError:
        raise PhotoError(path, _TAKEN) from None
    except OSError as error:
        if error.errno == errno.EXDEV:
            copy_file(source, path)
        elif error.errno in _NO_LINKS:
            sync_file(source)
            rename_new(source, path)
            sync_folder(path.parent)
            sync_folder(source.parent)
            return
        else:
            raise
    try:
        sync_file(path)
        sync_folder(path.parent)
        source.unlink()
    except OSError:
        path.unlink()
        raise
    sync_folder(source.parent)


def _link_itself(source: Path, path: Path) -> None:
    """Link a symbolic link itself; Windows can do no other and must not be asked to."""
    if os.link in os.supports_follow_symlinks:
        os.link(source, path, follow_symlinks=False)
    else:
        os.link(source, path)


def rename_new(source: Path, path: Path) -> None:
    """Rename without writing over anything; some disks know no better way than to look first.

    Raises:
        PhotoError: the name was taken meanwhile.
        OSError: it cannot be renamed.
    """
    if os.path.lexists(path):
        raise PhotoError(path, _TAKEN)
    source.rename(path)
