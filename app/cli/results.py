"""Where commands print what was asked for."""

from typing import NoReturn

from rich.console import Console

from app.cli.standard_streams import OutputUnreadError


class Results(Console):
    """Standard output, a line for each result: neither wrapped nor coloured."""

    def __init__(self) -> None:
        super().__init__(highlight=False, soft_wrap=True, emoji=False)

    def on_broken_pipe(self) -> NoReturn:
        """Say that nobody reads on; ``app.__main__`` ends in the code for that, Rich would in one of its own."""
        raise OutputUnreadError
