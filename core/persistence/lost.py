"""Databases that are gone, or were emptied, while there is something to put in their place."""

from pathlib import Path

from core.language import say
from core.persistence.backups import backups_of
from core.persistence.set_aside import set_aside
from core.persistence.troubles import DamagedError


def refuse_lost(path: Path) -> None:
    """Refuse to make a database anew where there was one before.

    Raises:
        DamagedError: there are backups of it, or it was moved aside, and nothing is in its place.
    """
    if _size(path) or not (backups_of(path) or set_aside(path)):
        return
    if path.exists():
        raise DamagedError(
            say("“{name}” in “{folder}” is empty, but was not.", name=path.name, folder=path.parent)
        )
    raise DamagedError(
        say("“{name}” in “{folder}” is not there any more.", name=path.name, folder=path.parent)
    )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
