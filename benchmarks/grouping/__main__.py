"""How well groups match the truth: ``python -m benchmarks.grouping FOLDER... [--json FILE] [--gallery DIR]``.

What a folder is measured by follows from what is in it; see ``benchmarks.grouping.truth``. Needs the ``dev``
extra of the project, for the baselines.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from app.bootstrap import Services, open_services
from app.paths import places
from benchmarks.grouping import truth
from benchmarks.grouping.baselines import baselines
from benchmarks.grouping.gallery import write_gallery
from benchmarks.grouping.scores import agreement, retrieval, whole
from benchmarks.grouping.shoots import analysed
from benchmarks.grouping.triage import triage
from core.grouping.likeness import Likeness
from core.settings import Settings
from core.shoot.shoot import Shoot

OURS = "Shortlist"


def measure(folder: Path, services: Services, embedder: str, gallery: Path | None) -> dict[str, Any]:
    """Return all figures of a folder."""
    shoot = analysed(folder, services, embedder)
    known = [photo for photo in shoot.photos.values() if photo.id in shoot.analyses]
    likeness = Likeness(shoot.analyses, [photo.id for photo in known])
    unit = np.stack([vector for photo in known if (vector := likeness.vector(photo.id)) is not None])
    names = [photo.path.name for photo in known]
    figures: dict[str, Any] = {
        "photos": len(shoot.photos),
        "kinds": dict(Counter(cluster.kind.value for cluster in shoot.clusters.values())),
        "levels": {},
    }
    for level, groups in truth.groups(folder).items():
        right = {name: groups[name] for name in names if name in groups}
        found = {OURS: _found(shoot, level, right)}
        labels = baselines(
            known, [shoot.analyses[photo.id] for photo in known], unit, len(set(right.values()))
        )
        for method, numbers in labels.items():
            by_name = {name: str(number) for name, number in zip(names, numbers, strict=True)}
            found[method] = {name: by_name[name] for name in right}
        figures["levels"][level] = {method: agreement(mine, right) for method, mine in found.items()}
        figures["levels"][level][OURS]["whole"] = whole(found[OURS], right)
        if gallery is not None and level == "burst":
            gallery.mkdir(parents=True, exist_ok=True)
            write_gallery(gallery / f"{folder.name}.html", folder.name, shoot, right, services.thumbnails)
    classes = truth.retrieval_classes(names)
    if classes:
        asked = [names.index(name) for name in truth.queries(classes)]
        figures["retrieval"] = retrieval(unit @ unit.T, [classes[name] for name in names], asked)
        scenes = _found(shoot, "scene", classes)
        figures["retrieval"]["whole in one scene"] = _together(scenes, classes)
    said = truth.preferences(folder)
    if said:
        analyses = {photo.path.name: shoot.analyses[photo.id] for photo in known}
        figures["triage"] = triage(said, analyses, Settings().weights)
    return figures


def main() -> None:
    """Print tables, and write JSON and pages where asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grouping", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--json", type=Path, help="also write the figures here")
    parser.add_argument("--embedder", default=Settings().embedder, help="as in `shortlist models list`")
    parser.add_argument("--gallery", type=Path, help="also write a page of the groups a folder here")
    arguments = parser.parse_args()
    with open_services(places()) as services:
        figures = {
            folder.name: measure(folder, services, arguments.embedder, arguments.gallery)
            for folder in arguments.folders
        }
    _print(figures)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2))


def _found(shoot: Shoot, level: str, names: Mapping[str, str]) -> dict[str, str]:
    key = "id" if level == "burst" else "scene_id"
    clusters = {photo.path.name: shoot.cluster_of(photo.id) for photo in shoot.photos.values()}
    return {name: getattr(clusters[name], key) for name in names}


def _together(found: Mapping[str, str], classes: Mapping[str, str]) -> float:
    """Return the share of the objects whose pictures are all in one group, whatever else is in it."""
    groups: dict[str, set[str]] = {}
    for name, each in classes.items():
        groups.setdefault(each, set()).add(found[name])
    return sum(len(each) == 1 for each in groups.values()) / len(groups)


def _print(figures: Mapping[str, Any]) -> None:
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else 120)
    keys = ("precision", "recall", "f1", "ari", "v", "whole")
    table = Table("folder", "level", "method", *keys)
    for folder, figure in figures.items():
        for level, methods in figure["levels"].items():
            for method, scores in methods.items():
                values = (f"{scores[key]:.3f}" if key in scores else "" for key in keys)
                table.add_row(folder, level, method, *values, style="bold" if method == OURS else "")
    console.print(table)
    for folder, figure in figures.items():
        for kind in ("retrieval", "triage"):
            if kind in figure:
                words = "  ".join(f"{name} {value:.3f}" for name, value in figure[kind].items())
                console.print(f"{folder}: {words}")


if __name__ == "__main__":
    main()
