"""Which views the keys lead to, and what each of them answers to itself."""

from collections.abc import Mapping

from ui.commands import table
from ui.commands.command import Command, Where
from ui.commands.registry import Registry
from ui.grid import grid_commands
from ui.review_space import ReviewSpace

_SEVERAL: Mapping[Where, Command] = {  # views of several frames
    Where.COMPARE: table.COMPARE,
    Where.SURVEY: table.SURVEY,
    Where.FACES: table.FACE_PANEL,
}


def bind(commands: Registry, space: ReviewSpace) -> None:
    """Have what is only a matter of showing done by the workspace and its views."""
    space.filters.bind(commands)
    space.big.bind(commands, lambda: space.views.front)
    grid_commands.bind(commands, space.grid)
    commands.bind(table.LOUPE, space.show_loupe)
    commands.bind(table.LOOK, lambda: _look(space))
    commands.bind_each(_SEVERAL, space.show_several)
    commands.bind(table.SECOND_WINDOW, space.toggle_second)
    commands.bind(table.GRID, space.show_grid)
    commands.bind(table.FILMSTRIP, space.filmstrip.toggle)
    panel = space.grouping_panel
    commands.bind_popup(table.GROUPING, panel, lambda: panel.present_below(space.filter_bar))


def _look(space: ReviewSpace) -> None:
    if space.views.in_grid:
        space.show_loupe()
    else:
        space.big.faces.look()
