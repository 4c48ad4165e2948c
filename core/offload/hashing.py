"""A checksum that is worked out beside what else is done with the bytes: either takes about as long as the other."""

import hashlib
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

_WORTH = 2**20  # bytes; less is hashed before a thread would have begun


class Hashing:
    """Feed a digest in a thread of its own; what was fed is in it once it is asked for.

    Args:
        digest: of what comes before; it is fed from now on.
    """

    def __init__(self, digest: hashlib.blake2b) -> None:
        self._digest = digest
        self._thread = ThreadPoolExecutor(1)
        self._fed: Future[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.shutdown()

    def update(self, piece: bytes) -> None:
        """Feed what comes next; of two pieces the second waits until the first is done."""
        self._wait()
        if len(piece) < _WORTH:
            self._digest.update(piece)
        else:
            self._fed = self._thread.submit(self._digest.update, piece)

    def hexdigest(self) -> str:
        """Return the checksum of all that was fed, as hexadecimal digits."""
        self._wait()
        return self._digest.hexdigest()

    def _wait(self) -> None:
        if self._fed is not None:
            self._fed.result()
            self._fed = None
