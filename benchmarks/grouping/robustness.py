"""How much of the figures is luck: ``python -m benchmarks.grouping.robustness FOLDER... [--json FILE]``.

Burst F1 of folders with a groups.csv, first with every constant a fifth smaller and a quarter larger, one at a time
(a plateau is wide where little changes), then with the shoot itself made harder: frames missing, times shaken, rounded,
stretched or gone.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from types import ModuleType

from rich.console import Console
from rich.table import Table

from app.bootstrap import Services, open_services
from app.paths import places
from benchmarks.grouping import truth
from benchmarks.grouping.scores import agreement
from benchmarks.grouping.shoots import analysed
from core.grouping import bursts, evidence
from core.grouping.evidence import Alignments
from core.grouping.group import Grouper
from core.settings import GroupingRules
from core.shoot.shoot import Shoot
from core.types import Photo, TimeSource

_FACTORS = (0.8, 1.25)
_CONSTANTS: Sequence[tuple[str, Sequence[ModuleType]]] = (
    ("_FIRST_AT_A_SECOND", (bursts,)),
    ("_FIRST_PER_DOUBLING", (bursts,)),
    ("_NEEDED_AT_A_SECOND", (bursts,)),
    ("_NEEDED_PER_DOUBLING", (bursts,)),
    ("_NEEDED_PER_PAUSE", (bursts,)),
    ("_PAUSE", (bursts,)),
    ("_NEEDED_WITHOUT_CLOCK", (bursts,)),
    ("_SHORTEST", (bursts,)),
    ("_NEEDED_AFTER_A_TURN", (bursts,)),
    ("_UNLIKE", (bursts,)),
    ("_REACH", (bursts,)),
    ("MOST_BY_OVERLAP", (evidence, bursts)),  # the second has a name of its own for it
    ("_HASH", (evidence,)),
    ("_HOPELESS", (evidence,)),
    ("_TURNED", (evidence,)),
)

Rows = dict[str, dict[str, float]]


def burst_f1(
    photos: Sequence[Photo], shoot: Shoot, right: Mapping[str, str], alignments: Alignments
) -> float:
    """Return the pairwise F1 of the bursts of some photos of a shoot, with the constants as they are now.

    Args:
        photos: in order of capture.
        shoot: with their measures.
        right: true group by file name.
        alignments: frames already laid over each other; more are added.
    """
    grouping = Grouper(photos, shoot.analyses, alignments).group(GroupingRules())
    names = {photo.id: photo.path.name for photo in photos}
    found = {names[one]: str(cluster.id) for cluster in grouping.clusters for one in cluster.photo_ids}
    known = {name: group for name, group in right.items() if name in found}
    return agreement({name: found[name] for name in known}, known)["f1"]


def hardships(photos: Sequence[Photo]) -> Iterator[tuple[str, Sequence[Photo]]]:
    """Yield the same shoot as it might have come: by name, in order of capture."""
    random = Random(0)
    yield "as it is", photos
    yield "every third frame missing", [photo for index, photo in enumerate(photos) if index % 3]
    yield "every fifth frame missing", [photo for index, photo in enumerate(photos) if index % 5]
    yield "times shaken by 0.4 s", _timed(photos, lambda t: t + timedelta(seconds=random.uniform(-0.4, 0.4)))
    yield "whole seconds", _timed(photos, lambda t: t.replace(microsecond=0))
    start = min((photo.taken_at for photo in photos if photo.taken_at), default=datetime(2000, 1, 1))
    for pace in (0.7, 1.4):
        yield f"pauses times {pace}", _timed(photos, partial(_stretched, start=start, pace=pace))
    yield "no EXIF", [replace(photo, time_source=TimeSource.FILE, camera="") for photo in photos]


def _stretched(time: datetime, start: datetime, pace: float) -> datetime:
    return start + pace * (time - start)


def main() -> None:
    """Print two tables, and write JSON where asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grouping.robustness", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--json", type=Path, help="also write the figures here")
    arguments = parser.parse_args()
    plateaus: Rows = {}
    harder: Rows = {}
    with open_services(places()) as services:
        for folder in arguments.folders:
            _measure(folder, services, plateaus, harder)
    names = [folder.name for folder in arguments.folders]
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else 120)
    for title, rows in (("constant", plateaus), ("shoot", harder)):
        table = Table(title, *names)
        for row, values in rows.items():
            table.add_row(row, *(f"{values[name]:.3f}" for name in names))
        console.print(table)
    if arguments.json:
        arguments.json.write_text(json.dumps({"constants": plateaus, "shoots": harder}, indent=2))


def _measure(folder: Path, services: Services, plateaus: Rows, harder: Rows) -> None:
    shoot = analysed(folder, services)
    right, photos, alignments = truth.groups(folder)["burst"], tuple(shoot.photos.values()), Alignments()
    for name, changed in hardships(photos):
        harder.setdefault(name, {})[folder.name] = burst_f1(changed, shoot, right, alignments)
    plateaus.setdefault("as they are", {})[folder.name] = harder["as it is"][folder.name]
    for constant, modules in _CONSTANTS:
        for factor in _FACTORS:
            with scaled(constant, modules, factor):
                score = burst_f1(photos, shoot, right, alignments)
            plateaus.setdefault(f"{constant} x {factor}", {})[folder.name] = score


@contextmanager
def scaled(constant: str, modules: Sequence[ModuleType], factor: float) -> Iterator[None]:
    """Make a constant of some modules larger for the time of a ``with``."""
    before = getattr(modules[0], constant)
    try:
        for module in modules:
            setattr(module, constant, before * factor)
        yield
    finally:
        for module in modules:
            setattr(module, constant, before)


def _timed(photos: Sequence[Photo], change: Callable[[datetime], datetime]) -> list[Photo]:
    changed = [
        photo if photo.taken_at is None else replace(photo, taken_at=change(photo.taken_at))
        for photo in photos
    ]
    return sorted(changed, key=lambda photo: photo.taken_at or datetime.max)  # noqa: DTZ901 - a camera's clock


if __name__ == "__main__":
    main()
