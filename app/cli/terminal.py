"""What is written on a terminal. File names may hold what would move its cursor, clear it, or be no text at all."""

import unicodedata

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
