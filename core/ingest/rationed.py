"""A file of which no more is read than any photo's metadata needs: a hostile one cannot hold the program up."""

from typing import BinaryIO

_NUMBER = 8  # bytes: a shorter read counts only as one of the times


class RationError(ValueError):
    """The file asks for more reading than makes sense."""


class Rationed:
    """A stream for readers that go wherever a file sends them, for as long as it sends them.

    Args:
        stream: the file.
        reads: how often it may be read from.
        size: how many bytes may be read in all.
    """

    def __init__(self, stream: BinaryIO, reads: int, size: int) -> None:
        self.seek = stream.seek
        self.tell = stream.tell
        self._read = stream.read
        self._reads = reads
        self._bytes = size

    def read(self, size: int = -1) -> bytes:
        """Read as from any stream.

        Raises:
            RationError: the ration is used up.
        """
        self._reads -= 1
        if self._reads < 0:
            raise RationError("the file sends its reader around in circles")
        if 0 <= size <= _NUMBER:
            return self._read(size)
        data = self._read(min(size, self._bytes + 1) if size >= 0 else self._bytes + 1)
        self._bytes -= len(data)
        if self._bytes < 0:
            raise RationError("the file has its reader read it again and again")
        return data
