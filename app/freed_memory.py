"""What becomes of memory that the window frees: it is not kept for later, as the GNU C library would."""

import ctypes
import sys

_MMAP_THRESHOLD = -3  # mallopt's name for it, from malloc.h
_LARGE = 4 << 20  # bytes: photos, also at the size of the screen, and nothing that is painted for every frame


def give_back_freed_memory() -> None:
    """Has the memory of every photo go back to the system as soon as the photo goes.

    Left to itself the library raises the bound to the largest picture it saw and keeps those below it, in each of
    the threads that decode: a hundred megabytes with nothing in them. Does nothing under another C library.
    """
    _call("mallopt", _MMAP_THRESHOLD, _LARGE)


def give_back_what_a_run_took() -> None:
    """Has all that was freed by now go back: a run takes much at once, and what follows is small.

    A hundred megabytes of a shoot of 5,000. Takes some ten milliseconds, on a thread that nobody waits for.
    """
    _call("malloc_trim", 0)


def _call(function: str, *arguments: int) -> None:
    if sys.platform == "linux" and (found := getattr(ctypes.CDLL(None), function, None)) is not None:
        found(*arguments)
