"""What a folder says is right: groups.csv, or the names of UKBench, Holidays and PhotoTriage pictures."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

IGNORE = "ignore"

_UKBENCH = re.compile(r"ukbench(\d{5})$")
_HOLIDAYS = re.compile(r"(\d{4})(\d{2})$")  # the hundreds name the group, number 00 is its query


@dataclass(frozen=True, slots=True)
class Preference:
    """People compared two photos of a series.

    Attributes:
        first, second: file names.
        share: of people who preferred the first, 0 to 1.
    """

    series: str
    first: str
    second: str
    share: float


def groups(folder: Path) -> dict[str, dict[str, str]]:
    """Return by level ("burst", "scene") the group of each file name. Empty where the folder does not say.

    groups.csv has the columns path, group and optionally scene; ``ignore`` leaves a photo out.
    """
    table = folder / "groups.csv"
    if not table.is_file():
        return {}
    with table.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["group"] != IGNORE]
    levels = {"burst": {Path(row["path"]).name: row["group"] for row in rows}}
    if rows and "scene" in rows[0]:
        levels["scene"] = {Path(row["path"]).name: row["scene"] for row in rows if row["scene"] != IGNORE}
    return levels


def retrieval_classes(names: Iterable[str]) -> dict[str, str]:
    """Return the object or place of each picture of a UKBench- or Holidays-shaped folder; empty for any other."""
    stems = {name: Path(name).stem for name in names}
    if stems and all(_UKBENCH.match(stem) for stem in stems.values()):
        return {name: f"u{int(stem[-5:]) // 4}" for name, stem in stems.items()}
    if stems and all(_HOLIDAYS.match(stem) for stem in stems.values()):
        return {name: stem[:4] for name, stem in stems.items()}
    return {}


def queries(classes: Mapping[str, str]) -> list[str]:
    """Return the pictures to query with: every one of UKBench, number 00 of each group of Holidays."""
    if any(_UKBENCH.match(Path(name).stem) for name in classes):
        return sorted(classes)
    return sorted(name for name in classes if Path(name).stem.endswith("00"))


def preferences(folder: Path) -> Sequence[Preference]:
    """Return what people preferred, of a PhotoTriage-shaped folder; empty for any other.

    PhotoTriage (Chang et al. 2016) lists in ``*pairlist.txt``: series, number of the first and of the second
    photo, share of people who preferred the first, and more; its photos are named ``000123-04.JPG``.
    """
    found = []
    names = {path.stem.lower(): path.name for path in folder.iterdir()}
    for table in sorted(folder.glob("*pairlist.txt")):
        for line in table.read_text("utf-8").splitlines():
            words = line.split()
            if len(words) < 4:
                continue
            series = words[0].zfill(6)
            pair = [names.get(f"{series}-{number.zfill(2)}") for number in words[1:3]]
            if pair[0] is not None and pair[1] is not None:
                found.append(Preference(series, pair[0], pair[1], float(words[3])))
    return found
