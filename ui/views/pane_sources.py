"""What panes are made from."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QPixmap

from core.types import PhotoId
from ui.imaging.prefetcher import Prefetcher
from ui.theme import DARK, Theme
from ui.views.finders import Finders

Thumbnails = Callable[[PhotoId], QPixmap | None]
"""The best small picture there is of a photo, at once."""


@dataclass(frozen=True, slots=True)
class PaneSources:
    """Where panes and the views that hold them have everything from.

    Attributes:
        prefetcher: has the large pictures; belongs to the object that made it.
        thumbnails: small pictures that stand in.
        theme: colours.
        finders: of what is shown beside and over the photos; None for nothing beside and nothing over them.
    """

    prefetcher: Prefetcher
    thumbnails: Thumbnails
    theme: Theme = DARK
    finders: Finders | None = None
