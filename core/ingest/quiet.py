"""Keeping the remarks of decoding libraries about odd files off the user's screen and out of the log.

They name neither the file nor a remedy; what matters of them becomes a PhotoError or a fallback.
"""

import logging
import os
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType

from PIL import Image

for _name in ("exifread", "PIL"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

# Pillow's own bound against decompression bombs is 89 MP, less than a panorama; the decoder's replaces it.
Image.MAX_IMAGE_PIXELS = None

_STDERR = 2


class _Shared(AbstractContextManager[None]):
    """A state of the whole process that any number of threads may be in at once.

    The first in makes it and the last out ends it. Threads that each saved and restored the state
    by themselves would restore one another's.

    Args:
        make: makes the state, as a context manager.
    """

    def __init__(self, make: Callable[[], AbstractContextManager[None]]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._inside = 0
        self._state: AbstractContextManager[None] | None = None

    def __enter__(self) -> None:
        with self._lock:
            if self._inside == 0:
                self._state = self._make()
                self._state.__enter__()
            self._inside += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._inside -= 1
            if self._inside == 0 and self._state is not None:
                self._state.__exit__(None, None, None)
                self._state = None


@contextmanager
def _no_warnings() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def _no_native_stderr() -> Iterator[None]:
    try:
        kept = os.dup(_STDERR)
    except OSError:  # a program without a console has none
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _STDERR)
    os.close(nowhere)
    try:
        yield
    finally:
        os.dup2(kept, _STDERR)
        os.close(kept)


quiet = _Shared(_no_warnings)
"""``with quiet:`` silences Python warnings."""

quiet_natively = _Shared(_no_native_stderr)
"""``with quiet_natively:`` silences what LibRaw and libtiff print themselves. All of the process's standard
error is silent meanwhile, so it is kept to them."""
