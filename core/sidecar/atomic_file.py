"""Writing a whole file so that at any moment the old one or the new one is there, never half of either."""

import contextlib
import errno
import os
import re
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from core.files import SPECIAL, RefusedFileError, open_file
from core.language import Sentence, say

_SENTENCES = {
    errno.EACCES: say("Permission was denied."),
    errno.EPERM: say("Permission was denied."),
    errno.EROFS: say("The disk is read-only."),
    errno.ENOSPC: say("The disk is full."),
    errno.EDQUOT: say("Your share of the disk is full."),
    errno.ENOENT: say("It is not there any more."),
    errno.ENOTDIR: say("Its folder is not a folder."),
    errno.EISDIR: say("There is a folder of that name."),
    errno.EIO: say("The disk could not be read or written (input/output error)."),
    errno.ENAMETOOLONG: say("The name is too long for this disk."),
    errno.ELOOP: say("It is a link that leads in a circle."),
}
_LEADS_NOWHERE = say("It is a link that leads nowhere; remove it, or bring back what it leads to.")
_NOW_A_LINK = say("It has become a link meanwhile; it was left as it is.")

_LEFTOVER_SUFFIX = ".shortlist-tmp"
_LEFTOVER = re.compile(r"\.[0-9a-f]{12}")


class FileStamp(NamedTuple):
    """What shows that a file has changed."""

    mtime_ns: int
    size: int


def stamp_of(path: Path) -> FileStamp | None:
    """Return the file's stamp as of now; None where there is none.

    Raises:
        OSError: it cannot be looked at.
    """
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return FileStamp(status.st_mtime_ns, status.st_size)


def sentence(error: OSError) -> Sentence:
    """Say what went wrong, for the user, without the file's name."""
    if isinstance(error, RefusedFileError):
        return error.sentence
    known = _SENTENCES.get(error.errno or 0)
    return known or say("The system says: {cause}.", cause=error.strerror or type(error).__name__)


def why_not_writable(path: Path) -> Sentence | None:
    """Say why a file of this path could not be written, as far as permissions tell beforehand; None if it could."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return _SENTENCES[errno.EISDIR]
        if not stat.S_ISREG(mode):
            return SPECIAL
        if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            return say("It is write-protected.")
    except FileNotFoundError:
        if path.is_symlink():
            return _LEADS_NOWHERE
    except OSError as error:
        return sentence(error)
    folder = existing_folder(path)
    if not folder.is_dir():
        if folder.is_symlink():
            return say("The folder “{folder}” is a link that leads nowhere.", folder=folder)
        return _SENTENCES[errno.ENOTDIR]
    return _why_not_in(folder)


def why_not_reachable(path: Path) -> Sentence | None:
    """Say why nothing is found behind a link; None where it leads to something, and for all else."""
    try:
        target_of(path)
    except OSError as error:
        return sentence(error)
    return None


def target_of(path: Path) -> Path:
    """Return the file that is written under a path: the path itself, or the one that the link there leads to.

    Raises:
        OSError: the link leads nowhere, or in a circle.
    """
    if not path.is_symlink():
        return path
    try:
        return Path(os.path.realpath(path, strict=True))
    except FileNotFoundError as error:
        raise RefusedFileError(errno.ENOENT, _LEADS_NOWHERE, path) from error


def why_not_removable(path: Path) -> Sentence | None:
    """Say why a file could not be taken out of its folder; None if it could, whether write-protected or not."""
    return _why_not_in(path.parent)


def _why_not_in(folder: Path) -> Sentence | None:
    if os.access(folder, os.W_OK | os.X_OK):
        return None
    return say("The folder “{folder}” cannot be written to.", folder=folder)


def existing_folder(path: Path) -> Path:
    """Return the nearest thing above the path that exists: where folders still to be made would be made."""
    return next((above for above in path.parents if os.path.lexists(above)), Path(path.anchor or "."))


@contextmanager
def temporary_beside(path: Path, suffix: str = _LEFTOVER_SUFFIX) -> Iterator[Path]:
    """Name a file to be made in the same folder, so on the same disk; remove it if it is left over.

    Args:
        path: what it will become.
        suffix: of its name, by which ``clear_leftovers`` knows whose it is.
    """
    temporary = path.with_name(f".{secrets.token_hex(6)}{suffix}")
    try:
        yield temporary
    finally:
        with contextlib.suppress(FileNotFoundError):
            temporary.unlink()


def clear_leftovers(folder: Path, suffix: str = _LEFTOVER_SUFFIX) -> None:
    """Remove the temporary files of a program that was killed; call it only while nobody else writes such."""
    with contextlib.suppress(OSError):
        for leftover in list(folder.glob(f".*{suffix}")):
            if _LEFTOVER.fullmatch(leftover.name.removesuffix(suffix)):
                leftover.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes, before_replacing: Callable[[], None] = lambda: None) -> None:
    """Write a file anew or in place of an old one, whose permissions it keeps.

    Args:
        path: the file; its folder is made if need be. Never a link: ``target_of`` tells what to write instead, so
            that nobody writes elsewhere than was shown.
        data: its content.
        before_replacing: called when all is on disk but the change of names; may raise to call it off.

    Raises:
        OSError: it cannot be written; the old file is as it was, and nothing is left over.
    """
    fill_whole(path, lambda file: file.write(data), lambda _: before_replacing())


def fill_whole(
    path: Path,
    fill: Callable[[BinaryIO], object],
    before_replacing: Callable[[Path], None],
    mtime_ns: int | None = None,
) -> None:
    """Write a file too large to be held as bytes, as ``write_whole`` does.

    Args:
        path: as of ``write_whole``.
        fill: writes the content.
        before_replacing: as of ``write_whole``; given the new file under its temporary name.
        mtime_ns: the time to give the file; None for now.

    Raises:
        OSError: it cannot be written; the old file is as it was, and nothing is left over.
    """
    make_folder(path.parent)
    with temporary_beside(path) as temporary:
        with temporary.open("xb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileNotFoundError):
            shutil.copystat(path, temporary)  # permissions, and the tags some file managers attach
            os.utime(temporary)
        if mtime_ns is not None:
            set_time(temporary, mtime_ns)
        before_replacing(temporary)
        if path.is_symlink():
            raise RefusedFileError(errno.ELOOP, _NOW_A_LINK, path)
        temporary.replace(path)
    sync_folder(path.parent)


def set_time(path: Path, mtime_ns: int) -> None:
    """Give a file its time, and leave alone when it was last looked at. Raises OSError."""
    os.utime(path, ns=(path.stat().st_atime_ns, mtime_ns))


def make_folder(folder: Path) -> None:
    """Make a folder with those above it that are missing; each lasts through a power cut when this returns.

    Raises:
        OSError: one cannot be made.
    """
    missing = []
    for one in (folder, *folder.parents):
        if one.exists():
            break
        missing.append(one)
    for one in reversed(missing):
        one.mkdir(exist_ok=True)
        sync_folder(one.parent)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))


def sync_file(path: Path) -> None:
    """Make the content of a file last through a power cut; of a link nothing but its name could be lost.

    Raises:
        OSError: the disk could not write it.
    """
    if os.name == "nt" or path.is_symlink():
        return
    with contextlib.suppress(PermissionError), open_file(path) as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make a change of names last through a power cut; Windows has no way to ask for it, nor does it need one."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network disks cannot do this
            raise
    finally:
        os.close(descriptor)
