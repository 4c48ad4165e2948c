"""All shoots together: ``python -m benchmarks.library FOLDER... [--photos N] [--frames N] [--json FILE]``.

Of photos of the folders, second pictures are made as programs make them, without metadata, and looked for; frames taken
within three seconds must not be taken for such. Then a library of made-up frames is opened and searched.
"""

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.table import Table

from app.bootstrap import open_services
from app.paths import places
from benchmarks.library.pairs import Found, find_pairs
from benchmarks.library.scale import measure, sort_by_look


def main() -> None:
    """Print tables, and write JSON where asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.library", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--photos", type=int, default=143, help="of which second pictures are made; 143 else")
    parser.add_argument(
        "--made", type=Path, help="where they are made, to be used again; nowhere to stay else"
    )
    parser.add_argument("--frames", type=int, default=100_000, help="made up, for the cost; 0 for none")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    arguments = parser.parse_args()
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else 110)
    figures: dict[str, Any] = {}
    if arguments.folders:
        with TemporaryDirectory() as temporary, open_services(places()) as services:
            folders = [each.absolute() for each in arguments.folders]
            made_in = (arguments.made or Path(temporary)).absolute()
            found = find_pairs(folders, arguments.photos, services, made_in)
        _print(found, console)
        figures["pairs"] = {"made": found.made, "found": found.found, "neighbours": found.neighbours}
        figures["pairs"] |= {
            "taken": found.taken,
            "blindly": found.taken_blindly,
            "undated": found.taken_undated,
            "mixed": found.mixed,
        }
    if arguments.frames:
        cost, asked = measure(arguments.frames)
        figures |= {"cost": cost, "asked": asked}
        console.print(
            f"{arguments.frames:,} frames: {cost['on disk'] / 1e6:,.0f} MB on disk, loaded with the first search in "
            f"{cost['load']:.2f} s, searched in {1000 * cost['search']:.0f} ms "
            f"(at worst {1000 * cost['slowest']:.0f}), "
            f"{cost['memory'] / 1e6:,.0f} MB of memory, {100 * cost['right']:.2f} % of the 50 nearest right"
        )
        for text, (first, whole, count) in asked.items():
            console.print(
                f"  words {text!r}: {1000 * first:,.0f} ms to the first photos, {whole:.2f} s to all {count:,.0f}"
            )
        by_look = figures["by look"] = sort_by_look(min(arguments.frames, 20_000))
        console.print(
            f"looks of {by_look['frames']:,.0f} known frames: {by_look['found']:.1f} s, again {by_look['again']:.2f} s"
        )
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2))


def _print(found: Found, console: Console) -> None:
    table = Table("second picture", "made", "found", "share")
    for way, made in found.made.items():
        table.add_row(way, str(made), str(found.found[way]), f"{found.found[way] / made:.3f}")
    made, hits = found.made.total(), found.found.total()
    table.add_row("all", str(made), str(hits), f"{hits / made:.3f}")
    for words, (made, hits) in zip(("where the bounds were chosen", "elsewhere"), found.parts, strict=True):
        table.add_row(words, str(made), str(hits), f"{hits / max(1, made):.3f}")
    console.print(table)
    neighbours = max(1, found.neighbours)
    console.print(
        f"{found.neighbours} pairs of burst neighbours: {found.taken} taken for one picture "
        f"({found.taken / neighbours:.3f}), {found.taken_undated} if they had no dates and were in one folder "
        f"({found.taken_undated / neighbours:.3f}), {found.taken_blindly} by their pixels alone "
        f"({found.taken_blindly / neighbours:.3f}); {found.mixed} sets with pictures of two photos"
    )


if __name__ == "__main__":
    main()
