"""What the review asks of whatever holds the decisions as they are seen; ``core.shoot.shoot.Shoot`` is one."""

from collections.abc import Collection, Mapping
from typing import Protocol

from core.types import Decision, PhotoId


class SeenDecisions(Protocol):
    """Holds the decisions on the open photos: with what stands in files, and nowhere else a second time."""

    @property
    def decisions(self) -> Mapping[PhotoId, Decision]:
        """The decisions by photo, as far as they are loaded; the mapping changes with them."""
        ...

    def set_decisions(self, decisions: Mapping[PhotoId, Decision]) -> bool:
        """Take changed decisions in; the others stay. Returns whether groups are others with them."""
        ...

    def unseen(self) -> Collection[PhotoId]:
        """Return the photos that nobody could look at, as far as that is known."""
        ...
