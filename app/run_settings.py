"""What every run goes by, whichever way into the program: the user's choices, read in one place and without Qt.

The window keeps them in an INI file of Qt's; a command must not wait for Qt to read it.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Any

from app.embedder_choice import embedder_in_use
from app.paths import Places
from core.files import read_file
from core.settings import GroupingRules, Settings, Weights

_log = logging.getLogger(__name__)

Kept = Callable[[str], object]
"""Gives what is kept under a name such as ``weights/eyes``, as text or as a value; None where nothing is."""


def run_settings(
    where: Places,
    kept: Kept | None = None,
    *,
    recursive: bool = True,
    embedder: str | None = None,
    pair_folders: bool | None = None,
) -> tuple[Settings, str]:
    """Return the settings of a run, and a sentence for the user where another embedder stands in ("" where none).

    Args:
        where: the choices lie.
        kept: the choices where they are open already, as in the window; otherwise they are read from the disk.
        recursive: subfolders are part of the shoot.
        embedder: the one to use this time; None for the user's choice.
        pair_folders: as in ``Settings``; None for the user's choice.
    """
    choices = kept or _read(where.preferences)
    stand_in = ""
    if embedder is None:
        embedder, stand_in = embedder_in_use(where)
    settings = Settings(
        recursive=recursive,
        pair_folders=chosen_pairing(choices) if pair_folders is None else pair_folders,
        identity=chosen_identity(choices),
        embedder=embedder,
        weights=chosen_weights(choices),
        grouping=chosen_grouping(choices),
    )
    return settings, stand_in


def chosen_identity(kept: Kept) -> bool:
    """Return whether people are to be told apart; what Qt would take for false is."""
    value = kept("identity")
    return Settings().identity if value is None else str(value).casefold() not in ("", "0", "false")


def chosen_pairing(kept: Kept) -> bool:
    """Return whether RAWs and JPEGs in two folders are paired; only what Qt takes for true is."""
    value = kept("pair_folders")
    return value is not None and str(value).casefold() not in ("", "0", "false")


def chosen_library(kept: Kept) -> bool:
    """Return whether an index of all shoots is to be kept; what Qt would take for false is."""
    value = kept("library")
    return value is None or str(value).casefold() not in ("", "0", "false")


def library_wanted(where: Places) -> bool:
    """Return the same, read from the disk."""
    return chosen_library(_read(where.preferences))


def chosen_weights(kept: Kept) -> Weights:
    """Return how much each term counts. A sum of nothing ranks nothing: such weights are those of the program."""
    chosen = {each.name: _share(kept(f"ranking/{each.name}"), each.default) for each in fields(Weights)}
    return Weights(**chosen) if any(chosen.values()) else Weights()


def chosen_grouping(kept: Kept) -> GroupingRules:
    """Return how tight bursts and scenes are."""
    chosen = {
        each.name: _share(kept(f"grouping/{each.name}"), each.default) for each in fields(GroupingRules)
    }
    return GroupingRules(**chosen)


def _share(value: object, default: Any) -> float:
    with suppress(ValueError):
        return min(1.0, max(0.0, float(default if value is None else str(value))))
    return float(default)


def _read(path: Path) -> Kept:
    """Read what the window keeps; where that cannot be read, nobody is told apart, for nobody can know."""
    try:
        text = read_file(path).decode("utf-8", "replace")
    except FileNotFoundError:
        return lambda _name: None
    except OSError as error:
        _log.warning("the user's choices cannot be read, so people are not told apart: %s", error)
        return lambda name: "false" if name in ("identity", "library") else None
    values: dict[str, object] = {}
    section = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            section = "" if line.casefold() == "[general]" else f"{line[1:-1]}/"
        elif "=" in line:
            name, _, value = line.partition("=")
            values[section + name.strip()] = value.strip().strip('"')
    return lambda name: values.get(name)
