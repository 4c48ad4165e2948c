"""Whether likely rejects are told for the right reason: ``python -m benchmarks.quality.rejects FOLDER...``.

A folder holds ``picks.csv`` (path, verdict, why): every flaw that the program finds in a labelled frame, taken by
itself, is right where somebody who looked at the frame gave that very reason, and wrong otherwise. Frames that nobody
labelled are counted apart, and so is what the program tells: of a burst, only where every frame has a flaw. Or it
holds ``labels.csv`` (path, eyes: open or closed), pictures of one face each.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from app.bootstrap import open_services
from app.paths import places
from benchmarks.grouping.shoots import analysed
from benchmarks.quality.labelled import rows
from benchmarks.quality.measured import analyse_all
from benchmarks.quality.single_frames import SOFT_ALL_OVER
from core.grouping.identities import with_people
from core.ranking.likely_rejects import flaws, likely_rejects
from core.shoot.shoot import Shoot
from core.types import FlawKind

_RIGHT, _WRONG, _UNLABELLED, _MISSED = "right", "wrong", "not labelled", "missed"
_HOW = (_RIGHT, _WRONG, _UNLABELLED, _MISSED, *(f"told, {how}" for how in (_RIGHT, _WRONG, _UNLABELLED)))
_SAID = {
    FlawKind.BLURRED: re.compile(r"blur|shake|focus|\bsoft|softe"),
    FlawKind.EYES_SHUT: re.compile(r"(eyes?|lids) (half |nearly )?(shut|closed|low)|shut eyes|blink"),
    FlawKind.BLACK: re.compile("black|underexposed|dark"),
    FlawKind.WHITE: re.compile("white|blown|overexposed"),
    FlawKind.EMPTY: re.compile("empty|nothing"),
}
Tally = Counter[tuple[str, FlawKind, str]]


def of_frames(folder: Path, shoot: Shoot) -> Iterator[tuple[str, FlawKind, str]]:
    """Yield what becomes of each flaw found in a shoot: folder, kind and how it was."""
    why = {row["path"]: row["why"] for row in rows(folder, "picks.csv")}
    known = {**shoot.analyses, **with_people(shoot.analyses)}  # what is usual of somebody is no flaw
    told = {one for cluster in shoot.clusters.values() for one in likely_rejects(cluster, known, ())}
    for photo_id, analysis in known.items():
        path = shoot.photos[photo_id].path.relative_to(folder).as_posix()
        for flaw in flaws(analysis):
            how = _UNLABELLED
            if path in why:
                how = _RIGHT if _is_said(flaw.kind, path, why[path]) else _WRONG
            yield folder.name, flaw.kind, how
            if photo_id in told:
                yield folder.name, flaw.kind, f"told, {how}"


def _is_said(kind: FlawKind, path: str, why: str) -> bool:
    return bool(_SAID[kind].search(why)) or (kind is FlawKind.BLURRED and path in SOFT_ALL_OVER)


def of_faces(folder: Path) -> Iterator[tuple[str, FlawKind, str]]:
    """Yield the same for pictures of one face each, and the shut eyes that are missed."""
    labels = rows(folder, "labels.csv")
    for row, analysis in zip(labels, analyse_all([folder / row["path"] for row in labels]), strict=True):
        shut = analysis is not None and any(flaw.kind is FlawKind.EYES_SHUT for flaw in flaws(analysis))
        if shut or row["eyes"] == "closed":
            how = _RIGHT if shut and row["eyes"] == "closed" else _WRONG if shut else _MISSED
            yield folder.name, FlawKind.EYES_SHUT, how


def main() -> None:
    """Print a table by reason and folder, and write JSON to --json."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality.rejects", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, help="folders with labels")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    arguments = parser.parse_args()
    tally: Tally = Counter()
    with open_services(places()) as services:
        for folder in map(Path.resolve, arguments.folders):
            if (folder / "picks.csv").exists():
                shoot = analysed(folder, services)
                tally.update(of_frames(folder, shoot))
            else:
                tally.update(of_faces(folder))
    table = Table("reason", "folder", "precision", *_HOW, box=None)
    figures = {}
    for kind in FlawKind:
        folders = dict.fromkeys(folder for folder, of, _ in tally if of is kind)
        for name in ("all", *folders):
            counts: Counter[str] = Counter()
            for (folder, of, how), count in tally.items():
                if of is kind and name in ("all", folder):
                    counts[how] += count
            judged = counts[_RIGHT] + counts[_WRONG]
            precision = counts[_RIGHT] / judged if judged else None
            figures[f"{kind}: {name}"] = {**counts, "precision": precision}
            numbers = (str(counts[how]) if counts[how] else "" for how in _HOW)
            rate = "" if precision is None else f"{precision:.2f}"
            table.add_row(kind if name == "all" else "", name, rate, *numbers)
    Console(width=110).print(table)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
