"""The one way in which files that are not ours alone are opened for reading.

Beside a photo anything may lie under any name: a link to a device that never ends, a pipe that nobody writes into,
a sparse file of gigabytes. Here only regular files are opened, without waiting, and never more is read than the file
held when it was opened. A test walks the syntax tree of the program, so that nothing opens files past this module.
"""

import errno
import io
import os
import stat
from pathlib import Path
from typing import BinaryIO

from core.language import Sentence, say

SPECIAL = say("It is not a file that can be read but a device, a pipe or a socket, or a link to one.")
TOO_LARGE = say("It is far too large to be what its name says.")

MOST_TEXT_BYTES = 2**24
"""Of a file that is read whole and is no photo: settings, sidecars, profiles and lists are a fraction of it."""

MOST_DOCUMENT_BYTES = 2**30
"""Of a contact sheet or a model: the largest are half of it."""


class RefusedFileError(OSError):
    """A file is not read, for what it is.

    Args:
        number: the system's number of the error that comes nearest.
        sentence: why, for the user; ``strerror`` is the same.
        path: the file.
    """

    def __init__(self, number: int, sentence: Sentence, path: Path | str) -> None:
        super().__init__(number, sentence, str(path))
        self.sentence = sentence


class SpecialFileError(RefusedFileError):
    """It is a device, a pipe or a socket, or a link to one."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(errno.EINVAL, SPECIAL, path)


class TooLargeFileError(RefusedFileError):
    """It is larger than anything of its kind."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(errno.EFBIG, TOO_LARGE, path)


def open_file(path: Path) -> io.BufferedReader:
    """Open a file for reading; of what is added to it meanwhile nothing is seen.

    Raises:
        SpecialFileError: it is no regular file.
        OSError: it cannot be opened.
    """
    return io.BufferedReader(_BoundedFile(path))


def open_to_change(path: Path) -> BinaryIO:
    """Open a file that is there for reading and writing in place, without a buffer.

    Raises:
        SpecialFileError: it is no regular file.
        OSError: it cannot be opened.
    """
    return io.FileIO(path, "r+b", opener=_open_regular)


def read_file(path: Path, most: int = MOST_TEXT_BYTES) -> bytes:
    """Return the content of a file.

    Args:
        path: the file.
        most: bytes; a larger file is refused before anything of it is read.

    Raises:
        SpecialFileError: it is no regular file.
        TooLargeFileError: it is larger than that.
        OSError: it cannot be read.
    """
    with open_file(path) as file:
        if os.fstat(file.fileno()).st_size > most:
            raise TooLargeFileError(path)
        return file.read()


def check_regular(path: Path) -> None:
    """Refuse what is there and no regular file, before a library is told to open it by its name.

    Raises:
        SpecialFileError: it is a device, a pipe or a socket.
    """
    try:
        mode = path.stat().st_mode
    except OSError:
        return  # not there, or not to be looked at: the library will say so
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise SpecialFileError(path)


def name_for_libraries(path: Path, file: BinaryIO) -> str:
    """Name an open file for a library that wants to open it itself: what lies under its path may be another by now.

    Args:
        path: of the file, for systems that know no other name.
        file: as ``open_file`` gave it, to be kept open meanwhile.
    """
    name = f"/proc/self/fd/{file.fileno()}"
    return name if os.path.exists(name) else str(path)  # noqa: PTH110 - no Path is wanted here


class _BoundedFile(io.FileIO):
    """A regular file that ends where it ended when it was opened."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "rb", opener=_open_regular)
        self._end = os.fstat(self.fileno()).st_size

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        left = max(self._end - self.tell(), 0)
        view = memoryview(buffer).cast("B")
        count = super().readinto(view[:left] if left < len(view) else view)
        if count is None:  # a file of the system's own that would make us wait
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        return count

    def readall(self) -> bytes:
        parts = []
        while (left := self._end - self.tell()) > 0 and (part := super().read(left)):
            parts.append(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)


def _open_regular(name: str, flags: int) -> int:
    """Open without waiting, and look at what was opened: under its name there may be another by now."""
    # First without opening, for opening alone may already do something to a device.
    _check(name, os.stat(name).st_mode)  # noqa: PTH116 - it is a name here
    descriptor = os.open(name, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0), 0o600)
    try:
        _check(name, os.fstat(descriptor).st_mode)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _check(name: str, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), name)
    if not stat.S_ISREG(mode):
        raise SpecialFileError(name)
