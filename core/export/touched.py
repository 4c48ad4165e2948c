"""What an export does to one file, as it is noted before the file is touched."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_DIGEST_BYTES = 16


class Touch(StrEnum):
    """What is done to a file."""

    FOLDER = "folder"  # a folder is made
    WRITTEN = "written"  # it is made, or a new file takes its place
    EMBEDDED = "embedded"  # a few bytes of it are replaced; the rest is never looked at
    COPIED = "copied"  # it is made as a copy of, or a link to, another
    MOVED = "moved"  # it was elsewhere before
    TRASHED = "trashed"  # it is put into the system's trash


def hasher(data: bytes = b"") -> hashlib.blake2b:
    """Return the digest of ``FileState``, to be fed piece by piece."""
    return hashlib.blake2b(data, digest_size=_DIGEST_BYTES)


@dataclass(frozen=True, slots=True)
class FileState:
    """What recognises the content of a file.

    Attributes:
        size: bytes.
        digest: BLAKE2b, 16 bytes; b"" where the size, and the bytes of ``Rewrite``, have to do.
    """

    size: int
    digest: bytes = b""

    @classmethod
    def of(cls, content: bytes) -> "FileState":
        """Return the state of a file of this content."""
        return cls(len(content), hasher(content).digest())


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One stretch of a file that gives way to another.

    Attributes:
        start: where it begins afterwards; what stands before it may have moved.
        former: the bytes that stood there before.
        written: the bytes that stand there afterwards.
    """

    start: int
    former: bytes
    written: bytes

    @classmethod
    def between(cls, before: bytes, after: bytes) -> "Rewrite":
        """Return the shortest rewrite that makes ``after`` of ``before``."""
        start = _common(before, after)
        end = _common(before[start:][::-1], after[start:][::-1])
        return cls(start, before[start : len(before) - end], after[start : len(after) - end])

    def undone(self, after: bytes) -> bytes:
        """Return the bytes before the change, from those after it."""
        return after[: self.start] + self.former + after[self.start + len(self.written) :]


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """One file, noted before it is touched.

    Attributes:
        path: the file.
        source: where it is copied or moved from; of what is rewritten through a link, that link.
        rewrites: of a file that was there before, in order; none where it is new.
        before: its content before; None where it was not there.
        after: its content afterwards; None while that is not known yet: a copy is known by its source.
        mtime_ns: the file's time, where it is the date of the photo: the file has it before and afterwards.
    """

    touch: Touch
    path: Path
    source: Path | None = None
    rewrites: tuple[Rewrite, ...] = ()
    before: FileState | None = None
    after: FileState | None = None
    mtime_ns: int | None = None

    @property
    def shown(self) -> Path:
        """The name by which the user knows the file: that of the link it was reached through, where there was one."""
        is_rewritten = self.touch in (Touch.WRITTEN, Touch.EMBEDDED)
        return self.source if is_rewritten and self.source is not None else self.path

    @classmethod
    def write(cls, path: Path, before: bytes | None, after: bytes, link: Path | None = None) -> "Touched":
        """Note a file that is made where ``before`` is None, else replaced by another, maybe reached through a link."""
        return cls(
            touch=Touch.WRITTEN,
            path=path,
            source=link,
            rewrites=() if before is None else (Rewrite.between(before, after),),
            before=None if before is None else FileState.of(before),
            after=FileState.of(after),
        )


def _common(one: bytes, other: bytes) -> int:
    """Return how many bytes at the beginning are the same; by halves, for sidecars can have megabytes."""
    same, differs = 0, min(len(one), len(other)) + 1
    while differs - same > 1:
        middle = (same + differs) // 2
        if one[same:middle] == other[same:middle]:
            same = middle
        else:
            differs = middle
    return same
