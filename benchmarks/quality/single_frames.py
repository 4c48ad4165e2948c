"""Whether blur is told in single frames: ``python -m benchmarks.quality.single_frames FOLDER... [--json FILE]``.

A folder holds ``picks.csv`` (path, verdict, why) or ``labels.csv`` (path, quality). What was judged best or fine, with
no word of blur, counts as sharp; up to 25 of the best are blurred in four ways each: out of focus, along a line, shaken
along a curve, and one of them more. The rates are those of the shipped figures, and those of figures that were fitted
to the other folders alone.
"""

import argparse
import csv
import json
import random
import re
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageOps
from rich.console import Console
from rich.table import Table

from benchmarks.quality.blur_fit import BlurWeights, fit
from benchmarks.quality.degradation import Kernel, Picture, disc, jpeg, streak
from benchmarks.quality.measured import pool
from core.analysis.blur import BIAS, WEIGHTS, Edges
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
SOFT_ALL_OVER = {"IMG_1849.JPG", "IMG_1932.JPG", "IMG_1933.JPG"}
"""Of birds_t5i: the best of their bursts, but soft all over at 100 %; neither sharp nor made blurred."""


SHIPPED = BlurWeights(WEIGHTS, BIAS)
"""Those of the program."""


@dataclass(frozen=True, slots=True)
class Case:
    """A picture of which it is known whether it is blurred; ``ratios`` is None where the program cannot tell."""

    folder: str
    name: str
    truth: str
    ratios: tuple[float, ...] | None

    def is_called_blurred(self, by: BlurWeights) -> bool:
        """Tell whether it is, by some figures."""
        return self.ratios is not None and by.chance(self.ratios) < BLURRED


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


def measure(task: tuple[Path, str, bool]) -> list[tuple[str, tuple[float, ...] | None]]:
    """Return what is measured of each version of a photo, after the truth about it."""
    path, truth, spoil = task
    with Image.open(path) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((_SIDE, _SIDE), Image.Resampling.BOX)
    picture = np.asarray(upright)
    versions = [(truth, picture), *(spoilt(picture, zlib.crc32(path.name.encode())) if spoil else ())]
    return [(name, Edges(luma(version)).ratios()) for name, version in versions]


def tasks(folder: Path) -> list[tuple[Path, str, bool]]:
    """Return the photos of a folder of which something is known, and which of them are to be blurred."""
    found: list[tuple[Path, str, bool]] = []
    if (folder / "picks.csv").exists():
        rows = [
            row
            for row in _rows(folder / "picks.csv")
            if not _OF_BLUR.search(row["why"]) and row["path"] not in SOFT_ALL_OVER
        ]
        best = [row["path"] for row in rows if row["verdict"] == "best"]
        chosen = set(random.Random(1).sample(best, min(_BLURRED_ONES, len(best))))
        found += [(folder / r["path"], _SHARP, r["path"] in chosen) for r in rows if r["verdict"] != "bad"]
    if (folder / "labels.csv").exists():
        for row in _rows(folder / "labels.csv"):
            sharp = row["quality"] == "sharp"
            found.append((folder / row["path"], _SHARP if sharp else _FOUND, sharp))
    return found


def measured(folders: Sequence[Path]) -> list[Case]:
    """Measure what is known of some folders, and the blurred versions of it."""
    cases: list[Case] = []
    with pool() as executor:
        for folder in folders:
            todo = tasks(folder)
            for (path, _, _), versions in zip(todo, executor.map(measure, todo, chunksize=4), strict=True):
                cases += [Case(folder.name, path.name, truth, ratios) for truth, ratios in versions]
    return cases


def fitted(cases: Iterable[Case]) -> BlurWeights:
    """Return the figures that tell the sharp ones from the strongly blurred ones."""
    told = [(case.truth, case.ratios) for case in cases if case.ratios is not None]
    sharp, blurred = (
        np.array([ratios for truth, ratios in told if truth == kind]) for kind in (_SHARP, _STRONGLY)
    )
    return fit(sharp, blurred)


def rates(called: Iterable[tuple[Case, bool]]) -> dict[str, float]:
    """Return the share of each kind that is called blurred, and how many there are."""
    called = list(called)
    figures: dict[str, float] = {}
    for truth in (_SHARP, _STRONGLY, _FAINTLY, _FOUND):
        of_kind = [is_blurred for case, is_blurred in called if case.truth == truth]
        if of_kind:
            figures |= {truth: sum(of_kind) / len(of_kind), f"{truth}, photos": len(of_kind)}
    return figures


def figures_of(cases: Sequence[Case]) -> dict[str, dict[str, float]]:
    """Return the rates over all and by folder, each by the shipped figures and by those of the other folders."""
    shipped = {id(case): case.is_called_blurred(SHIPPED) for case in cases}
    left_out: dict[int, bool] = {}
    folders = list(dict.fromkeys(case.folder for case in cases))
    for folder in folders if len(folders) > 1 else []:
        by = fitted(case for case in cases if case.folder != folder)
        left_out |= {id(case): case.is_called_blurred(by) for case in cases if case.folder == folder}
    figures = {"all": rates((case, shipped[id(case)]) for case in cases)}
    if left_out:
        figures["all, fitted to the other folders"] = rates((case, left_out[id(case)]) for case in cases)
    for folder in folders:
        own = [case for case in cases if case.folder == folder]
        figures[folder] = rates((case, (left_out or shipped)[id(case)]) for case in own)
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
    cases = measured(arguments.folders)
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
    for case in cases:
        if case.truth == _SHARP and case.is_called_blurred(SHIPPED):
            console.print(f"sharp, called blurred: {case.folder}/{case.name}")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
