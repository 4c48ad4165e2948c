"""What several commands take."""

import argparse
from argparse import ArgumentTypeError
from collections.abc import Callable, Collection
from pathlib import Path

from app.cli.terminal import readable

_MOST = 1_000_000_000
"""More than there are photos, and less than what a database or an array counts to."""

_SHOWN = 40  # characters of what was said


def number(least: int, most: int = _MOST) -> Callable[[str], int]:
    """Return what reads a whole number between two, both included; it raises ArgumentTypeError for anything else.

    Every number that can be said to a command is read by one of these, so that none goes further than it can.
    """

    def read(text: str) -> int:
        try:
            said = int(text)
        except ValueError:  # no number, or one of thousands of digits
            said = least - 1
        if not least <= said <= most:
            raise ArgumentTypeError(
                f"a whole number from {least:,} to {most:,} is wanted, not {_quoted(text)}"
            )
        return said

    return read


def one_of(numbers: Collection[int]) -> Callable[[str], int]:
    """Return what reads one of some whole numbers; it raises ArgumentTypeError for anything else."""

    def read(text: str) -> int:
        said = next((one for one in numbers if text.strip() == str(one)), None)
        if said is None:
            raise ArgumentTypeError(f"one of {', '.join(map(str, numbers))} is wanted, not {_quoted(text)}")
        return said

    return read


def share(text: str) -> float:
    """Read a number from 0 to 1. Raises ArgumentTypeError for anything else."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise ArgumentTypeError(f"a number from 0 to 1 is wanted, not {_quoted(text)}")
    return value


def _quoted(text: str) -> str:
    return f"“{readable(text[:_SHOWN])}{'…' if len(text) > _SHOWN else ''}”"


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
