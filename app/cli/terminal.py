"""What is written on a terminal. File names may hold what would move its cursor, clear it, or be no text at all."""

import os
import sys
import unicodedata
from contextlib import suppress

_ESCAPED = ("Cc", "Cs", "Zl", "Zp")  # categories: controls, bytes that are no text, breaks
# They turn what follows around.
_DIRECTIONS = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))


def readable(text: str) -> str:
    r"""Return one line with such characters as Python would write them: ``\n``, ``\x1b``, ``\udce9``."""
    return "".join(
        char.encode("unicode_escape").decode("ascii")
        if char in _DIRECTIONS or unicodedata.category(char) in _ESCAPED
        else char
        for char in text
    )


def flush_output() -> None:
    """Write what waits to be printed. Raises BrokenPipeError where nobody reads it."""
    if sys.stdout is not None:  # as of a program that has no console
        sys.stdout.flush()


def end_output() -> None:
    """Send what is left of standard output nowhere, so that Python does not stumble over it when it ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
