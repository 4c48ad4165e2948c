"""What becomes of memory that the window frees: it is not kept for later, as the GNU C library would."""

import ctypes
import sys

_MMAP_THRESHOLD = -3  # mallopt's name for it, from malloc.h
_LARGE = 16 << 20  # bytes: photos, and nothing that is painted for every frame


def give_back_freed_memory() -> None:
    """Has the memory of every photo go back to the system as soon as the photo goes.

    Left to itself the library raises the bound to the largest picture it saw and keeps those below it, in each of
    the threads that decode: a hundred megabytes with nothing in them. Does nothing under another C library.
    """
    if sys.platform != "linux":
        return
    tune = getattr(ctypes.CDLL(None), "mallopt", None)
    if tune is not None:
        tune(_MMAP_THRESHOLD, _LARGE)
