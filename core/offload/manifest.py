"""The list of checksums beside the copies, in the form of ``b2sum``: any shell can check it, without Shortlist.

Lines are only ever added, and all of those that were there stay as they are: they may be another program's.
"""

import hashlib
import os
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import BinaryIO

from core.files import MOST_DOCUMENT_BYTES, open_to_change, read_file
from core.sidecar.atomic_file import sync_folder, temporary_beside

MANIFEST = "shortlist-checksums.b2"
"""Its name; ``b2sum -c shortlist-checksums.b2`` checks what lies in its folder and below."""

PART_SUFFIX = ".shortlist-part"
"""Of what has not got its name yet; the next run goes on with what is left, or clears it away."""

_LINE = re.compile(rb"(\\?)([0-9a-f]{128}) [ *](.+)", re.DOTALL)
_ESCAPED = re.compile(rb"(\\.)", re.DOTALL)
_MEANT = {b"\\\\": b"\\", b"\\n": b"\n", b"\\r": b"\r"}


def hasher() -> hashlib.blake2b:
    """Return the digest of the list, to be fed piece by piece: BLAKE2b of 64 bytes, as ``b2sum`` has it."""
    return hashlib.blake2b()


class Manifest:
    """The checksums of one folder, as far as lines could be understood.

    Attributes:
        sums: hexadecimal digits by name below the folder; the latest line of a name counts.
        not_understood: lines that are no checksums.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / MANIFEST
        self.sums: dict[str, str] = {}
        self.not_understood = 0
        self._torn = False

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Read the list of a folder; an empty one where there is none.

        Raises:
            OSError: there is one that cannot be read.
        """
        manifest = cls(folder)
        try:
            content = read_file(manifest._path, MOST_DOCUMENT_BYTES)
        except FileNotFoundError:
            return manifest
        *lines, last = content.split(b"\n")
        manifest._torn = bool(last)  # the program was killed, or the disk full, in the middle of a line
        for line in lines:
            if line.strip() and not line.startswith(b"#"):
                manifest._take(line)
        return manifest

    @property
    def is_there(self) -> bool:
        """Whether the list has any line."""
        return bool(self.sums or self.not_understood)

    def add(self, sums: Mapping[str, str]) -> None:
        """Add checksums by name, and see to it that they are on disk.

        Raises:
            OSError: they cannot be written; the list is as it was, or ends in a torn line that no reader takes.
        """
        fresh = {name: digest for name, digest in sums.items() if self.sums.get(name) != digest}
        if not fresh:
            return
        lines = b"".join(_line(name, digest) for name, digest in fresh.items())
        if self._torn or any(name in self.sums for name in fresh):
            self._replace(self._without(fresh.keys()) + lines)
            self._torn = False
        else:
            self._append(lines)
        self.sums.update(fresh)

    def _take(self, line: bytes) -> None:
        read = _read_line(line)
        if read is None:
            self.not_understood += 1
        else:
            self.sums[read[0]] = read[1]

    def _append(self, lines: bytes) -> None:
        try:
            file = open_to_change(self._path)
        except FileNotFoundError:
            self._replace(lines)
            return
        with file:
            end = file.seek(0, os.SEEK_END)
            try:
                _write_all(file, lines)
                os.fsync(file.fileno())
            except OSError:
                file.truncate(end)
                raise

    def _replace(self, content: bytes) -> None:
        """Write the list anew; at any moment the old one or the new one is there."""
        with temporary_beside(self._path, PART_SUFFIX) as temporary:
            with temporary.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self._path)
        sync_folder(self._path.parent)

    def _without(self, names: Collection[str]) -> bytes:
        """Return the list without a torn line, and without the former checksums of some names."""
        try:
            lines = read_file(self._path, MOST_DOCUMENT_BYTES).split(b"\n")[:-1]
        except FileNotFoundError:
            return b""
        kept = []
        for line in lines:
            read = _read_line(line)
            if read is None or read[0] not in names:
                kept.append(line + b"\n")
        return b"".join(kept)


def _line(name: str, digest: str) -> bytes:
    """Write a line as ``b2sum`` does; a name that would break it is escaped, and a backslash says so."""
    raw = os.fsencode(name)
    escaped = raw.replace(b"\\", b"\\\\").replace(b"\n", b"\\n").replace(b"\r", b"\\r")
    return b"".join((b"\\" if escaped != raw else b"", digest.encode("ascii"), b"  ", escaped, b"\n"))


def _read_line(line: bytes) -> tuple[str, str] | None:
    """Return name and digest of a line; None where it is no checksum."""
    found = _LINE.fullmatch(line.removesuffix(b"\r"))
    if found is None:
        return None
    escaped, digest, name = found.groups()
    return os.fsdecode(_unescaped(name) if escaped else name), digest.decode("ascii")


def _unescaped(name: bytes) -> bytes:
    return _ESCAPED.sub(lambda found: _MEANT.get(found[1], found[0]), name)


def _write_all(file: BinaryIO, data: bytes) -> None:
    """Write all of it; a file without a buffer may take less at a time."""
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]
