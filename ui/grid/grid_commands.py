"""What the keys of the grid do that its own arrow keys do not."""

from collections.abc import Callable, Mapping

from ui.grid.cluster_grid_view import CellSize, ClusterGridView


def _toggle_stack(grid: ClusterGridView) -> None:
    photos, row = grid.photos(), grid.currentIndex().row()
    if photos is not None and row >= 0:
        photos.toggle(photos.cluster_at(row).id)


def _toggle_all_stacks(grid: ClusterGridView) -> None:
    if (photos := grid.photos()) is not None:
        photos.expand_all(not photos.any_expanded())


_COMMANDS: Mapping[str, Callable[[ClusterGridView], None]] = {
    "larger_cells": lambda grid: grid.zoom_cells(1),
    "smaller_cells": lambda grid: grid.zoom_cells(-1),
    "cells_small": lambda grid: grid.set_cell_size(CellSize.SMALL),
    "cells_medium": lambda grid: grid.set_cell_size(CellSize.MEDIUM),
    "cells_large": lambda grid: grid.set_cell_size(CellSize.LARGE),
    "toggle_stack": _toggle_stack,
    "toggle_all_stacks": _toggle_all_stacks,
    "next_scene": lambda grid: grid.jump(1, hours=False),
    "previous_scene": lambda grid: grid.jump(-1, hours=False),
    "next_hour": lambda grid: grid.jump(1, hours=True),
    "previous_hour": lambda grid: grid.jump(-1, hours=True),
}


def trigger(grid: ClusterGridView, command_id: str) -> bool:
    """Does a command of the grid; False for any other."""
    command = _COMMANDS.get(command_id)
    if command is None:
        return False
    command(grid)
    return True
