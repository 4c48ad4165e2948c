"""The arguments of what copies from cards: ``ingest`` and ``verify``."""

import argparse
from pathlib import Path

from app.cli.arguments.shared import add_metadata, number


def add_ingest(parser: argparse.ArgumentParser) -> None:
    """Add those of ``shortlist ingest``."""
    parser.add_argument("sources", nargs="+", type=Path, metavar="CARD", help="a card, or any folder")
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="where to; made if need be")
    parser.add_argument(
        "--backup", type=Path, metavar="FOLDER", help="a second copy, written at the same time"
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--picks", action="store_true", help="only what you picked, on the card or elsewhere")
    which.add_argument("--picks-first", action="store_true", help="everything, but what you picked first")
    parser.add_argument(
        "--name",
        default="",
        metavar="TEMPLATE",
        help="new names and folders, such as '{date:%%Y-%%m-%%d}/{shoot}_{counter:04}'; the camera's else",
    )
    parser.add_argument(
        "--shoot", default="", metavar="NAME", help="what {shoot} stands for; the card's name else"
    )
    parser.add_argument("--start", type=number(0), default=1, metavar="N", help="the first {counter}; 1 else")
    parser.add_argument(
        "--together", action="store_true", help="read several cards at the same time; one after another else"
    )
    add_metadata(parser, "beside the copies, write")
    parser.add_argument("--dry-run", action="store_true", help="only list exactly what would be done")


def add_verify(parser: argparse.ArgumentParser) -> None:
    """Add those of ``shortlist verify``."""
    parser.add_argument("source", type=Path, metavar="FOLDER")
