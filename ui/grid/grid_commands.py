"""What the keys of the grid do beside its own arrow keys."""

from ui.commands import table
from ui.commands.registry import Registry
from ui.grid.cluster_grid_view import CellSize, ClusterGridView

_SIZES = {
    CellSize.SMALL: table.CELLS_SMALL,
    CellSize.MEDIUM: table.CELLS_MEDIUM,
    CellSize.LARGE: table.CELLS_LARGE,
}


def bind(commands: Registry, grid: ClusterGridView) -> None:
    """Have the grid's commands done by this grid."""
    commands.bind(table.LARGER_CELLS, lambda: grid.zoom_cells(1))
    commands.bind(table.SMALLER_CELLS, lambda: grid.zoom_cells(-1))
    commands.bind_each(_SIZES, grid.set_cell_size)
    commands.bind(table.SELECT_ALL, grid.selectAll)
    commands.bind(table.TOGGLE_STACK, lambda: _toggle_stack(grid))
    commands.bind(table.TOGGLE_ALL_STACKS, lambda: _toggle_all_stacks(grid))
    commands.bind(table.NEXT_SCENE, lambda: grid.jump(1, hours=False))
    commands.bind(table.PREVIOUS_SCENE, lambda: grid.jump(-1, hours=False))
    commands.bind(table.NEXT_HOUR, lambda: grid.jump(1, hours=True))
    commands.bind(table.PREVIOUS_HOUR, lambda: grid.jump(-1, hours=True))


def _toggle_stack(grid: ClusterGridView) -> None:
    photos, row = grid.photos(), grid.currentIndex().row()
    if photos is not None and row >= 0:
        photos.toggle(photos.cluster_at(row).id)


def _toggle_all_stacks(grid: ClusterGridView) -> None:
    if (photos := grid.photos()) is not None:
        photos.expand_all(not photos.any_expanded())
