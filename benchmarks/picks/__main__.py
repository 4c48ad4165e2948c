"""How good the suggestions are: ``python -m benchmarks.picks FOLDER... [--json FILE]``.

Each folder needs a table of verdicts, see ``benchmarks.picks.truth``. A shoot that the shipped figures were fitted on
is judged by figures fitted on all others (``left_out.toml``); any other by those that ship.
"""

import argparse
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from app.bootstrap import open_services
from app.paths import places
from benchmarks.picks.judged import judge
from benchmarks.picks.tally import Outcome, figures
from core.learned import LEARNED, Learned, read_all

LEFT_OUT = "left_out.toml"

_COLUMNS = ("bursts", "decisive", "given", "best", "fine", "bad", "outside")


def learned_without(folder: str, left_out: dict[str, Learned]) -> Learned:
    """Return figures that were not fitted on a shoot."""
    return left_out.get(folder, LEARNED)


def main() -> None:
    """Print a table, and write JSON where asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.picks", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--json", type=Path, help="also write the figures here")
    arguments = parser.parse_args()
    left_out = read_all((files("benchmarks.picks") / LEFT_OUT).read_text(encoding="utf-8"))
    outcomes: dict[str, list[Outcome]] = {}
    with open_services(places()) as services:
        for folder in map(Path.resolve, arguments.folders):
            found = list(judge(folder, services, learned_without(folder.name, left_out)))
            if found:
                outcomes[folder.name] = found
                Console(stderr=True).print(f"{folder.name}: {len(found)} bursts")
    everything = [outcome for found in outcomes.values() for outcome in found]
    report: dict[str, Any] = {name: figures(found) for name, found in outcomes.items()}
    report = {"all": figures(everything), **report}
    _print(report)
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def _print(report: dict[str, Any]) -> None:
    table = Table("", *_COLUMNS, box=None)
    for name, found in report.items():
        table.add_row(name, *(_cell(found.get(column)) for column in _COLUMNS))
    table.add_section()
    for name, found in report["all"].items():
        if isinstance(found, dict):
            table.add_row(f"all: {name}", *(_cell(found.get(column)) for column in _COLUMNS))
    Console(width=110).print(table)


def _cell(value: object) -> str:
    return "" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    main()
