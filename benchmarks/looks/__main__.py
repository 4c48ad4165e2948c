"""How good looks are, and what they cost: ``python -m benchmarks.looks FOLDER... [--frames N] [--json FILE]``.

Of folders with a ``groups.csv`` (see ``benchmarks.grouping.truth``) the looks are held against it, at their usual
detail, beside the scenes of average linkage. Scenes know the time and looks do not. Then a tree of made-up embeddings
is grown, kept, and remembered, in seconds of processor time.
"""

import argparse
import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from app.bootstrap import Services, local_models, open_services
from app.paths import places
from benchmarks.grouping import truth
from benchmarks.grouping.scores import agreement
from benchmarks.grouping.shoots import analysed
from core.looks.looks import find_looks
from core.looks.tree import LookGrower
from core.persistence.analysis_cache import AnalysisCache
from core.pipeline.look_finder import grow_looks
from core.pipeline.runner import made_by
from core.settings import Settings
from core.shoot.shoot import Shoot

USUAL_DETAIL = 0.5


def measure(folder: Path, services: Services) -> dict[str, Any]:
    """Return the figures of a folder, by level of its truth and by method."""
    shoot = analysed(folder, services)
    made = made_by(local_models(Settings(), services.places))
    found = grow_looks(shoot.photos.values(), shoot.analyses, made, services.measures, keep=False)
    looks = find_looks(found.tree, found.frames, {}, USUAL_DETAIL)
    by_look = {photo_id: photo_id for photo_id in found.frames}  # who fits nothing is alone
    for look in looks.looks:
        by_look.update(dict.fromkeys(look.photo_ids, look.cover))
    labels = {
        "looks (HDBSCAN)": {shoot.photos[photo_id].path.name: look for photo_id, look in by_look.items()},
        "scenes (average linkage)": _scenes(shoot),
    }
    return {
        "frames": len(found.frames),
        "looks": [int(cut.max(initial=-1)) + 1 for cut in found.tree.cuts],
        "odd": len(looks.odd),
        "levels": {
            level: {
                method: agreement({name: mine[name] for name in right}, right)
                for method, mine in labels.items()
                if (right := {name: group for name, group in groups.items() if name in mine})
            }
            for level, groups in truth.groups(folder).items()
        },
    }


def cost(frames: int) -> dict[str, float]:
    """Return the seconds of processor time that looks of made-up frames take; ``wall`` of growing by the clock."""
    vectors = made_up(frames)
    LookGrower(vectors[:100])  # loads what is loaded once
    start, wall = time.process_time(), time.perf_counter()
    grower = LookGrower(vectors)
    figures = {"grown": time.process_time() - start, "grown, wall": time.perf_counter() - wall}
    with TemporaryDirectory() as folder:
        cache = AnalysisCache.open(Path(folder) / "measures.sqlite")
        cache.looks.put(b"digest", grower.tree)
        start = time.process_time()
        tree = cache.looks.tree(b"digest", frames)
        figures["remembered"] = time.process_time() - start
        cache.close()
    assert tree is not None
    start = time.process_time()
    find_looks(tree, [str(number) for number in range(frames)], {}, USUAL_DETAIL)  # type: ignore[misc]
    figures["cut"] = time.process_time() - start
    start = time.process_time()
    grower.grown(made_up(100, seed=1))
    figures["100 newcomers"] = time.process_time() - start
    return figures


def made_up(frames: int, seed: int = 0) -> NDArray[np.float32]:
    """Return embeddings such as a long shoot has, bursts within scenes; float32, shape (frames, 1280)."""
    rng = np.random.default_rng(seed)
    scenes = rng.normal(size=(frames // 40 + 1, 1280))
    bursts = scenes[rng.integers(0, len(scenes), frames // 5 + 1)]
    bursts += 0.5 * rng.normal(size=bursts.shape)
    chosen = bursts[rng.integers(0, len(bursts), frames)]
    vectors: NDArray[np.float32] = (chosen + 0.25 * rng.normal(size=chosen.shape) + 2).astype(np.float32)
    return vectors


def main() -> None:
    """Print tables, and write JSON where asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.looks", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--frames", type=int, default=20_000, help="made up, for the cost; 0 for none")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    arguments = parser.parse_args()
    figures: dict[str, Any] = {"folders": {}}
    with open_services(places()) as services:
        for folder in arguments.folders:
            figures["folders"][folder.name] = measure(folder, services)
    if arguments.frames:
        figures["cost"] = {"frames": arguments.frames, **cost(arguments.frames)}
    _print(figures)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2))


def _scenes(shoot: Shoot) -> Mapping[str, str]:
    return {photo.path.name: shoot.cluster_of(photo.id).scene_id for photo in shoot.photos.values()}


def _print(figures: Mapping[str, Any]) -> None:
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else 120)
    keys = ("precision", "recall", "f1", "v")
    table = Table("folder", "frames", "looks, few to many", "odd", "level", "method", *keys)
    for folder, figure in figures["folders"].items():
        looks = " ".join(map(str, figure["looks"]))
        for level, methods in figure["levels"].items():
            for method, scores in methods.items():
                values = (f"{scores[key]:.3f}" for key in keys)
                table.add_row(
                    folder, str(figure["frames"]), looks, str(figure["odd"]), level, method, *values
                )
    console.print(table)
    if "cost" in figures:
        console.print(
            "  ".join(
                f"{name} {value:,.2f} s" if name != "frames" else f"{value:,} frames:"
                for name, value in figures["cost"].items()
            )
        )


if __name__ == "__main__":
    main()
