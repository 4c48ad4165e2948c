"""Who does which command: each is bound to exactly one handler, and the window does not open before all are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from ui.commands.command import Command
from ui.commands.table import COMMANDS

_Value = TypeVar("_Value")


class Registry:
    """The handlers of one window's commands.

    Views bind what is a matter of showing, controllers all else. Commands whose keys the views hear themselves
    (``Command.by_view``) are theirs, and cannot be bound.

    Args:
        commands: the table.
    """

    def __init__(self, commands: Iterable[Command] = COMMANDS) -> None:
        self._commands = {command.id: command for command in commands if not command.by_view}
        self._handlers: dict[str, Callable[[], object]] = {}
        self._popups: list[tuple[Command, QWidget]] = []

    def bind(self, command: Command, handler: Callable[[], object]) -> None:
        """Have a command done by a handler.

        Raises:
            ValueError: the command is not in the table, is heard by the views, or has a handler already.
        """
        if command.id not in self._commands:
            raise ValueError(f"There is no command {command.id!r} to be bound.")
        if command.id in self._handlers:
            raise ValueError(f"The command {command.id!r} has a handler already.")
        self._handlers[command.id] = handler

    def bind_each(self, family: Mapping[_Value, Command], handler: Callable[[_Value], object]) -> None:
        """Have commands that differ in a value done by one handler, which is given the value."""
        for value, command in family.items():
            self.bind(command, partial(handler, value))

    def bind_popup(self, command: Command, popup: QWidget, open_it: Callable[[], object]) -> None:
        """Have a command open a popup, and close one that is open: its key takes back what it did."""
        self.bind(command, lambda: popup.hide() if popup.isVisible() else open_it())
        self._popups.append((command, popup))

    @property
    def popups(self) -> Sequence[tuple[Command, QWidget]]:
        """The popups, each with the command whose key it is to hear: it takes all keys from the window."""
        return self._popups

    def check(self) -> None:
        """Raise ValueError where nobody does a command; to be called when all who bind have been made."""
        if left := self._commands.keys() - self._handlers.keys():
            raise ValueError(f"Nobody does these commands: {', '.join(sorted(left))}.")

    def do(self, command: Command) -> None:
        """Do a command; KeyError where nobody was bound to it."""
        self._handlers[command.id]()
