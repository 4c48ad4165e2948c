"""Each command is bound to one handler: a second one, an unknown command, and one that nobody does are refused."""

from dataclasses import replace

import pytest

from core.types import Label
from ui.commands import table
from ui.commands.command import Command, Group, Where
from ui.commands.presets import PRESETS
from ui.commands.registry import Registry
from ui.commands.rows import Rows
from ui.commands.table import COMMANDS

UNKNOWN = replace(table.PICK, id="pikc")


def test_a_command_is_done_by_its_handler() -> None:
    commands = Registry()
    done: list[str] = []
    commands.bind(table.PICK, lambda: done.append("picked"))
    commands.do(table.PICK)
    commands.do(replace(table.PICK, keys=("T",)))  # as the user's keys have it
    assert done == ["picked", "picked"]


def test_a_family_s_handler_is_given_the_value_of_the_command() -> None:
    commands = Registry()
    done: list[object] = []
    commands.bind_each(table.RATE, done.append)
    commands.bind_each(table.LABEL, done.append)
    commands.do(table.RATE[3])
    commands.do(table.LABEL[Label.RED])
    assert done == [3, Label.RED]


def test_a_second_handler_is_refused_at_once() -> None:
    commands = Registry()
    commands.bind(table.PICK, lambda: None)
    with pytest.raises(ValueError, match="'pick' has a handler already"):
        commands.bind(table.PICK, lambda: None)
    commands.bind(table.RATE[3], lambda: None)
    with pytest.raises(ValueError, match="'rate_3' has a handler already"):
        commands.bind_each(table.RATE, lambda stars: None)


@pytest.mark.parametrize("command", [UNKNOWN, table.MOVE], ids=["unknown", "heard by the views"])
def test_a_command_that_cannot_be_bound_is_refused_at_once(command: Command) -> None:
    with pytest.raises(ValueError, match=f"no command '{command.id}'"):
        Registry().bind(command, lambda: None)


def test_commands_that_nobody_does_are_named() -> None:
    commands = Registry([table.PICK, table.REJECT, table.UNDO, table.MOVE])
    commands.bind(table.REJECT, lambda: None)
    with pytest.raises(ValueError, match=r"Nobody does these commands: pick, undo\."):
        commands.check()
    commands.bind(table.PICK, lambda: None)
    commands.bind(table.UNDO, lambda: None)
    commands.check()


def test_a_command_declared_twice_is_refused() -> None:
    declared: list[Command] = []
    rows = Rows(declared, Group.DECIDE, Where.PHOTOS, family="Family")
    first = rows("first", "First", "Does it.", "A", "Shift+A", where=Where.GRID, repeats=True)
    assert first == Command(
        "first",
        "First",
        Group.DECIDE,
        ("A", "Shift+A"),
        Where.GRID,
        "Does it.",
        repeats=True,
        family="Family",
    )
    with pytest.raises(ValueError, match="two commands called 'first'"):
        rows("first", "Second", "Does it, too.", "B")
    assert declared == [first]


def test_presets_give_keys_to_commands_of_the_table_whose_keys_can_be_changed() -> None:
    for keys in PRESETS.values():
        for command in keys:
            assert command in COMMANDS, command.id
            assert not command.by_view, command.id
