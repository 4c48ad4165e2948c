"""Copying one file to several places at once, and proving from the disk itself that each copy is the original."""

import errno
import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from core.cancelling import go_on
from core.errors import PhotoError
from core.export.files import rename_new
from core.files import open_file, open_to_change
from core.language import say
from core.offload.cards import CardFile
from core.offload.hashing import Hashing
from core.offload.manifest import hasher
from core.offload.parts import Count, Part, pieces, taken_up
from core.sidecar.atomic_file import make_folder

_DIFFERS = say(
    "The copy differs from the original when it is read again; the disk or the cable may be failing."
)
_CHANGED = say("It changed while it was copied.")
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def _not_counted(_bytes: int) -> None:
    """Count for nobody."""


@dataclass(slots=True)
class Unproven:
    """A file that was written to some places, none of which has its name yet.

    Attributes:
        digest: of the bytes as they came from the card.
        parts: by the place that each is to get.
        failed: places that could not be written, each with what went wrong.
        content: the bytes themselves, piece by piece; None where they are not kept.
    """

    digest: str
    parts: dict[Path, Part]
    failed: dict[Path, PhotoError | OSError]
    content: list[bytes] | None
    stack: ExitStack


def digest_of(path: Path, count: Count = _not_counted, *, from_disk: bool = True) -> str:
    """Return the checksum of a file as its disk has it.

    Args:
        path: the file.
        count: told of each piece.
        from_disk: forget first what the system holds of it in memory, where it lets us.

    Raises:
        Stopped: the work was cancelled.
        OSError: it cannot be read.
    """
    digest = hasher()
    with open_file(path) as file:
        if from_disk:
            forget_pages(file)
        for chunk in pieces(file):
            digest.update(chunk)
            count(len(chunk))
    return digest.hexdigest()


def write_parts(
    source: CardFile,
    places: Sequence[Path],
    count: Count = _not_counted,
    skip: Count = _not_counted,
    *,
    keeps_content: bool = False,
) -> Unproven:
    """Read a file once, and write it to all places, under names that nobody takes for photos.

    Where the card or a disk goes away in the middle of it, what was written is left, and the next time only the rest
    is read from the card.

    Args:
        source: the original, opened for reading only.
        places: where to; folders are made.
        count: told of each piece that was read from the card.
        skip: told of each piece that need not be.
        keeps_content: keep all of the file in memory until its copies are proven: to compare them with it takes a
            third of the time that a checksum of each does.

    Returns:
        What ``prove`` ends. Its ``stack`` has to be closed in any case.

    Raises:
        Stopped: the work was cancelled; nothing is left.
        PhotoError: the original changed since it was planned; nothing is left.
        OSError: it cannot be read.
    """
    with ExitStack() as stack:
        parts: dict[Path, Part] = {}
        failed: dict[Path, PhotoError | OSError] = {}
        open_parts: dict[Path, BinaryIO] = {}
        with ExitStack() as files:
            original = files.enter_context(open_file(source.path))
            _check_unchanged(source, original)
            for place in places:
                try:
                    part = Part(source, place)
                    _check_room(place, source.size_bytes - part.size())
                    parts[place] = stack.enter_context(part)
                except OSError as error:
                    failed[place] = error
            size, before = taken_up(source, original, list(parts.values()), skip)
            digest = files.enter_context(Hashing(before))
            content: list[bytes] | None = [] if keeps_content and not size else None
            for place, part in parts.items():
                try:
                    open_parts[place] = files.enter_context(part.open_at(size))
                except OSError as error:
                    failed[place] = error
            try:
                for chunk in pieces(original) if open_parts else ():
                    digest.update(chunk)
                    if content is not None:
                        content.append(chunk)
                    size += len(chunk)
                    failed |= _write_to_all(parts, open_parts, chunk, size, digest)
                    count(len(chunk))
                    if not open_parts:
                        break
                _check_unchanged(source, original)
            except OSError:  # of the card
                for place, file in open_parts.items():
                    parts[place].keep(file, size, digest.hexdigest())
                raise
            if open_parts and size != source.size_bytes:
                raise PhotoError(source.path, _CHANGED)
        written = {place: parts[place] for place in open_parts}
        return Unproven(digest.hexdigest(), written, failed, content, stack.pop_all())


