"""What several commands take."""

import argparse
from pathlib import Path


def whole_number(text: str) -> int:
    """Read a whole number, 0 and more. Raises ArgumentTypeError for anything else."""
    try:
        count = int(text)
    except ValueError:
        count = -1
    if count < 0:
        raise argparse.ArgumentTypeError(f"a whole number is wanted, 0 or more, not {text}")
    return count


def count(text: str) -> int:
    """Read how many are wanted, 1 and more. Raises ArgumentTypeError for anything else."""
    try:
        wanted = whole_number(text)
    except argparse.ArgumentTypeError:
        wanted = 0
    if wanted == 0:
        raise argparse.ArgumentTypeError(f"a whole number is wanted, 1 or more, not {text}")
    return wanted


def share(text: str) -> float:
    """Read a number from 0 to 1. Raises ArgumentTypeError for anything else."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"“{text}” is no number from 0 to 1")
    return value


def add_pairing(parser: argparse.ArgumentParser) -> None:
    """Add whether RAW and JPEG files of two folders are paired."""
    parser.add_argument(
        "--pair-folders",
        action="store_true",
        default=None,
        help="a RAW and a JPEG in two folders, such as RAW and JPG, are one photo; as in the settings else",
    )


def add_metadata(parser: argparse.ArgumentParser, what: str) -> None:
    """Add a metadata template and its codes; ``what`` begins the sentence on them."""
    parser.add_argument(
        "--metadata",
        type=Path,
        metavar="FILE",
        help=f"{what} creator, copyright, caption and so on: a metadata template, as the window saves it",
    )
    parser.add_argument(
        "--codes",
        type=Path,
        metavar="FILE",
        help="with --metadata: the list of codes that stand as =7= in its texts",
    )
