"""Whether blur is told in single frames: ``python -m benchmarks.quality.single_frames FOLDER... [--json FILE]``.

A folder holds ``picks.csv`` (path, verdict, why) or ``labels.csv`` (path, quality). What was judged best or fine, with
no word of blur, counts as sharp; up to 25 of the best are blurred in four ways each: out of focus, along a line, shaken
along a curve, and one of them more. The rates are those at the shipped threshold, and at the one that the other folders
alone would have chosen.
"""

import argparse
import csv
import json
import random
import re
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageOps
from rich.console import Console
from rich.table import Table

from benchmarks.quality.degradation import Kernel, Picture, disc, jpeg, streak
from benchmarks.quality.measured import pool
from core.analysis.blur import Edges
from core.analysis.sharpness import luma
from core.ranking.likely_rejects import BLURRED

_SIDE = 1280  # pixels: the size at which the program measures it
_BLURRED_ONES = 25  # photos of a folder
_OF_BLUR = re.compile("blur|shake|focus|soft")
_DISCS = (0.0015, 0.0025, 0.004, 0.008)  # radius over the longer side
_STREAKS = (0.004, 0.006, 0.01, 0.02)  # length over the longer side
_SHAKES = (0.005, 0.008, 0.015, 0.03)  # reach over the longer side
_STRONG = {"disc": 0.004, "streak": 0.01, "shake": 0.012}
"""From where a blur is seen at a glance when the frame fills a screen; the others are seen at 100 %."""

_SHARP, _STRONGLY, _FAINTLY, _FOUND = "sharp", "strong blur", "faint blur", "labelled blurred"
_SHARE_LOST = 0.005  # of sharp ones, at the threshold that other folders choose: chosen by few, it loses more


@dataclass(frozen=True, slots=True)
class Case:
    """A picture of which it is known whether it is blurred; ``chance`` is None where the program cannot tell."""

    folder: str
    name: str
    truth: str
    chance: float | None


def shake(reach: float, chance: np.random.Generator) -> Kernel:
    """Make a point moved along a curve whose longer side is ``reach`` pixels."""
    turn = np.cumsum(chance.normal(0, 0.08, 400)) + chance.uniform(0, 2 * np.pi)
    path = np.cumsum(np.stack([np.cos(turn), np.sin(turn)]), axis=1)
    path = (path - path.mean(axis=1, keepdims=True)) * reach / np.ptp(path, axis=1).max()
    half = int(np.ceil(np.abs(path).max())) + 1
    kernel = np.zeros((2 * half + 1, 2 * half + 1), np.float32)
    whole = np.floor(path).astype(int)
    x_part, y_part = path - whole
    for right, down, share in (
        (0, 0, (1 - x_part) * (1 - y_part)),
        (1, 0, x_part * (1 - y_part)),
        (0, 1, (1 - x_part) * y_part),
        (1, 1, x_part * y_part),
    ):
        np.add.at(kernel, (half + whole[1] + down, half + whole[0] + right), share)
    return np.asarray(kernel / kernel.sum(), np.float32)


def spoilt(picture: Picture, seed: int) -> Iterator[tuple[str, Picture]]:
    """Yield four blurred versions of a picture, with noise and compression on top, each with how blurred it is."""
    chance = np.random.default_rng(seed)
    ways = [
        ("disc", chance.choice(_DISCS)),
        ("streak", chance.choice(_STREAKS)),
        ("shake", chance.choice(_SHAKES)),
        (str(chance.choice(["disc", "shake"])), 0.012),
    ]
    for kind, amount in ways:
        pixels = amount * max(picture.shape)
        if kind == "disc":
            kernel = disc(max(0.8, pixels))
        elif kind == "streak":
            kernel = streak(max(2.0, pixels), chance.uniform(0, np.pi))
        else:
            kernel = shake(max(2.0, pixels), chance)
        soft = cv2.filter2D(picture.astype(np.float32), -1, kernel, borderType=cv2.BORDER_REFLECT_101)
        noisy = soft + chance.normal(0, chance.choice([0.01, 1.0, 2.5]), picture.shape)
        file = jpeg(np.clip(noisy, 0, 255).astype(np.uint8), int(chance.choice([80, 90, 95])))
        truth = _STRONGLY if amount >= _STRONG[kind] else _FAINTLY
        yield truth, np.asarray(Image.open(BytesIO(file)).convert("RGB"))


