"""Whether focus where the camera aimed helps the pick: ``python -m benchmarks.picks.aimed FOLDER...``.

Each folder needs a table of verdicts, see ``benchmarks.picks.truth``. Weights are fitted with each shoot left out, once
on the terms that ship and once with each of three readings of the focus areas beside them, and all judge the shoot
that was left out. It stays out of the ranking as long as none of them does better here.
"""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from app.bootstrap import open_services
from app.paths import places
from core.subject.aimed import aimed_at
from core.types import Analysis, Box
from models.build.pick_weights import Example, examples, points

_FAINTEST, _SOFT = 0.01, 1.0  # as in ``core.ranking.terms.sharpness``


def _lost(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what each frame lacks of the best, 0 to -1; 0 where that cannot be told."""
    best = np.nanmax(values) if np.isfinite(values).sum() > 1 else np.nan
    lost = np.maximum((values - best) / _SOFT, -1.0)
    return np.nan_to_num(lost, nan=0.0)


def _at(analysis: Analysis, areas: Sequence[Box]) -> tuple[float, float]:
    """Return the logarithms of the sharpness where the camera aimed, and where the frame is sharpest."""
    focus = analysis.layout.focus.astype(np.float64)
    if not focus.size or not areas:
        return np.nan, np.nan
    rows, columns = focus.shape
    at = []
    for box in areas:
        top, bottom = int(box.y * rows), int(np.ceil((box.y + box.height) * rows))
        left, right = int(box.x * columns), int(np.ceil((box.x + box.width) * columns))
        at.append(focus[top : max(bottom, top + 1), left : max(right, left + 1)].max(initial=0.0))
    return float(np.log(max(at) + _FAINTEST)), float(np.log(focus.max() + _FAINTEST))


def columns(example: Example) -> dict[str, NDArray[np.float64]]:
    """Return by reading what each frame lacks, 0 to -1, shape (frames,)."""
    found = [
        _at(frame, aimed_at(photo, frame))
        for photo, frame in zip(example.photos, example.burst.frames, strict=True)
    ]
    there, sharpest = np.array(found).T
    faceless = not example.burst.people
    return {
        "sharp there": _lost(there),
        "sharpest there": _lost(there - sharpest),
        "sharp there, nobody seen": _lost(there) if faceless else np.zeros(len(found)),
    }


def judged(all_examples: Sequence[Example]) -> dict[str, float]:
    """Judge each burst by weights fitted on the other shoots; return the rates of decisive suggestions."""
    best = bad = count = 0
    for folder in sorted({each.labelled.folder for each in all_examples}):
        weights = points([each for each in all_examples if each.labelled.folder != folder])
        for each in all_examples:
            if each.labelled.folder == folder and each.labelled.is_decisive and len(each.worth) > 1:
                worth = each.worth[int(np.argmax(each.lacks @ weights))]
                best, bad, count = best + (worth > 0), bad + (worth < 0), count + 1
    return {"bursts": count, "best": best / max(1, count), "bad": bad / max(1, count)}


def main() -> None:
    """Print a table: over all bursts, and over those in which the camera told of two frames at least."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.picks.aimed", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    with open_services(places()) as services:
        found = [
            each for folder in parser.parse_args().folders for each in examples(folder.resolve(), services)
        ]
    told = [each for each in found if sum(bool(photo.aim.areas) for photo in each.photos) > 1]
    table = Table("terms", "bursts", "best", "bad", box=None)
    for title, among in (("all bursts", found), ("bursts with focus areas", told)):
        table.add_row(title)
        _add(table, "as shipped", judged(among))
        for name in columns(found[0]):
            more = [replace(each, lacks=np.column_stack([each.lacks, columns(each)[name]])) for each in among]
            _add(table, f"with {name}", judged(more))
    Console(width=100).print(table)


def _add(table: Table, name: str, rates: dict[str, float]) -> None:
    table.add_row(f"  {name}", *(f"{rates[each]:.3g}" for each in ("bursts", "best", "bad")))


if __name__ == "__main__":
    main()
