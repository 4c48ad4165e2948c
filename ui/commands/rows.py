"""How a command comes into the table: declared once, as a row among others that have much in common."""

from ui.commands.command import Command, Group, Where


class Rows:
    """Declares rows of the table: commands of one group that work, most of them, on the same screens.

    Args:
        table: takes the commands, in the order in which they are declared.
        group: their heading.
        where: their screens.
        family: as in ``Command``.
    """

    def __init__(self, table: list[Command], group: Group, where: Where, *, family: str = "") -> None:
        self._table = table
        self._group = group
        self._where = where
        self._family = family

    def __call__(
        self,
        name: str,
        title: str,
        words: str,
        *keys: str,
        where: Where | None = None,
        by_view: bool = False,
        repeats: bool = False,
        apart: bool = False,
    ) -> Command:
        """Declare a command and return it; raises ValueError for an id that is declared already.

        Args:
            name: its id.
            title: what it is called.
            words: as ``Command.help``.
            keys: as in ``Command``.
            where: its screens, if they are not those of its neighbours.
            by_view: as in ``Command``.
            repeats: as in ``Command``.
            apart: as in ``Command``.
        """
        if any(command.id == name for command in self._table):
            raise ValueError(f"There are two commands called {name!r}.")
        command = Command(
            name,
            title,
            self._group,
            keys,
            self._where if where is None else where,
            words,
            by_view,
            repeats,
            apart,
            self._family,
        )
        self._table.append(command)
        return command
