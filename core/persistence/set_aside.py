"""Databases that cannot be used make way: precious ones are kept beside, under a name of their own."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

from core.persistence.database import BESIDE
from core.persistence.troubles import known_errors

_DAMAGED = "damaged"


def move_aside(path: Path, why: str = _DAMAGED) -> Path:
    """Rename a database to ``name.damaged``, or ``name.damaged-2`` where that is taken, and its log with it.

    Returns:
        The new place.

    Raises:
        StoreError: it cannot be renamed; it is where it was.
    """
    aside = next(one for one in _names(path, why) if not one.exists())
    with known_errors(path):
        path.rename(aside)
        move_logs_aside(path, aside)
    return aside


def move_logs_aside(path: Path, aside: Path) -> None:
    """Bring the log of a database to where it was moved; a log that stayed would be taken for its successor's.

    Raises:
        OSError: it cannot be renamed.
    """
    for suffix in BESIDE:
        with suppress(FileNotFoundError):
            _beside(path, suffix).rename(_beside(aside, suffix))


def set_aside(path: Path) -> tuple[Path, ...]:
    """Return the damaged databases that were moved aside, the latest first."""
    found = []
    for aside in _names(path, _DAMAGED):
        if not aside.exists():
            break
        found.append(aside)
    return tuple(reversed(found))


def discard(path: Path) -> None:
    """Delete a database that can be made again.

    Raises:
        StoreError: it cannot be deleted.
    """
    with known_errors(path):
        for suffix in ("", *BESIDE):
            _beside(path, suffix).unlink(missing_ok=True)


def discard_set_aside(path: Path) -> None:
    """Delete the damaged copies of a database that can be made again; earlier versions kept them.

    Raises:
        StoreError: one cannot be deleted.
    """
    with known_errors(path):
        for copy in path.parent.glob(f"{path.name}.{_DAMAGED}*"):
            copy.unlink(missing_ok=True)


def _names(path: Path, why: str) -> Iterator[Path]:
    return (_beside(path, f".{why}" + (f"-{number}" if number > 1 else "")) for number in count(1))


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)
