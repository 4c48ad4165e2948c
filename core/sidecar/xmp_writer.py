"""Sidecars as files: read with their stamp, written whole, never over another program's changes.

Before Shortlist first changes a sidecar that another program made, it puts a copy beside it, named
``IMG_1234.xmp.shortlist-backup``. That copy is the state before Shortlist and is never written again.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.errors import SidecarError
from core.files import open_file
from core.language import say
from core.sidecar.atomic_file import FileStamp, sentence, stamp_of, why_not_writable, write_whole
from core.sidecar.backups import backup_of
from core.sidecar.label_names import ENGLISH, LabelSet
from core.sidecar.xmp_edit import is_ours
from core.sidecar.xmp_packet import PacketError, is_blank
from core.sidecar.xmp_reader import XmpFacts, read_packet

MAX_BYTES = 2**24
"""Sidecars with many masks have a few megabytes; what is larger than this is something else."""


@dataclass(frozen=True, slots=True)
class SidecarFile:
    """A sidecar as it was read."""

    path: Path
    data: bytes
    stamp: FileStamp


def load_sidecar(path: Path) -> SidecarFile:
    """Read a sidecar with its stamp.

    Raises:
        SidecarError: it cannot be read.
    """
    try:
        with open_file(path) as file:
            status = os.fstat(file.fileno())
            if status.st_size > MAX_BYTES:
                raise SidecarError(path, say("It is far too large for a sidecar."))
            return SidecarFile(path, file.read(), FileStamp(status.st_mtime_ns, status.st_size))
    except OSError as error:
        raise SidecarError(path, sentence(error)) from error


def read_sidecar(path: Path, labels: LabelSet = ENGLISH) -> XmpFacts:
    """Return what a sidecar says.

    Raises:
        SidecarError: it cannot be read or understood.
    """
    try:
        return read_packet(load_sidecar(path).data, labels)
    except PacketError as error:
        raise SidecarError(path, error.sentence) from error


def write_sidecar(path: Path, data: bytes, before: SidecarFile | None) -> None:
    """Write a sidecar whole; a file with the same content already is not touched.

    Args:
        path: the sidecar.
        data: its new content.
        before: what stood there when ``data`` was made from it; None for no file.

    Raises:
        SidecarError: it cannot be written, or another program wrote it since ``before`` was read; in both
            cases the file is as it was.
    """
    if before is not None and before.data == data:
        return
    stamp = before.stamp if before else None

    def nobody_wrote_it() -> None:
        if stamp_of(path) != stamp:
            raise SidecarError(path, say("Another program has written it meanwhile; it was left as it is."))

    if reason := why_not_writable(path):
        raise SidecarError(path, reason)
    try:
        nobody_wrote_it()
        with _backed_up(before):
            write_whole(path, data, nobody_wrote_it)
    except OSError as error:
        raise SidecarError(path, sentence(error)) from error


@contextmanager
def _backed_up(before: SidecarFile | None) -> Iterator[None]:
    """Keep another program's sidecar as it was, unless an earlier copy is there: that one is older and stays.

    The former file itself becomes the backup where the disk knows hard links, as a new one takes its place; so
    it costs no data. It is made durable together with the new name, by the same flush of the folder.
    """
    backup = None if before is None else backup_to_make(before)
    if before is None or backup is None:
        yield
        return
    try:
        _link_or_copy(before, backup)
    except FileExistsError:
        yield
        return
    except OSError as error:
        raise SidecarError(
            before.path,
            say(
                "Its backup, “{backup}”, cannot be made: {cause} So it was left as it is.",
                backup=backup.name,
                cause=sentence(error),
            ),
        ) from error
    try:
        yield
    except BaseException:
        if backup.samefile(before.path) or stamp_of(before.path) == before.stamp:  # nothing was replaced
            backup.unlink()
        raise


def _link_or_copy(sidecar: SidecarFile, backup: Path) -> None:
    """Make the backup. Raises FileExistsError where there is one, any other OSError where it cannot be made."""
    try:
        backup.hardlink_to(sidecar.path)
    except FileExistsError:
        raise
    except OSError:  # FAT, exFAT and many network disks
        with backup.open("xb") as file:
            try:
                file.write(sidecar.data)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                backup.unlink()
                raise


def backup_to_make(before: SidecarFile) -> Path | None:
    """Return the copy that changing this sidecar would leave beside it.

    None where it is ours, empty, or has one already.
    """
    backup = backup_of(before.path)
    return None if os.path.lexists(backup) or is_blank(before.data) or _is_ours(before) else backup


def _is_ours(sidecar: SidecarFile) -> bool:
    try:
        return is_ours(sidecar.data)
    except PacketError:
        return False
