"""What was learned from labelled shoots: the weights of the ranking, and what a lead in it is worth.

The figures lie in ``learned.toml``, which ``python -m models.build.pick_weights`` writes.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Learned:
    """The figures of ``learned.toml``.

    Attributes:
        weights: points by term: what a frame loses where it has nothing of what the best has.
        clear_lead: share of all points from which a suggestion is clear, where nothing speaks against it.
        close_lead: share of all points under which two frames are as good as each other.
        agreement: by how much less sharp than another, in the middle of the frame and in natural logarithms, a clear
            suggestion may be.
    """

    weights: Mapping[str, float]
    clear_lead: float
    close_lead: float
    agreement: float


def read_learned(text: str) -> Learned:
    """Return the figures of a file. Raises ``KeyError`` or ``ValueError`` where it is no such file."""
    return _learned(tomllib.loads(text))


def read_all(text: str) -> dict[str, Learned]:
    """Return the figures of a file that has a table of them a shoot. Raises as ``read_learned``."""
    return {name: _learned(table) for name, table in tomllib.loads(text).items()}


def _learned(table: dict[str, Any]) -> Learned:
    return Learned(dict(table["weights"]), **table["sureness"])


LEARNED = read_learned((files("core") / "learned.toml").read_text(encoding="utf-8"))
"""The figures that ship."""
