"""The arguments of what the program learned from the user: ``people`` and ``taste``."""

import argparse
from pathlib import Path


def add_people(parser: argparse.ArgumentParser) -> None:
    """Add those of ``shortlist people``."""
    people = parser.add_subparsers(dest="action", required=True)
    listed = people.add_parser("list", help="list all names")
    listed.add_argument("--json", action="store_true", help="as JSON")
    for word, words in (
        ("key", "let somebody count more in suggestions"),
        ("unkey", "let somebody count as much as everybody else again"),
    ):
        people.add_parser(word, help=words).add_argument("name", metavar="NAME")
    forget = people.add_parser("forget", help="forget somebody, or everybody, without a trace")
    forget.add_argument("name", metavar="NAME", nargs="?", default="", help="only this one")


def add_taste(parser: argparse.ArgumentParser) -> None:
    """Add those of ``shortlist taste``."""
    actions = parser.add_subparsers(dest="action", required=True)
    show = actions.add_parser("show", help="say what was learned, and whether it ranks")
    export = actions.add_parser("export", help="write what was learned into a small readable file")
    for one in (show, export):
        one.add_argument(
            "--profile", metavar="NAME", default="", help="what was learned in shoots of this profile"
        )
    export.add_argument("file", type=Path, metavar="FILE")
    bring = actions.add_parser("import", help="start from what a file says: a taste, or a profile")
    bring.add_argument("file", type=Path, metavar="FILE")
    actions.add_parser("forget", help="forget all of it, without a trace")
    actions.add_parser("on", help="learn from your decisions, and rank by it where it is better")
    actions.add_parser("off", help="neither learn nor rank by it; what was learned stays")
    for name, words in (("leave-out", "learn nothing from a folder"), ("take-in", "learn from it again")):
        actions.add_parser(name, help=words).add_argument("folder", type=Path, metavar="FOLDER")
    actions.add_parser("profiles", help="list the profiles a shoot can have")
    profile = actions.add_parser(
        "profile", help="write a profile into a file, as a start for one of your own"
    )
    profile.add_argument("name", metavar="NAME")
    profile.add_argument("file", type=Path, metavar="FILE")
