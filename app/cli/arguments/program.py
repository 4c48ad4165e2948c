"""The arguments of what is about the program itself: its window, its models, its files, its demo."""

import argparse
from pathlib import Path


def add_sources(parser: argparse.ArgumentParser) -> None:
    """Add the folders that the window opens."""
    parser.add_argument("sources", nargs="*", type=_from_home, metavar="FOLDER", help="opened in the window")


def _from_home(text: str) -> Path:
    """Read a path, with "~" for the home.

    Not every shell replaces it in ``make run FOLDER=~/Pictures``, and none within quotes.
    """
    return Path(text).expanduser() if text.startswith("~/") else Path(text)


def add_models(parser: argparse.ArgumentParser) -> None:
    """Add those of ``shortlist models``."""
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="say which there are, which are installed, and which is in use")
    install = actions.add_parser("install", help="download one, or take it from a file")
    install.add_argument("name", metavar="NAME")
    install.add_argument(
        "--from",
        dest="file",
        type=Path,
        metavar="FILE",
        help="the model's file, for a machine without internet; of a model of several files their folder",
    )
    use = actions.add_parser("use", help="let this one tell what looks alike, from now on")
    use.add_argument("name", metavar="NAME")
    remove = actions.add_parser("remove", help="delete an installed one")
    remove.add_argument("name", metavar="NAME")


def add_repair(parser: argparse.ArgumentParser) -> None:
    """Add those of ``shortlist repair``."""
    parser.add_argument(
        "way",
        nargs="?",
        metavar="WAY",
        help="do it: rescue, last-close, last-day, last-week or anew, as `shortlist repair` lists them",
    )


def add_demo(parser: argparse.ArgumentParser) -> None:
    """Add those of ``shortlist demo``."""
    parser.add_argument("--anew", action="store_true", help="make it anew, with nothing decided")
    parser.add_argument("--delete", action="store_true", help="delete it, and open nothing")
    parser.add_argument("--to", type=Path, metavar="DIR", help="only write its photos into a new folder")
