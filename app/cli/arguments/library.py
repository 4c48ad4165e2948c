"""The arguments of what is asked of all shoots: ``find similar``, ``find duplicates`` and ``find words``."""

import argparse
from pathlib import Path

from app.cli.arguments.shared import number

ACTIONS = ("similar", "duplicates", "words")


def add_library(parser: argparse.ArgumentParser) -> None:
    """Add those of ``shortlist find`` where all shoots are meant."""
    actions = parser.add_subparsers(dest="action", required=True)
    similar = actions.add_parser("similar", help="list what looks most like a photo, the likest first")
    similar.add_argument("photo", type=Path, metavar="PHOTO")
    similar.add_argument("--count", type=number(1), default=20, metavar="N", help="how many at most; 20 else")
    similar.add_argument("--json", action="store_true", help="as JSON")
    twice = actions.add_parser(
        "duplicates",
        help="list files that show one picture, each set best first",
        description="Lists files that show one picture: copies, and what programs saved, resized, cropped, turned or "
        "edited of it. First in each set stands the one with most left of the original. Frames of a burst are no "
        "duplicates. Nothing is changed.",
    )
    twice.add_argument(
        "folders", nargs="*", type=Path, metavar="FOLDER", help="only sets with a file in these"
    )
    twice.add_argument("--json", action="store_true", help="as JSON")
    words = actions.add_parser("words", help="list what a query finds, with why")
    words.add_argument("--json", action="store_true", help="as JSON; stands before the words")
    words.add_argument(
        "words", nargs=argparse.REMAINDER, metavar="WORDS", help="as of `shortlist find FOLDER`"
    )
