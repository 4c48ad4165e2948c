"""Grid and large views one on top of the other: which of them is in front."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.commands.command import Where
from ui.views.big_views import BigViews


class ViewStack(QStackedWidget):
    """Shows one view at a time, the grid at first.

    Args:
        grid: the view of all photos.
        big: those of one or a few.
        parent: the workspace.
    """

    def __init__(self, grid: QWidget, big: BigViews, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self._big = big
        for view in (grid, *big.by_screen.values()):
            self.addWidget(view)

    @property
    def front(self) -> QWidget:
        """The view that is seen."""
        view = self.currentWidget()
        assert view is not None, "the grid is there from the start"
        return view

    @property
    def in_grid(self) -> bool:
        """Whether the grid is in front."""
        return self.front is self._grid

    @property
    def in_loupe(self) -> bool:
        """Whether the loupe is in front."""
        return self.front is self._big.loupe

    @property
    def where(self) -> Where:
        """Which screen the keys are for."""
        return self._big.screen_of(self.front) or Where.GRID