def prove(source: CardFile, place: Path, part: Part, unproven: Unproven, count: Count = _not_counted) -> None:
    """Read a copy again from its disk, and give it its name if it is the original.

    Args:
        source: the original.
        place: the name that the copy gets.
        part: the copy.
        unproven: what ``write_parts`` returned.
        count: told of each piece.

    Raises:
        Stopped: the work was cancelled.
        PhotoError: the copy differs, or the name was taken meanwhile.
        OSError: it cannot be read or named.
    """
    try:
        with open_to_change(part.path) as file:
            os.fsync(file.fileno())
        if not _is_alike(part, unproven, count):
            raise PhotoError(place, _DIFFERS)
        _dress(source, part.path)
        rename_new(part.path, place)
    except OSError as error:
        _give_up(part, error)
        raise


def _is_alike(part: Part, unproven: Unproven, count: Count) -> bool:
    """Tell whether a copy, as its disk has it, is what was read from the card."""
    if unproven.content is None:
        return digest_of(part.path, count) == unproven.digest
    with open_file(part.path) as file:
        forget_pages(file)
        for piece in unproven.content:
            if file.read(len(piece)) != piece:
                return False
            go_on()
            count(len(piece))
        return not file.read(1)


def _write_to_all(
    parts: Mapping[Path, Part], open_parts: dict[Path, BinaryIO], chunk: bytes, size: int, digest: Hashing
) -> dict[Path, PhotoError | OSError]:
    """Write a piece to all copies; put those aside that could not be written, and return why."""
    troubles = {place: _write(parts[place], file, chunk, size, digest) for place, file in open_parts.items()}
    failed: dict[Path, PhotoError | OSError] = {}
    for place, trouble in troubles.items():
        if trouble is not None:
            failed[place] = trouble
            del open_parts[place]
    return failed


def _write(part: Part, file: BinaryIO, chunk: bytes, size: int, digest: Hashing) -> OSError | None:
    """Write a piece; return what went wrong.

    Args:
        part: of which copy.
        file: the same, open.
        chunk: what comes next.
        size: of all up to there.
        digest: of the same.
    """
    try:
        _write_all(file, chunk)
        _begin_to_save(file, size - len(chunk), len(chunk))
        if part.is_due(size):
            part.note(file, size, digest.hexdigest())
    except OSError as error:
        _give_up(part, error)
        return error
    return None


def _give_up(part: Part, error: OSError) -> None:
    """Leave a part whose disk may be back another time; where there is no room, its own is wanted at once."""
    if error.errno in _NO_ROOM:
        part.drop()
    else:
        part.leave()


def forget_pages(file: BinaryIO) -> None:
    """Have the system read a file from its disk, not from memory; where it knows no way, it may do either.

    What is still to be written stays in memory, so it has to be synced first.
    """
    advise = getattr(os, "posix_fadvise", None)
    if advise is not None:
        with suppress(OSError):
            advise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(file.fileno(), fcntl.F_NOCACHE, 1)  # type: ignore[attr-defined]  # macOS


def _begin_to_save(file: BinaryIO, start: int, size: int) -> None:
    """Have the system bring bytes to the disk from now on, not once it is asked whether they are there."""
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError):
            os.posix_fadvise(file.fileno(), start, size, os.POSIX_FADV_DONTNEED)


def _check_unchanged(source: CardFile, original: BinaryIO) -> None:
    status = os.fstat(original.fileno())
    if (status.st_size, status.st_mtime_ns) != (source.size_bytes, source.mtime_ns):
        raise PhotoError(source.path, _CHANGED)


def _check_room(place: Path, size: int) -> None:
    """Make the folder of a copy, and refuse at once what has no room: a film would be written for minutes in vain."""
    make_folder(place.parent)
    if shutil.disk_usage(place.parent).free < size:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(place))


def _dress(source: CardFile, part: Path) -> None:
    """Give a copy the original's dates, by which it is known again; cards know no permissions worth copying."""
    status = part.stat()
    os.utime(part, ns=(status.st_atime_ns, source.mtime_ns))


def _write_all(file: BinaryIO, chunk: bytes) -> None:
    view = memoryview(chunk)
    while view:
        view = view[file.write(view) :]