def measure(task: tuple[Path, str, bool]) -> list[tuple[str, float | None]]:
    """Return how each version of a photo is judged: the truth about it, and the program's chance of focus."""
    path, truth, spoil = task
    with Image.open(path) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((_SIDE, _SIDE), Image.Resampling.BOX)
    picture = np.asarray(upright)
    versions = [(truth, picture), *(spoilt(picture, zlib.crc32(path.name.encode())) if spoil else ())]
    return [(name, Edges(luma(version)).chance_of_focus()) for name, version in versions]


def tasks(folder: Path) -> list[tuple[Path, str, bool]]:
    """Return the photos of a folder of which something is known, and which of them are to be blurred."""
    found: list[tuple[Path, str, bool]] = []
    if (folder / "picks.csv").exists():
        rows = [row for row in _rows(folder / "picks.csv") if not _OF_BLUR.search(row["why"])]
        best = [row["path"] for row in rows if row["verdict"] == "best"]
        chosen = set(random.Random(1).sample(best, min(_BLURRED_ONES, len(best))))
        found += [(folder / r["path"], _SHARP, r["path"] in chosen) for r in rows if r["verdict"] != "bad"]
    if (folder / "labels.csv").exists():
        for row in _rows(folder / "labels.csv"):
            sharp = row["quality"] == "sharp"
            found.append((folder / row["path"], _SHARP if sharp else _FOUND, sharp))
    return found


def rates(cases: Sequence[Case], threshold: float) -> dict[str, float]:
    """Return the share of each kind that is called blurred, and how many there are."""
    figures: dict[str, float] = {}
    for truth in (_SHARP, _STRONGLY, _FAINTLY, _FOUND):
        of_kind = [case for case in cases if case.truth == truth]
        if of_kind:
            called = sum(case.chance is not None and case.chance < threshold for case in of_kind)
            figures |= {truth: called / len(of_kind), f"{truth}, photos": len(of_kind)}
    return figures


def figures_of(cases: Sequence[Case]) -> dict[str, dict[str, float]]:
    """Return the rates by folder and over all, at the shipped threshold and at that of the other folders."""
    figures = {"all": rates(cases, BLURRED)}
    left_out: list[Case] = []
    for folder in dict.fromkeys(case.folder for case in cases):
        own = [case for case in cases if case.folder == folder]
        others = [
            c.chance for c in cases if c.folder != folder and c.truth == _SHARP and c.chance is not None
        ]
        figures[folder] = rates(own, BLURRED)
        if others:
            threshold = float(np.quantile(others, _SHARE_LOST))
            # Moved so that one threshold can be asked of all folders together.
            left_out += [
                Case(c.folder, c.name, c.truth, None if c.chance is None else c.chance - threshold)
                for c in own
            ]
    figures["all, threshold of the other folders"] = rates(left_out, 0.0)
    return figures


def _rows(table: Path) -> list[dict[str, str]]:
    with table.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def main() -> None:
    """Print a table and the sharp ones called blurred, and write JSON to --json."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality.single_frames", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, help="folders with labels")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    arguments = parser.parse_args()
    cases: list[Case] = []
    with pool() as executor:
        for folder in arguments.folders:
            todo = tasks(folder)
            for (path, _, _), versions in zip(todo, executor.map(measure, todo, chunksize=4), strict=True):
                cases += [Case(folder.name, path.name, truth, chance) for truth, chance in versions]
    figures = figures_of(cases)
    table = Table("called blurred", _SHARP, _STRONGLY, _FAINTLY, _FOUND)
    for name, values in figures.items():
        table.add_row(
            name,
            *(
                f"{values[truth]:.3f} of {values[f'{truth}, photos']:.0f}" if truth in values else ""
                for truth in (_SHARP, _STRONGLY, _FAINTLY, _FOUND)
            ),
        )
    console = Console(file=sys.stdout)
    console.print(table)
    wrong = [c for c in cases if c.truth == _SHARP and c.chance is not None and c.chance < BLURRED]
    for case in sorted(wrong, key=lambda case: case.chance or 0.0):
        console.print(f"sharp, called blurred: {case.folder}/{case.name} {case.chance:.3f}")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
