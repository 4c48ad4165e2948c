"""Photos that are shown by themselves because something names them: a proposal, or candidates for who was forgotten."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.types import PhotoId


@dataclass(frozen=True, slots=True)
class Listed:
    """A list to narrow a shoot to; it stays as it is, whatever is decided meanwhile.

    Attributes:
        title: what they are, such as "Proposal: 30 photos".
        photo_ids: which.
        why: of each photo why it is one of them, in words; those without a word are left out.
    """

    title: str
    photo_ids: frozenset[PhotoId]
    why: Mapping[PhotoId, str] = field(default_factory=dict, compare=False)
