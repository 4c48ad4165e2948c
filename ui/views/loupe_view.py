"""The loupe: one photo, as large as there is room."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QWidget

from core.language import tr
from core.shoot.shoot import Shoot
from core.types import PhotoId
from ui.views.big_view import BigView
from ui.views.box_drawer import BoxDrawer
from ui.views.pane_sources import PaneSources


class LoupeView(BigView):
    """Shows the active photo at the zoom and place of the one before. Arguments as for ``BigView``."""

    box_drawn = Signal(object, object)  # PhotoId, core.types.Box

    def __init__(self, sources: PaneSources, parent: QWidget | None = None) -> None:
        super().__init__(sources, parent)
        self._make_pane()
        self._make_strip()
        self._drawer = BoxDrawer(sources.theme, self._panes[0])
        self._drawer.drawn.connect(self._take_box)
        self.setAccessibleName(tr("Loupe"))

    def show_current(self, photo_id: PhotoId, shoot: Shoot, order: Sequence[PhotoId]) -> None:
        """Show a photo; its neighbours in the order are decoded ahead."""
        if photo_id != self._active:
            self._drawer.hide()
        self._show_in_panes([photo_id], photo_id, shoot, order)

    def draw_box(self) -> None:
        """Let a box be drawn on the photo; ``box_drawn`` tells it."""
        if self._active is not None:
            self._drawer.begin()

    def _take_box(self, rect: QRectF) -> None:
        pane = self._panes[0]
        box = pane.part_in(rect)
        if box is not None and pane.photo_id is not None:
            self.box_drawn.emit(pane.photo_id, box)
        else:
            self._drawer.begin()  # it was drawn beside the photo

    def _arrange(self) -> None:
        self._share(self.rect(), self._active, self._panes[0], 0)
        self._drawer.setGeometry(self._panes[0].rect())
