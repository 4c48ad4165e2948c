"""Whose keys: Lightroom's as the table of commands has them, Photo Mechanic's, and the user's own on top."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from ui.commands.command import Command, Where
from ui.commands.table import COMMANDS


class Preset(StrEnum):
    """Sets of keys to start from."""

    LIGHTROOM = "lightroom"
    PHOTO_MECHANIC = "photo mechanic"


# Photo Mechanic's own: T tags, Ctrl with plus and minus tag and untag, digits are colour classes and Ctrl with
# digits stars, Space and Ctrl+R preview, F3 shows what is tagged (its manual, "Selection Tags and Color
# Classes" and "Star Ratings"). What it has no key for keeps Lightroom's, but for the filmstrip, whose F6 is taken.
_PHOTO_MECHANIC: Mapping[str, tuple[str, ...]] = {
    "pick": ("T", "Ctrl++", "Ctrl+="),
    "unflag": ("U", "Ctrl+-"),
    **{f"rate_{stars}": (f"Ctrl+{stars}",) for stars in range(6)},
    "label_red": ("1",),
    "label_yellow": ("2",),
    "label_green": ("3",),
    "label_blue": ("4",),
    "label_purple": ("5",),
    "loupe": ("E", "Ctrl+R"),
    "filmstrip": ("F8",),
    "filter_all": ("F2",),
    "filter_picks": ("F3",),
    "filter_rejects": ("F4",),
    "filter_undecided": ("F5",),
    "filter_groups": ("F6",),
    "filter_open": ("F7",),
}

_KEYS: Mapping[Preset, Mapping[str, tuple[str, ...]]] = {
    Preset.LIGHTROOM: {},
    Preset.PHOTO_MECHANIC: _PHOTO_MECHANIC,
}


def with_keys(
    preset: Preset, own: Mapping[str, tuple[str, ...]], commands: Iterable[Command] = COMMANDS
) -> tuple[Command, ...]:
    """The table of commands with the keys of a preset, and the user's own in their place.

    Args:
        preset: where to start.
        own: a command's id and its keys; an empty tuple takes all keys from it. Commands that are not, or no
            longer, in the table do not count, nor those whose keys the views hear themselves.
        commands: the table.

    Returns:
        The table without conflicts: the user's own keys are taken from whatever else had them.
    """
    given = {**_KEYS[preset], **own}
    table = [
        replace(command, keys=given[command.id]) if command.id in given and not command.by_view else command
        for command in commands
    ]
    return _without_conflicts(table, lambda command: (not command.by_view, command.id not in own))


def _without_conflicts(
    table: Sequence[Command], rank: Callable[[Command], tuple[bool, bool]]
) -> tuple[Command, ...]:
    """Each key for one command on a screen: the first by rank has it, and the others do without."""
    taken: list[tuple[str, Where]] = []
    keys_of: dict[str, tuple[str, ...]] = {}
    for command in sorted(table, key=rank):
        free = tuple(
            key
            for key in command.keys
            if not any(key == other and command.where & where for other, where in taken)
        )
        keys_of[command.id] = free
        taken += [(key, command.where) for key in free]
    return tuple(replace(command, keys=keys_of[command.id]) for command in table)
