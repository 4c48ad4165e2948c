"""How well groups match the truth of a groups.csv: ``python -m benchmarks.grouping FOLDER...``.

A folder's groups.csv has the columns path, group and optionally scene; ``ignore`` leaves a photo out, and a
group starting with x is a single. Precision and recall are over pairs of photos in the same group.
"""

import argparse
import csv
import json
import sys
import threading
from collections import Counter
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

from rich.console import Console
from rich.table import Table

from app.bootstrap import open_services
from app.paths import Places, places
from core.pipeline.runner import run
from core.pipeline.shoot import Shoot
from core.settings import Settings


def analysed(folder: Path, where: Places) -> Shoot:
    """The shoot of a folder after a whole run."""
    shoot = Shoot()
    settings = Settings()
    with open_services(where) as services:
        run([folder], settings, services.dependencies(settings), threading.Event(), shoot.apply)
    return shoot


def pairs(groups: Mapping[str, str]) -> set[tuple[str, str]]:
    """All pairs of names in the same group, each in order of name."""
    members: dict[str, list[str]] = {}
    for name, group in groups.items():
        members.setdefault(group, []).append(name)
    return {pair for names in members.values() for pair in combinations(sorted(names), 2)}


def scores(found: Mapping[str, str], truth: Mapping[str, str]) -> dict[str, float]:
    """Pairwise precision, recall and F1 of two groupings of the same names."""
    mine, theirs = pairs(found), pairs(truth)
    both = len(mine & theirs)
    precision = both / len(mine) if mine else 1.0
    recall = both / len(theirs) if theirs else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": f1}


def measure(folder: Path, where: Places) -> dict[str, dict[str, float]]:
    """Scores of bursts, and of scenes where the truth has them."""
    with (folder / "groups.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["group"] != "ignore"]
    shoot = analysed(folder, where)
    by_name = {photo.path.name: shoot.cluster_of(photo.id) for photo in shoot.photos.values()}
    rows = [row for row in rows if Path(row["path"]).name in by_name]
    results = {}
    for level, key in (("burst", "id"), ("scene", "scene_id")):
        column = "group" if level == "burst" else "scene"
        if column not in rows[0]:
            continue
        truth = {row["path"]: row[column] for row in rows if row[column] != "ignore"}
        found = {path: getattr(by_name[Path(path).name], key) for path in truth}
        results[level] = scores(found, truth)
    results["kinds"] = dict(Counter(cluster.kind.value for cluster in shoot.clusters.values()))
    return results


def main() -> None:
    """Prints a table, and JSON to --json."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grouping", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--json", type=Path, help="also write the figures here")
    arguments = parser.parse_args()
    figures = {folder.name: measure(folder, places()) for folder in arguments.folders}
    table = Table("folder", "level", "precision", "recall", "F1")
    for name, levels in figures.items():
        for level in ("burst", "scene"):
            if level in levels:
                values = (f"{levels[level][key]:.3f}" for key in ("precision", "recall", "f1"))
                table.add_row(name, level, *values)
    Console(file=sys.stdout).print(table)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
