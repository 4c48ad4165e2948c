"""Where a user was in the grid."""

from dataclasses import dataclass

from core.types import PhotoId


@dataclass(frozen=True, slots=True)
class GridPlace:
    """What was active, selected, and where on screen, by photo: rows do not outlive a reset."""

    current: PhotoId | None
    selected: frozenset[PhotoId]
    anchor: PhotoId | None
    anchor_top: int  # of its cell in the viewport
