"""Whether likely rejects are told for the right reason: ``python -m benchmarks.quality.rejects FOLDER...``.

A folder holds ``picks.csv`` (path, verdict, why): every flaw that the program finds in a labelled frame, taken by
itself, is right where somebody who looked at the frame gave that very reason, and wrong otherwise. Frames that nobody
labelled are counted apart. Or it holds ``labels.csv`` (path, eyes: open or closed), pictures of one face each.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

from app.bootstrap import open_services
from app.paths import places
from benchmarks.grouping.shoots import analysed
from benchmarks.quality.labelled import rows
from benchmarks.quality.measured import analyse_all
from core.grouping.identities import with_people
from core.ranking.likely_rejects import flaws
from core.types import Analysis, FlawKind

_RIGHT, _WRONG, _UNLABELLED, _MISSED = "right", "wrong", "not labelled", "missed"
_SAID = {
    FlawKind.BLURRED: re.compile(r"blur|shake|focus|\bsoft|softe"),
    FlawKind.EYES_SHUT: re.compile(r"(eyes?|lids) (half |nearly )?(shut|closed|low)|shut eyes|blink"),
    FlawKind.BLACK: re.compile("black|underexposed|dark"),
    FlawKind.WHITE: re.compile("white|blown|overexposed"),
    FlawKind.EMPTY: re.compile("empty|nothing"),
}
Tally = Counter[tuple[str, FlawKind, str]]


def of_frames(folder: Path, analyses: Mapping[str, Analysis]) -> Iterator[tuple[str, FlawKind, str]]:
    """Yield what becomes of each flaw found in a shoot: folder, kind and how it was."""
    why = {row["path"]: row["why"] for row in rows(folder, "picks.csv")}
    for path, analysis in analyses.items():
        for flaw in flaws(analysis):
            said = _SAID[flaw.kind].search(why[path]) if path in why else None
            how = _UNLABELLED if path not in why else _RIGHT if said else _WRONG
            yield folder.name, flaw.kind, how


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
                known = {
                    **shoot.analyses,
                    **with_people(shoot.analyses),
                }  # what is usual of somebody is no flaw
                names = {one: shoot.photos[one].path.relative_to(folder).as_posix() for one in known}
                tally.update(of_frames(folder, {names[one]: each for one, each in known.items()}))
            else:
                tally.update(of_faces(folder))
    table = Table("reason", "folder", _RIGHT, _WRONG, "precision", _UNLABELLED, _MISSED, box=None)
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
            numbers = [str(counts[how]) for how in (_RIGHT, _WRONG, _UNLABELLED, _MISSED)]
            numbers.insert(2, "" if precision is None else f"{precision:.2f}")
            table.add_row(kind if name == "all" else "", name, *numbers)
    Console(width=110).print(table)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
