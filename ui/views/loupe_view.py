"""The loupe: one photo, as large as there is room."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from core.language import tr
from core.shoot.shoot import Shoot
from core.types import PhotoId
from ui.imaging.prefetcher import Prefetcher
from ui.theme import DARK, Theme
from ui.views.big_view import BigView
from ui.views.finders import Finders
from ui.views.photo_pane import Thumbnails


class LoupeView(BigView):
    """Shows the active photo at the zoom and place of the one before. Arguments as for ``BigView``."""

    def __init__(
        self,
        prefetcher: Prefetcher,
        thumbnails: Thumbnails,
        theme: Theme = DARK,
        parent: QWidget | None = None,
        finders: Finders | None = None,
    ) -> None:
        super().__init__(prefetcher, thumbnails, theme, parent, finders)
        self._make_pane()
        self._make_strip()
        self.setAccessibleName(tr("Loupe"))

    def show_current(self, photo_id: PhotoId, shoot: Shoot, order: Sequence[PhotoId]) -> None:
        """Show a photo; its neighbours in the order are decoded ahead."""
        self._show_in_panes([photo_id], photo_id, shoot, order)

    def _arrange(self) -> None:
        self._share(self.rect(), self._active, self._panes[0], 0)
