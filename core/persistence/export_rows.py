"""What an export did to one file, in the form in which the journal of exports keeps it."""

import hashlib
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

_DIGEST_BYTES = 16


class Touch(StrEnum):
    """What is done to a file."""

    FOLDER = "folder"  # a folder is made
    WRITTEN = "written"  # its bytes are made anew, or some of them replaced
    COPIED = "copied"  # it is made as a copy of, or a link to, another
    MOVED = "moved"  # it was elsewhere before
    TRASHED = "trashed"  # it is put into the system's trash


def hasher(data: bytes = b"") -> hashlib.blake2b:
    """The digest of ``FileState``, to be fed piece by piece."""
    return hashlib.blake2b(data, digest_size=_DIGEST_BYTES)


@dataclass(frozen=True, slots=True)
class FileState:
    """By which the content of a file is known again.

    Attributes:
        size: bytes of the whole file.
        digest: BLAKE2b, 16 bytes, of all of it but its tail; see ``Rewrite.tail``.
    """

    size: int
    digest: bytes

    @classmethod
    def of(cls, head: bytes, tail: int = 0) -> "FileState":
        """The state of a file of these bytes, followed by ``tail`` others that nobody looked at."""
        return cls(len(head) + tail, hasher(head).digest())


@dataclass(frozen=True, slots=True)
class Rewrite:
    """How the bytes of a file change: one stretch of them gives way to another.

    Attributes:
        start: offset of the stretch; what stands before it stays.
        former: the bytes that stand there before.
        length: of those that stand there afterwards.
        tail: how many bytes at the end are neither changed nor read: the picture behind its metadata.
    """

    start: int
    former: bytes
    length: int
    tail: int = 0

    @classmethod
    def between(cls, before: bytes, after: bytes, tail: int = 0) -> "Rewrite":
        """The shortest that makes ``after`` of ``before``, both without the tail."""
        start = _common(before, after)
        end = _common(before[start:][::-1], after[start:][::-1])
        return cls(start, before[start : len(before) - end], len(after) - end - start, tail)

    def undone(self, after: bytes) -> bytes:
        """Gives the bytes before the change, from those after it; both without the tail."""
        return after[: self.start] + self.former + after[self.start + self.length :]


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """One file, noted before it is touched.

    Attributes:
        path: the file.
        source: where it is copied or moved from.
        rewrite: of a file that was there before; None where it is new.
        before: its content before; None where it was not there.
        after: its content afterwards; None while that is not known yet: a copy is known by its source.
    """

    touch: Touch
    path: Path
    source: Path | None = None
    rewrite: Rewrite | None = None
    before: FileState | None = None
    after: FileState | None = None

    @classmethod
    def write(cls, path: Path, before: bytes | None, after: bytes, tail: int = 0) -> "Touched":
        """Of a file that is made, or whose bytes change from ``before`` to ``after`` (without the tail)."""
        return cls(
            touch=Touch.WRITTEN,
            path=path,
            rewrite=None if before is None else Rewrite.between(before, after, tail),
            before=None if before is None else FileState.of(before, tail),
            after=FileState.of(after, tail),
        )


def _common(one: bytes, other: bytes) -> int:
    """How many bytes at the beginning are the same; by halves, for sidecars can have megabytes."""
    same, differs = 0, min(len(one), len(other)) + 1
    while differs - same > 1:
        middle = (same + differs) // 2
        if one[same:middle] == other[same:middle]:
            same = middle
        else:
            differs = middle
    return same


COLUMNS = (
    "touch, path, source, start, former, length, tail, before_size, before_digest, after_size, after_digest"
)


def to_row(touched: Touched) -> tuple[Any, ...]:
    """The values of ``COLUMNS``."""
    rewrite, before, after = touched.rewrite, touched.before, touched.after
    return (
        touched.touch.value,
        os.fsencode(touched.path),
        os.fsencode(touched.source) if touched.source else None,
        *((rewrite.start, rewrite.former, rewrite.length, rewrite.tail) if rewrite else (None,) * 4),
        *((before.size, before.digest) if before else (None, None)),
        *((after.size, after.digest) if after else (None, None)),
    )


def from_row(row: tuple[Any, ...]) -> Touched:
    """The reverse of ``to_row``."""
    touch, path, source, start, former, length, tail, *states = row
    before_size, before_digest, after_size, after_digest = states
    return Touched(
        touch=Touch(touch),
        path=Path(os.fsdecode(path)),
        source=Path(os.fsdecode(source)) if source is not None else None,
        rewrite=None if former is None else Rewrite(start, former, length, tail),
        before=None if before_digest is None else FileState(before_size, before_digest),
        after=None if after_digest is None else FileState(after_size, after_digest),
    )
