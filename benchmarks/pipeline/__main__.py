"""How fast a shoot is analysed and opened: ``python -m benchmarks.pipeline [FOLDER]``.

Without a folder, shoots of 24 and 45 MP JPEGs, of 12 MP HEICs and of RAWs with a preview of 24 MP are made up. Rates
depend on the machine; read the ratios, which come from one run. Other programs are measured beside it where the
Python of an environment they are installed in is named: ``--photo-s env/bin/python``.
"""

import argparse
import json
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.pipeline import made_up, opening, others, stages, throughput

OTHERS = tuple(name for name in others.PROGRAMS if name != "shortlist")

Figures = dict[str, dict[str, float]]


def of_folder(name: str, folder: Path) -> Figures:
    """Measure throughput and stages of one shoot."""
    return {
        f"{name}: throughput": throughput.measure(folder),
        f"{name}: ms a photo in a worker": stages.measure(folder),
    }


def main() -> None:
    """Print tables, and write JSON to --json."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pipeline", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="a shoot; made up where there is none")
    parser.add_argument("--photos", type=int, default=24, help="how many large photos of a kind to make up")
    parser.add_argument("--many", type=int, default=5000, help="photos of the shoot to open; 0 for none")
    parser.add_argument("--files", type=int, default=100_000, help="files to scan; 0 for none")
    for name in OTHERS:
        parser.add_argument(f"--{name}", type=Path, metavar="PYTHON", help=f"of an environment with {name}")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    arguments = parser.parse_args()
    pythons = {name: found for name in OTHERS if (found := getattr(arguments, name.replace("-", "_")))}
    figures: Figures = {}
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        shoots: dict[str, Path] = {}
        if arguments.folder is not None:
            shoots[arguments.folder.name] = arguments.folder
        else:
            for kind, megapixels, suffix in (
                ("24 MP JPEG", 24, ".jpg"),
                ("45 MP JPEG", 45, ".jpg"),
                ("12 MP HEIC", 12, ".heic"),
                ("24 MP RAW", 24, ".dng"),
            ):
                shoots[kind] = made_up.write_shoot(scratch / kind, arguments.photos, megapixels, suffix)
        for kind, folder in shoots.items():
            figures |= of_folder(kind, folder)
        if pythons:
            kind, folder = next(iter(shoots.items()))
            figures[f"{kind}: beside other programs"] = others.measure(folder, scratch / "others", pythons)
        if arguments.many:
            figures[f"opening {arguments.many:,} photos, s"] = opening.measure(
                arguments.many, scratch / "many"
            )
        if arguments.files:
            figures[f"{arguments.files:,} files"] = opening.scanning(arguments.files, scratch / "files")
    console = Console()
    for title, values in figures.items():
        table = Table("what", title, title_justify="left")
        for what, value in values.items():
            table.add_row(what, f"{value:,.3g}" if value < 1000 else f"{value:,.0f}")
        console.print(table)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
