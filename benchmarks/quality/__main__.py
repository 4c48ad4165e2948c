"""How good the measures are: ``python -m benchmarks.quality LABELLED... --photos FOLDER... [--json FILE]``.

A folder of labels holds ``labels.csv`` (path, and eyes: open or closed, smile: 1 or 0, or quality: sharp or
blurred) or ``identity.csv`` (path, identity). Folders of good photos serve the degradation test, the recall of
faces by size and the time by part.
"""

import argparse
import json
import random
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.quality import degradation, labelled, parts, recall
from core.cancelling import never
from core.ingest.scanner import scan

_MEASURED_BY_PART = 20  # photos


def labelled_figures(folder: Path) -> dict[str, dict[str, float]]:
    """Measure all that the labels of one folder allow."""
    figures = {}
    if (folder / "labels.csv").exists():
        rows = labelled.rows(folder, "labels.csv")
        for column, measure in (
            ("eyes", labelled.eyes),
            ("smile", labelled.smiles),
            ("quality", labelled.focus),
        ):
            if column in rows[0]:
                figures[f"{folder.name}: {column}"] = measure(folder, rows)
    if (folder / "identity.csv").exists():
        figures[f"{folder.name}: people"] = labelled.people(folder, labelled.rows(folder, "identity.csv"))
    return figures


def photo_figures(folders: list[Path], sample: int, console: Console) -> dict[str, dict[str, float]]:
    """Measure all that needs nothing but good photos."""
    photos = [file.path for file in scan(folders, recursive=True, cancelled=never).files]
    chosen = random.Random(0).sample(photos, min(sample, len(photos)))
    with console.status("degradation test") as status:
        degraded = degradation.degradation(
            chosen, lambda done: status.update(f"degradation test: {done} of {len(chosen)} photos")
        )
        status.update("face recall")
        recalled = recall.face_recall(chosen)
        status.update("time by part")
        spent = parts.milliseconds(chosen[:_MEASURED_BY_PART])
    return {"original above its version": degraded, "face recall by size": recalled, "ms a photo": spent}


def main() -> None:
    """Print a table each, and write JSON to --json."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("labelled", nargs="*", type=Path, help="folders with labels")
    parser.add_argument("--photos", nargs="+", type=Path, default=[], help="folders of good photos")
    parser.add_argument("--sample", type=int, default=60, help="good photos taken (60)")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    arguments = parser.parse_args()
    console = Console(file=sys.stdout)
    figures: dict[str, dict[str, float]] = {}
    for folder in arguments.labelled:
        figures |= labelled_figures(folder)
    if arguments.photos:
        figures |= photo_figures(arguments.photos, arguments.sample, console)
    for title, values in figures.items():
        table = Table("", "", title=title, show_header=False)
        for name, value in values.items():
            table.add_row(name, f"{value:.0f}" if value > 1 and value == int(value) else f"{value:.3f}")
        console.print(table)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
