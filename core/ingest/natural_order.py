"""The order in which people read file names: IMG_9 before IMG_10."""

import re

_DIGITS = re.compile(r"([0-9]+)")

NaturalKey = tuple[tuple[str | int, ...], str]


def natural_key(name: str) -> NaturalKey:
    """A sorting key under which numbers in names count as numbers and case does not matter.

    It is a total order: names that read alike, such as ``a1`` and ``A01``, are told apart by the name itself.
    """
    parts = _DIGITS.split(name.casefold())  # text and digits in turn, text first: only like meets like
    return tuple(int(part) if index % 2 else part for index, part in enumerate(parts)), name
