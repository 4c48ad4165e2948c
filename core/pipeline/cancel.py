"""Stopping a run: a flag that is looked at between photos."""

from typing import Protocol


class Cancel(Protocol):
    """What a run asks of a cancel flag; ``threading.Event`` is one."""

    def is_set(self) -> bool:
        """Whether the run should stop now."""
        ...
