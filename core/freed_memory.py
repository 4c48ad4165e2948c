"""When memory that was freed goes back to the system; under another C library than GNU's nothing is done."""

import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # mallopt's names for them, from malloc.h
_LARGEST_BLOCK = 1 << 30  # bytes
_LARGE = 1 << 20  # bytes: photos, also at the size of the smallest window, and no thumbnail


def keep_freed_memory() -> None:
    """Let a worker use the memory of one photo again for the next.

    The GNU C library hands large blocks back to the system, which fills them with zeros before it gives them out
    again: a seventh of the time on a 24 MP photo.
    """
    _call("mallopt", _MMAP_THRESHOLD, _LARGEST_BLOCK)
    _call("mallopt", _TRIM_THRESHOLD, _LARGEST_BLOCK)


def give_back_large_pictures() -> None:
    """Have the memory of every photo go back to the system as soon as the photo goes.

    Left to itself the library raises the bound to the largest picture it saw and keeps those below it, in each of
    the threads that decode: a hundred megabytes with nothing in them.
    """
    _call("mallopt", _MMAP_THRESHOLD, _LARGE)


def give_back_freed_memory() -> None:
    """Give all that was freed by now back: after work that took much at once, when what follows is small.

    Takes some ten milliseconds, so it belongs on a thread that nobody waits for.
    """
    _call("malloc_trim", 0)


def _call(function: str, *arguments: int) -> None:
    if sys.platform == "linux" and (found := getattr(ctypes.CDLL(None), function, None)) is not None:
        found(*arguments)
