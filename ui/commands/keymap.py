"""From the table of commands to keys: actions on a window, a check for conflicts, words for people."""

from collections.abc import Callable, Iterable
from itertools import combinations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from core.language import tr
from ui.commands.command import SCREENS, Command, Group, Where
from ui.commands.key_words import key_words
from ui.commands.table import COMMANDS


def as_qt_spells(key: str) -> str:
    """Return a key in Qt's portable spelling, "Ctrl+K" for "ctrl+k"; "" for one that Qt does not know."""
    spelling = QKeySequence.SequenceFormat.PortableText
    return QKeySequence(key, spelling).toString(spelling)


def sequences(command: Command) -> list[QKeySequence]:
    """Return the command's keys as Qt knows them, the main one first."""
    return [QKeySequence(key, QKeySequence.SequenceFormat.PortableText) for key in command.keys]


def conflicts(commands: Iterable[Command]) -> list[tuple[Command, Command, str]]:
    """Find the pairs of commands that want the same key on the same screen, each with that key."""
    wanted_by: dict[str, list[Command]] = {}
    for command in commands:
        for key in {key.toString() for key in sequences(command)}:
            wanted_by.setdefault(key, []).append(command)
    return [
        (one, other, key)
        for key, wanting in sorted(wanted_by.items())
        for one, other in combinations(wanting, 2)
        if one.where & other.where
    ]


def key_names(command: Command) -> tuple[str, ...]:
    """Return the command's keys as they are written on the keyboards of the user's language; each key once."""
    return tuple(dict.fromkeys(map(key_words, command.keys)))


def keys_markdown(commands: Iterable[Command] = COMMANDS) -> str:
    """Return the guide's table of keys, Markdown in the user's language; commands without a key are left out."""
    keys, what = tr("Keys"), tr("What")
    rows = [f"| {keys} | {what} | |", "|---|---|---|"]
    keyed = [command for command in commands if command.keys]
    for group in Group:
        members = [command for command in keyed if command.group is group]
        if members:
            rows.append(f"| **{tr(group.value)}** | | |")
        for command in members:
            keys = " ".join(f"`{name}`" for name in key_names(command))
            rows.append(f"| {keys} | {tr(command.title)} | {tr(command.help)} |")
    return "\n".join(rows) + "\n"


class Keymap(QObject):
    """The commands as actions of one window.

    Args:
        window: hears the keys, whatever widget in it has the focus.
        do: called with the command whose key was pressed.
        commands: the table; raises ValueError where two of them conflict.
    """

    def __init__(
        self, window: QWidget, do: Callable[[Command], object], commands: Iterable[Command] = COMMANDS
    ) -> None:
        super().__init__(window)
        self._actions: dict[str, tuple[Command, QAction]] = {}
        self._screen = Where.EVERYWHERE
        for command in (table := tuple(commands)):
            if command.by_view:
                continue
            action = QAction(tr(command.title), self)
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setAutoRepeat(command.repeats)
            action.setStatusTip(tr(command.help))
            action.triggered.connect(lambda _checked=False, command=command: do(command))
            window.addAction(action)
            self._actions[command.id] = (command, action)
        self.set_keys(table)

    def set_keys(self, commands: Iterable[Command]) -> None:
        """Give the commands other keys, at once; raise ValueError where two of them conflict."""
        table = tuple(commands)
        if found := conflicts(table):
            one, other, key = found[0]
            raise ValueError(f"The key {key} is given to both {one.id!r} and {other.id!r}.")
        for command in table:
            if command.id in self._actions:
                action = self.action(command)
                action.setShortcuts(sequences(command))
                self._actions[command.id] = command, action
        self.set_screen(self._screen)

    def action(self, command: Command) -> QAction:
        """Return the action of a command, for menus and buttons; KeyError for one that views hear themselves."""
        return self._actions[command.id][1]

    def set_screen(self, screen: Where) -> None:
        """Switch to one screen: only what works there answers to its keys; the rest says where it does."""
        self._screen = screen
        for command, action in self._actions.values():
            action.setEnabled(bool(command.where & screen))
            action.setToolTip(_tooltip(command, screen))

    def elsewhere(self, pressed: QKeySequence) -> str:
        """Say where a key works that does nothing on this screen; "" for one that no command has."""
        for command, action in self._actions.values():
            if not action.isEnabled() and pressed in action.shortcuts():
                return f"{tr(command.title)}  ·  {_elsewhere(command, self._screen)}"
        return ""


def _tooltip(command: Command, screen: Where) -> str:
    keys = ", ".join(key_names(command))
    words = f"{tr(command.help)} ({keys})" if keys else tr(command.help)
    return words if command.where & screen else f"{words}\n{_elsewhere(command, screen)}"


def _elsewhere(command: Command, screen: Where) -> str:
    """Say where a command works that does not work on a screen."""
    if screen is Where.WELCOME:
        return tr("Only while a shoot is open.")
    screens = [tr(name) for where, name in SCREENS.items() if where & command.where]
    return tr("Only in: {screens}.").format(screens=", ".join(screens or [tr("Check a sample")]))
