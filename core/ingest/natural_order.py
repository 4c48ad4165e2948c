"""The order in which people read file names: IMG_9 before IMG_10, and a name before what was added to it."""

import os
import re

from core.ingest.frame_names import folded

_DIGITS = re.compile(r"([0-9]+)")

_Parts = tuple[str | int, ...]
NaturalKey = tuple[_Parts, _Parts, str]


def natural_key(name: str) -> NaturalKey:
    """Return a sorting key under which numbers in names count as numbers, and neither case nor Unicode form matters.

    The suffix comes last, so that ``IMG_1 (1).JPG`` stands behind ``IMG_1.JPG``. It is a total order: names that read
    alike, such as ``a1`` and ``A01``, are told apart by the name itself.
    """
    stem, suffix = os.path.splitext(folded(name))  # noqa: PTH122 - for each file at every opening
    return _parts(stem), _parts(suffix), name


def _parts(text: str) -> _Parts:
    """Split into text and digits in turn, text first: so only like meets like."""
    return tuple([int(part) if index % 2 else part for index, part in enumerate(_DIGITS.split(text))])
