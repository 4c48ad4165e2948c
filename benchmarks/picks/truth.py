"""What people said of the frames of bursts: ``picks.csv``, one line a frame.

Columns are folder, group, path (from the table's folder), verdict and why. ``best`` would be kept as the one; several
are, where they cannot honestly be told apart; ``fine``; ``bad`` is a mistake that a client would complain about.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

TABLE = "picks.csv"

# Series of one view in several white balances, which are a matter of taste and not of the frame.
_NOT_JUDGED = {("blog", f"g00{number}") for number in range(1, 5)}


class Verdict(StrEnum):
    """What somebody who looked at all frames said of one."""

    BEST = "best"
    FINE = "fine"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One burst that somebody judged.

    Attributes:
        folder: name of the shoot.
        group: name of the burst within it.
        verdicts: by the frame's path within the folder, in order of the table.
    """

    folder: str
    group: str
    verdicts: Mapping[str, Verdict]

    @property
    def is_decisive(self) -> bool:
        """Whether it matters which frame is taken."""
        return len(set(self.verdicts.values())) > 1


def labelled_bursts(folder: Path) -> list[Labelled]:
    """Return the judged bursts of a folder; none where it has no table of verdicts."""
    return labelled_in(folder / TABLE, folder.name)


def labelled_in(table: Path, shoot: str = "") -> list[Labelled]:
    """Return the judged bursts of a table; none where it is missing. The shoot's name is the table's if not given."""
    if not table.is_file():
        return []
    groups: dict[str, dict[str, Verdict]] = {}
    with table.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if (row["folder"], row["group"]) not in _NOT_JUDGED:
                groups.setdefault(row["group"], {})[row["path"]] = Verdict(row["verdict"])
    return [Labelled(shoot or table.stem, group, verdicts) for group, verdicts in groups.items()]
