"""Whether anything that a ranking looks at has changed in some frames: what is the same needs no ranking anew.

Every field of the measures counts, and so does one that is added to them, unless it is left out here by name.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache

import numpy as np

from core.types import Analysis, Face, Layout

Frames = tuple[Analysis | None, ...]
"""The measures of a group's frames; None where there are none."""

LEFT_OUT: Mapping[type, frozenset[str]] = {
    # What frames look like makes groups and tells copies; no term looks at it.
    Analysis: frozenset({"embedding", "phash"}),
    Layout: frozenset({"points", "descriptors"}),
    # People are numbered anew at each look, see ``same_frames``; signatures tell them apart.
    Face: frozenset({"identity", "signature"}),
}


def same_frames(before: Frames, now: Frames) -> bool:
    """Return whether a ranking would say the same of frames as before; people may have other numbers by now.

    Args:
        before: what was known of the frames.
        now: what is known of the same frames, in the same order.
    """
    numbers: set[tuple[int | None, int | None]] = set()
    for one, other in zip(before, now, strict=True):
        if one is None or other is None:
            if one is not other:
                return False
        elif not _same(one, other):
            return False
        else:
            faces = zip(one.faces, other.faces, strict=True)
            numbers.update((face.identity, again.identity) for face, again in faces)
    former, present = ({pair[side] for pair in numbers} for side in (0, 1))
    are_told = all((one is None) == (other is None) for one, other in numbers)
    return are_told and len(numbers) == len(former) == len(present)


def _same(one: object, other: object) -> bool:
    if one is other:
        return True
    kind = type(one)
    if kind is not type(other):
        return False
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return np.array_equal(one, other)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    if is_dataclass(kind) and (kind in LEFT_OUT or kind.__eq__ is object.__eq__):
        return all(_same(getattr(one, name), getattr(other, name)) for name in _counting(kind))
    return bool(one == other)


@cache
def _counting(kind: type) -> tuple[str, ...]:
    """Return the fields of a type that count."""
    left_out = LEFT_OUT.get(kind, frozenset())
    return tuple(each.name for each in fields(kind) if each.name not in left_out)
