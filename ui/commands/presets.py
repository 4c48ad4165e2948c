"""Whose keys: Lightroom's as the table of commands has them, Photo Mechanic's, and the user's own on top."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from core.shoot.shoot import Filter
from core.types import Label
from ui.commands import table
from ui.commands.command import Command, Where
from ui.commands.table import BY_ID, COMMANDS


class Preset(StrEnum):
    """Sets of keys to start from."""

    LIGHTROOM = "lightroom"
    PHOTO_MECHANIC = "photo mechanic"


# Photo Mechanic's own: T tags, Ctrl with plus and minus tag and untag, digits are colour classes and Ctrl with
# digits stars, Space and Ctrl+R preview, F3 shows what is tagged (its manual, "Selection Tags and Color
# Classes" and "Star Ratings"). What it has no key for keeps Lightroom's, except the filmstrip, whose F6 is taken.
_PHOTO_MECHANIC: Mapping[Command, tuple[str, ...]] = {
    table.PICK: ("T", "Ctrl++", "Ctrl+="),
    table.UNFLAG: ("U", "Ctrl+-"),
    **{command: (f"Ctrl+{stars}",) for stars, command in table.RATE.items()},
    table.LABEL[Label.RED]: ("1",),
    table.LABEL[Label.YELLOW]: ("2",),
    table.LABEL[Label.GREEN]: ("3",),
    table.LABEL[Label.BLUE]: ("4",),
    table.LABEL[Label.PURPLE]: ("5",),
    table.LOUPE: ("E", "Ctrl+R"),
    table.FILMSTRIP: ("F8",),
    table.FILTER[Filter.ALL]: ("F2",),
    table.FILTER[Filter.PICKS]: ("F3",),
    table.FILTER[Filter.REJECTS]: ("F4",),
    table.FILTER[Filter.UNDECIDED]: ("F5",),
    table.FILTER[Filter.GROUPS]: ("F6",),
    table.FILTER[Filter.OPEN]: ("F7",),
}

PRESETS: Mapping[Preset, Mapping[Command, tuple[str, ...]]] = {
    Preset.LIGHTROOM: {},
    Preset.PHOTO_MECHANIC: _PHOTO_MECHANIC,
}


def with_keys(
    preset: Preset, own: Mapping[str, tuple[str, ...]], commands: Iterable[Command] = COMMANDS
) -> tuple[Command, ...]:
    """Return the table of commands with the keys of a preset, and the user's own in their place.

    Args:
        preset: where to start.
        own: a command's id and its keys; an empty tuple takes all keys from it. Those of ``without_effect``
            do not count.
        commands: the table.

    Returns:
        The table without conflicts: the user's own keys are taken from whatever else had them.
    """
    given = {**{command.id: keys for command, keys in PRESETS[preset].items()}, **own}
    remapped = [
        replace(command, keys=given[command.id]) if command.id in given and not command.by_view else command
        for command in commands
    ]
    return _without_conflicts(remapped, lambda command: (not command.by_view, command.id not in own))


def without_effect(own: Iterable[str]) -> tuple[str, ...]:
    """Return which ids among the user's own keys are those of no command, or of one whose keys the views hear.

    A newer Shortlist, or an older one, may have had such a command: the keys are kept for it.
    """
    return tuple(name for name in own if name not in BY_ID or BY_ID[name].by_view)


def _without_conflicts(
    commands: Sequence[Command], rank: Callable[[Command], tuple[bool, bool]]
) -> tuple[Command, ...]:
    """Leave each key to one command on a screen: the first by rank has it, and the others do without."""
    taken: dict[str, Where] = {}
    keys_of: dict[str, tuple[str, ...]] = {}
    for command in sorted(commands, key=rank):
        free = tuple(key for key in command.keys if not command.where & taken.get(key, Where(0)))
        keys_of[command.id] = free
        taken |= {key: taken.get(key, Where(0)) | command.where for key in free}
    return tuple(replace(command, keys=keys_of[command.id]) for command in commands)
