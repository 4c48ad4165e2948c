"""Replacing a few stretches of bytes: the one way in which sidecars and photos are changed."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

_CHUNK = 2**20


@dataclass(frozen=True, slots=True, order=True)
class Splice:
    """``data[start:end]`` becomes ``text``."""

    start: int
    end: int
    text: bytes

    @property
    def growth(self) -> int:
        """By how many bytes what follows moves."""
        return len(self.text) - (self.end - self.start)

    def moved(self, by: int) -> "Splice":
        """Return the same change so many bytes further on."""
        return Splice(self.start + by, self.end + by, self.text)


class Overlaid:
    """A file as splices of equal length would make it, to be read from its start.

    Args:
        file: as it is.
        splices: of equal length.
    """

    def __init__(self, file: BinaryIO, splices: Sequence[Splice]) -> None:
        self._file = file
        self._splices = splices
        file.seek(0)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move to a place, as in any file."""
        return self._file.seek(offset, whence)

    def read(self, size: int = -1) -> bytes:
        """Read, as from any file."""
        at = self._file.tell()
        data = bytearray(self._file.read(size))
        for splice in self._splices:
            first, last = max(splice.start, at), min(splice.end, at + len(data))
            if first < last:
                data[first - at : last - at] = splice.text[first - splice.start : last - splice.start]
        return bytes(data)


def apply(data: bytes, splices: Sequence[Splice]) -> bytes:
    """Carry out splices that are sorted and do not overlap."""
    parts = []
    at = 0
    for splice in splices:
        parts += [data[at : splice.start], splice.text]
        at = splice.end
    return b"".join([*parts, data[at:]])


def copy_spliced(source: BinaryIO, target: BinaryIO, splices: Sequence[Splice]) -> None:
    """Write the file with its splices carried out; what is between them is copied byte for byte.

    Raises:
        OSError: it cannot be read or written.
    """
    at = 0
    for splice in splices:
        _copy(source, target, at, splice.start)
        target.write(splice.text)
        at = splice.end
    _copy(source, target, at, None)


def narrowed(source: BinaryIO, splices: Sequence[Splice]) -> tuple[Splice, ...]:
    """Return the same change with fewer bytes: each splice without what it would leave as it is at its two ends."""
    return tuple(_narrow(splice, former(source, splice)) for splice in splices)


def former(source: BinaryIO, splice: Splice) -> bytes:
    """Return the bytes a splice replaces."""
    source.seek(splice.start)
    return source.read(splice.end - splice.start)


def undoing(source: BinaryIO, splices: Sequence[Splice]) -> tuple[Splice, ...]:
    """Return the splices that bring the source back from the file these splices make of it."""
    return tuple(_undoing(source, splices))


def _undoing(source: BinaryIO, splices: Sequence[Splice]) -> Iterator[Splice]:
    moved = 0
    for splice in splices:
        start = splice.start + moved
        yield Splice(start, start + len(splice.text), former(source, splice))
        moved += splice.growth


def _narrow(splice: Splice, old: bytes) -> Splice:
    new = splice.text
    first = _shared(old, new)
    last = _shared(old[first:][::-1], new[first:][::-1])
    return Splice(splice.start + first, splice.end - last, new[first : len(new) - last])


def _shared(one: bytes, other: bytes) -> int:
    """Return how many bytes they share at their start, by halving: a loop over bytes would cost milliseconds."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _copy(source: BinaryIO, target: BinaryIO, start: int, end: int | None) -> None:
    source.seek(start)
    left = end - start if end is not None else None
    while left is None or left > 0:
        chunk = source.read(_CHUNK if left is None else min(_CHUNK, left))
        if not chunk:
            return
        target.write(chunk)
        left = None if left is None else left - len(chunk)
