"""How well things are found again: ``python -m benchmarks.things THINGS [GROUND...] [--json FILE]``.

THINGS is a folder of pictures that show one thing each, with a ``groups.csv``; what is pasted into photos of the GROUND
folders is asked for by a box around it. Of every photo that is asked for, all others are put in order by the whole of
them, by the things detected in them, by their parts, and by all of these as the program does. mAP is the mean of the
average precision. Each embedder that is installed has rows of its own.
"""

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from app.paths import places
from benchmarks.grouping import truth
from benchmarks.things.pasted import Scene, alone, pasted
from core.analysis.pieces import cut_out, cut_pieces
from core.cancelling import never
from core.ingest.decoder import decode
from core.ingest.scanner import scan
from core.protocols import Models, RgbImage
from core.scaling import reduce
from core.types import Box
from models.catalogue import catalogue
from models.installed import EmbedderShelf
from models.local import LocalModels

_GROUND_SIDE = 1024  # pixels
_WHOLE = Box(0, 0, 1, 1)
_WAYS = ("whole", "things", "parts", "all pieces")
_PARTS = 5


def measure(scenes: Sequence[Scene], models: Models) -> dict[str, float]:
    """Return the mAP of each way, the photos asked for by a box, and that of whole photos asked for as a whole."""
    found = [_vectors(scene.picture, models) for scene in scenes]
    mean = np.mean([each["whole"][0] for each in found], axis=0)
    asked = [models.embedder.embed(cut_out(scene.picture, scene.box)) for scene in scenes]
    names = [scene.thing for scene in scenes]
    figures = {way: _mean_precision(asked, [each[way] for each in found], names, mean) for way in _WAYS}
    whole = [each["whole"][0] for each in found]
    return {
        "whole by whole": _mean_precision(whole, [each["whole"] for each in found], names, mean),
        **figures,
    }


def cost(pictures: Sequence[RgbImage], models: Models) -> dict[str, float]:
    """Return the milliseconds of processor time a photo, of the detector alone and of all pieces."""
    cut_pieces(pictures[0], models)
    start = time.process_time()
    for picture in pictures:
        models.thing_detector.detect(picture)
    middle = time.process_time()
    for picture in pictures:
        cut_pieces(picture, models)
    spent = {"detector": middle - start, "all pieces": time.process_time() - middle}
    return {name: 1000 * seconds / len(pictures) for name, seconds in spent.items()}


def _vectors(picture: RgbImage, models: Models) -> dict[str, NDArray[np.float32]]:
    pieces = cut_pieces(picture, models)
    whole = models.embedder.embed(picture)[np.newaxis]
    things, parts = pieces.vectors[:-_PARTS], pieces.vectors[-_PARTS:]
    return {
        "whole": whole,
        "things": things if len(things) else whole,
        "parts": parts,
        "all pieces": np.concatenate([whole, pieces.vectors]),
    }


def _mean_precision(
    asked: Sequence[NDArray[np.float32]],
    answers: Sequence[NDArray[np.float32]],
    names: Sequence[str],
    mean: NDArray[np.float32],
) -> float:
    """Return the mean over all photos of the average precision with which the others of its name are found."""
    precisions = []
    units = [_unit(each - mean) for each in answers]
    for at, vector in enumerate(asked):
        likeness = np.array([float((unit @ _unit(vector - mean)).max()) for unit in units])
        order = [other for other in np.argsort(-likeness) if other != at]
        right = np.array([names[other] == names[at] for other in order])
        if right.any():
            precisions.append((np.cumsum(right) / np.arange(1, len(right) + 1))[right].mean())
    return float(np.mean(precisions))


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    return unit


def _pictures(folder: Path) -> list[tuple[Path, RgbImage]]:
    files = sorted(file.path for file in scan([folder], recursive=True, cancelled=never).files)
    return [(path, reduce(decode(path, orientation=1).rgb, _GROUND_SIDE)) for path in files]


def main() -> None:
    """Print tables, and write JSON where asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.things", description=__doc__)
    parser.add_argument("things", type=Path)
    parser.add_argument("grounds", nargs="*", type=Path)
    parser.add_argument("--json", type=Path, help="also write the figures here")
    arguments = parser.parse_args()
    (groups,) = list(truth.groups(arguments.things).values())[-1:]
    things = [
        (picture, groups[path.name]) for path, picture in _pictures(arguments.things) if path.name in groups
    ]
    grounds = [picture for folder in arguments.grounds for _, picture in _pictures(folder)]
    grounds = [grounds[at] for at in np.random.default_rng(0).permutation(len(grounds))[: len(things)]]
    sets = {arguments.things.name: [alone(picture, thing) for picture, thing in things]}
    if grounds:
        sets["pasted"] = pasted(things, grounds)
    shelf = EmbedderShelf(places().models)
    figures: dict[str, dict[str, dict[str, float]]] = {}
    for entry in catalogue():
        if shelf.is_installed(entry):
            models = LocalModels(embedder=entry.name, folder=shelf.folder)()
            figures[entry.name] = {name: measure(scenes, models) for name, scenes in sets.items()}
            pictures = [scene.picture for scene in sets[arguments.things.name]]
            figures[entry.name]["ms a photo"] = cost(pictures, models)
    _print(figures)
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def _print(figures: Mapping[str, Mapping[str, Mapping[str, float]]]) -> None:
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else 110)
    table = Table("embedder", "photos", "whole by whole", *_WAYS)
    for embedder, by_set in figures.items():
        for name, found in by_set.items():
            if name != "ms a photo":
                table.add_row(embedder, name, *(f"{value:.3f}" for value in found.values()))
    console.print("mAP; but for the first column, asked for by a box")
    console.print(table)
    for embedder, by_set in figures.items():
        words = "  ".join(f"{name} {value:.1f}" for name, value in by_set["ms a photo"].items())
        console.print(f"{embedder}, ms of processor a photo: {words}")


if __name__ == "__main__":
    main()
